//! What can lie between a snapshot and the result that is wanted of it.

use crate::domain::{
    Action, Draft, Facts, Family, Field, Kind, Question, Scope, SnapshotArn, TemporaryInstance, Value, Via,
};
use crate::rules::case::names::{free, legal, longest_snapshot};
use crate::rules::{Case, Finding, Severity, rules};

use super::made;

/// The longest name of an instance (REST-06).
const LONGEST_INSTANCE: usize = 63;

/// A draft that leads over something between: two drafts, the second on what the first makes.
pub(in crate::rules) struct Stages {
    pub(super) via: Via,
    pub(super) first: Leg,
    /// `None` while it is not known what the first one makes.
    pub(super) second: Option<Leg>,
    /// The instance that the first one makes, where it makes one.
    pub(super) instance: Option<TemporaryInstance>,
    /// What has to be asked to tell the two.
    pub(super) questions: Vec<Question>,
    pub(super) said: Finding,
}

/// One of the two.
pub(super) struct Leg {
    pub(super) draft: Draft,
    pub(super) facts: Facts,
}

/// Where a field of a stage stands in the draft that was filled in.
pub(super) enum Place {
    /// In this field.
    At(Field),
    /// Nowhere, and what would be put there is there already.
    Given,
    /// Nowhere.
    Nowhere,
}

/// What a draft leads over; `None` also where what it names does not lie between.
pub(super) fn of(draft: &Draft, facts: &Facts) -> Option<Via> {
    let via = draft.via()?;
    let mut case = Case::new(draft, facts);
    // Anything else crosses both in one copy (COPY-22).
    let of_two_copies = matches!(case.family(), Some(Family::DocumentDb | Family::Neptune));
    let crosses =
        || of_two_copies && draft.action == Action::Copy && case.crosses_regions() && case.crosses_accounts();
    let lies_between = match via {
        Via::Region => crosses() && case.is_ours(case.owner()),
        Via::Account => crosses(),
        Via::Instance => {
            matches!(draft.action, Action::Copy | Action::Share | Action::Encrypt)
                && case.is_ours(case.owner())
                && case.family() == Some(Family::MultiAzCluster)
        }
    };
    lies_between.then_some(via)
}

/// The two drafts.
pub(super) fn stages(via: Via, draft: &Draft, facts: &Facts) -> Option<Stages> {
    match via {
        Via::Region | Via::Account => copies(via, draft, facts),
        Via::Instance => instance(draft, facts),
    }
}

fn copies(via: Via, draft: &Draft, facts: &Facts) -> Option<Stages> {
    let mut case = Case::new(draft, facts);
    let (to, at, name) = (case.destination()?, case.first_copy_scope()?, case.first_copy_name());
    let last = case.copy_name()?;
    let made = SnapshotArn::new(&at.region, at.account, case.kind(), &name.to_ascii_lowercase());
    let text = |text: &str| Value::Text(text.to_owned());
    let (of_first, of_second) = places(via);
    let mut first = taken_over(draft, &draft.snapshot, of_first).with(Field::Name, text(&name));
    if let Some(key) = draft.value(Field::FirstKey) {
        first.set(Field::KmsKey, key.clone());
    }
    let mut second = taken_over(draft, &made, of_second).with(Field::Name, text(&last));
    if via == Via::Region {
        // Whoever looks at the second draft is another account: that it is made by the destination has to be said.
        second.set(Field::ToAccount, text(&to.account.to_string()));
    }
    // Both are the account's that the first copy lies in: it makes that one, and reads it for the next.
    (first.by, second.by) = (at.account, at.account);
    let found = case.snapshot().cloned();
    let key = made::key_of_the_copy(&mut case, &at);
    let supposed = found.zip(key).map(|(found, key)| made::copied(&found, &made, key));
    let (who, then) = (facts.account_words(at.account), facts.account_words(to.account));
    let words = match via {
        Via::Region => {
            format!("It goes in two copies: {who} copies it to {} first, then {then} copies that.", at.region)
        }
        _ => format!(
            "It goes in two copies: {who} copies it in {} first, and that to {} then.",
            at.region, to.region
        ),
    };
    Some(Stages {
        via,
        first: Leg { draft: first, facts: facts.clone() },
        second: supposed.map(|made| Leg { draft: second, facts: facts.clone().with_made(made) }),
        instance: None,
        questions: case.close().1,
        said: said("COPY-23", Severity::Info, words),
    })
}

/// The fields that the two copies take over as they are.
fn places(via: Via) -> (&'static [Field], &'static [Field]) {
    use Field as F;
    match via {
        Via::Account => (
            &[F::ToAccount, F::ShareFirst, F::KeyAccess],
            &[F::ToRegion, F::KmsKey, F::OptionGroup, F::CopyTags, F::Tags],
        ),
        Via::Region | Via::Instance => (
            &[F::ToRegion],
            &[
                F::ToAccount,
                F::ToRegion,
                F::KmsKey,
                F::OptionGroup,
                F::CopyTags,
                F::Tags,
                F::ShareFirst,
                F::KeyAccess,
            ],
        ),
    }
}

/// Whether what is said of the first draft matters: it makes nothing that stays.
pub(super) fn matters_of_the_first(via: Via, finding: &Finding) -> bool {
    match via {
        Via::Region | Via::Account => finding.severity > Severity::Info,
        // Whatever an instance falls back to does not matter for the time that it lives.
        Via::Instance => {
            finding.severity == Severity::Error
                || (finding.severity == Severity::Warning && finding.field == Field::Snapshot)
        }
    }
}

/// Where a field of the first draft stands.
pub(super) fn field_of_the_first(via: Via, field: Field) -> Place {
    match (via, field) {
        (_, Field::Snapshot) => Place::At(Field::Snapshot),
        (Via::Instance, _) => Place::Nowhere,
        (_, Field::Name) => Place::At(Field::FirstCopy),
        (_, Field::KmsKey) => Place::At(Field::FirstKey),
        (_, field) if places(via).0.contains(&field) => Place::At(field),
        _ => Place::Nowhere,
    }
}

/// Where a field of the second draft stands.
pub(super) fn field_of_the_second(via: Via, field: Field) -> Place {
    match (via, field) {
        (Via::Instance, field) => Place::At(field),
        (_, Field::Snapshot) => Place::At(Field::FirstCopy),
        (_, Field::Name) => Place::At(Field::Name),
        // The copy that it would be made of first is made already: under that key, then.
        (Via::Region, Field::FirstKey) => Place::At(Field::FirstKey),
        (Via::Region, Field::FirstCopy) => Place::Given,
        (_, field) if places(via).1.contains(&field) => Place::At(field),
        _ => Place::Nowhere,
    }
}

/// A DB instance, a snapshot of it, and what was asked for done with that.
fn instance(draft: &Draft, facts: &Facts) -> Option<Stages> {
    let mut case = Case::new(draft, facts);
    let home = case.home();
    let found = case.snapshot()?.clone();
    let (whole, longest) = (draft.snapshot.exact_name(), longest_snapshot(Kind::Instance));
    let wanted = format!("{}-temp", legal(whole, LONGEST_INSTANCE - "-temp".len()));
    let databases = case.databases_if_readable(home.clone()).unwrap_or_default();
    let is_taken = |name: &str| databases.iter().any(|one| one.name.exact().eq_ignore_ascii_case(name));
    let name = free(&wanted, LONGEST_INSTANCE, is_taken);
    let wanted = format!("{}-instance", legal(whole, longest - "-instance".len()));
    let taken_name = case.free_name(home.clone(), Kind::Instance, &wanted).unwrap_or(wanted);
    let arn =
        |name: &str| SnapshotArn::new(&home.region, home.account, Kind::Instance, &name.to_ascii_lowercase());
    let (like, taken) = (arn(whole), arn(&taken_name));
    // It is restored as an instance snapshot would be that holds the same.
    let first =
        Draft::new(Action::Restore, like.clone(), home.account).with(Field::Db, Value::Text(name.clone()));
    let mut second = taken_over(draft, &taken, draft.action.fields());
    second.clear(Field::Via);
    let copies = matches!(draft.action, Action::Copy | Action::Encrypt);
    if copies && draft.text(Field::Name).is_none() {
        let name = result_name(&mut case, draft);
        second.set(Field::Name, Value::Text(name.unwrap_or_default()));
    }
    let rule = match draft.action {
        Action::Share => "SHARE-12",
        Action::Encrypt if found.row.encryption == crate::domain::Encryption::None => "ENC-05",
        _ => "COPY-30",
    };
    let words = format!(
        "An instance {} is made of it on the way: it costs until it is deleted.",
        crate::domain::Shown::from(name.as_str())
    );
    Some(Stages {
        via: Via::Instance,
        first: Leg { draft: first, facts: facts.clone().with_made(made::as_instance(&found, &like)) },
        second: Some(Leg { draft: second, facts: facts.clone().with_made(made::taken(&found, &taken)) }),
        instance: Some(TemporaryInstance { from: draft.snapshot.clone(), name, taken }),
        questions: case.close().1,
        said: said(rule, Severity::Warning, words),
    })
}

/// The name of a copy of an instance's snapshot: after the snapshot that was asked about.
fn result_name(case: &mut Case<'_>, draft: &Draft) -> Option<String> {
    let to: Scope = case.destination()?;
    let longest = longest_snapshot(Kind::Instance);
    let wanted = legal(draft.snapshot.exact_name(), longest);
    Some(case.free_name(to, Kind::Instance, &wanted).unwrap_or(wanted))
}

/// A draft of the same action on another snapshot that takes these fields over.
fn taken_over(draft: &Draft, snapshot: &SnapshotArn, fields: &[Field]) -> Draft {
    let mut after = Draft::new(draft.action, snapshot.clone(), draft.by);
    for field in fields {
        if let Some(value) = draft.value(*field) {
            after.set(*field, value.clone());
        }
    }
    after
}

/// What a rule has to say of what lies between.
fn said(rule: &'static str, severity: Severity, message: String) -> Finding {
    let source = rules().find(|own| own.id == rule).map_or("", |own| own.source);
    Finding { rule, severity, field: Field::Via, message, source, fix: None }
}
