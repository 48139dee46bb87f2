//! `AddTagsToResource` and `RemoveTagsFromResource`.
//!
//! Automated snapshots and those of AWS Backup are tagged like others: that they may not be is not
//! documented (DEL-10).

use crate::demo::judge::tags;
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `AddTagsToResource`.
pub(crate) fn add(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let more = tags::given(&call.params)?;
    change(state, call, |present| tags::with_more(present, &more))
}

/// Answers `RemoveTagsFromResource`; a key that is not there is no mistake.
pub(crate) fn remove(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let keys = call.params.list("TagKeys");
    change(state, call, |present| {
        Ok(present
            .iter()
            .filter(|tag| !tag.text("Key").is_some_and(|key| keys.contains(&key)))
            .cloned()
            .collect())
    })
}

fn change(
    state: &mut State,
    call: &Call,
    to: impl FnOnce(&[Record]) -> Result<Vec<Record>, Refusal>,
) -> Result<Xml, Refusal> {
    let record = resource(state, call, call.params.required("ResourceName")?)?;
    let tags = to(record.many("TagList"))?;
    record.set("TagList", tags);
    Ok(Xml::new())
}

/// The caller's resource of that ARN, of a kind that has tags here.
fn resource<'s>(state: &'s mut State, call: &Call, name: &str) -> Result<&'s mut Record, Refusal> {
    let Some(arn) = Arn::parse(name).filter(|arn| arn.service == "rds" && arn.region == call.region) else {
        return Err(Refusal::invalid(format!("Invalid resource name: {name}")));
    };
    let word = arn.resource.split(':').next().unwrap_or_default();
    let own = arn.account == call.account;
    if let Some((kind, _)) = SnapshotKind::of_resource(arn.resource) {
        let found = if own { state.snapshot_mut(name) } else { None };
        // A foreign snapshot cannot be tagged: inferred, with the one code that these operations have for
        // snapshots of both kinds (DEL-10).
        return found.map(|snapshot| &mut snapshot.record).ok_or_else(|| {
            Refusal::not_found("DBSnapshotNotFound", format!("{} not found: {name}", kind.member()))
        });
    }
    let (listing, code) = match word {
        "db" => (Listing::DbInstances, "DBInstanceNotFound"),
        "cluster" => (Listing::DbClusters, "DBClusterNotFoundFault"),
        _ => return Err(Refusal::invalid(format!("Invalid resource name: {name}"))),
    };
    let id = arn.resource.strip_prefix(word).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
    let found = if own { state.here_mut(call).find_mut(listing, id) } else { None };
    found.ok_or_else(|| Refusal::not_found(code, format!("{name} not found")))
}

#[cfg(test)]
mod tests {
    use crate::demo::world::{Answer, HOME, OTHER, OWNER, World, arn, cluster_arn};

    const TAG: [(&str, &str); 2] = [("Tags.Tag.1.Key", "team"), ("Tags.Tag.1.Value", "dba")];

    async fn add(world: &World, who: &str, resource: &str, tag: [(&str, &str); 2]) -> Answer {
        world.rds(who, HOME, "AddTagsToResource", &[&[("ResourceName", resource)], &tag[..]].concat()).await
    }

    async fn keys(world: &World) -> Vec<String> {
        let seen =
            world.rds(OWNER, HOME, "DescribeDBSnapshots", &[("DBSnapshotIdentifier", "plain")]).await.ok();
        seen.texts("Key").into_iter().map(str::to_owned).collect()
    }

    #[tokio::test]
    async fn a_tag_is_put_on_and_taken_off() {
        let world = World::new();
        add(&world, OWNER, &arn("plain"), TAG).await.ok();
        assert_eq!(keys(&world).await, ["env", "aws:backup:x", "team"]);
        let remove =
            [("ResourceName", &*arn("plain")), ("TagKeys.member.1", "env"), ("TagKeys.member.2", "nothing")];
        world.rds(OWNER, HOME, "RemoveTagsFromResource", &remove).await.ok();
        assert_eq!(keys(&world).await, ["aws:backup:x", "team"]);
    }

    #[tokio::test]
    async fn only_own_resources_of_this_region_have_tags_to_change() {
        let world = World::new();
        add(&world, OTHER, &arn("plain"), TAG).await.refused("DBSnapshotNotFound");
        add(&world, OWNER, &arn("nowhere"), TAG).await.refused("DBSnapshotNotFound");
        add(&world, OWNER, &cluster_arn("nowhere"), TAG).await.refused("DBSnapshotNotFound");
        add(&world, OWNER, "plain", TAG).await.refused("InvalidParameterValue");
        add(&world, OWNER, &arn("plain").replace(HOME, "eu-west-1"), TAG)
            .await
            .refused("InvalidParameterValue");
        add(&world, OWNER, &cluster_arn("aurora"), TAG).await.ok();
        add(&world, OWNER, &arn("rds:auto"), TAG).await.ok();
    }

    #[tokio::test]
    async fn a_reserved_tag_is_not_taken() {
        let reserved = [("Tags.Tag.1.Key", "aws:x"), ("Tags.Tag.1.Value", "y")];
        add(&World::new(), OWNER, &arn("plain"), reserved).await.refused("InvalidParameterValue");
    }
}
