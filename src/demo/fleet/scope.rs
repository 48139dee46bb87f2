//! Reads one region of one account of a fleet, with AWS's defaults for what it does not say.
//!
//! What `aws rds describe-db-snapshots --include-shared` prints can be pasted too: a snapshot of
//! another account goes to its owner and is shared from there.

use std::time::Duration;

use serde_json::Value;

use super::mistake::{FleetMistake, Path};
use super::place::Place;
use super::reader::{self, Object};
use super::{defaults, key};
use crate::demo::record::Record;
use crate::demo::state::account::Region;
use crate::demo::state::arn::{self, Arn};
use crate::demo::state::fault::{self, Broken, Fault};
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::refusal::Refusal;

/// What stands in one scope of a fleet.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) region: Region,
    /// ARN of an own snapshot, and whom it is shared with.
    pub(crate) shares: Vec<(String, Vec<String>)>,
    /// Snapshots of others that are seen here, and whom they are shared with: this account, or `all`.
    pub(crate) strangers: Vec<(Snapshot, String)>,
}

/// Reads a scope.
pub(crate) fn read(value: Value, path: &Path<'_>, place: Place<'_>) -> Result<Scope, FleetMistake> {
    let mut object = Object::new(value, path)?;
    let mut scope = Scope { region: Region::default(), shares: Vec::new(), strangers: Vec::new() };
    for kind in SnapshotKind::BOTH {
        if let Some((list, list_path)) = object.take(kind.list()) {
            reader::each(list, &list_path, |item, at| scope.take_snapshot(item, at, kind, place))?;
        }
    }
    for listing in Listing::ALL {
        let list = Path::Key(path, listing.name());
        for (at, record) in object.records(listing.name(), listing.shape())?.into_iter().enumerate() {
            scope.take_record(record, &Path::At(&list, at), listing, place)?;
        }
    }
    if let Some((keys, keys_path)) = object.take("Keys") {
        scope.region.keys =
            reader::each(keys, &keys_path, |item, at| key::read(item, at, place.account, place.region))?;
    }
    if let Some((attributes, attributes_path)) = object.take("SnapshotAttributes") {
        for (arn, accounts) in reader::entries(attributes, &attributes_path)? {
            scope.take_share(&arn, accounts, &Path::Key(&attributes_path, &arn))?;
        }
    }
    if let Some((faults, faults_path)) = object.take("Faults") {
        scope.region.faults = reader::each(faults, &faults_path, fault)?;
    }
    object.finish()?;
    scope.remember_quotas();
    Ok(scope)
}

impl Scope {
    fn take_snapshot(
        &mut self,
        value: Value,
        path: &Path<'_>,
        kind: SnapshotKind,
        place: Place<'_>,
    ) -> Result<(), FleetMistake> {
        let mut record = reader::record(value, path, kind.shape())?;
        let Some(given) = record.text(kind.id_field()) else {
            return Err(Path::Key(path, kind.id_field()).mistake("missing: a snapshot needs its identifier"));
        };
        // Seen from outside, a snapshot has its ARN for a name (LIST-06).
        let arn = match Arn::parse(given) {
            Some(_) => given.to_owned(),
            None => record.text(kind.arn_field()).map_or_else(
                || {
                    let Place { account, region, .. } = place;
                    format!("arn:{}:rds:{region}:{account}:{}:{given}", arn::partition(region), kind.infix())
                },
                str::to_owned,
            ),
        };
        let parsed =
            Arn::parse(&arn).and_then(|parsed| Some((parsed, SnapshotKind::of_resource(parsed.resource)?)));
        let Some((owner, (_, id))) = parsed.filter(|(_, (named, _))| *named == kind) else {
            return Err(Path::Key(path, kind.arn_field())
                .mistake(format!("expected the ARN of a {}, found {arn}", kind.member())));
        };
        record.set(kind.id_field(), id);
        record.set(kind.arn_field(), arn.as_str());
        let seen_as = match record.text("SnapshotType") {
            Some("shared") => Some(place.account),
            Some("public") => Some("all"),
            _ => None,
        };
        if owner.region != place.region || (owner.account != place.account && seen_as.is_none()) {
            return Err(Path::Key(path, kind.arn_field())
                .mistake(format!("{arn} does not belong to account {} in {}", place.account, place.region)));
        }
        if seen_as.is_some() {
            record.set("SnapshotType", "manual");
        }
        defaults::snapshot_defaults(&mut record, kind, id, place.now);
        let snapshot = Snapshot { kind, record };
        match seen_as {
            Some(with) if owner.account != place.account => self.strangers.push((snapshot, with.to_owned())),
            _ => {
                if seen_as == Some("all") {
                    self.shares.push((arn.clone(), vec!["all".to_owned()]));
                }
                if self.region.shelf_mut(kind).insert(snapshot).is_some() {
                    return Err(path.mistake(format!("a second {} named {id}", kind.member())));
                }
            }
        }
        Ok(())
    }

    fn take_record(
        &mut self,
        mut record: Record,
        path: &Path<'_>,
        listing: Listing,
        place: Place<'_>,
    ) -> Result<(), FleetMistake> {
        let id = listing.id(&record).to_owned();
        if id.is_empty() {
            return Err(Path::Key(path, listing.id_field()).mistake("missing"));
        }
        defaults::record_defaults(&mut record, listing, &id, place);
        match self.region.insert(listing, record) {
            None => Ok(()),
            Some(_) => Err(path.mistake(format!("a second {id}"))),
        }
    }

    fn take_share(&mut self, arn: &str, accounts: Value, path: &Path<'_>) -> Result<(), FleetMistake> {
        let named = Arn::parse(arn).and_then(|parsed| SnapshotKind::of_resource(parsed.resource));
        let own = named.and_then(|(kind, id)| self.region.shelf(kind).get(id));
        if own.is_none_or(|snapshot| snapshot.arn() != arn) {
            return Err(path.mistake("no snapshot of this scope has that ARN"));
        }
        let accounts = reader::each(accounts, path, |item, at| {
            let account = reader::text(item, at)?;
            if account == "all" || arn::is_account(&account) {
                Ok(account)
            } else {
                Err(at.mistake(format!("expected an account of twelve digits or all, found {account}")))
            }
        })?;
        match self.shares.iter_mut().find(|(shared, _)| shared == arn) {
            Some((_, present)) => {
                let more: Vec<String> = accounts.into_iter().filter(|one| !present.contains(one)).collect();
                present.extend(more);
            }
            None => self.shares.push((arn.to_owned(), accounts)),
        }
        Ok(())
    }

    /// A quota that says how many are used means more than this fleet shows: the rest is remembered.
    fn remember_quotas(&mut self) {
        let beyond: Vec<(String, i64)> = self
            .region
            .list(Listing::AccountQuotas)
            .iter()
            .filter_map(|quota| {
                let name = quota.text("AccountQuotaName")?;
                Some((name.to_owned(), quota.whole("Used")? - self.region.counted(name)))
            })
            .collect();
        self.region.quota_offsets.extend(beyond);
    }
}

fn fault(value: Value, path: &Path<'_>) -> Result<Fault, FleetMistake> {
    let mut object = Object::new(value, path)?;
    let operation =
        object.text("Operation")?.ok_or_else(|| Path::Key(path, "Operation").mistake("missing"))?;
    let code = object.text("Code")?;
    let message = object.text("Message")?;
    let status = object.count("Status")?;
    let times = object.count("Times")?;
    let after = object.count("After")?.unwrap_or_default();
    let access_key = object.text("AccessKeyId")?;
    let delay = Duration::from_millis(object.count("DelayMs")?.unwrap_or_default().into());
    let body = match object.text("Body")?.as_deref() {
        None => None,
        Some("half") => Some(Broken::Half),
        Some("garbage") => Some(Broken::Garbage),
        Some("cut") => Some(Broken::Cut),
        Some("empty") => Some(Broken::Empty),
        Some("again") => Some(Broken::Again),
        Some(other) => {
            return Err(Path::Key(path, "Body")
                .mistake(format!("expected half, garbage, cut, empty or again, found {other}")));
        }
    };
    object.finish()?;
    let status = match (status, &code) {
        (None, Some(code)) => fault::usual_status(code),
        (None, None) => 400,
        (Some(status), _) => {
            u16::try_from(status).ok().filter(|status| (400..600).contains(status)).ok_or_else(|| {
                Path::Key(path, "Status").mistake(format!("expected 400 to 599, found {status}"))
            })?
        }
    };
    let refusal = code.map(|code| {
        let message = message.unwrap_or_else(|| fault::usual_message(&code).to_owned());
        Refusal::new(&code, message).status(status)
    });
    Ok(Fault { operation, refusal, access_key, after, times, delay, body })
}
