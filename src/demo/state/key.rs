//! A KMS key, and the four ways to name one.

use serde_json::Value;

use super::arn::Arn;
use crate::demo::record::Record;

/// The alias of the AWS managed key of RDS.
pub(crate) const DEFAULT_ALIAS: &str = "alias/aws/rds";

/// A key with all that hangs on it.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// `KeyMetadata` as `DescribeKey` gives it.
    pub(crate) metadata: Record,
    /// Names that begin with `alias/`.
    pub(crate) aliases: Vec<String>,
    /// The policy `default`.
    pub(crate) policy: Value,
    /// The policy `AWS_RAM`, if the key is shared through the Resource Access Manager (KMS-10).
    pub(crate) policy_aws_ram: Option<Value>,
    /// Grants as `ListGrants` gives them.
    pub(crate) grants: Vec<Record>,
}

/// A key id, key ARN, alias name or alias ARN (KMS-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyName<'a> {
    arn: Option<Arn<'a>>,
    name: &'a str,
}

impl Key {
    pub(crate) fn id(&self) -> &str {
        self.metadata.text("KeyId").expect("BUG: a key has an id")
    }

    pub(crate) fn arn(&self) -> &str {
        self.metadata.text("Arn").expect("BUG: a key has an ARN")
    }

    /// `Enabled`, `Disabled`, `PendingDeletion` and so on.
    pub(crate) fn state(&self) -> &str {
        self.metadata.text("KeyState").expect("BUG: a key has a state")
    }

    /// The account that owns it.
    pub(crate) fn owner(&self) -> &str {
        Arn::parse(self.arn()).expect("BUG: the ARN of a key is one").account
    }

    /// Is it the owner's AWS managed key, as `aws/rds`?
    pub(crate) fn aws_managed(&self) -> bool {
        self.metadata.text("KeyManager") == Some("AWS")
    }

    /// Does a name mean this key?
    pub(crate) fn is(&self, name: &KeyName<'_>) -> bool {
        match name.alias() {
            Some(alias) => self.aliases.iter().any(|mine| mine == alias),
            None => self.id() == name.name,
        }
    }
}

impl<'a> KeyName<'a> {
    /// Reads a name; anything that is neither ARN nor alias is taken for a key id.
    pub(crate) fn parse(text: &'a str) -> Self {
        let arn = Arn::parse(text).filter(|arn| arn.service == "kms");
        let name = arn.map_or(text, |arn| arn.resource.strip_prefix("key/").unwrap_or(arn.resource));
        Self { arn, name }
    }

    /// The alias with its prefix, if it is one.
    pub(crate) fn alias(&self) -> Option<&'a str> {
        self.name.starts_with("alias/").then_some(self.name)
    }

    /// The account that an ARN names.
    pub(crate) fn account(&self) -> Option<&'a str> {
        self.arn.map(|arn| arn.account)
    }

    /// The region that an ARN names.
    pub(crate) fn region(&self) -> Option<&'a str> {
        self.arn.map(|arn| arn.region)
    }
}
