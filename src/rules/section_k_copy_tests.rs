//! The example cases of copies (section K, T01 to T43), by their numbers: what each rule must say, and where it
//! must be silent.

use super::testing::check;

#[test]
fn the_cases_of_names_and_states_hold() {
    check(
        "copy inst automated none use1->use1 name=db-copy",
        "ok COPY-03; COPY-03 info name; allowed; request",
    );
    let most = format!("copy inst name={}", "a".repeat(255));
    check(&most, "no COPY-04; allowed; request");
    check(&format!("{most}a"), "COPY-04 error name");
    for name in ["my--copy", "copy-", "1copy", "my_copy", "␣"] {
        check(&format!("copy inst name={name}"), "COPY-04 error name; blocked");
    }
    check("copy inst creating", "COPY-01 error snapshot; blocked");
}

#[test]
fn the_cases_of_keys_hold() {
    let shared = "copy inst cmk of:222 by:111 +share:111 +policy:admits:111";
    let rows = [
        ("T09", "copy inst aws/rds use1->euw1", "COPY-12 error kms-key -> kms-key=alias/dba"),
        ("T11", "copy inst cmk use1->euw1 kms-key=cmk@use1", "COPY-12 error kms-key"),
        ("T13", "copy inst mrk use1->euw1 kms-key=mrk@euw1", "no COPY-12; no COPY-13; allowed; request"),
        ("T15", "copy inst none use1->use1 kms-key=alias/dba", "COPY-16 info kms-key; allowed; request"),
        ("T17", "copy clu none use1->euw1", "no COPY-12; no COPY-17; allowed; request"),
        ("T21", "copy clu sse-rds use1->euw1", "COPY-18 warning snapshot; no COPY-12; warned; request"),
        ("T23", &format!("{shared} kms-key=alias/dba"), "no COPY-14; no KMS-07; allowed; request"),
        (
            "T25",
            &format!("{shared} use1->euw1 kms-key=cmk@111:euw1"),
            "COPY-22 info to-region; allowed; request",
        ),
        (
            "T27",
            "copy docdb none of:222 by:111 use1->euw1 +share:111",
            "COPY-23 warning to-region; warned; request",
        ),
    ];
    for (_row, line, expected) in rows {
        check(line, expected);
    }
}

#[test]
fn the_cases_of_engines_and_regions_hold() {
    let rows = [
        ("T29", "copy inst mysql", "no COPY-30; allowed; request"),
        ("T31", "copy inst oracle-ee og:tde use1->euw1", "COPY-33 error option-group; blocked"),
        ("T33", "copy inst oracle-se2 og:timezone use1->euw1", "COPY-34 error option-group; blocked"),
        ("T35", "copy inst none usgw1->use1", "COPY-24 error to-region; blocked"),
        (
            "T35",
            "copy inst cmk usgw1->usge1 kms-key=alias/dba",
            "COPY-25 info to-region; no COPY-24; allowed; request",
        ),
        ("T37", "copy inst none ape1->use1", "COPY-28 warning to-region ~ STS; warned"),
    ];
    for (_row, line, expected) in rows {
        check(line, expected);
    }
}

#[test]
fn the_cases_of_quotas_and_tags_hold() {
    let rows = [
        ("T39", "copy clu none use1->euw1 +copying:5", "COPY-40 error to-region; blocked"),
        ("T39", "copy inst none use1->euw1 +copying:5", "no COPY-40; allowed; request"),
        ("T41", "copy inst none use1->euw1 +quota:98/100", "no COPY-43; allowed; request"),
        ("T43", "copy inst none tag=aws:cloudformation:stack-name=x", "COPY-46 error tag; blocked"),
        (
            "T43",
            "copy inst none to-account=222 +share:222 copy-tags=on stag:aws:cloudformation:stack-name=x stag:env=prod",
            "COPY-44 warning copy-tags -> tag=env=prod; no COPY-46",
        ),
    ];
    for (_row, line, expected) in rows {
        check(line, expected);
    }
}
