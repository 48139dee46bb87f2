//! What there is in the simulated AWS at one time: told as AWS tells it, and changed as calls change it.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{
    Answer, Argument, Database, Encryption, ExportTask, Fact, Facts, Fault, FaultClass, KeyArn, KeyPolicies,
    Kind, Policy, Question, Scope, Share, SnapshotArn, SnapshotFacts, SnapshotsThere, Status, Tag, fixture,
};
use crate::engine::script::key_of;
use crate::plan::{Call, Operation, Receipt};

/// How long AWS works on whatever is made.
const WORK: SignedDuration = SignedDuration::from_secs(60);

/// Who has made a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Maker {
    /// It was there before.
    World,
    /// The run.
    Run,
    /// Another process.
    Stranger,
}

/// A thing with a name that is made.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thing {
    by: Maker,
    made: Timestamp,
    tags: Vec<Tag>,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Snapshot(Box<SnapshotFacts>),
    Database(Kind, String),
    Export { source: String, bucket: String },
}

/// All that there is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct State {
    /// By what tells one from the other: an ARN, or scope, kind and name.
    things: BTreeMap<String, Thing>,
    shares: BTreeMap<String, BTreeSet<String>>,
    policies: BTreeMap<String, String>,
    grants: BTreeSet<(String, String)>,
}

impl State {
    /// What there was when the plan was made.
    pub(super) fn before(facts: &Facts) -> Self {
        let mut state = Self::default();
        for (question, _) in facts.asked() {
            let Fact::Known { value, .. } = facts.get(question) else { continue };
            match (question, value) {
                (_, Answer::Snapshot(Some(found))) => {
                    let arn = found.row.arn.exact();
                    state.shares.entry(arn.clone()).or_default().extend(readers(&found.row.share));
                    let made = found.row.created_at.get().unwrap_or_default();
                    let what = What::Snapshot(found.clone());
                    let tags = found.row.tags.to_vec();
                    state.things.insert(arn, Thing { by: Maker::World, made, tags, what });
                }
                (Question::Attributes(_, arn), Answer::Attributes(share)) => {
                    state.shares.entry(arn.exact()).or_default().extend(readers(share));
                }
                (Question::KeyPolicy(_, key), Answer::KeyPolicy(policies)) => {
                    let text = policies.default.as_ref().map(|policy| policy.text().to_string());
                    state.policies.insert(key.exact().to_owned(), text.expect("a policy"));
                }
                _ => {}
            }
        }
        state
    }

    /// What it comes to, for two of them to be compared: times and the name of the run do not count.
    pub(super) fn outline(&self) -> BTreeSet<String> {
        let tags = |thing: &Thing| {
            let tag = |tag: &Tag| format!(" {}={}", tag.key, tag.value);
            thing.tags.iter().map(tag).collect::<String>()
        };
        let things = self.things.iter().filter(|(_, thing)| thing.by != Maker::Stranger);
        let things = things.map(|(name, thing)| format!("{name} by {:?}{}", thing.by, tags(thing)));
        let shares = self.shares.iter().filter(|(_, all)| !all.is_empty());
        let shares = shares.filter(|(arn, _)| self.maker(arn) != Some(Maker::Stranger));
        let shares = shares.map(|(arn, all)| format!("{arn} shared with {all:?}"));
        let policies = self.policies.iter().map(|(key, text)| format!("{key} says {text}"));
        let grants = self.grants.iter().map(|(key, name)| format!("{key} granted to {name}"));
        things.chain(shares).chain(policies).chain(grants).collect()
    }

    /// The names of what strangers have made.
    pub(super) fn of_strangers(&self) -> BTreeSet<&str> {
        let theirs = self.things.iter().filter(|(_, thing)| thing.by == Maker::Stranger);
        theirs.map(|(name, _)| name.as_str()).collect()
    }

    fn maker(&self, name: &str) -> Option<Maker> {
        self.things.get(name).map(|thing| thing.by)
    }

    /// Another process makes what a call would make, out of something else; `false` where the name is taken.
    pub(super) fn taken_by_a_stranger(&mut self, call: &Call, stamp: Option<Tag>, now: Timestamp) -> bool {
        let mut theirs = call.clone();
        theirs.parameters.retain(|(name, _)| *name != "Tags" && *name != "CopyTags");
        theirs.parameters.extend(stamp.map(|stamp| ("Tags", Argument::Tags(vec![stamp]))));
        let Ok((name, mut thing)) = self.made(&theirs, now) else { return false };
        match &mut thing.what {
            What::Snapshot(found) => {
                found.row.source_snapshot = Some("arn:aws:rds:x:y:snapshot:other".into());
            }
            What::Export { source, .. } => "arn:aws:rds:x:y:snapshot:other".clone_into(source),
            What::Database(..) => {}
        }
        thing.by = Maker::Stranger;
        self.things.insert(name, thing);
        true
    }

    /// Carries a call out; and whether that changed anything.
    pub(super) fn carry_out(&mut self, call: &Call, now: Timestamp) -> Result<(Receipt, bool), Fault> {
        let before = self.clone();
        match call.operation {
            Operation::ModifyDBSnapshotAttribute | Operation::ModifyDBClusterSnapshotAttribute => {
                self.share(call, now)?;
            }
            Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot => {
                let arn = named(call).exact();
                self.things.remove(&arn).ok_or_else(|| refusal("DBSnapshotNotFound"))?;
                self.shares.remove(&arn);
            }
            Operation::PutKeyPolicy => {
                self.policies.insert(text(call, "KeyId").to_owned(), text(call, "Policy").to_owned());
            }
            Operation::CreateGrant => {
                self.grants.insert((text(call, "KeyId").to_owned(), text(call, "Name").to_owned()));
            }
            Operation::RevokeGrant => {
                let Some(Argument::GrantNamed(name)) = call.parameter("GrantId") else { panic!("{call:?}") };
                self.grants.remove(&(text(call, "KeyId").to_owned(), name.clone()));
            }
            _ => {
                let (name, thing) = self.made(call, now)?;
                self.things.insert(name, thing);
            }
        }
        Ok((Receipt::default(), *self != before))
    }

    fn share(&mut self, call: &Call, now: Timestamp) -> Result<(), Fault> {
        let arn = named(call).exact();
        let thing = self.things.get(&arn).ok_or_else(|| refusal("DBSnapshotNotFound"))?;
        if !thing.is_ready(now) {
            return Err(refusal("InvalidDBSnapshotState"));
        }
        let list = |name| match call.parameter(name) {
            Some(Argument::List(values)) => values.clone(),
            _ => vec![],
        };
        let readers = self.shares.entry(arn).or_default();
        readers.extend(list("ValuesToAdd"));
        readers.retain(|reader| !list("ValuesToRemove").contains(reader));
        Ok(())
    }

    /// Whether there is a thing of the name that a call gives to what it makes.
    pub(super) fn has(&self, call: &Call) -> bool {
        self.things.contains_key(&name_of(call).0)
    }

    /// What a call makes, and under which name; refused where that is taken, or what it is made of is not there.
    fn made(&self, call: &Call, now: Timestamp) -> Result<(String, Thing), Fault> {
        let (name, taken) = name_of(call);
        let what = match call.operation {
            Operation::CopyDBSnapshot | Operation::CopyDBClusterSnapshot => {
                let mut found = self.source(call, call.copied_from().expect("a source"), now)?.clone();
                found.row.source_snapshot = call.copied_from().map(Into::into);
                if let Some(key) = call.text("KmsKeyId") {
                    found.row.encryption = Encryption::Kms(key.parse().expect("an ARN"));
                }
                (found.row.arn, found.row.scope) = (name.parse().expect("an ARN"), call.scope.clone());
                What::Snapshot(Box::new(found))
            }
            Operation::RestoreDBInstanceFromDBSnapshot => {
                self.source(call, text(call, "DBSnapshotIdentifier"), now)?;
                What::Database(Kind::Instance, text(call, "DBInstanceIdentifier").to_ascii_lowercase())
            }
            Operation::RestoreDBClusterFromSnapshot => {
                self.source(call, text(call, "SnapshotIdentifier"), now)?;
                What::Database(Kind::Cluster, text(call, "DBClusterIdentifier").to_ascii_lowercase())
            }
            _ => {
                self.source(call, text(call, "SourceArn"), now)?;
                What::Export {
                    source: text(call, "SourceArn").to_owned(),
                    bucket: text(call, "S3BucketName").to_owned(),
                }
            }
        };
        if self.things.contains_key(&name) {
            return Err(refusal(taken));
        }
        let given = match call.parameter("Tags") {
            Some(Argument::Tags(tags)) => tags.clone(),
            _ => vec![],
        };
        Ok((name, Thing { by: Maker::Run, made: now, tags: given, what }))
    }

    /// The snapshot that a call names, where it is there, and the caller may read it and use its key.
    fn source(&self, call: &Call, name: &str, now: Timestamp) -> Result<&SnapshotFacts, Fault> {
        let scope = &call.scope;
        let own = || SnapshotArn::new(&scope.region, scope.account, kind_of(call.operation), name);
        let arn: SnapshotArn = name.parse().unwrap_or_else(|_| own());
        let thing = self.things.get(&arn.exact()).filter(|_| self.is_seen_by(&arn, scope));
        let Some(Thing { what: What::Snapshot(found), .. }) = thing else {
            return Err(refusal("DBSnapshotNotFound"));
        };
        if !thing.is_some_and(|thing| thing.is_ready(now)) {
            return Err(refusal("InvalidDBSnapshotState"));
        }
        let key = found.row.encryption.key().filter(|key| key.account() != Some(scope.account));
        if key.is_some_and(|key| !self.admits(key, scope)) {
            return Err(refusal("KMSKeyNotAccessibleFault"));
        }
        Ok(found)
    }

    fn is_seen_by(&self, arn: &SnapshotArn, scope: &Scope) -> bool {
        let readers = self.shares.get(&arn.exact());
        let is_reader = |id: &String| *id == scope.account.to_string() || id == "all";
        arn.account() == scope.account || readers.is_some_and(|all| all.iter().any(is_reader))
    }

    fn admits(&self, key: &KeyArn, scope: &Scope) -> bool {
        let id = scope.account.to_string();
        let policy = self.policies.get(key.exact()).is_none_or(|text| text.contains(&id));
        policy || self.grants.contains(&(key.exact().to_owned(), format!("snapdeck-{id}")))
    }

    /// What AWS answers at this time; what does not change is as the plan saw it.
    pub(super) fn answer(&self, question: &Question, facts: &Facts, now: Timestamp) -> Result<Answer, Fault> {
        Ok(match question {
            Question::Snapshot(scope, arn) => {
                let thing = self.things.get(&arn.exact()).filter(|_| self.is_seen_by(arn, scope));
                Answer::Snapshot(thing.and_then(|thing| thing.snapshot(now)).map(Box::new))
            }
            Question::Attributes(_, arn) => {
                self.things.get(&arn.exact()).ok_or_else(|| refusal("DBSnapshotNotFound"))?;
                let readers = self.shares.get(&arn.exact()).cloned().unwrap_or_default();
                let ids: Vec<_> = readers.iter().filter_map(|id| id.parse().ok()).collect();
                Answer::Attributes(match readers.contains("all") {
                    true => Share::Public(ids.into()),
                    false if ids.is_empty() => Share::Private,
                    false => Share::Accounts(ids.into()),
                })
            }
            Question::KeyPolicy(_, key) => Answer::KeyPolicy(KeyPolicies {
                default: Policy::parse(&self.policies[key.exact()]),
                aws_ram: None,
                grants: Ok(vec![]),
            }),
            Question::Databases(scope) => {
                let prefix = format!("{scope} ");
                let here = self.things.iter().filter(|(name, _)| name.starts_with(&prefix));
                Answer::Databases(here.filter_map(|(_, thing)| thing.database(now)).collect())
            }
            Question::ExportTasks(scope) => {
                let prefix = format!("{scope} task ");
                let here = self.things.iter();
                let here = here.filter_map(|(name, thing)| Some((name.strip_prefix(&prefix)?, thing)));
                Answer::ExportTasks(here.filter_map(|(id, thing)| thing.export(id, now)).collect())
            }
            Question::Snapshots(..) => Answer::Snapshots(SnapshotsThere::default()),
            other => match (facts.get(other), other) {
                (Fact::Known { value, .. }, _) => value.clone(),
                (_, Question::Key(_, name)) => Answer::Key(key_of(facts, name)),
                _ => return Err(fixture::fault(FaultClass::Other, "it is not known")),
            },
        })
    }
}

impl Thing {
    fn is_ready(&self, now: Timestamp) -> bool {
        self.by == Maker::World || now >= self.made + WORK
    }

    fn snapshot(&self, now: Timestamp) -> Option<SnapshotFacts> {
        let What::Snapshot(found) = &self.what else { return None };
        let mut found = SnapshotFacts::clone(found);
        if self.by != Maker::World {
            found.row.created_at = self.made.into();
            found.row.tags = self.tags.clone().into();
            found.row.status = if self.is_ready(now) { Status::Available } else { Status::of("creating") };
        }
        Some(found)
    }

    fn database(&self, now: Timestamp) -> Option<Database> {
        let What::Database(kind, name) = &self.what else { return None };
        Some(Database {
            kind: *kind,
            name: name.as_str().into(),
            status: if self.is_ready(now) { "available" } else { "creating" }.into(),
            engine: "mysql".into(),
            class: None,
            subnet_group: None,
            parameter_group: None,
            vpc: None,
            tags: self.tags.clone(),
        })
    }

    fn export(&self, id: &str, now: Timestamp) -> Option<ExportTask> {
        let What::Export { source, bucket } = &self.what else { return None };
        Some(ExportTask {
            id: id.into(),
            source: source.as_str().into(),
            bucket: bucket.as_str().into(),
            status: if self.is_ready(now) { "COMPLETE" } else { "STARTING" }.into(),
        })
    }
}

fn readers(share: &Share) -> Vec<String> {
    let everybody = matches!(share, Share::Public(_)).then(|| "all".to_owned());
    share.accounts().iter().map(ToString::to_string).chain(everybody).collect()
}

fn kind_of(operation: Operation) -> Kind {
    if operation.name().contains("Cluster") { Kind::Cluster } else { Kind::Instance }
}

/// The name that a call gives to what it makes, and AWS's code where that is taken.
fn name_of(call: &Call) -> (String, &'static str) {
    let scope = &call.scope;
    let snapshot = |kind, name: &str| {
        let arn = SnapshotArn::new(&scope.region, scope.account, kind, &name.to_ascii_lowercase());
        arn.exact()
    };
    let full = |noun, name: &str| format!("{scope} {noun} {}", name.to_ascii_lowercase());
    match call.operation {
        Operation::CopyDBSnapshot => {
            (snapshot(Kind::Instance, text(call, "TargetDBSnapshotIdentifier")), "DBSnapshotAlreadyExists")
        }
        Operation::CopyDBClusterSnapshot => {
            let name = text(call, "TargetDBClusterSnapshotIdentifier");
            (snapshot(Kind::Cluster, name), "DBClusterSnapshotAlreadyExistsFault")
        }
        Operation::RestoreDBInstanceFromDBSnapshot => {
            (full("instance", text(call, "DBInstanceIdentifier")), "DBInstanceAlreadyExists")
        }
        Operation::RestoreDBClusterFromSnapshot => {
            (full("cluster", text(call, "DBClusterIdentifier")), "DBClusterAlreadyExistsFault")
        }
        Operation::StartExportTask => {
            (full("task", text(call, "ExportTaskIdentifier")), "ExportTaskAlreadyExists")
        }
        other => panic!("no plan of the machine has {other:?}"),
    }
}

/// The snapshot that a call names.
fn named(call: &Call) -> SnapshotArn {
    let name = call.text("DBSnapshotIdentifier").or_else(|| call.text("DBClusterSnapshotIdentifier"));
    let kind = kind_of(call.operation);
    SnapshotArn::new(&call.scope.region, call.scope.account, kind, name.expect("a snapshot"))
}

fn text<'a>(call: &'a Call, name: &str) -> &'a str {
    call.text(name).unwrap_or_else(|| panic!("{name} of {call:?}"))
}

/// AWS refuses a call with this code.
pub(super) fn refusal(code: &str) -> Fault {
    Fault { code: Some(code.into()), ..fixture::fault(FaultClass::Other, code) }
}
