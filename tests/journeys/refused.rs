//! Refusals: what AWS would refuse is said before, with the rule that says so.

use serde_json::json;

use super::{find, on, on_built_in, pick};
use crate::check::fleet::{CRYPTO, DR, Fleet, PROD, allow, under};

#[test]
fn what_cannot_be_copied_says_why() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:sessions-maz-before-upgrade", 1).keys("c").see("┌ Copy ").see("COPY-30");
        pty.see("a Multi-AZ DB cluster cannot be copied").see("not ready").keys("\x1b").gone("┌ Copy ");
        find(pty, "name:loyalty-key-disabled", 1).keys("c").see("┌ Copy ").see("COPY-21");
        pty.see("alias/loyalty-2023 is disabled").see("not ready").keys("\x1b").gone("┌ Copy ");
        find(pty, "name:erp-oracle-tde", 1).keys("c").see("┌ Copy ").see("│ ready").keys("\t");
        pick(pty, "Region", "eu-west-1")
            .see("│ 2 errors, 1 warning: not ready")
            .keys("\t\t\t\t")
            .see("COPY-33");
        pty.keys("\r").see("2 things block");
    });
}

#[test]
fn a_name_that_is_taken_there_in_other_letters_is_taken() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:wiki-before-upgrade", 1).keys("c").see("┌ Copy ").see("│ ready").keys("\t");
        pick(pty, "Region", "eu-west-1").see("│ ready, 1 warning").keys("\t\x15Consent-Monthly-2026-10");
        pty.see("COPY-06").see("│ 1 error, 1 warning: not ready").keys("\r").see("1 thing blocks");
        pty.keys("\x18").see("Consent-Monthly-2026-10-2").gone("COPY-06").see("│ ready, 1 warning");
    });
}

#[test]
fn a_21st_account_is_one_too_many() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:distribution-20", 1).keys("s").see("┌ Share ").see("SHARE-16");
        pty.keys(" ").see("┌ Share with ").keys("dr").see("filter dr").keys(" ").see("[x] dr").keys("\r");
        pty.see("shared with 21 accounts; AWS allows 20. SHARE-04").see("│ 1 error: not ready");
    });
}

#[test]
fn a_key_that_lets_nobody_create_grants_is_of_no_use_to_them() {
    let fleet = Fleet::new().instance(PROD, under(PROD, "cmk")).policy(PROD, &[allow(DR, &CRYPTO)]);
    on(&fleet, |deck| {
        let pty = &mut deck.pty;
        find(pty, "name:orders", 1).keys("s").see("┌ Share ").see("SHARE-16");
        pty.keys(" ").see("┌ Share with ").keys("dr").see("filter dr").keys(" ").see("[x] dr").keys("\r");
        pty.see("CreateGrant").see("SHARE-08").see("│ 1 error: not ready");
        pty.keys("f").see("Key access").see("│ ready");
    });
}

#[test]
fn the_21st_copy_into_a_region_waits_for_the_others() {
    let plain = Fleet::new().instance(PROD, json!({})).copying_at(1000.0);
    let fleet = (0..20).fold(plain, |fleet, n| {
        let running = json!({
            "DBSnapshotIdentifier": format!("running-{n}"), "Status": "copying", "AllocatedStorage": 1000,
        });
        fleet.put(PROD, "eu-west-1", "DBSnapshots", running)
    });
    on(&fleet, |deck| {
        let pty = &mut deck.pty;
        find(pty, "name:orders", 1).keys("c").see("┌ Copy ").see("│ ready").keys("\t");
        pick(pty, "Region", "eu-west-1").see("COPY-40").see("not ready");
    });
}
