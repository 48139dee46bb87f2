//! What a case knows of a restore: what is made, of which version, and which defaults it would fall back to.

use crate::domain::{Database, EngineVersion, Family, Field};

use super::Case;

impl<'a> Case<'a> {
    /// The engine family of the snapshot.
    pub(crate) fn family(&mut self) -> Option<Family> {
        Some(self.snapshot()?.row.family)
    }

    /// The engine version that the result will have: the one that was chosen, else the snapshot's.
    pub(crate) fn version_text(&mut self) -> Option<&'a str> {
        match self.draft.text(Field::EngineVersion) {
            Some(text) => Some(text.trim()),
            None => Some(self.snapshot()?.row.engine_version.exact()),
        }
    }

    /// That version where it will run. `None` inside: the region does not offer it.
    pub fn version_there(&mut self) -> Option<Option<&'a EngineVersion>> {
        let version = self.version_text()?;
        let engine = self.snapshot()?.row.engine.exact();
        let scope = self.destination()?;
        self.engine_version(scope, engine, version)
    }

    /// The database that the snapshot was taken from, while it lives; `None` inside: it is gone.
    pub fn source_database(&mut self) -> Option<Option<&'a Database>> {
        let home = self.home();
        if !self.is_ours(home.account) {
            return None;
        }
        let kind = self.kind();
        let name = self.snapshot()?.row.source_db.exact();
        let lives = |db: &&Database| db.kind == kind && db.name.exact().eq_ignore_ascii_case(name);
        Some(self.databases(home)?.iter().find(lives))
    }

    /// Whether the result lies where the snapshot lies: same account, same region.
    pub(crate) fn stays_home(&self) -> bool {
        !self.crosses_accounts() && !self.crosses_regions()
    }
}
