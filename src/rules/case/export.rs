//! What a case knows of exports: which are under way.

use crate::domain::ExportTask;

impl ExportTask {
    /// Whether it is under way (EXP-15): AWS writes its states in capitals, and filters in lower case.
    pub(crate) fn is_running(&self) -> bool {
        ["STARTING", "IN_PROGRESS"].iter().any(|state| self.status.exact().eq_ignore_ascii_case(state))
    }
}
