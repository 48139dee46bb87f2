//! Twelve at once: what holds for how many, ways out for each, and those that cannot be done left out.

use super::{available, find, on_built_in, pick};

/// Instance and cluster snapshots, encrypted ones and others, and one that has failed.
const MIXED: &str = "account:prod region:us-east-1 type:manual name:graph-n*,docs-d*,audit-by*,shipping-f*,wiki-b*,\
                     hr-role*,hr-shared*,distribution-19,distribution-20,forum*,legacy-crm-l*,legacy-crm-2*,invoices*";

#[test]
fn twelve_marked_snapshots_are_copied_to_another_region_but_the_one_that_cannot_be() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, MIXED, 13).keys(&" ".repeat(12)).see("12 marked").keys("c").see("┌ Copy ");
        pty.see("Snapshots   12: ").see("COPY-01").see("│ 1 error: not ready").keys("\t");
        pick(pty, "Region", "eu-west-1").see("of 12 COPY-39").see("│ 2 errors,");
        pty.keys("F").see("│ 1 error,").keys("L").see("┌ 12 snapshots ").see("blocked").see("COPY-01");
        pty.keys("\x1b").gone("┌ 12 snapshots ").keys("X").see("1 snapshot left out").see("│ ready,");
        pty.keys("\r").see("Last look · Copy").see("Enter sends 11 requests.").keys("\r").gone("Last look");
        pty.see(" ! jobs  ").keys("!").see("┌ Jobs · 11 jobs").see("┌ Jobs · 11 jobs ─").gone("under way");
        for word in ["FAILED", "REFUSED", "UNSURE"] {
            pty.gone(word);
        }
        pty.keys("\x1b").gone("┌ Jobs ");
        find(pty, "name:hr-role-only account:prod", 2);
        available(pty, "hr-role-only", &["cmk", "private", "euw1"]);
    });
}
