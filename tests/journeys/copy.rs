//! Copies: to another region under a key that is picked, and of a snapshot that somebody else gave.

use super::{available, done, find, on_built_in, pick};

#[test]
fn a_copy_to_another_region_is_refused_without_a_key_and_made_under_the_one_picked() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:audit-by-grant account:prod", 1).keys("c").see("┌ Copy ").see("│ ready");
        pty.keys("\t");
        pick(pty, "Region", "eu-west-1").see("COPY-12").see("│ 1 error: not ready");
        pty.keys("\t\t\r").see("1 thing blocks");
        pick(pty, "Key", "dba").see("alias/dba  customer key, enabled, eu-west-1").see("│ ready");
        pty.keys("\r").see("Last look · Copy").see("rds:CopyDBSnapshot").see("key/9757a972");
        pty.see("Enter sends it.").keys("\r").gone("Last look");
        done(pty, "Copy audit-by-grant");
        available(pty, "audit-by-grant", &["cmk", "private", "euw1"]);
    });
}

#[test]
fn a_copy_of_what_a_stranger_gave_needs_a_key_of_our_own() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:partner-feed-weekly account:prod", 1).keys("c").see("┌ Copy ");
        pty.see("987654321098, FOREIGN").see("KMS-16").see("COPY-14").see("│ 1 error, 1 warning: not ready");
        pty.keys("\r").see("1 thing blocks");
        pick(pty, "Key", "dba").gone("COPY-14").see("│ ready, 1 warning").see("KMS-16");
        pty.keys("\r").see("arn:aws:rds:us-east-1:987654321098:snapshot:partner-feed-weekly");
        pty.keys("\r").gone("Last look");
        done(pty, "Copy partner-feed-weekly");
        available(pty, "partner-feed-weekly", &["cmk", "private", "use1"]);
    });
}
