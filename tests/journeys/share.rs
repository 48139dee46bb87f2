//! Shares: the long way of an automated snapshot under the default key, and making public.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::{available, done, find, on_built_in};

#[test]
fn an_automated_snapshot_under_the_default_key_is_shared_by_three_requests_one_after_the_other() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:rds:orders-prod-2026-11-24-02-05", 1).keys("s").see("┌ Share ").see("SHARE-16");
        pty.keys(" ").see("┌ Share with ").keys("lab").see("filter lab").keys(" ").see("[x] lab").keys("\r");
        pty.see("SHARE-01").see("SHARE-06").see("│ 2 errors: not ready").keys("\r").see("2 things block");
        pty.keys("f").see("First copy  orders-prod-2026-11-24-02-05").gone("SHARE-01");
        pty.see("│ 1 error: not ready").keys("f").see("alias/analytics  customer key").see("SHARE-08");
        pty.keys("f").see("Key access  let them use the key, by its policy").see("│ ready");
        pty.keys("p").gone("Share with");
        for (n, operation) in
            ["CopyDBSnapshot", "PutKeyPolicy", "ModifyDBSnapshotAttribute"].iter().enumerate()
        {
            pty.see(&format!("{} prod us-east-1 PROD  {operation}", n + 1));
        }
        pty.keys("p")
            .see("Share with")
            .keys("\r")
            .see("Last look · Share")
            .see("1 of 3")
            .see("Enter sends 3 requests");
        pty.keys("\x13").see("saved the script to");
        let script = deck.home.path().join("snapdeck-share-rds-orders-prod-2026-11-24-02-05.sh");
        let mode = std::fs::metadata(&script).expect("the script is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
        let checked = Command::new("bash").arg("-n").arg(&script).status().expect("bash runs");
        assert!(checked.success(), "bash reads the script");
        pty.keys("\r").gone("Last look").see("step 1 of 3");
        done(pty, "rds:orders-prod-2026-11-24-02-05");
        find(pty, "name:orders-prod-2026-11-24-02-05 account:prod", 1).see("1 acc");
    });
}

#[test]
fn an_encrypted_snapshot_is_never_made_public_an_unencrypted_one_by_its_name_only() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:billing-default-key", 1).keys("s").see("┌ Share ").see("SHARE-16");
        pty.keys("\t ").see("make it PUBLIC").see("it cannot be made public").see("SHARE-05");
        pty.see("│ 1 error: not ready").keys("\r").see("1 thing blocks").keys("\x1b").gone("┌ Share ");
        find(pty, "name:wiki-before-upgrade", 1).keys("s").see("┌ Share ").see("SHARE-16");
        pty.keys("\t ").see("make it PUBLIC").see("SHARE-22").see("│ ready, 1 warning").keys("\r");
        pty.see("Type wiki-before-upgrade and press Enter to make it PUBLIC:")
            .keys("\r")
            .see("nothing was sent");
        pty.keys("wiki-before-upgrade\r").gone("Last look");
        done(pty, "wiki-before-upgrade");
        available(pty, "wiki-before-upgrade", &["none", "PUBLIC", "use1"]);
    });
}
