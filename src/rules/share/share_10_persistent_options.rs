//! SHARE-10: a snapshot with a persistent option cannot be shared.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-10",
    says: "A snapshot whose option group has a persistent or permanent option cannot be shared, except Oracle Timezone and OLS.",
    way_out: "Export or dump the data, or restore it under another option group and take a new snapshot.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-09"],
    check,
};

/// The persistent options that do not stand in the way, of Oracle (SHARE-11).
pub(super) const SHAREABLE: [&str; 2] = ["Timezone", "OLS"];

fn check(case: &mut Case<'_>) {
    if !case.gives_access() {
        return;
    }
    match case.source_options() {
        Some(SourceOptions::Group(group)) => {
            let stops = |name: &str| name != "TDE" && !SHAREABLE.contains(&name);
            let option = group
                .options
                .iter()
                .find(|option| (option.persistent || option.permanent) && stops(option.name.exact()));
            if let Some(option) = option {
                let message = format!(
                    "Its option group {} has {}, which is persistent: it cannot be shared.",
                    group.name, option.name
                );
                case.error(
                    Field::Snapshot,
                    message,
                    Some(Fix::outside("dump the data instead", Detour::Dump)),
                );
            }
        }
        Some(SourceOptions::Gone(name)) => {
            let message = format!(
                "Its option group {name} is not in this region any more: whether an option forbids sharing is not known."
            );
            case.warn(Field::Snapshot, message, None);
        }
        Some(SourceOptions::Default | SourceOptions::Foreign(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_option_that_lasts_forbids_sharing_and_one_that_does_not_is_no_matter() {
        check("share oracle-ee og:lasting with=222", "SHARE-10 error snapshot ~ LASTING");
        check("share oracle-ee og:both with=222", "no SHARE-10");
        check("share sqlserver-se og:backup-restore with=222", "no SHARE-10");
        check("share mysql og:audit with=222", "no SHARE-10");
        check("share oracle-ee og:gone with=222", "SHARE-10 warning snapshot ~ gone");
        check("share oracle-ee with=222", "no SHARE-10");
        check("share oracle-ee og:gone remove=222 +share:222", "no SHARE-10");
    }
}
