//! `ModifyDBSnapshotAttribute` and `ModifyDBClusterSnapshotAttribute`: who may read a snapshot.
//!
//! A share is made without a look at the key's policy (SHARE-07): whether it helps shows at the copy.

use crate::demo::judge::options;
use crate::demo::judge::source::{self, Family};
use crate::demo::state::State;
use crate::demo::state::key::Key;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// The most accounts that a snapshot may be shared with; `all` is not counted (SHARE-04).
const MOST: usize = 20;

/// Answers `ModifyDBSnapshotAttribute`.
pub(crate) fn instance(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `ModifyDBClusterSnapshotAttribute`.
pub(crate) fn cluster(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

fn answer(state: &mut State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let params = &call.params;
    let identifier = params.required(kind.id_field())?;
    let attribute = params.required("AttributeName")?;
    if attribute != "restore" {
        return Err(Refusal::invalid(format!("Invalid attribute name: {attribute}. It must be restore.")));
    }
    let (add, remove) = (params.list("ValuesToAdd"), params.list("ValuesToRemove"));
    check_values(call, &add, &remove)?;
    let snapshot = own(state, call, kind, identifier)?;
    source::require_available(snapshot)?;
    let present = state.shared_with(snapshot.arn());
    // Taking access away is never refused for what the snapshot is: it must be possible to undo a mistake. Nor is
    // giving it to those who have it; that its owner is one of those is not documented (SHARE-15).
    let has_it = |added: &&str| *added == call.account || present.iter().any(|present| present == added);
    if !add.iter().all(has_it) {
        check_shareable(state, call, snapshot)?;
        // SHARE-05 names no code. A key of AWS's own counts as encrypted too: what AWS does is not known, and
        // the sentence speaks of encrypted snapshots.
        let plain = !source::has_kms_key(snapshot)
            && snapshot.record.text("StorageEncryptionType") != Some("sse-rds");
        if add.contains(&"all") && !plain {
            return Err(Refusal::invalid("Encrypted snapshots cannot be made public."));
        }
    }
    let arn = snapshot.arn().to_owned();
    let id = snapshot.id().to_owned();
    // Its owner has it anyway.
    let add: Vec<&str> = add.into_iter().filter(|added| *added != call.account).collect();
    let shared = after(present, &add, &remove)?;
    state.share(&arn, shared.clone());
    Ok(attributes(kind, &id, &shared))
}

/// The caller's own snapshot, of a type that has attributes to change (SHARE-01 to SHARE-03).
fn own<'s>(
    state: &'s State,
    call: &Call,
    kind: SnapshotKind,
    identifier: &str,
) -> Result<&'s Snapshot, Refusal> {
    let snapshot = state.own_snapshot(call, kind, identifier).ok_or_else(|| {
        Refusal::not_found(kind.not_found(), format!("{} not found: {identifier}", kind.member()))
    })?;
    match (snapshot.snapshot_type(), kind) {
        ("manual", _) => Ok(snapshot),
        (_, SnapshotKind::Instance) => Err(Refusal::invalid(
            "The parameter DBSnapshotIdentifier is not a valid identifier. Identifiers must begin with a letter; must \
             contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two \
             consecutive hyphens.",
        )),
        (_, SnapshotKind::Cluster) => {
            Err(source::bad_state(kind, "automated snapshots cannot be modified.".to_owned()))
        }
    }
}

fn check_values(call: &Call, add: &[&str], remove: &[&str]) -> Result<(), Refusal> {
    let account = |value: &str| value.len() == 12 && value.bytes().all(|digit| digit.is_ascii_digit());
    if let Some(wrong) = add.iter().chain(remove).find(|value| !account(value) && **value != "all") {
        return Err(Refusal::invalid(format!(
            "Invalid account number {wrong} in a request of {}.",
            call.account
        )));
    }
    match add.iter().find(|value| remove.contains(value)) {
        Some(both) => Err(Refusal::combination(format!("{both} is both to be added and to be removed."))),
        None => Ok(()),
    }
}

/// Nothing about the snapshot forbids that others read it (SHARE-06, SHARE-09, SHARE-10, SHARE-12).
///
/// None of these rules names a code. RDS Custom is let through: that it cannot be shared is inferred (SHARE-13).
fn check_shareable(state: &State, call: &Call, snapshot: &Snapshot) -> Result<(), Refusal> {
    if source::family(snapshot) == Family::MultiAzCluster {
        return Err(source::bad_state(
            snapshot.kind,
            "Snapshots of Multi-AZ DB clusters cannot be shared.".to_owned(),
        ));
    }
    let clinging = source::clinging(state, snapshot);
    if let Some(option) = options::unshareable(snapshot.engine(), &clinging) {
        return Err(Refusal::invalid(format!(
            "A snapshot whose option group has the persistent or permanent option {option} cannot be shared."
        )));
    }
    let default_key = snapshot.key_arn().and_then(|arn| state.key(&call.account, &call.region, arn));
    if source::has_kms_key(snapshot) && default_key.is_some_and(Key::aws_managed) {
        return Err(Refusal::invalid(
            "Snapshots encrypted with the default service key for RDS cannot be shared.",
        ));
    }
    Ok(())
}

/// Who reads the snapshot after the change; `all` and accounts leave each other alone (SHARE-17).
fn after(present: &[String], add: &[&str], remove: &[&str]) -> Result<Vec<String>, Refusal> {
    let mut shared: Vec<String> =
        present.iter().filter(|present| !remove.contains(&present.as_str())).cloned().collect();
    for added in add {
        if !shared.iter().any(|present| present == added) {
            shared.push((*added).to_owned());
        }
    }
    if shared.iter().filter(|account| *account != "all").count() > MOST {
        return Err(Refusal::new(
            "SharedSnapshotQuotaExceeded",
            format!("The snapshot cannot be shared with more than {MOST} accounts."),
        ));
    }
    Ok(shared)
}

/// The attributes as `DescribeDBSnapshotAttributes` answers them too.
fn attributes(kind: SnapshotKind, id: &str, shared: &[String]) -> Xml {
    let mut xml = Xml::new();
    let member = format!("{}Attribute", kind.member());
    xml.element(&format!("{}AttributesResult", kind.member()), |xml| {
        xml.text(kind.id_field(), id).element(&format!("{member}s"), |xml| {
            xml.element(&member, |xml| {
                xml.text("AttributeName", "restore").texts("AttributeValues", "AttributeValue", shared);
            });
        });
    });
    xml
}

#[cfg(test)]
mod tests {
    use crate::demo::world::{Answer, HOME, OTHER, OWNER, STRANGER, World, arn};

    async fn change(world: &World, who: &str, snapshot: &str, more: &[(&str, &str)]) -> Answer {
        let params = [("DBSnapshotIdentifier", snapshot), ("AttributeName", "restore")];
        let params: Vec<_> =
            params.into_iter().filter(|(name, _)| !more.iter().any(|(more, _)| more == name)).collect();
        world.rds(who, HOME, "ModifyDBSnapshotAttribute", &[&params[..], more].concat()).await
    }

    async fn code(snapshot: &str, more: &[(&str, &str)]) -> String {
        change(&World::new(), OWNER, snapshot, more).await.code()
    }

    async fn cluster_code(snapshot: &str, add: &str) -> String {
        let params = [
            ("DBClusterSnapshotIdentifier", snapshot),
            ("AttributeName", "restore"),
            ("ValuesToAdd.AttributeValue.1", add),
        ];
        World::new().rds(OWNER, HOME, "ModifyDBClusterSnapshotAttribute", &params).await.code()
    }

    const WITH_STRANGER: [(&str, &str); 1] = [("ValuesToAdd.AttributeValue.1", STRANGER)];
    const WITH_ALL: [(&str, &str); 1] = [("ValuesToAdd.AttributeValue.1", "all")];

    #[tokio::test]
    async fn adding_and_removing_go_in_one_call_and_are_answered() {
        let world = World::new();
        let swap = [WITH_STRANGER[0], ("ValuesToRemove.AttributeValue.1", OTHER)];
        let answer = change(&world, OWNER, "plain", &swap).await.ok();
        assert_eq!(answer.texts("AttributeValue"), [STRANGER]);
        change(&world, OWNER, &arn("plain"), &WITH_ALL).await.ok();
        let back = change(&world, OWNER, "plain", &[("ValuesToRemove.AttributeValue.1", "all")]).await.ok();
        assert_eq!(back.texts("AttributeValue"), [STRANGER]);
        let copy = [("SourceDBSnapshotIdentifier", &*arn("plain")), ("TargetDBSnapshotIdentifier", "copy")];
        world.rds(STRANGER, HOME, "CopyDBSnapshot", &copy).await.ok();
        world.rds(OTHER, HOME, "CopyDBSnapshot", &copy).await.refused("DBSnapshotNotFound");
    }

    #[tokio::test]
    async fn only_own_manual_snapshots_that_are_available_are_shared() {
        assert_eq!(code("rds:auto", &WITH_STRANGER).await, "InvalidParameterValue");
        assert_eq!(code("awsbackup:job-1", &WITH_STRANGER).await, "InvalidParameterValue");
        assert_eq!(cluster_code("rds:aurora-auto", STRANGER).await, "InvalidDBClusterSnapshotStateFault");
        assert_eq!(code("nowhere", &WITH_STRANGER).await, "DBSnapshotNotFound");
        assert_eq!(code("creating", &WITH_STRANGER).await, "InvalidDBSnapshotState");
        change(&World::new(), OTHER, &arn("plain"), &WITH_STRANGER).await.refused("DBSnapshotNotFound");
        assert_eq!(code("plain", &WITH_STRANGER).await, "ok");
    }

    #[tokio::test]
    async fn twenty_accounts_may_read_a_snapshot_and_one_that_is_there_does_not_count_twice() {
        let accounts: Vec<String> = (0..20).map(|n| format!("{:012}", 900_000 + n)).collect();
        let names: Vec<String> = (1..=20).map(|n| format!("ValuesToAdd.AttributeValue.{n}")).collect();
        let all: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(accounts.iter().map(String::as_str)).collect();
        let world = World::new();
        change(&world, OWNER, "private", &all[..19]).await.ok();
        let two = [("ValuesToAdd.AttributeValue.1", OTHER), ("ValuesToAdd.AttributeValue.2", STRANGER)];
        change(&world, OWNER, "private", &two).await.refused("SharedSnapshotQuotaExceeded");
        let known =
            [("ValuesToAdd.AttributeValue.1", OTHER), ("ValuesToAdd.AttributeValue.2", &*accounts[0])];
        change(&world, OWNER, "private", &known).await.ok();
        change(&world, OWNER, "private", &WITH_ALL).await.ok();
        change(&world, OWNER, "private", &WITH_STRANGER).await.refused("SharedSnapshotQuotaExceeded");
    }

    #[tokio::test]
    async fn an_account_is_twelve_digits_and_the_attribute_is_restore() {
        for wrong in ["12345678901", "1234567890123", "1111-1111-1111", "ALL", "everybody"] {
            assert_eq!(
                code("plain", &[("ValuesToAdd.AttributeValue.1", wrong)]).await,
                "InvalidParameterValue",
                "{wrong}"
            );
        }
        assert_eq!(code("plain", &[("ValuesToAdd.AttributeValue.1", "000000000001")]).await, "ok");
        assert_eq!(code("plain", &[("AttributeName", "copy")]).await, "InvalidParameterValue");
        let both = [WITH_STRANGER[0], ("ValuesToRemove.AttributeValue.1", STRANGER)];
        assert_eq!(code("plain", &both).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &[("ValuesToAdd.AttributeValue.1", OWNER)]).await, "ok");
    }

    #[tokio::test]
    async fn a_snapshot_under_the_default_key_is_not_shared_and_one_under_a_customers_key_is() {
        assert_eq!(code("default", &WITH_STRANGER).await, "InvalidParameterValue");
        assert_eq!(cluster_code("aurora-default", STRANGER).await, "InvalidParameterValue");
        assert_eq!(code("cmk", &WITH_STRANGER).await, "ok");
        // No look at the key: this share is of no use to anybody, and it is made (SHARE-07).
        assert_eq!(code("closed", &WITH_STRANGER).await, "ok");
        assert_eq!(cluster_code("aurora-cmk", STRANGER).await, "ok");
    }

    #[tokio::test]
    async fn only_what_is_not_encrypted_can_be_public() {
        assert_eq!(code("cmk", &WITH_ALL).await, "InvalidParameterValue");
        assert_eq!(code("private", &WITH_ALL).await, "ok");
        assert_eq!(cluster_code("aurora-cmk", "all").await, "InvalidParameterValue");
        assert_eq!(cluster_code("aurora-owned", "all").await, "InvalidParameterValue");
        assert_eq!(cluster_code("aurora-owned", STRANGER).await, "ok");
        assert_eq!(cluster_code("aurora", "all").await, "ok");
    }

    #[tokio::test]
    async fn clinging_options_stay_at_home_but_for_oracles_timezone() {
        assert_eq!(code("tde", &WITH_STRANGER).await, "InvalidParameterValue");
        assert_eq!(code("timezone", &WITH_STRANGER).await, "ok");
        assert_eq!(code("native", &WITH_STRANGER).await, "ok");
    }

    #[tokio::test]
    async fn a_multi_az_cluster_is_not_shared() {
        assert_eq!(cluster_code("maz", STRANGER).await, "InvalidDBClusterSnapshotStateFault");
        assert_eq!(cluster_code("neptune", STRANGER).await, "ok");
    }

    #[tokio::test]
    async fn access_can_be_taken_away_even_from_what_cannot_be_shared() {
        let remove = [("ValuesToRemove.AttributeValue.1", OTHER)];
        assert_eq!(
            change(&World::new(), OWNER, "default", &remove).await.ok().texts("AttributeValue"),
            [""; 0]
        );
    }
}
