//! Where a copy is made on the way that may not go to another region and to another account at once.
//!
//! Two ways lead there: the owner copies it to the region first, or the other account copies it in its region first.
//! Both move the data twice, once of that across regions; the one of fewer steps is taken, of which each change of a
//! key is one. Where they are alike the owner's is: what is shared then is a copy, not the snapshot itself.

use crate::domain::{EncryptionClass, Field, Scope, Share, SnapshotType, Via};
use crate::rules::case::names::{legal, longest_snapshot};
use crate::rules::kms::{Fit, best};
use crate::rules::{Access, Case, Fix, Refusal};

/// A way over a copy between, and what it takes besides two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) struct Stopover {
    via: Via,
    /// Whether the owner has to share something for it.
    is_shared: bool,
    /// Whether others have to be let use a key for it.
    opens_a_key: bool,
}

impl Stopover {
    /// How many steps it takes.
    fn steps(self) -> usize {
        2 + usize::from(self.is_shared) + usize::from(self.opens_a_key)
    }

    /// The fix that leads over it.
    pub(in crate::rules) fn fix(self, case: &mut Case<'_>) -> Option<Fix> {
        over(self.via, case)
    }
}

/// The fix that leads over a copy between.
pub(in crate::rules) fn over(via: Via, case: &mut Case<'_>) -> Option<Fix> {
    let (to, owner) = (case.destination()?, case.owner());
    let home = case.home();
    let (at, label) = match via {
        Via::Account => (
            Scope { account: to.account, region: home.region.clone() },
            format!(
                "{} copies it in {} first, and that to {} then",
                case.account_words(to.account),
                home.region,
                to.region
            ),
        ),
        Via::Region | Via::Instance => (
            Scope { account: owner, region: to.region.clone() },
            format!("{} copies it to {} first, and shares that copy", case.account_words(owner), to.region),
        ),
    };
    let wanted = legal(case.draft.snapshot.exact_name(), longest_snapshot(case.kind()));
    let name = case.free_name(at, case.kind(), &wanted)?;
    Some(Fix::set(label, Field::Via, via.name()).and(Field::FirstCopy, name).and_clear(Field::FirstKey))
}

/// The shortest way there is; `None` also while something has to be asked to tell.
pub(in crate::rules) fn stopover(case: &mut Case<'_>) -> Option<Stopover> {
    let ways = [by_the_owner(case), by_the_taker(case)];
    let shortest = ways.into_iter().flatten().min_by_key(|way| way.steps());
    shortest.filter(|_| !case.waits())
}

/// The owner copies it to the region, and shares that copy.
fn by_the_owner(case: &mut Case<'_>) -> Option<Stopover> {
    let owner = case.owner();
    if !case.is_ours(owner) {
        return None;
    }
    let at = Scope { account: owner, ..case.destination()? };
    let opens_a_key = match case.encryption()? {
        EncryptionClass::None | EncryptionClass::AwsOwned => false,
        EncryptionClass::AwsManaged | EncryptionClass::Customer | EncryptionClass::Unknown => {
            match best(case, at, None)??.fit {
                Fit::Admits => false,
                Fit::CanBeLet | Fit::Unsure => true,
                Fit::Denied => return None,
            }
        }
    };
    Some(Stopover { via: Via::Region, is_shared: true, opens_a_key })
}

/// The taker copies it where it lies, and that copy to the region.
fn by_the_taker(case: &mut Case<'_>) -> Option<Stopover> {
    let taker = case.taker()?;
    let (is_ours, class) = (case.is_ours(case.owner()), case.encryption()?);
    let is_encrypted = !matches!(class, EncryptionClass::None | EncryptionClass::AwsOwned);
    let here = Scope { account: taker, ..case.home() };
    if is_encrypted && case.is_ours(taker) && case.usable_key(here).is_none() {
        return None;
    }
    if !is_ours {
        return Some(Stopover { via: Via::Account, is_shared: false, opens_a_key: false });
    }
    // What is not manual, or under the default key, would have to be copied before that once more.
    if case.snapshot()?.row.snapshot_type != SnapshotType::Manual || class == EncryptionClass::AwsManaged {
        return None;
    }
    let is_shared = match case.share()? {
        Share::Public(_) => false,
        Share::Accounts(ids) => !ids.contains(&taker),
        Share::Private | Share::NotShareable | Share::Unknown(_) => true,
    };
    let opens_a_key = is_encrypted && {
        let key = case.source_key()??;
        let policies = case.key_policies_if_readable(&key.arn);
        match policies.map(|policies| case.may_use(policies, key, taker)) {
            Some(Access::Yes) => false,
            Some(Access::No { why: Refusal::Denied(..) }) => return None,
            _ => true,
        }
    };
    Some(Stopover { via: Via::Account, is_shared, opens_a_key })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    const TO_DR: &str = "use1->euw1 to-account=222";

    #[test]
    fn the_way_of_fewer_steps_is_taken() {
        // Alike: what is shared is a copy then, not the snapshot.
        check(&format!("copy docdb none {TO_DR}"), "COPY-23 warning to-region -> via=region");
        // Shared already: only copies are left.
        check(&format!("copy docdb none {TO_DR} +share:222"), "COPY-23 warning to-region -> via=account");
        // No detour by the owner's copy at home.
        check(&format!("copy docdb automated aws/rds {TO_DR}"), "COPY-23 warning to-region -> via=region");
        check("copy neptune cmk of:999 by:111 use1->euw1", "COPY-23 warning to-region -> via=account");
    }

    #[test]
    fn the_first_copy_gets_a_name_that_is_free_where_it_is_made() {
        check(
            &format!("copy docdb none {TO_DR} +taken:orders"),
            "COPY-23 warning to-region -> first-copy=orders-2",
        );
        check(
            &format!("copy docdb none {TO_DR} via=region first-copy=x"),
            "no COPY-22; COPY-23 info via ~ two copies",
        );
    }
}
