//! A key policy, parsed at the door: who may do what with a key, and on which conditions.
//!
//! It is read once, when it arrives; what it means is for the rules to say. A text that is no policy stays a
//! [`BadPolicy`], never an empty policy.

mod admit;

use std::fmt;
use std::sync::Arc;

pub use admit::PolicyDiff;

use super::json::{BadJson, Json};
use super::{AccountId, Partition, Shown};

/// A key policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its statements, in order.
    pub statements: Vec<Statement>,
    /// The document to the letter.
    text: Arc<str>,
}

/// A statement of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `Sid`, where it has one.
    pub sid: Option<Shown>,
    /// `Effect`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`.
    pub principals: Principals,
    /// `Action` or `NotAction`.
    pub actions: Patterns,
    /// `Resource` or `NotResource`; `None` makes the statement ineffective.
    pub resources: Option<Patterns>,
    /// `Condition`: all of them must hold.
    pub conditions: Vec<Condition>,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// Whom a statement speaks of; services, federated identities and the like are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principals {
    /// `Principal`: these accounts, roles and users.
    These(Vec<Principal>),
    /// `NotPrincipal`: everybody but these.
    AllBut(Vec<Principal>),
}

/// An account, role or user, as policies and grants name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// `*`: everybody.
    Everybody,
    /// A whole account, by its id.
    Account(AccountId),
    /// A whole account, by the ARN of its root in a partition.
    Root(Partition, AccountId),
    /// A role or a user of an account, by its ARN.
    Member(Partition, AccountId, Shown),
    /// Anything else: a service, or the id that is left of a deleted role or user.
    Other,
}

impl Principal {
    /// Reads a principal; what is not an account, role or user is [`Principal::Other`].
    pub fn of(text: &str) -> Self {
        if text == "*" {
            return Self::Everybody;
        }
        let Some(rest) = text.strip_prefix("arn:") else {
            // Most others are services, which are told apart by their first letter.
            let may_be_id = text.starts_with(|c: char| c.is_ascii_digit());
            let id = if may_be_id { text.parse().ok() } else { None };
            return id.map_or(Self::Other, Self::Account);
        };
        let mut parts = rest.splitn(5, ':');
        let (partition, service, _region) = (parts.next(), parts.next(), parts.next());
        let account = parts.next().and_then(|id| id.parse().ok());
        match (partition.and_then(Partition::of_name), service, account, parts.next()) {
            (Some(partition), Some("iam"), Some(account), Some("root")) => Self::Root(partition, account),
            (Some(partition), Some("iam" | "sts"), Some(account), Some(_)) => {
                Self::Member(partition, account, text.into())
            }
            _ => Self::Other,
        }
    }
}

/// Patterns with `*` and `?` for actions or resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patterns {
    /// What matches one of these.
    These(Vec<String>),
    /// What matches none of these.
    AllBut(Vec<String>),
}

/// A condition of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator, as `StringEquals` or `ForAnyValue:StringLikeIfExists`.
    pub operator: String,
    /// The condition key, as `kms:ViaService`.
    pub key: Shown,
    /// The values; one of them must match, or none for a negated operator.
    pub values: Vec<String>,
}

/// A text that is no key policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadPolicy {
    /// It is not JSON.
    Json(BadJson),
    /// It is JSON, and this part of it is not as policies are.
    Shape(&'static str),
}

impl Policy {
    /// Reads a policy document.
    pub fn parse(text: &str) -> Result<Self, BadPolicy> {
        let document = Json::parse(text).map_err(BadPolicy::Json)?;
        let statements = match document.get("Statement") {
            Some(Json::List(all)) => all.iter().map(statement).collect::<Result<_, _>>()?,
            Some(one @ Json::Object(_)) => vec![statement(one)?],
            _ => return Err(BadPolicy::Shape("Statement")),
        };
        Ok(Self { statements, text: text.into() })
    }

    /// The document to the letter, as it was read.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }
}

fn statement(json: &Json) -> Result<Statement, BadPolicy> {
    let effect = match json.get("Effect") {
        Some(Json::Text(word)) if word == "Allow" => Effect::Allow,
        Some(Json::Text(word)) if word == "Deny" => Effect::Deny,
        _ => return Err(BadPolicy::Shape("Effect")),
    };
    let sid = match json.get("Sid") {
        None => None,
        Some(Json::Text(sid)) => Some(Shown::from(sid.as_str())).filter(|sid| !sid.is_empty()),
        Some(_) => return Err(BadPolicy::Shape("Sid")),
    };
    let principals = match (json.get("Principal"), json.get("NotPrincipal")) {
        (Some(these), None) => Principals::These(aws_principals(these)?),
        (None, Some(others)) => Principals::AllBut(aws_principals(others)?),
        _ => return Err(BadPolicy::Shape("Principal")),
    };
    let actions = patterns(json, "Action", "NotAction")?.ok_or(BadPolicy::Shape("Action"))?;
    let resources = patterns(json, "Resource", "NotResource")?;
    let conditions = match json.get("Condition") {
        None => vec![],
        Some(Json::Object(operators)) => conditions(operators)?,
        Some(_) => return Err(BadPolicy::Shape("Condition")),
    };
    Ok(Statement { sid, effect, principals, actions, resources, conditions })
}

/// The AWS principals; `"*"` alone is everybody as well.
fn aws_principals(json: &Json) -> Result<Vec<Principal>, BadPolicy> {
    match json {
        Json::Text(star) if star == "*" => Ok(vec![Principal::Everybody]),
        Json::Object(kinds) => match kinds.iter().find(|(kind, _)| kind == "AWS") {
            Some((_, aws)) => {
                let texts = texts(aws).ok_or(BadPolicy::Shape("Principal"))?;
                Ok(texts.iter().map(|text| Principal::of(text)).collect())
            }
            None => Ok(vec![]),
        },
        _ => Err(BadPolicy::Shape("Principal")),
    }
}

fn patterns(json: &Json, these: &'static str, others: &'static str) -> Result<Option<Patterns>, BadPolicy> {
    match (json.get(these), json.get(others)) {
        (None, None) => Ok(None),
        (Some(all), None) => texts(all).map(|all| Some(Patterns::These(all))).ok_or(BadPolicy::Shape(these)),
        (None, Some(all)) => {
            texts(all).map(|all| Some(Patterns::AllBut(all))).ok_or(BadPolicy::Shape(others))
        }
        (Some(_), Some(_)) => Err(BadPolicy::Shape(these)),
    }
}

fn conditions(operators: &[(String, Json)]) -> Result<Vec<Condition>, BadPolicy> {
    let mut all = vec![];
    for (operator, keys) in operators {
        let Json::Object(keys) = keys else { return Err(BadPolicy::Shape("Condition")) };
        for (key, values) in keys {
            let values = texts(values).ok_or(BadPolicy::Shape("Condition"))?;
            all.push(Condition { operator: operator.clone(), key: key.as_str().into(), values });
        }
    }
    Ok(all)
}

/// A text or a list of texts; truth values and numbers count by their words.
fn texts(json: &Json) -> Option<Vec<String>> {
    let one = |json: &Json| match json {
        Json::Text(text) | Json::Number(text) => Some(text.clone()),
        Json::Bool(bool) => Some(bool.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    };
    match json {
        Json::List(all) => all.iter().map(one).collect(),
        json => Some(vec![one(json)?]),
    }
}

impl fmt::Display for BadPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(bad) => bad.fmt(f),
            Self::Shape(part) => write!(f, "its {part} is not as policies are"),
        }
    }
}

impl std::error::Error for BadPolicy {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_statement_and_one_action_need_no_list() {
        let text = r#"{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":"111111111111"},"NotAction":"kms:Decrypt",
            "Resource":"*","Condition":{"Bool":{"kms:GrantIsForAWSResource":true}}}}"#;
        let policy = Policy::parse(text).expect("a policy");
        let [statement] = &policy.statements[..] else { panic!("{policy:?}") };
        assert_eq!(statement.effect, Effect::Deny);
        assert_eq!(
            statement.principals,
            Principals::AllBut(vec![Principal::Account("111111111111".parse().expect("an id"))])
        );
        assert_eq!(statement.actions, Patterns::AllBut(vec!["kms:Decrypt".into()]));
        assert_eq!(statement.conditions[0].values, ["true"]);
    }

    #[test]
    fn services_are_no_principals_of_an_account() {
        let text = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":["kms:*"]}]}"#;
        let policy = Policy::parse(text).expect("a policy");
        assert_eq!(policy.statements[0].principals, Principals::These(vec![]));
        assert_eq!(policy.statements[0].resources, None);
    }

    #[test]
    fn a_principal_is_an_account_a_member_of_one_or_nothing_of_the_kind() {
        let id: AccountId = "222222222222".parse().expect("an id");
        let role = "arn:aws-cn:iam::222222222222:role/team/Backup";
        for (text, principal) in [
            ("*", Principal::Everybody),
            ("222222222222", Principal::Account(id)),
            ("arn:aws:iam::222222222222:root", Principal::Root(Partition::Aws, id)),
            (role, Principal::Member(Partition::China, id, role.into())),
            ("AROADBQP57FF2AEXAMPLE", Principal::Other),
            ("rds.amazonaws.com", Principal::Other),
            ("arn:aws:iam::2222:root", Principal::Other),
            ("arn:aws:s3:::bucket", Principal::Other),
        ] {
            assert_eq!(Principal::of(text), principal, "{text}");
        }
    }

    #[test]
    fn what_is_no_policy_says_which_part() {
        for (text, part) in [
            ("{ not JSON", "JSON"),
            ("[]", "Statement"),
            (r#"{"Statement":[{"Effect":"allow","Principal":"*","Action":"*"}]}"#, "Effect"),
            (r#"{"Statement":[{"Effect":"Allow","Action":"*"}]}"#, "Principal"),
            (r#"{"Statement":[{"Effect":"Allow","Principal":"*"}]}"#, "Action"),
            (
                r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Condition":[]}]}"#,
                "Condition",
            ),
        ] {
            let error = Policy::parse(text).expect_err(text).to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
