//! A draft before the rules: what they may ask of it, and where they put what they find.
//!
//! Reading a fact that nobody has asked for puts its question on the list; one that could not be
//! learned becomes a finding of the first rule that needed it. Rules see neither case: they get
//! `None` and say nothing.

pub(super) mod copy;
mod export;
mod facts;
mod keys;
pub(super) mod names;
pub(super) mod options;
mod restore;
mod share;
mod uses;

pub(super) use share::SourceOptions;
pub(super) use uses::KeyUse;

use crate::domain::{
    AccountId, Action, BadAccountId, Draft, Facts, Fault, FaultClass, Field, KeyArn, KeyFacts, Kind,
    Question, Region, Scope, SnapshotFacts,
};

use super::finding::Speaker;
use super::{Access, Finding, Fix, Severity};

/// A draft under review.
pub struct Case<'a> {
    /// The draft.
    pub draft: &'a Draft,
    known: &'a Facts,
    speaker: Option<Speaker>,
    findings: Vec<Finding>,
    yielding: Vec<(&'static str, &'static [&'static str])>,
    questions: Vec<Question>,
    failed: Vec<Question>,
    judged: Vec<(KeyArn, AccountId, Access)>,
    /// The keys that the draft uses, once all of them are known.
    uses: Option<Vec<KeyUse<'a>>>,
    /// What is known of the snapshot: nearly every rule asks.
    found: Option<LookedUp<'a>>,
    /// The keys of the snapshot and of the result, once they are known: most rules ask for them, too.
    source_key: Option<DescribedKey<'a>>,
    chosen_key: Option<DescribedKey<'a>>,
    /// Where the snapshot lies and where the result will: every rule compares them.
    home: Scope,
    to_region: Region,
}

/// A key that was looked for: the one, or that there is none.
type DescribedKey<'a> = Option<&'a KeyFacts>;

/// A snapshot that was looked for: the one, or that there is none.
type LookedUp<'a> = Option<&'a SnapshotFacts>;

impl<'a> Case<'a> {
    pub(super) fn new(draft: &'a Draft, known: &'a Facts) -> Self {
        let home = draft.snapshot.home();
        let to_region = match (draft.action, draft.text(Field::ToRegion)) {
            (Action::Copy | Action::Restore, Some(text)) => Region::new(text.trim()),
            _ => home.region.clone(),
        };
        Self {
            draft,
            known,
            speaker: None,
            findings: vec![],
            yielding: vec![],
            questions: vec![],
            failed: vec![],
            judged: vec![],
            uses: None,
            found: None,
            source_key: None,
            chosen_key: None,
            home,
            to_region,
        }
    }

    /// Whose findings the next ones are.
    pub(super) fn give_the_word(&mut self, speaker: Speaker) {
        self.speaker = Some(speaker);
        if !speaker.yields_to.is_empty() {
            self.yielding.push((speaker.id, speaker.yields_to));
        }
    }

    /// The findings, errors first and then by field, without those that another one says better.
    pub(super) fn close(mut self) -> (Vec<Finding>, Vec<Question>) {
        let is_error = |finding: &&Finding| finding.severity == Severity::Error;
        let errors: Vec<&str> = self.findings.iter().filter(is_error).map(|finding| finding.rule).collect();
        let is_silent = |(_, yields_to): &&(&str, &[&str])| yields_to.iter().any(|to| errors.contains(to));
        let silent: Vec<&str> = self.yielding.iter().filter(is_silent).map(|(rule, _)| *rule).collect();
        self.findings.retain(|finding| !silent.contains(&finding.rule));
        self.findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.field));
        self.questions.sort();
        self.questions.dedup();
        (self.findings, self.questions)
    }

    /// Adds an error about a field.
    pub fn error(&mut self, field: Field, message: impl Into<String>, fix: Option<Fix>) {
        self.find(Severity::Error, field, message.into(), fix);
    }

    /// Adds a warning about a field.
    pub fn warn(&mut self, field: Field, message: impl Into<String>, fix: Option<Fix>) {
        self.find(Severity::Warning, field, message.into(), fix);
    }

    /// Adds something good to know about a field.
    pub fn info(&mut self, field: Field, message: impl Into<String>) {
        self.find(Severity::Info, field, message.into(), None);
    }

    fn find(&mut self, severity: Severity, field: Field, message: String, fix: Option<Fix>) {
        let Some(speaker) = self.speaker else { return };
        debug_assert!(severity <= speaker.severity, "BUG: {} says more than its entry", speaker.id);
        self.findings.push(Finding {
            rule: speaker.id,
            severity,
            field,
            message,
            source: speaker.source,
            fix,
        });
    }

    fn failed(&mut self, question: &Question, fault: &Fault) {
        // What is only good to know is not worth a warning; a rule that needs the fact asks again.
        if self.speaker.is_none_or(|speaker| speaker.severity == Severity::Info) {
            return;
        }
        if self.failed.contains(question) {
            return;
        }
        self.failed.push(question.clone());
        let what = question.words();
        let why = fault.code.as_ref().map_or_else(|| fault.class.name().to_owned(), ToString::to_string);
        let (permission, account) = (question.permission(), self.account_words(question.scope().account));
        // Only where it was denied does a permission help.
        let message = match fault.class {
            FaultClass::AccessDenied | FaultClass::ExplicitDeny => {
                format!(
                    "Not known: {what} ({why}). The permission {permission} in account {account} would tell."
                )
            }
            _ => format!("Not known: {what}. {permission} in account {account} failed ({why})."),
        };
        self.find(Severity::Warning, Field::Snapshot, message, None);
    }

    /// Whether something has to be asked before all can be said.
    pub(super) fn waits(&self) -> bool {
        !self.questions.is_empty()
    }

    /// The account that owns the snapshot.
    pub fn owner(&self) -> AccountId {
        self.draft.snapshot.account()
    }

    /// The region of the snapshot.
    pub fn source_region(&self) -> Region {
        self.home.region.clone()
    }

    /// The account and region of the snapshot.
    pub fn home(&self) -> Scope {
        self.home.clone()
    }

    /// The account that the result belongs to and that makes the call; an error when the text is no id.
    pub fn to_account(&self) -> Result<AccountId, BadAccountId> {
        match (self.draft.action, self.draft.text(Field::ToAccount)) {
            (Action::Copy | Action::Restore, Some(text)) => text.trim().parse(),
            (Action::Share | Action::Delete, _) => Ok(self.owner()),
            _ => Ok(self.draft.by),
        }
    }

    /// The region that the result lies in.
    pub fn to_region(&self) -> Region {
        self.to_region.clone()
    }

    /// The scope that makes the call; `None` while the account is not an id or the region not one.
    pub fn destination(&self) -> Option<Scope> {
        let region = Some(self.to_region()).filter(copy::is_region)?;
        Some(Scope { account: self.to_account().ok()?, region })
    }

    /// Whether the result lies in another region.
    pub fn crosses_regions(&self) -> bool {
        self.to_region != self.home.region
    }

    /// Whether the result belongs to another account than the snapshot.
    pub fn crosses_accounts(&self) -> bool {
        self.to_account().is_ok_and(|to| to != self.owner())
    }

    /// Whether a first copy takes the snapshot's place (it is manual, and under the first key).
    pub fn has_first_copy(&self) -> bool {
        match self.draft.action {
            Action::Copy | Action::Share | Action::Restore => self.draft.text(Field::FirstCopy).is_some(),
            Action::Encrypt | Action::Export | Action::Delete => false,
        }
    }

    /// Whether an account is one of ours.
    pub fn is_ours(&self, account: AccountId) -> bool {
        self.known.account(account).is_some()
    }

    /// An account in words: its name and id, or its id alone.
    pub fn account_words(&self, account: AccountId) -> String {
        self.known.account_words(account)
    }

    /// The noun for the snapshot's kind: "instance snapshot", "Aurora cluster snapshot".
    pub fn kind(&self) -> Kind {
        self.draft.kind()
    }
}
