//! The shortest ways: for every goal and start of section J the offered fixes, taken in turn, reach the goal.
//!
//! Where the way leads through another action (an Aurora snapshot is encrypted by a restore, a Multi-AZ cluster is
//! shared as an instance) the fixes end with that action's name, and a draft of it, where there is one, goes through.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::testing::{World, drafted_along, judge, read};
use super::{Detour, Review, Severity, way};
use crate::domain::{Draft, Field, Request, Stage};

/// How the fixes of a draft ended.
#[derive(Debug)]
enum End {
    /// Nothing blocks any more, and there is a request.
    Clear,
    /// What blocks can be helped by something else than an edit.
    Otherwise(Vec<Detour>),
}

fn errors(review: &Review) -> impl Iterator<Item = &super::Finding> {
    review.findings.iter().filter(|finding| finding.severity == Severity::Error)
}

/// Takes the first edit that is offered for an error, again and again.
fn walk(mut draft: Draft, world: &World) -> Result<End, String> {
    let mut taken = vec![];
    loop {
        let review = judge(&draft, world);
        let fixes = || errors(&review).filter_map(|finding| Some((finding.rule, finding.fix.as_ref()?)));
        if let Some((rule, fix)) = fixes().find(|(_, fix)| !fix.edits.is_empty()) {
            taken.push(format!("{rule}: {}", fix.label));
            fix.apply(&mut draft);
            if taken.len() < 12 {
                continue;
            }
            return Err(format!("the fixes do not end: {taken:#?}"));
        }
        if errors(&review).next().is_none() {
            let request = review.request.as_ref().map(|_| End::Clear);
            return request.ok_or_else(|| format!("nothing blocks, and no request: {:#?}", review.findings));
        }
        let detours: Vec<Detour> = fixes().filter_map(|(_, fix)| fix.detour).collect();
        if detours.is_empty() {
            let left: Vec<_> = errors(&review).map(|f| format!("{} {}", f.rule, f.message)).collect();
            return Err(format!("no way is left after {taken:#?}: {left:#?}"));
        }
        return Ok(End::Otherwise(detours));
    }
}

fn reaches(line: &str) -> Result<(), TestCaseError> {
    let (draft, world) = read(line);
    match walk(draft, &world) {
        Ok(End::Clear) => Ok(()),
        other => Err(TestCaseError::fail(format!("`{line}`: {other:?}"))),
    }
}

fn leads_to(line: &str, wanted: Detour) -> Result<(), TestCaseError> {
    let (draft, world) = read(line);
    match walk(draft, &world) {
        Ok(End::Otherwise(detours)) if detours.contains(&wanted) => Ok(()),
        other => Err(TestCaseError::fail(format!("`{line}` should lead to {wanted:?}: {other:?}"))),
    }
}

/// The way of a line, taken to its end, makes two copies of which none crosses both, and ends where it was to.
fn in_two_copies(line: &str) -> Result<(), TestCaseError> {
    let fail = |words: String| TestCaseError::fail(format!("`{line}`: {words}"));
    let (draft, facts) = drafted_along(line, |draft, facts| way(draft, facts).review.questions);
    let end = way(&draft, &facts);
    let wanted = (draft.text(Field::ToAccount), draft.text(Field::ToRegion));
    if (end.draft.text(Field::ToAccount), end.draft.text(Field::ToRegion)) != wanted {
        return Err(fail(format!("it leads elsewhere: {:?}", end.draft)));
    }
    let Some(Request::After { first, then, .. }) = end.review.request else {
        return Err(fail(format!("{:#?}", end.review.findings)));
    };
    let [Stage::Copy(first)] = &first[..] else { return Err(fail(format!("{first:?}"))) };
    let mut at = draft.snapshot.home();
    for copy in [&**first, &then] {
        let Request::Copy { source, to, first: None, .. } = copy else {
            return Err(fail(format!("{copy:?}")));
        };
        if source.home() != at || (to.account != at.account && to.region != at.region) {
            return Err(fail(format!("a copy crosses both: {copy:?}")));
        }
        at = to.clone();
    }
    let account = draft.text(Field::ToAccount).map_or(draft.by, |text| text.parse().expect("an id"));
    let is_there = at.account == account && Some(at.region.name()) == draft.text(Field::ToRegion);
    if is_there { Ok(()) } else { Err(fail(format!("it ends in {at}"))) }
}

/// Words about the world that make a way longer and never bar it.
fn around() -> impl Strategy<Value = String> {
    let words = vec![
        "+taken:orders-copy",
        "+taken:orders-2026-11-24",
        "+taken:job-17",
        "+of-database:7",
        "+copying:3",
        "+quota:98/100",
        "stag:aws:cloudformation:stack-name=x",
        "stag:env=prod",
        "size:4000",
    ];
    let most = words.len();
    subsequence(words, 0..=most).prop_map(|words| words.join(" "))
}

fn kind() -> impl Strategy<Value = &'static str> {
    select(vec!["inst", "clu", "postgres", "sqlserver-se", "oracle-ee", "clu aurora-postgresql"])
}

fn any_type() -> impl Strategy<Value = &'static str> {
    select(vec!["manual", "automated", "awsbackup"])
}

fn customer_key() -> impl Strategy<Value = &'static str> {
    select(vec!["cmk", "cmk2", "mrk", "external", "store"])
}

fn encrypted() -> impl Strategy<Value = &'static str> {
    select(vec!["cmk", "cmk2", "mrk", "aws/rds"])
}

fn any_encryption() -> impl Strategy<Value = &'static str> {
    select(vec!["none", "cmk", "cmk2", "mrk", "aws/rds"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_snapshot_can_be_shared_with_the_accounts_that_there_are(
        kind in kind(), of in any_type(), encryption in any_encryption(), around in around(),
        with in select(vec!["222", "333", "222,333"]),
    ) {
        reaches(&format!("share {kind} {of} {encryption} with={with} {around}"))?;
    }

    #[test]
    fn any_snapshot_gets_to_another_account_in_any_region(
        kind in kind(), of in any_type(), encryption in any_encryption(), around in around(),
        to in select(vec!["use1", "euw1", "usw2"]),
    ) {
        reaches(&format!("copy {kind} {of} {encryption} use1->{to} to-account=222 {around}"))?;
    }

    #[test]
    fn any_snapshot_gets_to_another_region(
        kind in kind(), of in any_type(), encryption in any_encryption(), around in around(),
        to in select(vec!["euw1", "usw2"]),
    ) {
        reaches(&format!("copy {kind} {of} {encryption} use1->{to} {around}"))?;
    }

    #[test]
    fn any_automated_snapshot_is_kept(
        kind in kind(), of in any_type(), encryption in any_encryption(), around in around(),
    ) {
        reaches(&format!("copy {kind} {of} {encryption} {around}"))?;
    }

    #[test]
    fn an_instance_snapshot_is_encrypted_by_a_copy(
        kind in select(vec!["inst", "postgres", "sqlserver-se"]), of in any_type(), around in around(),
        key in select(vec!["", "kms-key=alias/dba", "kms-key=alias/off", "kms-key=cmk@euw1", "kms-key=alias/nobody"]),
    ) {
        reaches(&format!("encrypt {kind} {of} none {key} {around}"))?;
    }

    #[test]
    fn the_key_of_what_is_encrypted_is_changed_by_a_copy(
        kind in kind(), of in any_type(), encryption in encrypted(), around in around(),
        key in select(vec!["alias/dba", "alias/team", "alias/off", "alias/sign"]),
    ) {
        reaches(&format!("encrypt {kind} {of} {encryption} kms-key={key} {around}"))?;
    }

    #[test]
    fn an_aurora_snapshot_is_encrypted_by_a_restore(
        kind in select(vec!["clu", "clu aurora-postgresql"]), of in any_type(), around in around(),
    ) {
        leads_to(&format!("encrypt {kind} {of} none kms-key=alias/dba {around}"), Detour::RestoreWithKey)?;
        reaches(&format!("restore {kind} {of} none db=x kms-key=alias/dba {around}"))?;
    }

    #[test]
    fn a_multi_az_cluster_goes_on_as_an_instance(
        of in any_type(), encryption in any_encryption(), around in around(), to in select(vec!["use1", "euw1"]),
    ) {
        reaches(&format!("share maz {of} {encryption} with=222 {around}"))?;
        reaches(&format!("encrypt maz {of} {encryption} kms-key=alias/team {around}"))?;
        reaches(&format!("copy maz {of} {encryption} use1->{to} {around}"))?;
        reaches(&format!("copy maz {of} {encryption} use1->{to} to-account=222 {around}"))?;
    }

    #[test]
    fn what_may_not_cross_both_at_once_goes_in_two_copies(
        kind in select(vec!["docdb", "neptune"]), of in any_type(), encryption in any_encryption(), around in around(),
    ) {
        in_two_copies(&format!("copy {kind} {of} {encryption} use1->euw1 to-account=222 {around}"))?;
        in_two_copies(&format!("copy {kind} {encryption} use1->euw1 to-account=222 +share:222 +policy:admits:222 {around}"))?;
    }

    #[test]
    fn what_others_have_given_goes_in_two_copies(
        kind in select(vec!["docdb", "neptune"]), encryption in select(vec!["none", "cmk"]), around in around(),
    ) {
        in_two_copies(&format!("copy {kind} {encryption} of:999 by:111 use1->euw1 {around}"))?;
    }

    #[test]
    fn options_that_never_leave_are_told_with_what_is_left_to_do(
        options in select(vec!["og:tde", "og:lasting"]), of in any_type(), around in around(),
    ) {
        leads_to(&format!("share sqlserver-ee {of} {options} with=222 {around}"), Detour::Dump)?;
    }

    #[test]
    fn options_that_last_cross_with_a_group_that_has_them(
        options in select(vec!["tde", "timezone", "ols"]), of in any_type(), around in around(),
    ) {
        leads_to(&format!("copy oracle-ee {of} og:{options} use1->euw1 {around}"), Detour::OptionGroupFirst)?;
        reaches(&format!("copy oracle-ee {of} og:{options} use1->euw1 +og:{options}@euw1 {around}"))?;
    }

    #[test]
    fn a_shared_instance_snapshot_is_copied_and_then_restored(
        encryption in customer_key(), around in around(), key in select(vec!["", "kms-key=alias/dba"]),
    ) {
        reaches(&format!("restore inst manual {encryption} of:222 by:111 to-account=111 db=x +share:111 +policy:admits:111 {around}"))?;
        reaches(&format!("restore clu manual {encryption} of:222 by:111 to-account=111 db=x {key} +share:111 +policy:admits:111 {around}"))?;
    }

    #[test]
    fn a_key_that_is_to_be_deleted_is_repaired_first(of in any_type(), key in select(vec!["pending", "disabled"]), around in around()) {
        reaches(&format!("encrypt inst {of} {key} kms-key=alias/dba {around}"))?;
        reaches(&format!("copy inst {of} {key} {around}"))?;
        reaches(&format!("copy inst {of} {key} to-account=222 use1->euw1 {around}"))?;
        reaches(&format!("share clu {of} {key} with=222 {around}"))?;
        reaches(&format!("restore clu {of} {key} db=x {around}"))?;
    }

    #[test]
    fn a_key_that_nobody_here_can_bring_back_is_said_to_be_so(around in around()) {
        leads_to(&format!("copy inst importing {around}"), Detour::RepairKey)?;
        leads_to(&format!("copy inst cmk of:999 by:111 disabled@999 kms-key=alias/dba {around}"), Detour::RepairKey)?;
    }
}
