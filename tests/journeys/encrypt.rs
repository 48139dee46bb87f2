//! Encrypting: an instance snapshot by a copy, an Aurora snapshot by restoring it.

use super::{available, done, find, on_built_in, pick};

#[test]
fn an_instance_snapshot_is_encrypted_by_a_copy_under_the_key_that_is_picked() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:wiki-before-upgrade", 1).keys("e").see("┌ Encrypt ").see("ENC-01");
        pty.see("│ 1 error: not ready");
        pick(pty, "Key", "alias/dba").see("alias/dba  customer key, enabled, us-east-1").see("│ ready");
        pty.keys("\r").see("Last look · Encrypt").see("rds:CopyDBSnapshot").keys("\r").gone("Last look");
        done(pty, "Copy wiki-before-upgrade");
        pty.see("1 of 1 · name:wiki-before-upgrade");
        find(pty, "name:wiki-before-upgrade-copy", 1);
        available(pty, "wiki-before-upgrade-copy", &["cmk", "use1"]);
    });
}

#[test]
fn an_aurora_snapshot_is_encrypted_by_restoring_it_since_a_copy_cannot() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:catalog-aurora-plain account:prod", 1).keys("e").see("┌ Encrypt ").see("ENC-03");
        pty.see("a copy stays unencrypted").see("restore it under alias/dba instead").see("not ready");
        pty.keys("f")
            .see("┌ Restore under a key ")
            .see("alias/dba  customer key, enabled, eu-west-1  changed");
        pty.see("REST-23").see("│ ready, 5 warnings").keys("f").see("│ ready, 4 warnings");
        pty.keys("\r").see("rds:RestoreDBClusterFromSnapshot").see("8.0.mysql_aurora.3.08.0").keys("\r");
        pty.gone("Last look");
        done(pty, "Restore catalog-aurora-plain");
        pty.keys("!").see("Jobs · 1 job ─").keys("\r").see("┌ Job ").see("RestoreDBClusterFromSnapshot");
        pty.see("done").keys("\x1b").see("Jobs · 1 job ─").keys("x").see("Jobs · 0 jobs");
        pty.keys("\x1b").gone("┌ Jobs ").gone("! jobs");
    });
}
