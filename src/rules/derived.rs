//! What a draft leaves open and the rules derive: places, and names that are legal and free.

use std::collections::BTreeSet;

use crate::domain::{Action, Draft, Facts, Field, Kind, Scope, Via};

use super::Case;
use super::case::names;
use super::stages::Stages;

/// The longest name of an instance or a cluster (REST-08).
const LONGEST_DATABASE: usize = 63;

/// The longest name of an export (StartExportTask).
const LONGEST_TASK: usize = 60;

/// What follows from a draft before anything is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Where the result is made, and who makes it; `None` while the draft names no such place.
    pub to: Option<Scope>,
    /// Where a copy that is made first lies.
    pub first: Option<Scope>,
    /// The name of the result: as typed, else one that is legal, and free as far as that is known.
    pub name: Option<String>,
}

/// Derives what a draft leaves open. Names that others are about to take there count as taken; they are given
/// in lower case.
pub fn derived(draft: &Draft, facts: &Facts, is_claimed: impl Fn(&Scope, &str) -> bool) -> Derived {
    derived_by(draft, facts, &is_claimed)
}

fn derived_by(draft: &Draft, facts: &Facts, is_claimed: &dyn Fn(&Scope, &str) -> bool) -> Derived {
    if draft.via() == Some(Via::Instance)
        && let Some(stages) = Stages::of(draft, facts)
        && let Some((last, facts)) = stages.last()
    {
        let mut found = derived_by(last, facts, is_claimed);
        if let (None, Some(name), Some(to)) = (draft.text(Field::Name), &found.name, &found.to) {
            found.name = Some(unclaimed(&mut Case::new(last, facts), to, Kind::Instance, name, is_claimed));
        }
        return found;
    }
    let mut case = Case::new(draft, facts);
    let (to, first, kind) = (case.destination(), case.first_copy_scope(), case.kind());
    let name = match draft.action {
        Action::Copy | Action::Encrypt => case.copy_name(),
        Action::Restore => database_name(&mut case),
        Action::Export => task_name(&mut case),
        Action::Share | Action::Delete => None,
    };
    let typed = [Field::Name, Field::Db, Field::Task].iter().any(|field| draft.text(*field).is_some());
    let name = match (name, &to) {
        (Some(name), Some(to)) if !typed => Some(unclaimed(&mut case, to, kind, &name, is_claimed)),
        (name, _) => name,
    };
    Derived { to, first, name }
}

/// The name, or the next one that is neither there nor claimed.
fn unclaimed(
    case: &mut Case<'_>,
    to: &Scope,
    kind: Kind,
    name: &str,
    is_claimed: impl Fn(&Scope, &str) -> bool,
) -> String {
    if !is_claimed(to, &name.to_ascii_lowercase()) {
        return name.to_owned();
    }
    match case.draft.action {
        Action::Restore => {
            let there = databases(case, to);
            return names::free(name, LONGEST_DATABASE, |name| is_claimed(to, name) || there.contains(name));
        }
        Action::Export => {
            let there = tasks(case, to);
            return names::free(name, LONGEST_TASK, |name| is_claimed(to, name) || there.contains(name));
        }
        Action::Copy | Action::Encrypt | Action::Share | Action::Delete => {}
    }
    let there = case.snapshots(to.clone(), kind).map(|there| &there.names);
    names::free(name, names::longest_snapshot(kind), |name| {
        is_claimed(to, name) || there.is_some_and(|there| there.contains(name))
    })
}

/// The names of the databases that are there, in lower case.
fn databases(case: &mut Case<'_>, to: &Scope) -> BTreeSet<String> {
    let there = case.databases_if_readable(to.clone()).unwrap_or_default();
    there.iter().map(|database| database.name.exact().to_ascii_lowercase()).collect()
}

/// The names of the exports that there are and were (EXP-10), in lower case.
fn tasks(case: &mut Case<'_>, to: &Scope) -> BTreeSet<String> {
    let there = case.export_tasks(to.clone()).unwrap_or_default();
    there.iter().map(|task| task.id.exact().to_ascii_lowercase()).collect()
}

/// The name of an export: as typed, else the snapshot's.
fn task_name(case: &mut Case<'_>) -> Option<String> {
    if let Some(typed) = case.draft.text(Field::Task) {
        return Some(typed.to_owned());
    }
    let to = case.destination()?;
    let there = tasks(case, &to);
    let wanted = names::legal(case.draft.snapshot.exact_name(), LONGEST_TASK);
    Some(names::free(&wanted, LONGEST_TASK, |name| there.contains(name)))
}

/// The name of a new database: as typed, else the source's with what is done to it.
fn database_name(case: &mut Case<'_>) -> Option<String> {
    if let Some(typed) = case.draft.text(Field::Db) {
        return Some(typed.to_owned());
    }
    let (to, source) = (case.destination()?, case.snapshot()?.row.source_db.exact().to_owned());
    let end = if case.draft.text(Field::KmsKey).is_some() { "-encrypted" } else { "-restored" };
    let there = databases(case, &to);
    let wanted = names::legal(&source, LONGEST_DATABASE - end.len()) + end;
    Some(names::free(&wanted, LONGEST_DATABASE, |name| there.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::drafted;

    #[test]
    fn a_name_that_another_is_about_to_take_is_not_proposed_twice() {
        let (draft, facts) = drafted("copy none");
        let free = derived(&draft, &facts, |_, _| false).name.expect("a name");
        let claimed = free.to_ascii_lowercase();
        let next = derived(&draft, &facts, |_, name| name == claimed).name.expect("a name");
        assert_eq!(next, format!("{free}-2"));
    }

    #[test]
    fn what_is_typed_is_the_name_whoever_claims_it() {
        let (draft, facts) = drafted("copy none name=mine");
        assert_eq!(derived(&draft, &facts, |_, _| true).name.as_deref(), Some("mine"));
    }

    #[test]
    fn an_export_is_named_as_its_snapshot_unless_one_was_named_so_before() {
        let (draft, facts) = drafted("export postgres");
        let name = derived(&draft, &facts, |_, _| false).name.expect("a name");
        let line = format!("export postgres +task:{name}:COMPLETE");
        let (draft, facts) = drafted(&line);
        assert_eq!(derived(&draft, &facts, |_, _| false).name, Some(format!("{name}-2")));
    }
}
