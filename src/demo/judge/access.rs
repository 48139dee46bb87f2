//! Whether a caller may use a KMS key, and whether the key itself is fit for use.
//!
//! RDS acts on keys in the name of whoever calls it. The key's policies and grants are read for that
//! caller; the caller's own IAM policies are taken to allow everything (KMS-01).

use jiff::Timestamp;

use super::policy::{self, Request, Verdict};
use crate::demo::fleet::key::default_key;
use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::state::key::{DEFAULT_ALIAS, Key, KeyName};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// What a copy, a restore or an encrypted database needs of each key that it touches (COPY-19, KMS-07).
///
/// The `ReEncrypt` of the permission lists is two actions in KMS. The first decides: RDS makes itself a grant with
/// it, and works by that grant. A lack of the others "likely fails", which is no refusal that could be counted
/// on; to be denied any of them is one (KMS-06).
const NEEDED: [&str; 8] = [
    "kms:CreateGrant",
    "kms:DescribeKey",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/// What an export needs of the key that encrypts its files (EXP-06), graded alike.
const NEEDED_TO_EXPORT: [&str; 2] = ["kms:CreateGrant", "kms:DescribeKey"];

/// What RDS lets its own grants do; conditions may look at it.
const OPERATIONS_OF_RDS: [&str; 9] = [
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
];

/// What a key is to a call; it stands in the refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It encrypts the snapshot that is read.
    Source,
    /// It will encrypt what is made.
    Target,
    /// It will encrypt exported files.
    Export,
}

/// How a call reaches a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// The caller calls KMS.
    Direct,
    /// The caller calls RDS, and RDS calls KMS for them.
    Rds,
}

/// The key that a name means, if the caller may have RDS use it in that region.
///
/// A key of another account goes by its ARN only (ENC-13), one of another region not at all (ENC-12).
/// Everything that is wrong with a key is one code, `KMSKeyNotAccessibleFault`, also where the rules
/// name none (ENC-10): its message says which key it is, not what is wrong.
pub(crate) fn usable<'s>(
    state: &'s State,
    call: &Call,
    name: &str,
    region: &str,
    purpose: Purpose,
) -> Result<&'s Key, Refusal> {
    let needed = if purpose == Purpose::Export { &NEEDED_TO_EXPORT[..] } else { &NEEDED[..] };
    state
        .key(&call.account, region, name)
        .filter(|key| Arn::parse(key.arn()).is_some_and(|arn| arn.region == region))
        .filter(|key| is_fit(key, state.now()))
        .filter(|key| admits(state, call, key, needed))
        .ok_or_else(|| inaccessible(purpose, name))
}

/// Whether RDS may work with a key for the caller: it may make its grant, and nothing that it needs is denied.
fn admits(state: &State, call: &Call, key: &Key, needed: &[&str]) -> bool {
    let say = |action: &&str| verdict(state, call, key, action, Via::Rds);
    needed.first().map(say) == Some(Verdict::Allowed)
        && needed.iter().all(|action| say(action) != Verdict::Denied)
}

/// Whether the caller may do something with a key.
pub(crate) fn may(state: &State, call: &Call, key: &Key, action: &str, via: Via) -> bool {
    verdict(state, call, key, action, via) == Verdict::Allowed
}

/// What the key's side says to the caller doing something with it (KMS-05 to KMS-12).
fn verdict(state: &State, call: &Call, key: &Key, action: &str, via: Via) -> Verdict {
    let own = key.owner() == call.account;
    if key.aws_managed() && !own {
        return Verdict::Denied;
    }
    let Some(place) = Arn::parse(key.arn()) else { return Verdict::Denied };
    let disabled = |account: &str| {
        state.accounts.get(account).is_some_and(|account| account.regions_disabled.contains(place.region))
    };
    if !own && disabled(&call.account) {
        return Verdict::Denied;
    }
    let principals = principals(state, call);
    let context = context(call, place.region, &principals, action, via);
    let request = Request {
        account: &call.account,
        principals: &principals,
        action,
        key_arn: key.arn(),
        context: &context,
    };
    let shared =
        key.policy_aws_ram.as_ref().map_or(Verdict::Silent, |policy| policy::judge(policy, &request));
    match (policy::judge(&key.policy, &request), shared) {
        (Verdict::Denied, _) | (_, Verdict::Denied) => Verdict::Denied,
        (Verdict::Allowed, _) | (_, Verdict::Allowed) => Verdict::Allowed,
        (Verdict::Silent, Verdict::Silent) if granted(key, &request) => Verdict::Allowed,
        (Verdict::Silent, Verdict::Silent) => Verdict::Silent,
    }
}

/// The ARNs that stand for the caller in a policy: of the user or session, and of the role behind a session.
pub(crate) fn principals(state: &State, call: &Call) -> Vec<String> {
    let caller = state.principal(call);
    let role = Arn::parse(&caller).and_then(|arn| {
        let (role, _session) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
        Some(format!("arn:{}:iam::{}:role/{role}", arn.partition, arn.account))
    });
    std::iter::once(caller).chain(role).collect()
}

/// The refusal of RDS for a key: the message names the key as the caller did.
pub(crate) fn inaccessible(purpose: Purpose, name: &str) -> Refusal {
    let which = match purpose {
        Purpose::Source => "source snapshot",
        Purpose::Target => "target snapshot",
        Purpose::Export => "export",
    };
    Refusal::new(
        "KMSKeyNotAccessibleFault",
        format!(
            "The {which} KMS key [{name}] does not exist, is not enabled or you do not have permissions to access it."
        ),
    )
}

/// Makes the AWS managed key of RDS where a call names it for the first time (KMS-15).
pub(crate) fn ensure_default_key(state: &mut State, call: &Call, name: &str) {
    let name = KeyName::parse(name);
    let own = name.account().is_none_or(|account| account == call.account);
    let here = name.region().is_none_or(|region| region == call.region);
    if name.alias() == Some(DEFAULT_ALIAS) && own && here && state.here(call).key(&name).is_none() {
        let key = default_key(&state.uuid(), state.now(), &call.account, &call.region);
        state.here_mut(call).keys.push(key);
    }
}

/// Symmetric, for encryption, and in a state that RDS can work with (ENC-10, ENC-11, KMS-03).
fn is_fit(key: &Key, now: Timestamp) -> bool {
    let field = |name: &str, usual: &'static str| key.metadata.text(name).unwrap_or(usual) == usual;
    field("KeySpec", "SYMMETRIC_DEFAULT")
        && field("KeyUsage", "ENCRYPT_DECRYPT")
        && matches!(key.state(), "Enabled" | "Updating")
        && key.metadata.time("ValidTo").is_none_or(|end| end > now)
}

/// Whether a grant lets the caller do it (KMS-09). A constraint speaks of an encryption context, which
/// is that of the database yet to be: such a grant is not counted.
fn granted(key: &Key, request: &Request<'_>) -> bool {
    let Some(operation) = request.action.strip_prefix("kms:") else { return false };
    key.grants.iter().any(|grant| {
        grant.texts("Operations").iter().any(|granted| granted == operation)
            && grant.one("Constraints").is_none()
            && grant
                .text("GranteePrincipal")
                .is_some_and(|grantee| policy::stands_for(grantee, request.account, request.principals))
    })
}

fn context(
    call: &Call,
    key_region: &str,
    principals: &[String],
    action: &str,
    via: Via,
) -> Vec<(&'static str, Vec<String>)> {
    let mut context = vec![
        ("kms:CallerAccount", vec![call.account.clone()]),
        ("aws:PrincipalAccount", vec![call.account.clone()]),
        ("aws:RequestedRegion", vec![key_region.to_owned()]),
        ("aws:SecureTransport", vec!["true".to_owned()]),
    ];
    if let Some(principal) = principals.last() {
        context.push(("aws:PrincipalArn", vec![principal.clone()]));
    }
    if via == Via::Rds {
        context.push(("kms:ViaService", vec![format!("rds.{key_region}.amazonaws.com")]));
        context.push(("aws:CalledVia", vec!["rds.amazonaws.com".to_owned()]));
    }
    context.push(("aws:ViaAWSService", vec![(via == Via::Rds).to_string()]));
    if matches!(action, "kms:CreateGrant" | "kms:ListGrants" | "kms:RevokeGrant") {
        context.push(("kms:GrantIsForAWSResource", vec![(via == Via::Rds).to_string()]));
    }
    if action == "kms:CreateGrant" {
        let operations = match via {
            Via::Rds => OPERATIONS_OF_RDS.iter().map(|operation| (*operation).to_owned()).collect(),
            Via::Direct => call.params.list("Operations").into_iter().map(str::to_owned).collect(),
        };
        context.push(("kms:GrantOperations", operations));
    }
    context
}
