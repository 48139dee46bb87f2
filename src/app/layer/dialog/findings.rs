//! What the rules say of a dialog's snapshots: the same said of several stands once.

use crate::domain::Field;
use crate::rules::{Finding, Fix, Severity};

use super::Dialog;

/// A finding, and the snapshots that it holds for.
pub(super) struct Said<'a> {
    pub(super) finding: &'a Finding,
    /// The shown field that it stands under.
    pub(super) field: Field,
    /// The snapshots, by their place in the dialog.
    pub(super) of: Vec<usize>,
}

impl Said<'_> {
    /// Whether a way out can be taken here.
    pub(super) fn can_be_mended(&self) -> bool {
        self.finding.fix.as_ref().is_some_and(Fix::can_be_taken)
    }
}

impl Dialog {
    /// Everything that is said, the worst first and then by field.
    pub(super) fn said(&self) -> Vec<Said<'_>> {
        let fields = self.fields();
        let mut all: Vec<Said<'_>> = Vec::new();
        for (n, subject) in self.subjects.iter().enumerate() {
            for finding in &subject.review.findings {
                let same = |said: &&mut Said<'_>| {
                    let other = said.finding;
                    (other.rule, other.severity, other.field)
                        == (finding.rule, finding.severity, finding.field)
                        && other.message == finding.message
                };
                if let Some(said) = all.iter_mut().find(same) {
                    if said.of.last() != Some(&n) {
                        said.of.push(n);
                    }
                    continue;
                }
                let field = if fields.contains(&finding.field) { finding.field } else { Field::Snapshot };
                all.push(Said { finding, field, of: vec![n] });
            }
        }
        all.sort_by_key(|said| std::cmp::Reverse(said.finding.severity));
        all
    }

    /// The finding whose way out is taken next: the focused field's first, else the worst.
    pub(super) fn next_fix(&self) -> Option<(Finding, Vec<usize>)> {
        let said = self.said();
        let worth = |said: &&Said<'_>| said.finding.severity > Severity::Info && said.can_be_mended();
        let here = said.iter().filter(worth).find(|said| said.field == self.focus);
        let next = here.or_else(|| said.iter().find(worth))?;
        Some((next.finding.clone(), next.of.clone()))
    }

    /// How many ways out are offered.
    pub(super) fn fixes(&self) -> usize {
        let findings = self.subjects.iter().flat_map(|subject| &subject.review.findings);
        let worth = |finding: &&Finding| {
            finding.severity > Severity::Info && finding.fix.as_ref().is_some_and(Fix::can_be_taken)
        };
        findings.filter(worth).count()
    }

    /// How many findings of a severity there are.
    pub(super) fn number_of(&self, severity: Severity) -> usize {
        self.said().iter().filter(|said| said.finding.severity == severity).count()
    }
}
