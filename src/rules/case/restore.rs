//! What a case knows of a restore: what is made, of which version, and which defaults it would fall back to.

use crate::domain::{Database, EngineVersion, Family, Field, Kind};

use super::Case;

impl<'a> Case<'a> {
    /// The engine family of the snapshot.
    pub(crate) fn family(&mut self) -> Option<Family> {
        Some(self.snapshot()?.row.family)
    }

    /// The engine version that the result will have: of an instance the snapshot's, of a cluster the one that was
    /// chosen, else the default one of the region (REST-25). `None` also where the region has no such engine.
    pub(crate) fn version_text(&mut self) -> Option<&'a str> {
        match (self.kind(), self.draft.text(Field::EngineVersion)) {
            (Kind::Instance, _) => Some(self.snapshot()?.row.engine_version.exact()),
            (Kind::Cluster, Some(text)) => Some(text.trim()),
            (Kind::Cluster, None) => Some(self.version_there()??.version.exact()),
        }
    }

    /// That version where it will run. `None` inside: the region does not offer it.
    pub fn version_there(&mut self) -> Option<Option<&'a EngineVersion>> {
        let snapshot = self.snapshot()?;
        let engine = snapshot.row.engine.exact();
        let scope = self.destination()?;
        let version = match (self.kind(), self.draft.text(Field::EngineVersion)) {
            (Kind::Instance, _) => snapshot.row.engine_version.exact(),
            (Kind::Cluster, Some(text)) => text.trim(),
            (Kind::Cluster, None) => return self.default_version(scope, engine),
        };
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
