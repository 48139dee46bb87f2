//! The house as a test: who may import whom, which crate lives where, and how a file looks.
//!
//! The table below is the drawing of the five floors; a new arrow is a decision and a commit of its own.

mod graph;
mod source;

use std::collections::BTreeSet;

use graph::cycle;
use source::{SourceFile, sources};

/// A module of the house: its floor, what it may import, and the outside crates that it may name.
struct Room {
    name: &'static str,
    floor: u8,
    imports: &'static [&'static str],
    crates: &'static [&'static str],
}

const fn room(
    name: &'static str,
    floor: u8,
    imports: &'static [&'static str],
    crates: &'static [&'static str],
) -> Room {
    Room { name, floor, imports, crates }
}

/// The house, from the cellar up.
const HOUSE: &[Room] = &[
    room("domain", 0, &[], &["arcstr", "jiff", "unicode_width", "unicode_segmentation"]),
    room("input", 0, &[], &[]),
    room("query", 1, &["domain"], &["jiff", "memchr"]),
    room("rules", 1, &["domain"], &["jiff"]),
    room("export", 1, &["domain"], &["jiff"]),
    room("plan", 1, &["domain"], &["jiff"]),
    room("ports", 2, &["domain", "plan"], &["jiff"]),
    room(
        "app",
        2,
        &["domain", "input", "query", "rules", "plan", "export"],
        &["jiff", "unicode_segmentation"],
    ),
    // The themes are data of its own, in the format of the settings.
    room("view", 3, &["app", "domain"], &["ratatui", "toml", "unicode_width"]),
    room("engine", 3, &["domain", "plan", "ports", "rules"], &["jiff", "tokio"]),
    room(
        "aws",
        3,
        &["domain", "plan", "ports"],
        &[
            "arcstr",
            "aws_config",
            "aws_credential_types",
            "aws_runtime",
            "aws_sdk_rds",
            "aws_sdk_kms",
            "aws_sdk_sts",
            "aws_smithy_async",
            "aws_smithy_http_client",
            "aws_smithy_runtime_api",
            "aws_smithy_types",
            "hyper",
            "jiff",
            "process_wrap",
            "rustls",
            "tokio",
            "tracing",
        ],
    ),
    room(
        "disk",
        3,
        &["domain", "input", "plan", "ports"],
        &["etcetera", "jiff", "rusqlite", "rustix", "toml"],
    ),
    room(
        "demo",
        3,
        &[],
        &["http_body_util", "hyper", "hyper_util", "jiff", "quick_xml", "serde_json", "tokio"],
    ),
    room(
        "runtime",
        4,
        &["app", "domain", "engine", "input", "plan", "ports", "view"],
        &["crossterm", "futures_util", "jiff", "ratatui", "signal_hook", "tokio"],
    ),
    room(
        "cli",
        4,
        &["disk", "domain", "engine", "export", "plan", "ports", "query", "rules"],
        &["clap", "clap_complete", "clap_mangen", "jiff", "serde_json", "tokio", "unicode_width"],
    ),
];

/// How long a file may be before its tests.
const LONGEST: usize = 400;

#[test]
fn every_arrow_is_declared_and_every_declared_arrow_is_used() {
    let files = sources();
    let mut wrong = Vec::new();
    for room in HOUSE {
        let used: BTreeSet<&str> =
            files.iter().filter(|file| file.room == room.name).flat_map(SourceFile::rooms_used).collect();
        let declared: BTreeSet<&str> = room.imports.iter().copied().collect();
        wrong.extend(used.difference(&declared).map(|to| format!("{} -> {to} is not declared", room.name)));
        wrong.extend(
            declared.difference(&used).map(|to| format!("{} -> {to} is declared and not used", room.name)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_arrow_points_down() {
    let floor = |name: &str| HOUSE.iter().find(|room| room.name == name).map(|room| room.floor);
    for room in HOUSE {
        for to in room.imports {
            let below = floor(to).expect("an arrow leads to a room of the house");
            // The view draws the application, which stands one floor below; engine and aws stand on ports.
            assert!(below < room.floor, "{} -> {to} does not point down", room.name);
        }
    }
}

#[test]
fn every_module_stands_in_the_house() {
    for file in sources() {
        let known =
            HOUSE.iter().any(|room| room.name == file.room) || matches!(file.room.as_str(), "lib" | "main");
        assert!(known, "{} belongs to no room", file.path);
    }
}

#[test]
fn a_crate_is_named_only_inside_its_fence() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(room) = HOUSE.iter().find(|room| room.name == file.room) else { continue };
        let outside = file.crates_used().into_iter().filter(|name| !room.crates.contains(name));
        wrong.extend(outside.map(|name| format!("{} names {name}", file.path)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_fence_holds_a_crate_that_is_used() {
    let files = sources();
    let mut wrong = Vec::new();
    for room in HOUSE {
        let used: BTreeSet<&str> =
            files.iter().filter(|file| file.room == room.name).flat_map(SourceFile::crates_used).collect();
        wrong.extend(
            room.crates
                .iter()
                .filter(|name| !used.contains(*name))
                .map(|name| format!("{}: {name}", room.name)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_lower_floors_touch_no_file_clock_process_or_network() {
    const OUTSIDE: [&str; 6] =
        ["std::fs", "std::net", "std::process", "std::env", "std::time::SystemTime", "std::time::Instant"];
    for file in sources() {
        let Some(room) = HOUSE.iter().find(|room| room.name == file.room) else { continue };
        if room.floor < 3 {
            let touched: Vec<_> = OUTSIDE.iter().filter(|path| file.names_path(path)).collect();
            assert!(touched.is_empty(), "{} names {touched:?}", file.path);
            assert!(
                !file.names_path("jiff::Timestamp::now") && !file.names_path("Timestamp::now"),
                "{} reads a clock",
                file.path
            );
        }
    }
}

#[test]
fn only_the_rules_make_requests() {
    let makes = |file: &&SourceFile| file.built.iter().any(|built| built.starts_with("Request::"));
    let files = sources();
    let found: Vec<&str> = files.iter().filter(makes).map(|file| file.path.as_str()).collect();
    assert_eq!(found, ["src/rules/request.rs"]);
}

#[test]
fn files_import_each_other_in_one_direction() {
    assert_eq!(cycle(&sources()), None);
}

#[test]
fn every_file_introduces_itself_and_stays_small() {
    for file in sources() {
        assert!(file.text.starts_with("//! "), "{} does not say what it is", file.path);
        let lines = file.lines_before_tests();
        assert!(lines <= LONGEST, "{} has {lines} lines before its tests", file.path);
    }
}
