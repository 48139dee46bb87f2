//! Whether a condition of a key policy holds when RDS uses the key for an account (KMS-08).
//!
//! Decided are the condition keys whose value is known beforehand; everything else is unknown, an operator
//! that is not known as well, and a value with a policy variable too.

use crate::domain::{Condition, KEY_OPERATIONS, Shown};

use super::asked::{Asked, matches};

/// Whether a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// For principals that match one of these patterns.
    ForThese(Vec<Shown>),
    /// That depends on this condition key.
    Unknown(Shown),
}

/// What is known of a condition key's value.
enum Value {
    Is(String),
    /// The request does not have the key.
    Absent,
    /// It is the ARN of some role or user of the account.
    Principal,
    /// Several values, of which these are sure to be there, and others may be.
    AtLeast(&'static [&'static str]),
    Unknown,
}

/// Whether a condition holds for what is asked.
pub(super) fn holds(condition: &Condition, asked: Asked<'_>) -> Holds {
    let unknown = || Holds::Unknown(condition.key.clone());
    let Some(operator) = Operator::parse(&condition.operator) else { return unknown() };
    if condition.values.iter().any(|value| value.contains("${")) {
        return unknown();
    }
    let any = |value: &str| condition.values.iter().any(|wanted| operator.compares(wanted, value));
    match value_of(condition.key.exact(), asked) {
        Value::Unknown => unknown(),
        value if operator.test == Test::Null => {
            let absent = matches!(value, Value::Absent);
            yes_or_no(condition.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(&absent.to_string())))
        }
        Value::Absent => yes_or_no(operator.takes_absent()),
        Value::Is(value) => yes_or_no(any(&value) != operator.negated),
        Value::Principal => for_principals(&operator, condition, asked),
        Value::AtLeast(sure) => match operator.set {
            Some(Quantifier::Any) if !operator.negated && sure.iter().any(|value| any(value)) => Holds::Yes,
            Some(Quantifier::All) if !operator.negated && sure.iter().all(|value| any(value)) => Holds::Yes,
            _ => unknown(),
        },
    }
}

fn yes_or_no(holds: bool) -> Holds {
    if holds { Holds::Yes } else { Holds::No }
}

fn value_of(key: &str, asked: Asked<'_>) -> Value {
    let makes_grants = asked.operation == "CreateGrant";
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    if is("kms:CallerAccount") || is("aws:PrincipalAccount") {
        Value::Is(asked.account.to_string())
    } else if is("aws:PrincipalArn") {
        Value::Principal
    } else if is("kms:ViaService") {
        Value::Is(format!("rds.{}.amazonaws.com", asked.key.region()))
    } else if is("kms:GrantIsForAWSResource") {
        if makes_grants { Value::Is("true".to_owned()) } else { Value::Absent }
    } else if is("kms:GrantOperations") {
        if makes_grants { Value::AtLeast(&KEY_OPERATIONS) } else { Value::Absent }
    } else if is("kms:GrantConstraintType") && !makes_grants {
        Value::Absent
    } else {
        Value::Unknown
    }
}

/// A condition on the caller's ARN: which of the account's roles and users it leaves.
fn for_principals(operator: &Operator, condition: &Condition, asked: Asked<'_>) -> Holds {
    let id = asked.account.to_string();
    let mut some = vec![];
    for pattern in &condition.values {
        let mut parts = pattern.split(':').skip(4);
        let (account, resource) = (parts.next().unwrap_or("*"), parts.next().unwrap_or("*"));
        if account != id && !(operator.wild && matches(account, &id)) {
            continue;
        }
        if operator.wild && resource == "*" {
            return yes_or_no(!operator.negated);
        }
        some.push(Shown::from(pattern.as_str()));
    }
    match (some.is_empty(), operator.negated) {
        (true, false) => Holds::No,
        (true, true) => Holds::Yes,
        (false, false) => Holds::ForThese(some),
        // Everybody but some: who asks is not known.
        (false, true) => Holds::Unknown(condition.key.clone()),
    }
}

/// A condition operator, taken apart.
struct Operator {
    set: Option<Quantifier>,
    test: Test,
    negated: bool,
    /// Whether `*` and `?` mean something in its values.
    wild: bool,
    if_exists: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    Any,
    All,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Test {
    Text,
    AnyCase,
    Pattern,
    Arn,
    Bool,
    Null,
}

impl Operator {
    fn parse(word: &str) -> Option<Self> {
        let (set, name) = match word.split_once(':') {
            Some(("ForAnyValue", name)) => (Some(Quantifier::Any), name),
            Some(("ForAllValues", name)) => (Some(Quantifier::All), name),
            Some(_) => return None,
            None => (None, word),
        };
        let bare = name.strip_suffix("IfExists");
        let (test, negated) = match bare.unwrap_or(name) {
            "StringEquals" => (Test::Text, false),
            "StringNotEquals" => (Test::Text, true),
            "StringEqualsIgnoreCase" => (Test::AnyCase, false),
            "StringNotEqualsIgnoreCase" => (Test::AnyCase, true),
            "StringLike" => (Test::Pattern, false),
            "StringNotLike" => (Test::Pattern, true),
            "ArnEquals" | "ArnLike" => (Test::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Test::Arn, true),
            "Bool" => (Test::Bool, false),
            "Null" => (Test::Null, false),
            _ => return None,
        };
        let wild = matches!(test, Test::Pattern | Test::Arn);
        Some(Self { set, test, negated, wild, if_exists: bare.is_some() })
    }

    fn compares(&self, wanted: &str, value: &str) -> bool {
        match self.test {
            Test::Text => wanted == value,
            Test::AnyCase | Test::Bool => wanted.eq_ignore_ascii_case(value),
            Test::Pattern => matches(wanted, value),
            Test::Arn => {
                let (wanted, value) = (wanted.splitn(6, ':'), value.splitn(6, ':'));
                wanted.clone().count() == value.clone().count()
                    && wanted.zip(value).all(|(w, v)| matches(w, v))
            }
            Test::Null => false,
        }
    }

    /// Whether it holds for a request without the key.
    fn takes_absent(&self) -> bool {
        match self.set {
            Some(Quantifier::All) => true,
            Some(Quantifier::Any) => self.if_exists,
            None => self.if_exists || self.negated,
        }
    }
}
