//! Snapshots and scopes as JSON: names, order and values are a contract with other programs.

use std::fmt::{self, Write as _};

use jiff::Timestamp;

use crate::domain::{
    AccountEntry, Encryption, Fault, FaultClass, Inventory, Row, Scope, ScopeEntry, ScopeState, SignIn, Tag,
    write_json_text,
};

/// A snapshot as one JSON object on one line, without a line end.
pub fn snapshot_json(row: &Row, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    let scope = &snapshot.scope;
    let key = match &snapshot.encryption {
        Encryption::Kms(arn) => Some(arn),
        Encryption::None | Encryption::AwsOwned | Encryption::Unnamed => None,
    };
    let alias = key.and_then(|arn| inventory.key(arn)).and_then(|key| key.aliases.first());
    let mut object = Object::new();
    object
        .text("arn", snapshot.arn.exact())
        .text("id", snapshot.arn.exact_name())
        .text("kind", snapshot.kind().name())
        .text("family", snapshot.family.name())
        .text("account", &scope.account.to_string())
        .maybe_text("account_name", inventory.account_name(scope.account).map(|name| name.exact()))
        .text("region", scope.region.name())
        .text("engine", snapshot.engine.exact())
        .text("engine_version", snapshot.engine_version.exact())
        .text("source_db", snapshot.source_db.exact())
        .text("type", snapshot.snapshot_type.name())
        .text("origin", snapshot.origin.name())
        .text("status", snapshot.status.exact())
        .number("progress", snapshot.progress)
        .time("created_at", snapshot.created_at)
        .time("data_at", inventory.data_at(snapshot))
        .number("size_gib", snapshot.size_gib)
        .text("encryption", inventory.encryption(snapshot).name())
        .maybe_text("kms_key_arn", key.map(|arn| arn.exact()))
        .maybe_text("kms_key_alias", alias.map(|alias| alias.exact()))
        .raw("share", &share_json(row))
        .maybe_text("option_group", snapshot.option_group.as_ref().map(|name| name.exact()))
        .maybe_text("storage_type", snapshot.storage_type.as_ref().map(|name| name.exact()))
        .maybe_text("source_snapshot", snapshot.source_snapshot.as_ref().map(|name| name.exact()))
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
        ScopeState::Waiting | ScopeState::Reading => ("failed", Some(&unread)),
    };
    // What could not be read may hold anything: none seen is not none there.
    let snapshots = (state == "ok" || entry.rows > 0).then_some(entry.rows);
    let mut object = Object::new();
    object
        .text("account", &scope.account.to_string())
        .maybe_text("account_name", inventory.account_name(scope.account).map(|name| name.exact()))
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
    let mut object = Object::new();
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
        hint: hint.into(),
    }
}

fn fault_json(fault: &Fault) -> String {
    let mut object = Object::new();
    object
        .text("class", fault.class.name())
        .maybe_text("code", fault.code.as_ref().map(|code| code.exact()))
        .text("message", fault.message.exact())
        .maybe_text("action", fault.action.as_ref().map(|action| action.exact()))
        .text("hint", fault.hint.exact());
    object.end()
}

fn share_json(row: &Row) -> String {
    let share = &row.snapshot.share;
    let accounts: Vec<String> = share.accounts().iter().map(|id| format!("\"{id}\"")).collect();
    let mut object = Object::new();
    object.text("state", share.name()).raw("accounts", &format!("[{}]", accounts.join(", ")));
    object.end()
}

fn tags_json(tags: &[Tag]) -> String {
    let mut object = Object::new();
    for (n, tag) in tags.iter().enumerate() {
        // A key that occurs again is one field: the last one wins.
        if !tags[n + 1..].iter().any(|later| later.key == tag.key) {
            object.text(tag.key.exact(), tag.value.exact());
        }
    }
    object.end()
}

/// A JSON object that is being written, on one line.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self(String::from("{"))
    }

    fn name(&mut self, name: &str) -> &mut String {
        if self.0.len() > 1 {
            self.0.push_str(", ");
        }
        write_json_text(name, &mut self.0);
        self.0.push_str(": ");
        &mut self.0
    }

    fn raw(&mut self, name: &str, json: &str) -> &mut Self {
        self.name(name).push_str(json);
        self
    }

    fn text(&mut self, name: &str, text: &str) -> &mut Self {
        write_json_text(text, self.name(name));
        self
    }

    fn maybe_text(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(name, text),
            None => self.raw(name, "null"),
        }
    }

    fn number(&mut self, name: &str, number: Option<impl fmt::Display>) -> &mut Self {
        match number {
            Some(number) => {
                // Writing to a String cannot fail.
                let _ = write!(self.name(name), "{number}");
                self
            }
            None => self.raw(name, "null"),
        }
    }

    fn time(&mut self, name: &str, at: Option<Timestamp>) -> &mut Self {
        self.maybe_text(name, at.map(super::rfc3339).as_deref())
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
