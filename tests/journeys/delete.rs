//! What is for good or not allowed: deleting, leaving while a job is under way, and a deck that changes nothing.

use serde_json::json;

use super::{done, find, line, on, on_built_in, on_read_only};
use crate::check::fleet::{Fleet, PROD};

#[test]
fn a_snapshot_is_deleted_by_its_whole_name_only_and_the_menu_says_what_cannot_be() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:rds:orders-prod-2026-11-24-02-05", 1).keys("a").see("┌ Actions ");
        pty.see("the long way: copy it first").see("SHARE-01");
        pty.see("cannot: An automated snapshot cannot be deleted")
            .see("DEL-01")
            .keys("\x1b")
            .gone("┌ Actions ");
        find(pty, "name:wiki-before-upgrade", 1).keys("aD").see("┌ Delete ").see("│ ready");
        pty.keys("\r").see("Type wiki-before-upgrade and press Enter to delete for good:");
        pty.keys("wiki-before\r")
            .see("nothing was sent: type wiki-before-upgrade first")
            .see("615 snapshots");
        pty.keys("-upgrade\r").gone("Last look");
        done(pty, "Delete wiki-before-upgrade");
        pty.see("614 snapshots").see("No snapshot is left");
    });
}

#[test]
fn leaving_while_a_job_is_under_way_asks_first() {
    let large = json!({ "AllocatedStorage": 1000 });
    on(&Fleet::new().instance(PROD, large).copying_at(60.0), |deck| {
        let pty = &mut deck.pty;
        find(pty, "name:orders", 1).keys("c").see("┌ Copy ").see("│ ready").keys("\r").see("Last look");
        pty.keys("\r").gone("Last look");
        line(pty, &[" ! jobs  ", "Copy orders"]).keys("q").see("┌ Leave? ").see("1 job is under way.");
        pty.keys("\x1b").gone("┌ Leave? ").see("of 1 · name:orders").keys("q").see("┌ Leave? ").keys("\r");
        assert_eq!(pty.wait(), 0);
    });
}

#[test]
fn a_read_only_deck_ends_in_the_commands_to_hand_over() {
    on_read_only(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:wiki-before-upgrade", 1).keys("c").see("┌ Copy ").see("│ ready").keys("\r");
        pty.see("Last look · Copy").see("READ-ONLY: nothing is sent in prod.").see("rds:CopyDBSnapshot");
        pty.keys("\r").see("nothing is sent from here").keys("C").see("copied 1 command");
        pty.keys("\x13").see("saved the script to");
        assert!(deck.home.path().join("snapdeck-copy-wiki-before-upgrade.sh").exists());
        pty.keys("\x1b").gone("Last look").keys("\x1b").gone("┌ Copy ").see("615 snapshots").gone("! jobs");
    });
}
