//! Whatever text comes from outside: every form of a list holds it harmlessly, aligned, and apart from its neighbours.

#![cfg(test)]

use std::sync::Arc;

use proptest::prelude::*;

use super::fixture::{inventory_of, scope, snapshot};
use super::*;
use crate::domain::fixture::{fault, hostile};
use crate::domain::{
    Cells as _, Encryption, Family, FaultClass, Inventory, Key, KeyManager, Kind, Report, Round, Share,
    Shown, Snapshot, SnapshotArn, Status, Tag, is_hidden,
};

const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/1";

/// A snapshot all of whose text is this, with its number in the name.
fn row(n: usize, text: &str) -> Snapshot {
    let tag = Tag { key: text.into(), value: text.into() };
    Snapshot {
        arn: SnapshotArn::new(&scope().region, scope().account, Kind::Cluster, &format!("{text}{n}")),
        family: Family::Aurora,
        engine: text.into(),
        engine_version: text.into(),
        source_db: text.into(),
        status: Status::of(text),
        encryption: Encryption::Kms(KEY.parse().expect("the ARN of a key")),
        share: Share::Public(Arc::new([])),
        option_group: Some(text.into()),
        storage_type: Some(text.into()),
        source_snapshot: Some(text.into()),
        tags: Arc::new([tag.clone(), tag]),
        ..snapshot("any")
    }
}

/// A row for each text, under a key whose alias is the first of them, and two plain ones.
fn world(texts: &[String]) -> Inventory {
    let plain = ["plain".to_owned(), "plainer".to_owned()];
    let rows = texts.iter().chain(&plain).enumerate().map(|(n, text)| row(n, text)).collect();
    let mut inventory = inventory_of(rows);
    inventory.apply(Report::Keys(vec![Key {
        arn: KEY.parse().expect("the ARN of a key"),
        manager: Some(KeyManager::Customer),
        state: None,
        aliases: vec![Shown::from(format!("alias/{}", texts[0]))],
    }]));
    inventory
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(hostile(), 1..5)
}

proptest! {
    #[test]
    fn a_table_is_aligned_whatever_stands_in_it(texts in texts(), width in prop_oneof![Just(None), (40usize..200).prop_map(Some)]) {
        let inventory = world(&texts);
        let now = "2026-11-24T03:00:00Z".parse().expect("a time");
        let text = table(inventory.rows().map(|(_, row)| row), &inventory, now, width);
        let lines: Vec<&str> = text.lines().collect();
        prop_assert_eq!(lines.len(), inventory.len() + 1, "a line each: {}", text);
        prop_assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{:?}", text);
        // What stands behind names, encryption and shares begins in one column, whatever they are.
        let region = if lines[0].contains("ACCOUNT") { "us-east-1" } else { "use1" };
        let column = lines[0].split("REGION").next().map_or(0, str::cells);
        for line in &lines[1..] {
            prop_assert!(line.match_indices(region).any(|(at, _)| line[..at].cells() == column), "{}", text);
        }
        let mut different = lines.clone();
        different.sort_unstable();
        different.dedup();
        prop_assert_eq!(different.len(), lines.len(), "two rows look alike: {}", text);
    }

    #[test]
    fn csv_keeps_its_cells_apart_and_holds_no_formula(texts in texts()) {
        let inventory = world(&texts);
        let mut text = csv_header();
        for (_, row) in inventory.rows() {
            text.push_str("\r\n");
            text.push_str(&csv_line(row, &inventory));
        }
        prop_assert!(!text.replace("\r\n", "").chars().any(is_hidden), "{:?}", text);
        let columns = csv_header().split(',').count();
        let mut read = ::csv::Reader::from_reader(text.as_bytes());
        let records: Vec<::csv::StringRecord> = read.records().collect::<Result<_, _>>().expect("RFC 4180");
        prop_assert_eq!(records.len(), inventory.len());
        for (record, (_, row)) in records.iter().zip(inventory.rows()) {
            prop_assert_eq!(record.len(), columns);
            let is_formula = |part: &str| part.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            prop_assert!(!record.iter().flat_map(|cell| cell.split(';')).any(is_formula), "{:?}", record);
            // Nothing is lost but for the sign that disarms.
            let shown = row.snapshot.source_db.to_string();
            prop_assert_eq!(record[9].replace('\'', ""), shown.replace('\'', ""));
        }
    }

    #[test]
    fn json_gives_back_every_text_to_the_letter(texts in texts()) {
        let mut inventory = world(&texts);
        let (scope, round) = (scope(), Round(2));
        inventory.apply(Report::Started { scope: scope.clone(), round });
        inventory.apply(Report::Failed { scope, round, fault: fault(FaultClass::Other, &texts[0]) });
        let mut text = String::new();
        document(inventory.rows().map(|(_, row)| row), &inventory, &mut text).expect("written");
        prop_assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{:?}", text);
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(json["scopes"][0]["error"]["message"].as_str(), Some(texts[0].as_str()));
        prop_assert_eq!(json["snapshots"].as_array().map(Vec::len), Some(inventory.len()));
        for ((n, text), (_, row)) in texts.iter().enumerate().zip(inventory.rows()) {
            let line = snapshot_json(row, &inventory);
            prop_assert!(!line.chars().any(is_hidden), "an object a line: {:?}", line);
            let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            prop_assert_eq!(&line, &json["snapshots"][n]);
            prop_assert_eq!(&line["id"], &format!("{text}{n}"));
            for field in ["engine", "engine_version", "source_db", "status", "option_group", "storage_type", "source_snapshot"] {
                prop_assert_eq!(line[field].as_str(), Some(text.as_str()), "{}", field);
            }
            prop_assert_eq!(line["tags"][text].as_str(), Some(text.as_str()));
            prop_assert_eq!(&line["kms_key_alias"], &format!("alias/{}", texts[0]));
        }
    }
}
