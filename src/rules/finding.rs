//! What a rule says of a draft, and the way out that it offers.

use crate::domain::{Draft, Field, Status, Value};

/// Who speaks: what a finding takes over from its rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speaker {
    /// The rule's id.
    pub(super) id: &'static str,
    /// How grave its findings are at most.
    pub(super) severity: Severity,
    /// Where AWS says so.
    pub(super) source: &'static str,
    /// The rules whose error silences this one.
    pub(super) yields_to: &'static [&'static str],
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// It succeeds, but it surprises, is risky, or cannot be proved.
    Warning,
    /// AWS refuses it, or its result is of no use.
    Error,
}

impl Severity {
    /// The name, as JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule says about a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The field that it is about.
    pub field: Field,
    /// One short sentence, harmless to show.
    pub message: String,
    /// Where AWS says so.
    pub source: &'static str,
    /// The way out, where there is one.
    pub fix: Option<Fix>,
}

/// A way out: edits of the draft, or something else that has to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, in a few words.
    pub label: String,
    /// What it changes in the draft; may be empty when somebody else has to act.
    pub edits: Vec<Edit>,
    /// The detour that it makes the plan take.
    pub detour: Option<Detour>,
}

impl Fix {
    /// A fix that sets one field.
    pub fn set(label: impl Into<String>, field: Field, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            edits: vec![Edit { field, value: Some(Value::Text(value.into())) }],
            detour: None,
        }
    }

    /// A fix that clears one field.
    pub fn clear(label: impl Into<String>, field: Field) -> Self {
        Self { label: label.into(), edits: vec![Edit { field, value: None }], detour: None }
    }

    /// The same fix, which makes the plan take a detour.
    #[must_use]
    pub fn by(mut self, detour: Detour) -> Self {
        self.detour = Some(detour);
        self
    }

    /// The same fix with one more edit.
    #[must_use]
    pub fn and(mut self, field: Field, value: impl Into<String>) -> Self {
        self.edits.push(Edit { field, value: Some(Value::Text(value.into())) });
        self
    }

    /// The same fix with one more field cleared.
    #[must_use]
    pub fn and_clear(mut self, field: Field) -> Self {
        self.edits.push(Edit { field, value: None });
        self
    }

    /// Whether it leads over something between the snapshot and the result.
    pub(in crate::rules) fn leads_over(&self) -> bool {
        self.edits.iter().any(|edit| edit.field == Field::Via)
    }

    /// A fix that turns a switch on.
    pub fn on(label: impl Into<String>, field: Field) -> Self {
        Self { label: label.into(), edits: vec![Edit { field, value: Some(Value::On) }], detour: None }
    }

    /// The same fix with one more switch turned on.
    #[must_use]
    pub fn and_on(mut self, field: Field) -> Self {
        self.edits.push(Edit { field, value: Some(Value::On) });
        self
    }

    /// Something that has to be done outside of this draft.
    pub fn outside(label: impl Into<String>, detour: Detour) -> Self {
        Self { label: label.into(), edits: vec![], detour: Some(detour) }
    }

    /// Waiting until the snapshot is available; `None` where that will never be.
    pub(in crate::rules) fn wait(status: &Status) -> Option<Self> {
        let is_the_end = matches!(status.exact(), "failed" | "deleting" | "deleted");
        (!is_the_end).then(|| Self::outside("wait until it is available", Detour::Wait))
    }

    /// Makes the edits.
    pub fn apply(&self, draft: &mut Draft) {
        for edit in &self.edits {
            match &edit.value {
                Some(value) => draft.set(edit.field, value.clone()),
                None => draft.clear(edit.field),
            }
        }
    }
}

/// One edit of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The field.
    pub field: Field,
    /// What it holds then; `None` clears it.
    pub value: Option<Value>,
}

/// What has to happen besides the action itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detour {
    /// Wait until the snapshot is available.
    Wait,
    /// Copy to a manual snapshot first.
    CopyFirst,
    /// Copy under a customer key first.
    ReEncryptFirst,
    /// Let the other account use the key first.
    KeyAccessFirst,
    /// Share it with the account first.
    ShareFirst,
    /// Restore with a key instead of copying.
    RestoreWithKey,
    /// Restore to a DB instance, take a snapshot of that, and go on with it.
    RestoreAsInstance,
    /// Create an option group in the destination first.
    OptionGroupFirst,
    /// Enable the key, or cancel its deletion, first.
    RepairKey,
    /// Upgrade the snapshot first.
    UpgradeFirst,
    /// Export or dump the data: the snapshot itself cannot go there.
    Dump,
    /// Use AWS Backup.
    AwsBackup,
    /// Change the retention of the automated backups.
    Retention,
    /// Ask for a higher quota, or delete what is not needed.
    Quota,
    /// Enable the region for the account.
    EnableRegion,
}

impl Detour {
    /// The name, as JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::CopyFirst => "copy-first",
            Self::ReEncryptFirst => "re-encrypt-first",
            Self::KeyAccessFirst => "key-access-first",
            Self::ShareFirst => "share-first",
            Self::RestoreWithKey => "restore-with-key",
            Self::RestoreAsInstance => "restore-as-instance",
            Self::OptionGroupFirst => "option-group-first",
            Self::RepairKey => "repair-key",
            Self::UpgradeFirst => "upgrade-first",
            Self::Dump => "dump",
            Self::AwsBackup => "aws-backup",
            Self::Retention => "retention",
            Self::Quota => "quota",
            Self::EnableRegion => "enable-region",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_never_be_available_is_not_waited_for() {
        for (word, waits) in [
            ("creating", true),
            ("copying", true),
            ("upgrading", true),
            ("failed", false),
            ("deleting", false),
        ] {
            assert_eq!(Fix::wait(&Status::of(word)).is_some(), waits, "{word}");
        }
    }
}
