//! `CopyDBSnapshot`: made where the copy shall be, by whom it shall belong to (COPY-07).

use super::copying::{self, Protection};
use crate::demo::judge::names::{self, INSTANCE_SNAPSHOT};
use crate::demo::judge::source::{self, Family, Source};
use crate::demo::judge::tags::Ownership;
use crate::demo::judge::{options, quota};
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::arn;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

const KIND: SnapshotKind = SnapshotKind::Instance;

/// Begins a copy and answers it as `copying`.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let params = &call.params;
    let source = Source::find(state, call, KIND, params.required("SourceDBSnapshotIdentifier")?)?;
    let given = params.required("TargetDBSnapshotIdentifier")?;
    let id = names::new_identifier("TargetDBSnapshotIdentifier", given, INSTANCE_SNAPSHOT)?;
    source.require_available()?;
    copying::refuse_deprecated_public(state, call, &source)?;
    check_custom(call, &source)?;
    check_place(call)?;
    let protection = copying::protection(state, call, &source)?;
    let option_group = option_group(state, call, &source)?;
    if state.here(call).shelf(KIND).get(&id).is_some() {
        return Err(Refusal::new(
            "DBSnapshotAlreadyExists",
            format!("Cannot create the snapshot because a snapshot with the identifier {id} already exists."),
        ));
    }
    quota::room_for_copy(state, call, KIND)?;
    quota::room_for_snapshot(state, call, KIND)?;
    begin(state, call, &source, &id, &protection, option_group)
}

/// The option group of the copy, if it is another than the source's.
enum Group {
    AsSource,
    Named(String),
    /// A copy of the owner's group, made beside the snapshot (OG-04).
    Copied(Record),
}

fn begin(
    state: &mut State,
    call: &Call,
    source: &Source,
    id: &str,
    protection: &Protection,
    group: Group,
) -> Result<Xml, Refusal> {
    let name = match &group {
        Group::AsSource => None,
        Group::Named(name) => Some(name.clone()),
        Group::Copied(group) => group.text("OptionGroupName").map(str::to_owned),
    };
    let answer = copying::begin(state, call, source, id, protection, |record| {
        if let Some(name) = name {
            record.set("OptionGroupName", name);
        }
    })?;
    if let Group::Copied(group) = group {
        state.here_mut(call).insert(Listing::OptionGroups, group);
    }
    Ok(answer)
}

/// RDS Custom for SQL Server crosses regions inside one account, with a key and without option groups
/// (COPY-31); RDS Custom for Oracle is not copied at all (COPY-32). Neither rule names a code.
fn check_custom(call: &Call, source: &Source) -> Result<(), Refusal> {
    if source::family(&source.snapshot) != Family::Custom {
        return Ok(());
    }
    let refuse = |message: &str| Err(source::bad_state(KIND, message.to_owned()));
    if !source.snapshot.engine().starts_with("custom-sqlserver") {
        return refuse("Snapshots of RDS Custom for Oracle cannot be copied.");
    }
    if source.ownership == Ownership::Foreign {
        return refuse("Snapshots of RDS Custom for SQL Server cannot be copied across accounts.");
    }
    if !source.is_remote(call) {
        return refuse("Snapshots of RDS Custom for SQL Server cannot be copied within a region.");
    }
    if ["OptionGroupName", "CopyOptionGroup"].iter().any(|name| call.params.text(name).is_some()) {
        return Err(Refusal::combination("RDS Custom for SQL Server has no option groups."));
    }
    if call.params.text("KmsKeyId").is_none() {
        return Err(Refusal::invalid(
            "Must specify a KMS key to copy a snapshot of RDS Custom for SQL Server.",
        ));
    }
    Ok(())
}

/// Where in the destination the copy is kept (COPY-38). This cloud has no Outposts and no Local Zones.
fn check_place(call: &Call) -> Result<(), Refusal> {
    let params = &call.params;
    if let Some(zone) = params.text("TargetCustomAvailabilityZone") {
        return Err(Refusal::not_found("CustomAvailabilityZoneNotFound", format!("{zone} does not exist.")));
    }
    match params.text("SnapshotTarget") {
        None | Some("region" | "local" | "outposts") => {}
        Some(other) => return Err(Refusal::invalid(format!("Invalid SnapshotTarget: {other}"))),
    }
    if params.text("SnapshotAvailabilityZone").is_some() && params.text("SnapshotTarget") != Some("local") {
        return Err(Refusal::combination("SnapshotAvailabilityZone requires that SnapshotTarget is local."));
    }
    Ok(())
}

/// Decides the option group of the copy (COPY-33 to COPY-35, COPY-50, OG-04, OG-05).
fn option_group(state: &State, call: &Call, source: &Source) -> Result<Group, Refusal> {
    let params = &call.params;
    let copies = params.flag("CopyOptionGroup")?.unwrap_or(false);
    if !params.objects("TagSpecifications").is_empty() && !copies {
        return Err(Refusal::combination("TagSpecifications requires that CopyOptionGroup is true."));
    }
    let clinging = source.clinging(state);
    if let Some(name) = params.text("OptionGroupName") {
        let group = state.here(call).find(Listing::OptionGroups, name);
        // That the group has to bring them is said of copies that leave the region or the account.
        let stays = source.ownership == Ownership::Own && !source.is_remote(call);
        let clinging = if stays { &[][..] } else { &clinging };
        // OG-05 names no code: it is the parameter that leads nowhere.
        options::check(name, group, &source.snapshot.record, clinging)
            .map_err(|misfit| Refusal::invalid(misfit.message(name)))?;
        return Ok(Group::Named(name.to_owned()));
    }
    // The flag is for Oracle, shared, in one region; elsewhere the texts disagree, and it does nothing here.
    let foreign = source.ownership == Ownership::Foreign;
    let travels =
        copies && foreign && !source.is_remote(call) && source.snapshot.engine().starts_with("oracle-");
    if let Some(group) = travels.then(|| copied_group(state, call, source)).flatten() {
        return Ok(Group::Copied(group));
    }
    match clinging.first() {
        Some(option) if foreign || source.is_remote(call) => Err(Refusal::invalid(format!(
            "The snapshot requires a target option group with the following option: {option}."
        ))),
        _ => Ok(Group::AsSource),
    }
}

/// The owner's option group as it will be in the copier's account; default groups are not copied.
fn copied_group(state: &State, call: &Call, source: &Source) -> Option<Record> {
    let name = source.snapshot.record.text("OptionGroupName").filter(|name| !name.starts_with("default:"))?;
    let original = state.region(&source.owner, &source.region).find(Listing::OptionGroups, name)?;
    let place =
        format!("arn:{}:rds:{}:{}:og:{name}", arn::partition(&call.region), call.region, call.account);
    Some(
        original
            .clone()
            .with("OptionGroupArn", place)
            .with("SourceOptionGroup", original.text("OptionGroupArn").unwrap_or(name))
            .with("SourceAccountId", source.owner.as_str())
            .with("CopyTimestamp", state.now()),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use crate::demo::world::{AWAY, Answer, HOME, OTHER, OWNER, STRANGER, World, arn, key};

    async fn copy(world: &World, who: &str, region: &str, source: &str, more: &[(&str, &str)]) -> Answer {
        let params = [("SourceDBSnapshotIdentifier", source), ("TargetDBSnapshotIdentifier", "copy")];
        let params: Vec<_> =
            params.into_iter().filter(|(name, _)| !more.iter().any(|(more, _)| more == name)).collect();
        world.rds(who, region, "CopyDBSnapshot", &[&params[..], more].concat()).await
    }

    /// Copies in a world of its own and gives the code.
    async fn code(who: &str, region: &str, source: &str, more: &[(&str, &str)]) -> String {
        copy(&World::new(), who, region, source, more).await.code()
    }

    #[tokio::test(start_paused = true)]
    async fn a_copy_advances_to_available_and_is_manual() {
        let world = World::new();
        let begun =
            copy(&world, OWNER, HOME, "rds:auto", &[("TargetDBSnapshotIdentifier", "My-Copy")]).await.ok();
        assert_eq!(begun.text("Status"), Some("copying"));
        assert_eq!(begun.text("DBSnapshotIdentifier"), Some("my-copy"));
        assert_eq!(begun.text("SnapshotType"), Some("manual"));
        assert_eq!(begun.text("SourceDBSnapshotIdentifier"), None);
        tokio::time::advance(Duration::from_secs(5)).await;
        let see = || world.rds(OWNER, HOME, "DescribeDBSnapshots", &[("DBSnapshotIdentifier", "my-copy")]);
        assert_eq!(see().await.text("PercentProgress"), Some("50"));
        tokio::time::advance(Duration::from_secs(6)).await;
        assert_eq!(see().await.text("Status"), Some("available"));
    }

    #[tokio::test]
    async fn the_source_must_be_available_and_the_target_free_and_well_named() {
        assert_eq!(code(OWNER, HOME, "creating", &[]).await, "InvalidDBSnapshotState");
        assert_eq!(code(OWNER, HOME, "failed", &[]).await, "InvalidDBSnapshotState");
        assert_eq!(code(OWNER, HOME, "nowhere", &[]).await, "DBSnapshotNotFound");
        for wrong in ["rds:copy", "my--copy", "1copy", &"a".repeat(256)] {
            assert_eq!(
                code(OWNER, HOME, "plain", &[("TargetDBSnapshotIdentifier", wrong)]).await,
                "InvalidParameterValue"
            );
        }
        assert_eq!(
            code(OWNER, HOME, "plain", &[("TargetDBSnapshotIdentifier", "CMK")]).await,
            "DBSnapshotAlreadyExists"
        );
        assert_eq!(code(OWNER, AWAY, &arn("plain"), &[("TargetDBSnapshotIdentifier", "cmk")]).await, "ok");
        assert_eq!(code(OWNER, HOME, "awsbackup:job-1", &[]).await, "ok");
        assert_eq!(code(OWNER, HOME, &arn("plain"), &[]).await, "ok");
    }

    #[tokio::test]
    async fn from_another_region_or_account_it_is_the_arn_that_names_it() {
        assert_eq!(code(OWNER, AWAY, "plain", &[]).await, "DBSnapshotNotFound");
        assert_eq!(code(OTHER, HOME, "plain", &[]).await, "DBSnapshotNotFound");
        assert_eq!(code(OTHER, HOME, &arn("plain"), &[]).await, "ok");
        assert_eq!(code(OTHER, HOME, &arn("private"), &[]).await, "DBSnapshotNotFound");
        assert_eq!(code(STRANGER, HOME, &arn("plain"), &[]).await, "DBSnapshotNotFound");
        assert_eq!(code(STRANGER, HOME, &arn("public"), &[]).await, "ok");
        let of_cluster = arn("plain").replace(":snapshot:", ":cluster-snapshot:");
        assert_eq!(code(OWNER, HOME, &of_cluster, &[]).await, "InvalidParameterValue");
    }

    #[tokio::test]
    async fn an_encrypted_snapshot_needs_a_key_of_the_destination_once_it_leaves_its_region() {
        let here = key(OWNER, HOME, "cmk");
        assert_eq!(code(OWNER, AWAY, &arn("cmk"), &[]).await, "InvalidParameterValue");
        assert_eq!(code(OWNER, AWAY, &arn("cmk"), &[("KmsKeyId", &here)]).await, "KMSKeyNotAccessibleFault");
        assert_eq!(code(OWNER, AWAY, &arn("cmk"), &[("KmsKeyId", "alias/own")]).await, "ok");
        assert_eq!(code(OWNER, AWAY, &arn("cmk"), &[("KmsKeyId", &key(OWNER, AWAY, "own"))]).await, "ok");
        assert_eq!(code(OWNER, AWAY, &arn("default"), &[]).await, "InvalidParameterValue");
        assert_eq!(code(OWNER, AWAY, &arn("default"), &[("KmsKeyId", "alias/aws/rds")]).await, "ok");
        assert_eq!(code(OWNER, AWAY, &arn("plain"), &[]).await, "ok");
        assert_eq!(code(OWNER, HOME, "cmk", &[]).await, "ok");
    }

    #[tokio::test]
    async fn a_key_encrypts_a_plain_copy_and_re_encrypts_another() {
        for source in ["plain", "default"] {
            let copy = copy(&World::new(), OWNER, HOME, source, &[("KmsKeyId", "alias/cmk")]).await.ok();
            assert_eq!(copy.text("KmsKeyId"), Some(&*key(OWNER, HOME, "cmk")));
            assert_eq!(copy.text("Encrypted"), Some("true"));
        }
        let same = copy(&World::new(), OWNER, HOME, "default", &[]).await.ok();
        assert_eq!(same.text("KmsKeyId"), Some(&*key(OWNER, HOME, "default")));
    }

    #[tokio::test]
    async fn a_key_must_be_there_symmetric_and_enabled() {
        for name in ["alias/nowhere", "alias/disabled", "alias/dying", "alias/signing", "0000"] {
            let code = code(OWNER, HOME, "plain", &[("KmsKeyId", name)]).await;
            assert_eq!(code, "KMSKeyNotAccessibleFault", "{name}");
        }
        for source in ["disabled", "dying"] {
            assert_eq!(code(OWNER, HOME, source, &[]).await, "KMSKeyNotAccessibleFault");
            assert_eq!(
                code(OWNER, HOME, source, &[("KmsKeyId", "alias/cmk")]).await,
                "KMSKeyNotAccessibleFault"
            );
        }
    }

    #[tokio::test]
    async fn a_shared_encrypted_snapshot_is_copied_with_a_key_if_its_own_key_admits_the_copier() {
        let with_own = [("KmsKeyId", "alias/own")];
        assert_eq!(code(OTHER, HOME, &arn("cmk"), &[]).await, "InvalidParameterValue");
        assert_eq!(code(OTHER, HOME, &arn("cmk"), &with_own).await, "ok");
        for source in ["no-grant", "role-only", "denied", "closed", "default"] {
            assert_eq!(
                code(OTHER, HOME, &arn(source), &with_own).await,
                "KMSKeyNotAccessibleFault",
                "{source}"
            );
        }
        // Under the owner's key it works too, however unwise (COPY-15); by its ARN only (ENC-13).
        assert_eq!(code(OTHER, HOME, &arn("cmk"), &[("KmsKeyId", &key(OWNER, HOME, "cmk"))]).await, "ok");
        assert_eq!(
            code(OTHER, HOME, &arn("cmk"), &[("KmsKeyId", "alias/cmk")]).await,
            "KMSKeyNotAccessibleFault"
        );
        let world = World::new();
        let backup = world.assume("arn:aws:iam::222222222222:role/Backup").await;
        copy(&world, &backup, HOME, &arn("role-only"), &with_own).await.ok();
        let dba = world.assume("arn:aws:iam::222222222222:role/dba").await;
        copy(&world, &dba, HOME, &arn("role-only"), &[with_own[0], ("TargetDBSnapshotIdentifier", "other")])
            .await
            .refused("KMSKeyNotAccessibleFault");
    }

    #[tokio::test]
    async fn a_grant_admits_like_a_policy() {
        let all = [
            "CreateGrant",
            "DescribeKey",
            "Decrypt",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "ReEncryptFrom",
            "ReEncryptTo",
        ];
        for (operations, expect) in [(&all[..], "ok"), (&all[1..], "KMSKeyNotAccessibleFault")] {
            let world = World::with(|world| {
                let keys = world["accounts"][OWNER]["regions"][HOME]["Keys"].as_array_mut().expect("keys");
                let closed = keys
                    .iter_mut()
                    .find(|key| key["KeyMetadata"]["KeyId"] == "closed")
                    .expect("a closed key");
                closed["Grants"] = json!([{"GrantId": "g", "GranteePrincipal": "arn:aws:iam::222222222222:root",
                    "Operations": operations}]);
            });
            assert_eq!(
                copy(&world, OTHER, HOME, &arn("closed"), &[("KmsKeyId", "alias/own")]).await.code(),
                expect
            );
        }
    }

    #[tokio::test]
    async fn one_step_crosses_accounts_and_regions_and_tells_where_it_came_from() {
        let copy = copy(&World::new(), OTHER, AWAY, &arn("cmk"), &[("KmsKeyId", "alias/own")]).await.ok();
        assert_eq!(copy.text("SourceDBSnapshotIdentifier"), Some(&*arn("cmk")));
        assert_eq!(copy.text("SourceRegion"), Some(HOME));
        assert_eq!(copy.text("AvailabilityZone"), Some("eu-west-1a"));
        assert_eq!(copy.text("DBSnapshotArn"), Some("arn:aws:rds:eu-west-1:222222222222:snapshot:copy"));
        assert_eq!(copy.text("KmsKeyId"), Some(&*key(OTHER, AWAY, "own")));
    }

    #[tokio::test]
    async fn the_age_of_the_data_goes_along() {
        let copy = copy(&World::new(), OWNER, HOME, "old", &[]).await.ok();
        assert_eq!(copy.text("OriginalSnapshotCreateTime"), Some("2024-11-01T00:00:00.000Z"));
        assert!(copy.text("SnapshotCreateTime").is_some_and(|time| time.starts_with("2026-11-24T03:00")));
    }

    #[tokio::test]
    async fn clinging_options_want_a_group_of_the_destination_that_has_them() {
        assert_eq!(code(OWNER, HOME, "tde", &[]).await, "ok");
        assert_eq!(code(OWNER, AWAY, &arn("tde"), &[]).await, "InvalidParameterValue");
        assert_eq!(
            code(OWNER, AWAY, &arn("tde"), &[("OptionGroupName", "tde")]).await,
            "InvalidParameterValue"
        );
        assert_eq!(code(OWNER, AWAY, &arn("tde"), &[("OptionGroupName", "tde-there")]).await, "ok");
        assert_eq!(code(OWNER, AWAY, &arn("timezone"), &[]).await, "InvalidParameterValue");
        assert_eq!(code(OTHER, HOME, &arn("timezone"), &[]).await, "InvalidParameterValue");
        assert_eq!(code(OTHER, HOME, &arn("timezone"), &[("OptionGroupName", "timezone-there")]).await, "ok");
        assert_eq!(code(OWNER, AWAY, &arn("native"), &[]).await, "ok");
        assert_eq!(code(OWNER, HOME, "plain", &[("OptionGroupName", "audit")]).await, "ok");
        assert_eq!(code(OWNER, HOME, "plain", &[("OptionGroupName", "tde")]).await, "InvalidParameterValue");
    }

    #[tokio::test]
    async fn an_option_group_can_be_copied_along_in_one_region() {
        let world = World::new();
        let with = [("CopyOptionGroup", "true")];
        assert_eq!(
            copy(&world, OTHER, HOME, &arn("timezone"), &with).await.ok().text("OptionGroupName"),
            Some("timezone")
        );
        copy(
            &world,
            OTHER,
            HOME,
            &arn("timezone"),
            &[("TargetDBSnapshotIdentifier", "b"), ("OptionGroupName", "timezone")],
        )
        .await
        .ok();
        assert_eq!(code(OTHER, AWAY, &arn("timezone"), &with).await, "InvalidParameterValue");
        let tags = ("TagSpecifications.item.1.ResourceType", "og");
        assert_eq!(code(OTHER, HOME, &arn("plain"), &[tags]).await, "InvalidParameterCombination");
        assert_eq!(code(OTHER, HOME, &arn("plain"), &[tags, with[0]]).await, "ok");
    }

    #[tokio::test]
    async fn rds_custom_crosses_regions_within_an_account_and_nothing_else() {
        let own = ("KmsKeyId", "alias/own");
        assert_eq!(code(OWNER, AWAY, &arn("custom-sqlserver"), &[own]).await, "ok");
        assert_eq!(code(OWNER, HOME, "custom-sqlserver", &[]).await, "InvalidDBSnapshotState");
        assert_eq!(code(OTHER, AWAY, &arn("custom-sqlserver"), &[own]).await, "InvalidDBSnapshotState");
        assert_eq!(code(OWNER, AWAY, &arn("custom-sqlserver"), &[]).await, "InvalidParameterValue");
        let group = ("OptionGroupName", "tde-there");
        assert_eq!(
            code(OWNER, AWAY, &arn("custom-sqlserver"), &[own, group]).await,
            "InvalidParameterCombination"
        );
        assert_eq!(code(OWNER, AWAY, &arn("custom-oracle"), &[own]).await, "InvalidDBSnapshotState");
    }

    #[tokio::test]
    async fn no_copy_leaves_its_partition_nor_reads_from_a_region_that_is_off() {
        let elsewhere = "arn:aws-us-gov:rds:us-gov-west-1:111111111111:snapshot:plain";
        assert_eq!(code(OWNER, HOME, elsewhere, &[]).await, "InvalidParameterValue");
        let off = "arn:aws:rds:ap-east-1:111111111111:snapshot:plain";
        assert_eq!(code(OWNER, HOME, off, &[]).await, "InvalidParameterValue");
        let unlisted = World::with(|world| {
            world["accounts"][OWNER]["regions"][AWAY]["SourceRegions"] = json!([{"RegionName": "us-west-2"}]);
        });
        copy(&unlisted, OWNER, AWAY, &arn("plain"), &[]).await.refused("InvalidParameterValue");
    }

    #[tokio::test]
    async fn the_twenty_first_copy_into_a_region_and_the_snapshot_beyond_the_quota_are_refused() {
        let world = World::with(|world| {
            let snapshots: Vec<_> = (0..19)
                .map(|n| json!({"DBSnapshotIdentifier": format!("c{n}"), "Status": "copying", "AllocatedStorage": 9999}))
                .collect();
            world["accounts"][OWNER]["regions"][AWAY]["DBSnapshots"] = json!(snapshots);
        });
        copy(&world, OWNER, AWAY, &arn("plain"), &[]).await.ok();
        let next = [("TargetDBSnapshotIdentifier", "next")];
        copy(&world, OWNER, AWAY, &arn("plain"), &next).await.refused("SnapshotQuotaExceeded");
        copy(&world, OWNER, HOME, "plain", &next).await.ok();

        let full = |used: i64| {
            World::with(|fleet| {
                fleet["accounts"][OWNER]["regions"][HOME]["AccountQuotas"] =
                    json!([{"AccountQuotaName": "ManualSnapshots", "Used": used, "Max": 100}]);
            })
        };
        copy(&full(99), OWNER, HOME, "plain", &[]).await.ok();
        copy(&full(100), OWNER, HOME, "plain", &[]).await.refused("SnapshotQuotaExceeded");
    }

    #[tokio::test]
    async fn tags_go_along_when_asked_for_and_never_to_another_account() {
        let tags = async |who: &str, source: &str, more: &[(&str, &str)]| {
            let copy = copy(&World::new(), who, HOME, source, more).await.ok();
            copy.texts("Key").into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert!(tags(OWNER, "plain", &[]).await.is_empty());
        assert_eq!(tags(OWNER, "plain", &[("CopyTags", "true")]).await, ["env"]);
        assert!(tags(OTHER, &arn("plain"), &[("CopyTags", "true")]).await.is_empty());
        let given = [("CopyTags", "true"), ("Tags.Tag.1.Key", "by"), ("Tags.Tag.1.Value", "me")];
        assert_eq!(tags(OWNER, "plain", &given).await, ["by"]);
        let reserved = [("Tags.Tag.1.Key", "aws:cloudformation:stack-name"), ("Tags.Tag.1.Value", "s")];
        assert_eq!(code(OWNER, HOME, "plain", &reserved).await, "InvalidParameterValue");
    }

    #[tokio::test]
    async fn places_that_this_cloud_does_not_have_are_refused() {
        assert_eq!(code(OWNER, HOME, "plain", &[("SnapshotTarget", "region")]).await, "ok");
        assert_eq!(code(OWNER, HOME, "plain", &[("SnapshotTarget", "moon")]).await, "InvalidParameterValue");
        let zone = ("TargetCustomAvailabilityZone", "z");
        assert_eq!(code(OWNER, HOME, "plain", &[zone]).await, "CustomAvailabilityZoneNotFound");
        let local = ("SnapshotAvailabilityZone", "us-east-1-x");
        assert_eq!(code(OWNER, HOME, "plain", &[local]).await, "InvalidParameterCombination");
        assert_eq!(code(OWNER, HOME, "plain", &[local, ("SnapshotTarget", "local")]).await, "ok");
    }

    #[tokio::test]
    async fn a_public_snapshot_of_a_version_that_is_gone_is_not_copied() {
        let versions = |version: &str| {
            World::with(|fleet| {
                fleet["accounts"][OTHER]["regions"][HOME]["DBEngineVersions"] =
                    json!([{"Engine": "mysql", "EngineVersion": version}]);
            })
        };
        copy(&versions("8.0.43"), OTHER, HOME, &arn("public"), &[]).await.ok();
        copy(&versions("8.4.3"), OTHER, HOME, &arn("public"), &[]).await.refused("InvalidDBSnapshotState");
        copy(&versions("8.4.3"), OTHER, HOME, &arn("plain"), &[]).await.ok();
    }
}
