//! From the SDK's snapshots to rows: both kinds through one description, AWS's traps taken out.
//!
//! The SDK's structs (1,640 bytes) do not leave the page that they came with.

use std::sync::Arc;

use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot, StorageEncryptionType, Tag as SdkTag};
use aws_smithy_types::DateTime;
use jiff::Timestamp;

use super::words::Words;
use crate::domain::{
    Encryption, Family, KeyArn, Kind, Origin, Scope, Share, Shown, Snapshot, SnapshotArn, SnapshotType,
    Status, Tag, Unasked,
};

/// What the two kinds say of a snapshot, under one name each.
#[derive(Debug, Default, Clone)]
pub(super) struct Described<'a> {
    pub(super) arn: Option<&'a str>,
    pub(super) identifier: Option<&'a str>,
    engine: Option<&'a str>,
    engine_version: Option<&'a str>,
    source_db: Option<&'a str>,
    pub(super) snapshot_type: Option<&'a str>,
    status: Option<&'a str>,
    progress: Option<i32>,
    created: Option<&'a DateTime>,
    original: Option<&'a DateTime>,
    database: Option<&'a DateTime>,
    size: Option<i32>,
    encryption_type: Option<&'a StorageEncryptionType>,
    encrypted: Option<bool>,
    key: Option<&'a str>,
    option_group: Option<&'a str>,
    storage_type: Option<&'a str>,
    source_snapshot: Option<&'a str>,
    tags: &'a [SdkTag],
}

impl<'a> From<&'a DbSnapshot> for Described<'a> {
    fn from(from: &'a DbSnapshot) -> Self {
        Self {
            arn: from.db_snapshot_arn(),
            identifier: from.db_snapshot_identifier(),
            engine: from.engine(),
            engine_version: from.engine_version(),
            source_db: from.db_instance_identifier(),
            snapshot_type: from.snapshot_type(),
            status: from.status(),
            progress: from.percent_progress(),
            created: from.snapshot_create_time(),
            original: from.original_snapshot_create_time(),
            database: from.snapshot_database_time(),
            size: from.allocated_storage(),
            encryption_type: from.storage_encryption_type(),
            encrypted: from.encrypted(),
            key: from.kms_key_id(),
            option_group: from.option_group_name(),
            storage_type: from.storage_type(),
            source_snapshot: from.source_db_snapshot_identifier(),
            tags: from.tag_list(),
        }
    }
}

impl<'a> From<&'a DbClusterSnapshot> for Described<'a> {
    fn from(from: &'a DbClusterSnapshot) -> Self {
        Self {
            arn: from.db_cluster_snapshot_arn(),
            identifier: from.db_cluster_snapshot_identifier(),
            engine: from.engine(),
            engine_version: from.engine_version(),
            source_db: from.db_cluster_identifier(),
            snapshot_type: from.snapshot_type(),
            status: from.status(),
            progress: from.percent_progress(),
            created: from.snapshot_create_time(),
            original: None,
            database: None,
            size: from.allocated_storage(),
            encryption_type: from.storage_encryption_type(),
            encrypted: from.storage_encrypted(),
            key: from.kms_key_id(),
            option_group: None,
            storage_type: from.storage_type(),
            source_snapshot: from.source_db_cluster_snapshot_arn(),
            tags: from.tag_list(),
        }
    }
}

impl Described<'_> {
    /// Its ARN: as given, or as the identifier of a shared one (LIST-06), or made from the name.
    /// `None` when it has neither.
    pub(super) fn arn(&self, kind: Kind, scope: &Scope) -> Option<SnapshotArn> {
        let given = [self.arn, self.identifier].into_iter().flatten().find_map(|text| text.parse().ok());
        let made = || {
            let name = self.identifier.filter(|name| !name.is_empty())?;
            Some(SnapshotArn::new(&scope.region, scope.account, kind, name))
        };
        given.filter(|arn: &SnapshotArn| arn.kind() == kind).or_else(made)
    }

    /// The snapshot as a row of this scope; `None` when it cannot be told which one it is.
    pub(super) fn row(&self, kind: Kind, scope: &Scope, words: &Words) -> Option<Snapshot> {
        let arn = self.arn(kind, scope)?;
        let word = |text: Option<&str>| words.word(text.unwrap_or_default());
        let optional = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(|text| words.word(text));
        let engine = self.engine.unwrap_or_default();
        let family = Family::of(kind, engine);
        let snapshot_type = SnapshotType::of(self.snapshot_type.unwrap_or_default(), arn.exact_name());
        // Nothing is shared with its own owner (SHARE-15), so the ARN tells, whichever list it came in.
        let origin = match self.snapshot_type {
            _ if arn.account() == scope.account => Origin::Own,
            Some("public") => Origin::Public,
            _ => Origin::Shared,
        };
        Some(Snapshot {
            scope: scope.clone(),
            family,
            engine: words.word(engine),
            engine_version: word(self.engine_version),
            source_db: word(self.source_db),
            snapshot_type,
            origin,
            status: Status::of(self.status.unwrap_or_default()),
            progress: self.progress.and_then(|percent| u8::try_from(percent).ok()).filter(|p| *p <= 100),
            created_at: self.created.and_then(timestamp).into(),
            data_at: [self.database, self.original, self.created]
                .into_iter()
                .flatten()
                .find_map(timestamp)
                .into(),
            size_gib: self.size_gib(family),
            encryption: self.encryption(&arn, words),
            share: share_of(snapshot_type, origin, family),
            option_group: optional(self.option_group),
            storage_type: optional(self.storage_type),
            source_snapshot: optional(self.source_snapshot),
            tags: self.tags(words),
            arn,
        })
    }

    /// Aurora reports 0 or 1, whatever there is (LIST-17); nothing else has no size at all.
    fn size_gib(&self, family: Family) -> Option<u32> {
        let size = self.size.and_then(|size| u32::try_from(size).ok()).filter(|size| *size > 0);
        size.filter(|_| family != Family::Aurora)
    }

    /// `StorageEncryptionType` knows more than the flag (COPY-18), where AWS gives it.
    fn encryption(&self, arn: &SnapshotArn, words: &Words) -> Encryption {
        let named = || match self.key.filter(|key| !key.is_empty()) {
            Some(key) => key_arn(key, arn, words).map_or(Encryption::Unnamed, Encryption::Kms),
            None => Encryption::Unnamed,
        };
        match (self.encryption_type, self.encrypted, self.key) {
            (Some(StorageEncryptionType::Sse), ..) => Encryption::AwsOwned,
            (Some(StorageEncryptionType::Unencrypted), ..) | (None, Some(false), _) | (None, None, None) => {
                Encryption::None
            }
            // A kind of encryption that is newer than this program is not "none".
            (Some(_), ..) | (None, Some(true), _) | (None, None, Some(_)) => named(),
        }
    }

    fn tags(&self, words: &Words) -> Arc<[Tag]> {
        let word = |text: Option<&str>| -> Shown { words.word(text.unwrap_or_default()) };
        words.tags(
            self.tags.iter().map(|tag| Tag { key: word(tag.key()), value: word(tag.value()) }).collect(),
        )
    }
}

/// A key as the listing names it: an ARN, or the id of a key beside the snapshot; an alias names no key.
fn key_arn(key: &str, snapshot: &SnapshotArn, words: &Words) -> Option<KeyArn> {
    if key.starts_with("arn:") || key.starts_with("alias/") {
        return words.word(key).try_into().ok();
    }
    let arn = snapshot.exact();
    let partition = arn.split(':').nth(1)?;
    let arn = format!("arn:{partition}:kms:{}:{}:key/{key}", snapshot.region(), snapshot.account());
    words.word(&arn).try_into().ok()
}

/// What can be said of a share state without asking (SHARE-01..03, SHARE-12).
fn share_of(snapshot_type: SnapshotType, origin: Origin, family: Family) -> Share {
    match (snapshot_type, origin, family) {
        (_, _, Family::MultiAzCluster) => Share::NotShareable,
        (SnapshotType::Manual, Origin::Own, _) => Share::Unknown(Unasked::NotYet),
        (SnapshotType::Manual | SnapshotType::Automated | SnapshotType::AwsBackup, ..) => Share::NotShareable,
    }
}

pub(super) fn timestamp(time: &DateTime) -> Option<Timestamp> {
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Moment, Region};

    const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k1";

    fn scope() -> Scope {
        Scope { account: "111111111111".parse().expect("an id"), region: Region::new("us-east-1") }
    }

    fn row(kind: Kind, described: &Described<'_>) -> Snapshot {
        described.row(kind, &scope(), &Words::default()).expect("a row")
    }

    fn orders() -> Described<'static> {
        Described {
            identifier: Some("orders"),
            engine: Some("postgres"),
            size: Some(100),
            ..Described::default()
        }
    }

    #[test]
    fn a_missing_arn_is_made_from_the_name() {
        let snapshot = row(Kind::Instance, &orders());
        assert_eq!(snapshot.arn.exact(), "arn:aws:rds:us-east-1:111111111111:snapshot:orders");
        assert_eq!((snapshot.origin, snapshot.share), (Origin::Own, Share::Unknown(Unasked::NotYet)));
        assert_eq!(Described::default().row(Kind::Instance, &scope(), &Words::default()), None);
    }

    #[test]
    fn a_shared_one_is_named_by_the_arn_in_its_identifier() {
        let arn = "arn:aws:rds:us-east-1:222222222222:cluster-snapshot:orders";
        let snapshot = row(
            Kind::Cluster,
            &Described {
                identifier: Some(arn),
                snapshot_type: Some("shared"),
                engine: Some("aurora-mysql"),
                ..orders()
            },
        );
        assert_eq!(snapshot.arn.exact_name(), "orders");
        assert_eq!(snapshot.owner().to_string(), "222222222222");
        assert_eq!((snapshot.origin, snapshot.snapshot_type), (Origin::Shared, SnapshotType::Manual));
        assert_eq!((snapshot.share, snapshot.size_gib), (Share::NotShareable, None));
    }

    #[test]
    fn what_is_anybodys_is_public_and_not_shared() {
        let arn = "arn:aws:rds:eu-west-1:222222222222:snapshot:orders";
        let public = Described { identifier: Some(arn), snapshot_type: Some("public"), ..orders() };
        assert_eq!(row(Kind::Instance, &public).origin, Origin::Public);
        let own = Described { snapshot_type: Some("public"), ..orders() };
        assert_eq!(row(Kind::Instance, &own).origin, Origin::Own);
    }

    #[test]
    fn what_cannot_be_shared_is_not_asked_about() {
        let multi_az = row(Kind::Cluster, &orders());
        let automated = row(Kind::Instance, &Described { identifier: Some("rds:orders"), ..orders() });
        let backup = row(Kind::Instance, &Described { identifier: Some("awsbackup:job"), ..orders() });
        for snapshot in [multi_az, automated, backup] {
            assert_eq!(snapshot.share, Share::NotShareable, "{:?}", snapshot.arn);
        }
    }

    #[test]
    fn sse_rds_is_encrypted_though_the_flag_says_no() {
        let encryption = |described: Described<'_>| row(Kind::Cluster, &described).encryption;
        let kms = Encryption::Kms(KEY.parse().expect("an ARN"));
        let (sse, cmk, none) =
            (StorageEncryptionType::Sse, StorageEncryptionType::Cmk, StorageEncryptionType::Unencrypted);
        let newer = StorageEncryptionType::from("sse-quantum");
        let flag = |encrypted| Described { encrypted, ..orders() };
        let typed = |t| Described { encryption_type: Some(t), encrypted: Some(false), ..orders() };
        assert_eq!(encryption(typed(&sse)), Encryption::AwsOwned);
        assert_eq!(encryption(Described { key: Some(KEY), ..typed(&cmk) }), kms);
        assert_eq!(encryption(typed(&cmk)), Encryption::Unnamed);
        assert_eq!(encryption(typed(&none)), Encryption::None);
        assert_eq!(encryption(typed(&newer)), Encryption::Unnamed);
        assert_eq!(encryption(flag(Some(true))), Encryption::Unnamed);
        assert_eq!(encryption(flag(Some(false))), Encryption::None);
        assert_eq!(encryption(Described { key: Some("k1"), ..flag(Some(true)) }), kms);
        assert_eq!(encryption(Described { key: Some("alias/dba"), ..flag(Some(true)) }), Encryption::Unnamed);
    }

    #[test]
    fn the_age_is_that_of_the_data() {
        let times = [1_000, 2_000, 3_000].map(DateTime::from_secs);
        let copied = Described { created: Some(&times[2]), original: Some(&times[1]), ..orders() };
        let second = |at: Moment| at.get().expect("a time").as_second();
        assert_eq!(second(row(Kind::Instance, &copied).data_at), 2_000);
        let restored = Described { database: Some(&times[0]), ..copied };
        assert_eq!(second(row(Kind::Instance, &restored).data_at), 1_000);
        assert_eq!(second(row(Kind::Instance, &restored).created_at), 3_000);
    }

    #[test]
    fn an_impossible_progress_or_size_is_unknown() {
        let odd = Described { progress: Some(101), size: Some(-1), ..orders() };
        let snapshot = row(Kind::Instance, &odd);
        assert_eq!((snapshot.progress, snapshot.size_gib), (None, None));
    }
}
