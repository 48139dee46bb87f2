//! The example cases of the rulebook (section K), by their numbers: what each rule must say, and where it must be silent.

use super::testing::check;

/// Where an export goes, with all that it needs.
const EXPORT: &str = "task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export";

#[test]
fn the_cases_of_sharing_hold() {
    let rows = [
        (
            "T45",
            "share inst automated none with=222",
            "SHARE-01 error snapshot -> first-copy=orders-2026-11-24",
        ),
        ("T47", "share inst manual aws/rds with=222", "SHARE-06 error snapshot -> first-key=alias/dba"),
        ("T49", "share inst cmk +policy:crypto:222 with=222", "SHARE-08 error with ~ CreateGrant"),
        ("T51", "share inst cmk +policy:role:222 with=222", "SHARE-08 warning with ~ role/Backup; warned"),
        ("T53", "share inst cmk +policy:denied:222 with=222", "SHARE-08 error with ~ denies"),
        ("T55", "share inst cmk +policy:ec2:222 with=222", "SHARE-08 error with"),
        ("T57", "share inst none visibility=public", "SHARE-22 warning visibility; warned"),
        ("T61", "share inst sqlserver-ee og:tde with=222", "SHARE-09 error snapshot"),
        ("T63", "share inst sqlserver-se og:backup-restore with=222", "no SHARE-09; no SHARE-10; allowed"),
        ("T65", "share maz manual with=222", "SHARE-12 error snapshot"),
    ];
    for (_row, line, expected) in rows {
        check(line, expected);
    }
}

#[test]
fn t59_accounts_that_have_it_already_do_not_add() {
    let nineteen: Vec<String> = (0..19).map(|n| format!("{}", 100_000_000_000_u64 + n)).collect();
    let listed = format!("share inst +share:{}", nineteen.join(","));
    check(&format!("{listed} with=222,333"), "SHARE-04 error with");
    check(&format!("{listed} with={},222", nineteen[0]), "no SHARE-04; ok SHARE-04");
}

#[test]
fn the_cases_of_restores_hold() {
    let shared = "of:222 by:111 +share:111 +policy:admits:111 db=x";
    let rows = [
        ("T67", format!("restore inst cmk {shared}"), "REST-03 error snapshot -> first-key=alias/dba"),
        ("T69", format!("restore clu cmk {shared}"), "REST-04 warning kms-key; warned"),
        ("T69", format!("restore clu cmk {shared} kms-key=alias/dba"), "no REST-04; warned"),
        (
            "T71",
            "restore clu none db=x kms-key=alias/dba".to_owned(),
            "ENC-03 info kms-key; ok ENC-04; warned",
        ),
        ("T71", "restore clu none db=x".to_owned(), "ENC-04 warning kms-key; warned"),
    ];
    for (_row, line, expected) in rows {
        check(&line, expected);
    }
}

#[test]
fn the_cases_of_exports_hold() {
    let rows = [
        (
            "T75",
            "inst postgres automated none",
            "EXP-01 error kms-key -> kms-key=alias/dba; EXP-04 info snapshot",
        ),
        ("T77", "inst mysql storage:standard kms-key=alias/dba", "EXP-02 error snapshot ~ magnetic"),
        ("T79", "inst postgres kms-key=alias/dba", "ok EXP-05; warned"),
        ("T81", "inst postgres kms-key=alias/dba prefix=rds:mydb-2026", "EXP-11 error prefix ~ colon"),
        ("T83", "maz postgres kms-key=alias/dba", "ok EXP-02; warned"),
    ];
    for (_row, line, expected) in rows {
        check(&format!("export {EXPORT} {line}"), expected);
    }
}

#[test]
fn t85_a_public_and_shared_snapshot_is_deleted_with_a_warning() {
    check("delete inst +share:public,222", "DEL-05 warning snapshot; warned");
}
