//! What a list offers to choose from, out of what is known: never a choice that is only a guess.

use std::collections::BTreeMap;

use crate::domain::{
    AccountId, Answer, Database, Fact, Facts, Inventory, KeyFacts, KeyManager, KeyState, Kind, Origin,
    Question, Region, Scope, ScopeState, Share, Shown, SignIn, SnapshotArn, catalogue,
};

use super::super::super::prose::Tone;
use super::super::super::words::count;
use super::spec::Source;
use super::subject::Subject;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What the field holds then.
    pub(super) value: String,
    pub(super) label: String,
    pub(super) detail: String,
    pub(super) state: (String, Tone),
}

/// A list, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Items {
    pub(super) items: Vec<Item>,
    /// Why there are no more: that AWS is still asked, or what it said.
    pub(super) gap: Option<(String, Tone)>,
}

/// What has to be asked for a list.
pub(super) fn question(source: Source, subjects: &[Subject]) -> Option<Question> {
    let subject = subjects.first()?;
    let there = || subject.derived.to.clone();
    match source {
        Source::Keys => Some(Question::Keys(there()?)),
        Source::FirstKeys => Some(Question::Keys(subject.derived.first.clone()?)),
        Source::OptionGroups => Some(Question::OptionGroups(there()?)),
        Source::SubnetGroups => Some(Question::SubnetGroups(there()?)),
        Source::ParameterGroups => Some(Question::ParameterGroups(there()?, subject.snapshot.kind())),
        Source::Names => Some(Question::Snapshots(there()?, subject.snapshot.kind())),
        Source::FirstNames => {
            Some(Question::Snapshots(subject.derived.first.clone()?, subject.snapshot.kind()))
        }
        Source::Databases | Source::Classes => Some(Question::Databases(there()?)),
        Source::StorageTypes | Source::Ours | Source::Accounts | Source::SharedWith | Source::Regions => None,
    }
}

/// The list of a source.
pub(super) fn items(source: Source, subjects: &[Subject], facts: &Facts, inventory: &Inventory) -> Items {
    let whole = |items| Items { items, gap: None };
    match source {
        Source::Ours => whole(ours(inventory)),
        Source::Accounts => whole(accounts(subjects, inventory)),
        Source::SharedWith => {
            whole(shared_with(subjects, facts).into_iter().map(|id| account(id, inventory)).collect())
        }
        Source::Regions => whole(regions(subjects, inventory)),
        Source::StorageTypes => whole(storage_types(subjects)),
        Source::Keys
        | Source::FirstKeys
        | Source::OptionGroups
        | Source::SubnetGroups
        | Source::ParameterGroups
        | Source::Names
        | Source::FirstNames
        | Source::Databases
        | Source::Classes => asked(source, subjects, facts),
    }
}

fn asked(source: Source, subjects: &[Subject], facts: &Facts) -> Items {
    let gap = |text: &str, tone| Items { items: Vec::new(), gap: Some((text.to_owned(), tone)) };
    let Some(question) = question(source, subjects) else {
        return gap("the account or the region is not one: nothing can be listed", Tone::Doubt);
    };
    let scope = question.scope();
    if facts.account(scope.account).is_none() {
        return gap("not one of your accounts: type what you know", Tone::Doubt);
    }
    let answer = match facts.get(&question) {
        Fact::Unasked => return gap("asking AWS…", Tone::Dim),
        Fact::Failed(fault) => {
            return gap(&format!("{}: {}", fault.class.word(), fault.message), Tone::Danger);
        }
        Fact::Known { value, .. } => value,
    };
    let items = match answer {
        Answer::Keys(keys) => keys.iter().map(|key| key_item(key, scope)).collect(),
        Answer::OptionGroups(groups) => {
            let of = subjects.first().map(|subject| &subject.snapshot);
            let item = |group: &crate::domain::OptionGroup| {
                let fits = of.is_none_or(|snapshot| {
                    let version = snapshot.engine_version.exact();
                    let major = group.major_version.exact();
                    let rest = version.strip_prefix(major);
                    snapshot.engine == group.engine
                        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                });
                let options: Vec<String> =
                    group.options.iter().map(|option| option.name.to_string()).collect();
                Item {
                    value: group.name.exact().to_owned(),
                    label: group.name.to_string(),
                    detail: format!("{} {} {}", group.engine, group.major_version, options.join(", ")),
                    state: if fits {
                        ("fits".to_owned(), Tone::Good)
                    } else {
                        ("another engine".to_owned(), Tone::Dim)
                    },
                }
            };
            let mut all: Vec<Item> = groups.iter().map(item).collect();
            all.sort_by_key(|item| item.state.1 != Tone::Good);
            all
        }
        Answer::Snapshots(there) => there.names.iter().map(|name| taken(name)).collect(),
        Answer::Databases(all) if source == Source::Classes => classes(all, subjects),
        Answer::Databases(all) => all.iter().map(|one| taken(one.name.exact())).collect(),
        Answer::SubnetGroups(groups) => groups.iter().map(subnet_group).collect(),
        Answer::ParameterGroups(groups) => groups.iter().map(parameter_group).collect(),
        _ => Vec::new(),
    };
    let gap = items.is_empty().then(|| (format!("there is none in {}", scope.region), Tone::Doubt));
    Items { items, gap }
}

fn key_item(key: &KeyFacts, scope: &Scope) -> Item {
    let aliases: Vec<String> = key.aliases.iter().skip(1).map(ToString::to_string).collect();
    let owner = match key.arn.account() {
        Some(owner) if owner != scope.account => format!(" of {owner}"),
        _ => String::new(),
    };
    let state = match (&key.state, key.can_encrypt()) {
        (_, true) => ("fits".to_owned(), Tone::Good),
        (KeyState::Disabled, _) => ("disabled".to_owned(), Tone::Danger),
        (KeyState::PendingDeletion, _) => ("will be deleted".to_owned(), Tone::Danger),
        (KeyState::Other(word), _) => (word.to_string(), Tone::Doubt),
        (KeyState::Enabled, _) => (format!("{}: does not fit", key.spec), Tone::Doubt),
    };
    let manager = match key.manager {
        KeyManager::Aws => "default key ",
        KeyManager::Customer => "",
    };
    Item {
        value: key.handle(),
        label: key.label(),
        detail: [format!("{manager}{}{owner}", key.arn.id()), aliases.join(" ")]
            .join(" ")
            .trim_end()
            .to_owned(),
        state,
    }
}

/// A name that is in use.
fn taken(name: &str) -> Item {
    Item {
        value: name.to_owned(),
        label: crate::domain::Shown::from(name).to_string(),
        detail: String::new(),
        state: ("taken".to_owned(), Tone::Dim),
    }
}

/// The instance classes that are in use, those of the same engine first.
fn classes(all: &[Database], subjects: &[Subject]) -> Vec<Item> {
    let engine = subjects.first().map(|subject| &subject.snapshot.engine);
    let mut uses: BTreeMap<(bool, &Shown), usize> = BTreeMap::new();
    for one in all {
        if let Some(class) = &one.class {
            *uses.entry((engine != Some(&one.engine), class)).or_default() += 1;
        }
    }
    let item = |((is_other, class), n): ((bool, &Shown), usize)| Item {
        value: class.exact().to_owned(),
        label: class.to_string(),
        detail: format!("{} there", count(n, "database")),
        state: if is_other {
            ("another engine".to_owned(), Tone::Dim)
        } else {
            ("same engine".to_owned(), Tone::Good)
        },
    };
    uses.into_iter().map(item).collect()
}

/// The types of storage of an instance, an Aurora cluster or a Multi-AZ cluster (REST-13, REST-24, REST-25).
fn storage_types(subjects: &[Subject]) -> Vec<Item> {
    let Some(subject) = subjects.first() else { return Vec::new() };
    let item = |name: &&str| Item {
        value: (*name).to_owned(),
        label: (*name).to_owned(),
        detail: String::new(),
        state: match &subject.snapshot.storage_type {
            Some(own) if own.exact() == *name => ("as now".to_owned(), Tone::Good),
            _ => (String::new(), Tone::Plain),
        },
    };
    subject.snapshot.family.storage_types().iter().map(item).collect()
}

fn subnet_group(group: &crate::domain::SubnetGroup) -> Item {
    let vpc = group.vpc.as_ref().map_or_else(|| "no VPC".to_owned(), ToString::to_string);
    Item {
        value: group.name.exact().to_owned(),
        label: group.name.to_string(),
        detail: vpc,
        state: (count(group.zones, "zone"), Tone::Plain),
    }
}

fn parameter_group(group: &crate::domain::ParameterGroup) -> Item {
    Item {
        value: group.name.exact().to_owned(),
        label: group.name.to_string(),
        detail: group.family.to_string(),
        state: (String::new(), Tone::Plain),
    }
}

/// The accounts of ours, whether they can be used or not.
fn ours(inventory: &Inventory) -> Vec<Item> {
    let item = |entry: &crate::domain::AccountEntry| {
        let id = entry.id()?;
        let state = match &entry.sign_in {
            SignIn::In(_) | SignIn::Same(_) => ("yours".to_owned(), Tone::Good),
            SignIn::Waiting => ("signing in".to_owned(), Tone::Dim),
            SignIn::Failed(fault) => (fault.class.word().to_owned(), Tone::Danger),
        };
        Some(Item {
            value: id.to_string(),
            label: entry.account.name.to_string(),
            detail: id.to_string(),
            state,
        })
    };
    inventory.accounts().iter().filter_map(item).collect()
}

/// Every account that has a name here, and those that it is shared with.
fn accounts(subjects: &[Subject], inventory: &Inventory) -> Vec<Item> {
    let owners: Vec<AccountId> = subjects.iter().map(|subject| subject.snapshot.owner()).collect();
    let mut ids: Vec<AccountId> =
        inventory.accounts().iter().filter_map(crate::domain::AccountEntry::id).collect();
    let mut known: Vec<AccountId> = inventory.known().map(|(id, _)| id).collect();
    known.sort_unstable();
    ids.extend(known);
    ids.retain(|id| !owners.contains(id));
    ids.into_iter().map(|id| account(id, inventory)).collect()
}

/// An account, and whether anybody knows it, in words.
pub(super) fn account(id: AccountId, inventory: &Inventory) -> Item {
    let (label, state) = match (inventory.account_name(id), inventory.account(id)) {
        (Some(name), Some(_)) => (name.to_string(), ("yours", Tone::Good)),
        (Some(name), None) => (name.to_string(), ("known, not yours", Tone::Plain)),
        (None, _) => ("?".to_owned(), ("FOREIGN", Tone::Danger)),
    };
    Item { value: id.to_string(), label, detail: id.to_string(), state: (state.0.to_owned(), state.1) }
}

/// The accounts that any of these is shared with.
pub(super) fn shared_with(subjects: &[Subject], facts: &Facts) -> Vec<AccountId> {
    let mut ids: Vec<AccountId> = subjects.iter().flat_map(|subject| share(subject, facts).1).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What has to be asked to know who can read a snapshot; nothing where nobody but its owner can, or others own it.
pub(super) fn readers(subject: &Subject) -> Option<Question> {
    let snapshot = &subject.snapshot;
    let is_told = snapshot.origin == Origin::Own && snapshot.share != Share::NotShareable;
    is_told.then(|| attributes(&snapshot.arn))
}

fn attributes(arn: &SnapshotArn) -> Question {
    Question::Attributes(arn.home(), arn.clone())
}

/// Who can read a snapshot: as AWS just said, else as it was listed.
pub(super) fn share(subject: &Subject, facts: &Facts) -> (Share, Vec<AccountId>) {
    let share = match facts.get(&attributes(&subject.snapshot.arn)) {
        Fact::Known { value: Answer::Attributes(share), .. } => share.clone(),
        Fact::Known { .. } | Fact::Failed(_) | Fact::Unasked => subject.snapshot.share.clone(),
    };
    let accounts = share.accounts().to_vec();
    (share, accounts)
}

/// The regions of the partition: those that are read first, the others of the catalogue after them.
fn regions(subjects: &[Subject], inventory: &Inventory) -> Vec<Item> {
    let Some(subject) = subjects.first() else { return Vec::new() };
    let partition = subject.snapshot.scope.region.partition();
    let account = subject.derived.to.as_ref().map_or(subject.snapshot.scope.account, |to| to.account);
    let mut regions: Vec<Region> = Vec::new();
    let read = inventory
        .scopes()
        .filter(|(scope, _)| scope.account == account)
        .map(|(scope, _)| scope.region.clone());
    regions.extend(read);
    for place in catalogue().iter().filter(|place| place.partition == partition) {
        let region = Region::new(place.name);
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    let item = |region: Region| {
        let scope = Scope { account, region: region.clone() };
        let state = match inventory.scope(&scope).map(|entry| (&entry.state, entry.rows)) {
            Some((ScopeState::Disabled(_), _)) => ("disabled: enable it first".to_owned(), Tone::Danger),
            Some((ScopeState::Failed(fault), _)) => (fault.class.word().to_owned(), Tone::Danger),
            Some((_, rows)) => (count(rows, "snapshot"), Tone::Plain),
            None if region.place().is_some_and(|place| place.opt_in) => {
                ("has to be enabled".to_owned(), Tone::Doubt)
            }
            None => ("not read here".to_owned(), Tone::Dim),
        };
        let city = region.place().map_or("", |place| place.city);
        Item { value: region.name().to_owned(), label: region.to_string(), detail: city.to_owned(), state }
    };
    regions.into_iter().map(item).collect()
}

/// Instance or cluster, as a noun.
pub(super) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Instance => "instance",
        Kind::Cluster => "cluster",
    }
}
