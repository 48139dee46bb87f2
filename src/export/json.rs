//! Snapshots and scopes as JSON: names, order and values are a contract with other programs.

use std::fmt;

use crate::domain::{
    AccountEntry, Fault, FaultClass, Inventory, KeyArn, Row, Scope, ScopeEntry, ScopeState, Shown, SignIn,
    Tag,
};

use super::object::JsonObject;

/// A snapshot as one JSON object on one line, without a line end.
pub fn snapshot_json(row: &Row, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    let scope = &snapshot.scope;
    let key = snapshot.encryption.key();
    let alias = key.and_then(|arn| inventory.key(arn)).and_then(|key| key.aliases.first());
    let mut object = JsonObject::begin();
    object
        .text("arn", &snapshot.arn.exact())
        .text("id", snapshot.arn.exact_name())
        .text("kind", snapshot.kind().name())
        .text("family", snapshot.family.name())
        .text("account", &scope.account.to_string())
        .maybe_text("account_name", inventory.account_name(scope.account).map(Shown::exact))
        .text("region", scope.region.name())
        .text("engine", snapshot.engine.exact())
        .text("engine_version", snapshot.engine_version.exact())
        .text("source_db", snapshot.source_db.exact())
        .text("type", snapshot.snapshot_type.name())
        .text("origin", snapshot.origin.name())
        .text("status", snapshot.status.exact())
        .number("progress", snapshot.progress)
        .time("created_at", snapshot.created_at.get())
        .time("data_at", inventory.data_at(snapshot))
        .number("size_gib", snapshot.size_gib)
        .text("encryption", inventory.encryption(snapshot).name())
        .maybe_text("kms_key_arn", key.map(KeyArn::exact))
        .maybe_text("kms_key_alias", alias.map(Shown::exact))
        .raw("share", &share_json(row))
        .maybe_text("option_group", snapshot.option_group.as_ref().map(Shown::exact))
        .maybe_text("storage_type", snapshot.storage_type.as_ref().map(Shown::exact))
        .maybe_text("source_snapshot", snapshot.source_snapshot.as_ref().map(Shown::exact))
        .raw("tags", &tags_json(&snapshot.tags));
    object.end()
}

/// A scope as one JSON object on one line; one whose reading did not end is "failed".
pub fn scope_json(scope: &Scope, entry: &ScopeEntry, inventory: &Inventory) -> String {
    let unread = unread("The reading did not come to its end.", "Run the command again.");
    let (state, fault) = match &entry.state {
        ScopeState::Complete => ("ok", None),
        ScopeState::Disabled(fault) => ("disabled", Some(fault)),
        ScopeState::Failed(fault) => ("failed", Some(fault)),
        ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled => ("failed", Some(&unread)),
    };
    // What could not be read may hold anything: none seen is not none there.
    let snapshots = (state == "ok" || entry.rows > 0).then_some(entry.rows);
    let mut object = JsonObject::begin();
    object
        .text("account", &scope.account.to_string())
        .maybe_text("account_name", inventory.account_name(scope.account).map(Shown::exact))
        .text("region", scope.region.name())
        .text("state", state)
        .number("snapshots", snapshots)
        .raw("error", &fault.map_or_else(|| "null".to_owned(), fault_json));
    object.end()
}

/// An account that could not be signed in to, as one entry without a region; `None` for one whose scopes speak for it.
pub fn sign_in_json(entry: &AccountEntry) -> Option<String> {
    let unread = unread("Signing in was not answered.", "Run the command again.");
    let fault = match &entry.sign_in {
        SignIn::Failed(fault) => fault,
        SignIn::Waiting => &unread,
        SignIn::In(_) | SignIn::Same(_) => return None,
    };
    let mut object = JsonObject::begin();
    object
        .maybe_text("account", entry.id().map(|id| id.to_string()).as_deref())
        .text("account_name", entry.account.name.exact())
        .maybe_text("region", None)
        .text("state", "failed")
        .number("snapshots", None::<usize>)
        .raw("error", &fault_json(fault));
    Some(object.end())
}

/// All scopes, and the accounts that have none because they could not be signed in to, one JSON object each.
pub fn scope_lines(inventory: &Inventory) -> impl Iterator<Item = String> + '_ {
    let scopes = inventory.scopes().map(|(scope, entry)| scope_json(scope, entry, inventory));
    scopes.chain(inventory.accounts().iter().filter_map(sign_in_json))
}

/// Writes `{"snapshots": [...], "scopes": [...]}`, one entry a line, as the rows come.
pub fn document<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    inventory: &Inventory,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    out.write_str("{\"snapshots\": [")?;
    list(rows.into_iter().map(|row| snapshot_json(row, inventory)), out)?;
    out.write_str("],\n\"scopes\": [")?;
    list(scope_lines(inventory), out)?;
    out.write_str("]}\n")
}

fn list(lines: impl Iterator<Item = String>, out: &mut impl fmt::Write) -> fmt::Result {
    let mut before = "\n";
    for line in lines {
        write!(out, "{before}{line}")?;
        before = ",\n";
    }
    if before == ",\n" { out.write_str("\n") } else { Ok(()) }
}

fn unread(message: &str, hint: &str) -> Fault {
    Fault {
        class: FaultClass::Other,
        code: None,
        message: message.into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: hint.into(),
    }
}

fn fault_json(fault: &Fault) -> String {
    let mut object = JsonObject::begin();
    object
        .text("class", fault.class.name())
        .maybe_text("code", fault.code.as_ref().map(Shown::exact))
        .text("message", fault.message.exact())
        .maybe_text("action", fault.action.as_ref().map(Shown::exact))
        .text("hint", fault.hint.exact());
    object.end()
}

fn share_json(row: &Row) -> String {
    let share = &row.snapshot.share;
    let accounts: Vec<String> = share.accounts().iter().map(|id| format!("\"{id}\"")).collect();
    let mut object = JsonObject::begin();
    object.text("state", share.name()).raw("accounts", &format!("[{}]", accounts.join(", ")));
    object.end()
}

fn tags_json(tags: &[Tag]) -> String {
    let mut object = JsonObject::begin();
    for (n, tag) in tags.iter().enumerate() {
        // A key that occurs again is one field: the last one wins.
        if !tags[n + 1..].iter().any(|later| later.key == tag.key) {
            object.text(tag.key.exact(), tag.value.exact());
        }
    }
    object.end()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::{
        Encryption, Identity, Key, KeyManager, KeyState, Moment, Region, Report, Round, Share, Snapshot,
    };
    use crate::export::fixture::{inventory_of, scope, snapshot};

    fn fault(class: FaultClass) -> Fault {
        let (code, action) = (Some("AccessDenied".into()), Some("rds:DescribeDBSnapshots".into()));
        Fault { class, code, action, ..unread("no\u{202e}", "Ask.") }
    }

    fn line(row: Snapshot, keys: Vec<Key>) -> String {
        let mut inventory = inventory_of(vec![row]);
        inventory.apply(Report::Keys(keys));
        let (_, row) = inventory.rows().next().expect("a row");
        snapshot_json(row, &inventory)
    }

    fn parsed(json: &str) -> Value {
        assert!(!json.contains('\n') && !json.chars().any(crate::domain::is_hidden));
        serde_json::from_str(json).expect("valid JSON")
    }

    #[test]
    fn a_snapshot_has_exactly_the_fields_of_the_contract_in_order() {
        let key: KeyArn = "arn:aws:kms:us-east-1:111111111111:key/k".parse().expect("a key ARN");
        let mut row = snapshot("orders");
        row.encryption = Encryption::Kms(key.clone());
        row.share = Share::Accounts(["000000000123".parse().expect("an account id")].into());
        let known = Key {
            arn: key,
            manager: Some(KeyManager::Customer),
            state: Some(KeyState::Enabled),
            aliases: vec!["alias/dba".into()],
        };
        let expect = json!({
            "arn": "arn:aws:rds:us-east-1:111111111111:snapshot:orders",
            "id": "orders",
            "kind": "instance",
            "family": "rds",
            "account": "111111111111",
            "account_name": "prod",
            "region": "us-east-1",
            "engine": "mysql",
            "engine_version": "8.0.39",
            "source_db": "orders-db",
            "type": "manual",
            "origin": "own",
            "status": "available",
            "progress": 100,
            "created_at": "2026-11-24T00:12:33Z",
            "data_at": "2026-11-24T00:12:33Z",
            "size_gib": 100,
            "encryption": "customer",
            "kms_key_arn": "arn:aws:kms:us-east-1:111111111111:key/k",
            "kms_key_alias": "alias/dba",
            "share": { "state": "shared", "accounts": ["000000000123"] },
            "option_group": "default:mysql-8-0",
            "storage_type": "gp3",
            "source_snapshot": null,
            "tags": { "env": "prod", "team": "dba" },
        });
        // Compared as text: the order of the fields is part of the contract.
        assert_eq!(parsed(&line(row, vec![known])).to_string(), expect.to_string());
    }

    #[test]
    fn what_is_not_known_is_null_and_never_zero() {
        let mut row = snapshot("orders");
        (row.progress, row.created_at, row.data_at, row.size_gib) =
            (None, Moment::UNKNOWN, Moment::UNKNOWN, None);
        let value = parsed(&line(row, vec![]));
        for name in ["progress", "created_at", "data_at", "size_gib", "kms_key_arn", "kms_key_alias"] {
            assert_eq!(value[name], Value::Null, "{name}");
        }
        assert_eq!(value["share"], json!({"state": "unknown", "accounts": []}));
    }

    #[test]
    fn values_are_exact_and_of_a_tag_that_occurs_twice_the_last_wins() {
        let mut row = snapshot("orders");
        let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
        row.tags = [tag("env", "old"), tag("n\"\u{200b}", "\x1b"), tag("env", "new")].into();
        row.source_db = "a\u{2028}\\b".into();
        let value = parsed(&line(row, vec![]));
        assert_eq!(value["source_db"], "a\u{2028}\\b");
        assert_eq!(value["tags"].to_string(), json!({"n\"\u{200b}": "\x1b", "env": "new"}).to_string());
    }

    #[test]
    fn every_scope_and_every_account_without_scopes_says_how_it_is() {
        let mut inventory = inventory_of(vec![snapshot("a"), snapshot("b")]);
        let regions = ["eu-west-1", "ap-east-1", "sa-east-1"].map(Region::new);
        inventory.apply(Report::SignedIn(Identity {
            name: "prod".into(),
            account: scope().account,
            caller: "arn:aws:iam::111111111111:user/dba".into(),
            regions: regions.to_vec(),
        }));
        let round = Round(1);
        for (region, class) in regions.iter().zip([FaultClass::AccessDenied, FaultClass::RegionDisabled]) {
            let scope = Scope { region: region.clone(), ..scope() };
            inventory.apply(Report::Started { scope: scope.clone(), round });
            inventory.apply(Report::Failed { scope, round, fault: fault(class) });
        }
        inventory.apply(Report::SignInFailed { name: "lab".into(), fault: fault(FaultClass::NoCredentials) });
        let lines: Vec<Value> = scope_lines(&inventory).map(|line| parsed(&line)).collect();
        let row = |v: &Value| {
            let fields =
                ["account", "account_name", "region", "state", "snapshots"].map(|name| v[name].to_string());
            format!("{} {}", fields.join(" "), v["error"]["class"])
        };
        let mut rows: Vec<String> = lines.iter().map(row).collect();
        rows.sort_unstable();
        assert_eq!(
            rows,
            [
                r#""111111111111" "prod" "ap-east-1" "disabled" null "region-disabled""#,
                r#""111111111111" "prod" "eu-west-1" "failed" null "access-denied""#,
                r#""111111111111" "prod" "sa-east-1" "failed" null "other""#,
                r#""111111111111" "prod" "us-east-1" "ok" 2 null"#,
                r#"null "lab" null "failed" null "no-credentials""#,
            ]
        );
        let error = &lines.iter().find(|v| v["state"] == "disabled").expect("the region")["error"];
        let expect = json!({
            "class": "region-disabled",
            "code": "AccessDenied",
            "message": "no\u{202e}",
            "action": "rds:DescribeDBSnapshots",
            "hint": "Ask.",
        });
        assert_eq!(error.to_string(), expect.to_string());
    }

    #[test]
    fn a_document_is_whole_and_has_one_entry_a_line() {
        for rows in [vec![], vec![snapshot("a")], vec![snapshot("a"), snapshot("b")]] {
            let count = rows.len();
            let inventory = inventory_of(rows);
            let mut text = String::new();
            document(inventory.rows().map(|(_, row)| row), &inventory, &mut text)
                .expect("a String takes all");
            let value: Value = serde_json::from_str(&text).expect("valid JSON");
            assert_eq!(value["snapshots"].as_array().map(Vec::len), Some(count));
            assert_eq!(value["scopes"].as_array().map(Vec::len), Some(2), "prod's region, and lab");
            assert_eq!(text.lines().filter(|line| line.starts_with("{\"arn\"")).count(), count);
        }
    }
}
