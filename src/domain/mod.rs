//! The nouns: accounts, regions, snapshots, keys, faults, and the inventory that holds them.
//!
//! Everything here is a value, parsed at the door; nothing names a terminal, an SDK, a clock, a
//! file or a runtime. Time enters as [`jiff::Timestamp`], text from outside as [`Shown`].

mod account;
mod age;
mod arn;
mod draft;
mod facts;
mod fault;
mod fit;
#[cfg(test)]
pub(crate) mod fixture;
mod inventory;
mod json;
mod key;
mod kind;
mod moment;
mod policy;
mod region;
mod remedy;
mod report;
mod request;
mod scope;
mod setup;
mod share;
mod shown;
mod snapshot;
mod theme;

pub use account::{Access, Account, AccountId, BadAccountId, Standing, Tint};
pub use age::age;
pub use arn::{BadArn, KeyArn, SnapshotArn};
pub use draft::{Action, Draft, Field, Value, Via};
pub use facts::{
    Answer, Database, EngineVersion, ExportTask, Fact, Facts, Grant, GroupOption, KeyFacts, KeyPolicies,
    OptionGroup, ParameterGroup, Question, Quotas, SnapshotFacts, SnapshotsThere, SubnetGroup,
};
pub use fault::{DeniedBy, Fault, FaultClass};
pub use fit::{
    ASCII_ELLIPSIS, Cells, ELLIPSIS, distinct_cuts, distinct_cuts_with, middle_cut, middle_cut_with,
};
pub use inventory::{AccountEntry, Change, Coverage, Inventory, Row, RowId, ScopeEntry, SignIn};
pub use json::BadJson;
pub(crate) use json::Json;
pub use key::{KEY_OPERATIONS, Key, KeyManager, KeyState};
pub use kind::Kind;
pub use moment::Moment;
pub use policy::{
    BadPolicy, Condition, Effect, Patterns, Policy, PolicyDiff, Principal, Principals, Statement,
};
pub use region::{Partition, Place, Region, catalogue};
pub use remedy::{BadCode, Code, Device, Remedy};
pub use report::{Identity, Report, Round};
pub use request::{Argument, FirstCopy, KeyAccess, KeyChange, KeyRepair, Request, Stage, TemporaryInstance};
pub use scope::{Scope, ScopeState};
pub use setup::{AccountSource, ListedAccount, Login, RegionChoice, Setup};
pub use share::{Share, Unasked};
pub use shown::{Shown, harmless, is_hidden, write_json_text};
pub use snapshot::{Encryption, EncryptionClass, Family, Origin, Snapshot, SnapshotType, Status, Tag};
pub use theme::{Colours, Ground, NoSuchTheme, Theme};
