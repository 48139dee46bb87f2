//! The facts that a case can be asked for, one method a question.

use crate::domain::{
    AccountId, Answer, Database, EngineVersion, ExportTask, Fact, KeyArn, KeyFacts, KeyPolicies, Kind,
    OptionGroup, ParameterGroup, Question, Quotas, Region, Scope, Share, SnapshotFacts, SnapshotsThere,
    SubnetGroup,
};

use super::Case;

impl<'a> Case<'a> {
    pub(super) fn ask(&mut self, question: Question) -> Option<&'a Answer> {
        if !self.is_ours(question.scope().account) {
            // Nobody here can ask it.
            return None;
        }
        match self.known.get(&question) {
            Fact::Known { value, .. } => Some(value),
            Fact::Unasked => {
                self.questions.push(question);
                None
            }
            Fact::Failed(fault) => {
                self.failed(&question, &fault);
                None
            }
        }
    }

    /// Asks for what is good to know and no matter when it cannot be learned.
    fn ask_quietly(&mut self, question: Question) -> Option<&'a Answer> {
        match self.fault(&question) {
            Some(_) => None,
            None => self.ask(question),
        }
    }

    /// The policies and grants of a key, where its owner is one of ours and lets them be read.
    pub(crate) fn key_policies_if_readable(&mut self, key: &KeyArn) -> Option<&'a KeyPolicies> {
        let scope = key.home()?;
        match self.ask_quietly(Question::KeyPolicy(scope, key.clone()))? {
            Answer::KeyPolicy(policies) => Some(policies),
            _ => None,
        }
    }

    /// The instances and clusters of a scope, where they can be read.
    pub(crate) fn databases_if_readable(&mut self, scope: Scope) -> Option<&'a [Database]> {
        match self.ask_quietly(Question::Databases(scope))? {
            Answer::Databases(databases) => Some(databases),
            _ => None,
        }
    }

    /// The snapshot, asked of its owner when that is one of ours, else of the account that looks at
    /// it. `None` inside: there is none, or it is not shared with the asker.
    pub fn looked_up(&mut self) -> Option<Option<&'a SnapshotFacts>> {
        if self.found.is_none() {
            let account = if self.is_ours(self.owner()) { self.owner() } else { self.draft.by };
            self.found = self.seen_by(account);
        }
        self.found
    }

    /// The snapshot as an account of ours sees it. `None` inside: it sees none.
    pub fn seen_by(&mut self, account: AccountId) -> Option<Option<&'a SnapshotFacts>> {
        let scope = Scope { account, region: self.source_region() };
        match self.ask(Question::Snapshot(scope, self.draft.snapshot.clone()))? {
            Answer::Snapshot(found) => Some(found.as_deref()),
            _ => None,
        }
    }

    /// The snapshot, when it is known and there.
    pub fn snapshot(&mut self) -> Option<&'a SnapshotFacts> {
        self.looked_up().flatten()
    }

    /// Who can read the snapshot; only its owner can tell.
    pub fn share(&mut self) -> Option<&'a Share> {
        let home = self.home();
        if !self.is_ours(home.account) {
            return None;
        }
        match self.ask(Question::Attributes(home, self.draft.snapshot.clone()))? {
            Answer::Attributes(share) => Some(share),
            _ => None,
        }
    }

    /// A key by any of its names, as a scope sees it. `None` inside: there is no such key.
    pub fn key(&mut self, scope: Scope, name: &str) -> Option<Option<&'a KeyFacts>> {
        match self.ask(Question::Key(scope, name.trim().to_owned()))? {
            Answer::Key(key) => Some(key.as_ref()),
            _ => None,
        }
    }

    /// The customer keys of a scope.
    pub fn keys(&mut self, scope: Scope) -> Option<&'a [KeyFacts]> {
        match self.ask(Question::Keys(scope))? {
            Answer::Keys(keys) => Some(keys),
            _ => None,
        }
    }

    /// The policies and grants of a key, asked of its owner; `None` when the owner is not one of ours.
    pub fn key_policies(&mut self, key: &KeyArn) -> Option<&'a KeyPolicies> {
        let account = key.account()?;
        if !self.is_ours(account) {
            return None;
        }
        let scope = Scope { account, region: Region::new(key.region()) };
        match self.ask(Question::KeyPolicy(scope, key.clone()))? {
            Answer::KeyPolicy(policies) => Some(policies),
            _ => None,
        }
    }

    /// The option groups of a scope.
    pub fn option_groups(&mut self, scope: Scope) -> Option<&'a [OptionGroup]> {
        match self.ask(Question::OptionGroups(scope))? {
            Answer::OptionGroups(groups) => Some(groups),
            _ => None,
        }
    }

    /// The names in use and the copies under way in a scope.
    pub fn snapshots(&mut self, scope: Scope, kind: Kind) -> Option<&'a SnapshotsThere> {
        match self.ask(Question::Snapshots(scope, kind))? {
            Answer::Snapshots(there) => Some(there),
            _ => None,
        }
    }

    /// The quotas of a scope.
    pub fn quotas(&mut self, scope: Scope) -> Option<&'a Quotas> {
        match self.ask(Question::Quotas(scope))? {
            Answer::Quotas(quotas) => Some(quotas),
            _ => None,
        }
    }

    /// Whether a scope can copy from a region (COPY-27).
    pub fn can_copy_from(&mut self, scope: Scope, from: &Region) -> Option<bool> {
        match self.ask(Question::SourceRegions(scope))? {
            Answer::SourceRegions(regions) => Some(regions.contains(from)),
            _ => None,
        }
    }

    /// Whether a scope lists regions that it copies from, and this one is not among them. An empty list
    /// says nothing: every region can be copied from somewhere.
    pub(crate) fn lists_other_sources(&mut self, scope: Scope, from: &Region) -> Option<bool> {
        match self.ask(Question::SourceRegions(scope))? {
            Answer::SourceRegions(regions) => Some(!regions.is_empty() && !regions.contains(from)),
            _ => None,
        }
    }

    /// An engine version in a scope. `None` inside: it is not offered there.
    pub fn engine_version(
        &mut self,
        scope: Scope,
        engine: &str,
        version: &str,
    ) -> Option<Option<&'a EngineVersion>> {
        match self.ask(Question::EngineVersion(scope, engine.to_owned(), version.to_owned()))? {
            Answer::EngineVersion(version) => Some(version.as_ref()),
            _ => None,
        }
    }

    /// The default version of an engine in a scope. `None` inside: the engine is not offered there.
    pub fn default_version(&mut self, scope: Scope, engine: &str) -> Option<Option<&'a EngineVersion>> {
        match self.ask(Question::DefaultVersion(scope, engine.to_owned()))? {
            Answer::DefaultVersion(version) => Some(version.as_ref()),
            _ => None,
        }
    }

    /// The instances and clusters of a scope.
    pub fn databases(&mut self, scope: Scope) -> Option<&'a [Database]> {
        match self.ask(Question::Databases(scope))? {
            Answer::Databases(databases) => Some(databases),
            _ => None,
        }
    }

    /// The DB subnet groups of a scope.
    pub fn subnet_groups(&mut self, scope: Scope) -> Option<&'a [SubnetGroup]> {
        match self.ask(Question::SubnetGroups(scope))? {
            Answer::SubnetGroups(groups) => Some(groups),
            _ => None,
        }
    }

    /// The parameter groups of a scope, of instances or of clusters.
    pub fn parameter_groups(&mut self, scope: Scope, kind: Kind) -> Option<&'a [ParameterGroup]> {
        match self.ask(Question::ParameterGroups(scope, kind))? {
            Answer::ParameterGroups(groups) => Some(groups),
            _ => None,
        }
    }

    /// The export tasks of a scope.
    pub fn export_tasks(&mut self, scope: Scope) -> Option<&'a [ExportTask]> {
        match self.ask(Question::ExportTasks(scope))? {
            Answer::ExportTasks(tasks) => Some(tasks),
            _ => None,
        }
    }
}
