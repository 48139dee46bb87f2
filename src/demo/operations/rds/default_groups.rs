//! The groups that every region has without anybody making them: `default:mysql-8-0`, `default.mysql8.0`.

use crate::demo::record::Record;
use crate::demo::state::arn::partition;
use crate::demo::state::listing::Listing;
use crate::demo::wire::call::Call;

/// The default group of that name, if it is the name of one.
pub(crate) fn named(listing: Listing, name: &str, call: &Call) -> Option<Record> {
    let mut group = Record::new(listing.shape()).with(listing.id_field(), name);
    if listing == Listing::OptionGroups {
        let (engine, version) = engine_and_version(name.strip_prefix("default:")?)?;
        group.set("OptionGroupDescription", format!("Default option group for {engine} {version}"));
        group.set("EngineName", engine);
        group.set("MajorEngineVersion", version);
        group.set("AllowsVpcAndNonVpcInstanceMemberships", true);
        group.set("Options", Vec::<Record>::new());
    } else {
        let family = name.strip_prefix("default.").filter(|family| !family.is_empty())?;
        group.set("DBParameterGroupFamily", family);
        group.set("Description", format!("Default parameter group for {family}"));
    }
    let (field, word) = listing.arn()?;
    let Call { region, account, .. } = call;
    group.set(field, format!("arn:{}:rds:{region}:{account}:{word}:{name}", partition(region)));
    Some(group)
}

/// Splits `sqlserver-se-15-00` into engine and version: `sqlserver-se` and `15.00`.
fn engine_and_version(name: &str) -> Option<(&str, String)> {
    let (at, _) =
        name.match_indices('-').find(|(at, _)| name[at + 1..].starts_with(|c: char| c.is_ascii_digit()))?;
    Some((&name[..at], name[at + 1..].replace('-', ".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_default_option_group_tells_engine_and_version() {
        assert_eq!(engine_and_version("mysql-8-0"), Some(("mysql", "8.0".into())));
        assert_eq!(engine_and_version("sqlserver-se-15-00"), Some(("sqlserver-se", "15.00".into())));
        assert_eq!(engine_and_version("oracle-se2-19"), Some(("oracle-se2", "19".into())));
        assert_eq!(engine_and_version("mine"), None);
    }
}
