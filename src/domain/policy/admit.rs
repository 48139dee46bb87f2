//! A key policy with the statements that let other accounts use the key for RDS (KMS-17).
//!
//! What stands in the policy stays to the letter: the statements are put behind the last one, in the text
//! itself, and none is put there twice. So nothing that the policy says is widened, narrowed or lost.

use std::sync::Arc;

use super::Policy;
use crate::domain::json::Json;
use crate::domain::{AccountId, Partition};

/// What a change of a policy adds and takes away: statements, each as indented JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDiff {
    /// The statements that only the new policy has.
    pub added: Vec<String>,
    /// The statements that only the old policy has.
    pub removed: Vec<String>,
}

impl Policy {
    /// How many bytes a key policy may have (KMS quota "Key policy document size").
    pub const LONGEST: usize = 32_768;

    /// The document with what these accounts need to use the key for RDS; the same text when it has all that.
    pub fn admitting(&self, partition: Partition, accounts: &[AccountId]) -> Arc<str> {
        let mut all = statements(&self.text);
        let old = all.len();
        for mut statement in accounts.iter().flat_map(|account| offer(partition, *account)) {
            let body = statement.without("Sid");
            if all.iter().any(|other| other.without("Sid") == body) {
                continue;
            }
            rename(&mut statement, &all);
            all.push(statement);
        }
        match &all[old..] {
            [] => Arc::clone(&self.text),
            added => spliced(&self.text, added).into(),
        }
    }
}

impl PolicyDiff {
    /// What lies between two policies; a text that is no policy has no statements.
    pub fn between(old: &str, new: &str) -> Self {
        let (mut removed, mut added) = (statements(old), statements(new));
        removed.retain(|one| match added.iter().position(|other| other == one) {
            Some(at) => {
                added.remove(at);
                false
            }
            None => true,
        });
        let pretty = |all: Vec<Json>| all.iter().map(Json::pretty).collect();
        Self { added: pretty(added), removed: pretty(removed) }
    }
}

/// The two statements for an account: one for the use of the key, one for the grants that AWS services make.
fn offer(partition: Partition, account: AccountId) -> [Json; 2] {
    let text = |text: &str| Json::Text(text.to_owned());
    let object = |members: Vec<(&str, Json)>| {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let statement = |sid: &str, actions: &[&str]| {
        vec![
            ("Sid", Json::Text(format!("{sid}{account}"))),
            ("Effect", text("Allow")),
            ("Principal", object(vec![("AWS", Json::Text(format!("arn:{partition}:iam::{account}:root")))])),
            ("Action", Json::List(actions.iter().map(|action| text(action)).collect())),
            ("Resource", text("*")),
        ]
    };
    let uses = [
        "kms:CreateGrant",
        "kms:DescribeKey",
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:ReEncrypt*",
        "kms:GenerateDataKey*",
    ];
    let grants = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"];
    let for_services = object(vec![("Bool", object(vec![("kms:GrantIsForAWSResource", text("true"))]))]);
    let mut second = statement("AllowGrantsForAwsServicesBy", &grants);
    second.push(("Condition", for_services));
    [object(statement("AllowUseBy", &uses)), object(second)]
}

/// Gives a statement a `Sid` that none of the others has: AWS refuses two of the same.
fn rename(statement: &mut Json, others: &[Json]) {
    let taken = |sid: &str| {
        others.iter().any(|other| matches!(other.get("Sid"), Some(Json::Text(text)) if text == sid))
    };
    let Json::Object(members) = statement else { return };
    for (name, value) in members {
        if let (true, Json::Text(sid)) = (name == "Sid", value) {
            let numbered = (2..).map(|n| format!("{sid}{n}"));
            *sid = [sid.clone()].into_iter().chain(numbered).find(|sid| !taken(sid)).unwrap_or_default();
        }
    }
}

/// The statements of a document.
fn statements(text: &str) -> Vec<Json> {
    match Json::parse(text).ok().as_ref().and_then(|document| document.get("Statement")) {
        Some(Json::List(all)) => all.clone(),
        Some(one) => vec![one.clone()],
        None => vec![],
    }
}

/// The document with statements put behind its last one; a single statement becomes a list.
fn spliced(text: &str, added: &[Json]) -> String {
    let span = Json::span(text, "Statement").expect("BUG: a policy was read without statements");
    let added = added.iter().map(Json::compact).collect::<Vec<_>>().join(",");
    let old = &text[span.clone()];
    let new = match old.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) if list.trim().is_empty() => format!("[{added}]"),
        Some(list) => format!("[{},{added}]", list.trim_end()),
        None => format!("[{old},{added}]"),
    };
    format!("{}{new}{}", &text[..span.start], &text[span.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: &str = r#"{"Sid":"Owner","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"kms:*","Resource":"*"}"#;

    fn id(digit: char) -> AccountId {
        digit.to_string().repeat(12).parse().expect("an id")
    }

    fn admit(text: &str, accounts: &[AccountId]) -> String {
        Policy::parse(text).expect("a policy").admitting(Partition::Aws, accounts).to_string()
    }

    fn sids(text: &str) -> Vec<String> {
        let policy = Policy::parse(text).expect("a policy");
        policy.statements.iter().filter_map(|one| one.sid.as_ref()).map(ToString::to_string).collect()
    }

    #[test]
    fn statements_come_behind_the_last_one_and_all_else_stays_to_the_letter() {
        let old = format!(
            "{{ \"Version\" : \"2012-10-17\",\n  \"Statement\":[ {OWNER}\n ] , \"Id\":\"é\\u00e9\" }}\n"
        );
        let new = admit(&old, &[id('2'), id('3')]);
        let at = old.find(OWNER).expect("the owner's") + OWNER.len();
        assert!(new.starts_with(&old[..at]), "{new}");
        assert!(new.ends_with("] , \"Id\":\"é\\u00e9\" }\n"), "{new}");
        assert_eq!(
            sids(&new),
            [
                "Owner",
                "AllowUseBy222222222222",
                "AllowGrantsForAwsServicesBy222222222222",
                "AllowUseBy333333333333",
                "AllowGrantsForAwsServicesBy333333333333",
            ]
        );
    }

    #[test]
    fn a_single_statement_becomes_a_list_and_an_empty_list_is_filled() {
        let new = admit(&format!(r#"{{"Statement":{OWNER}}}"#), &[id('2')]);
        assert!(new.starts_with(&format!(r#"{{"Statement":[{OWNER},{{"Sid":"AllowUseBy2"#)), "{new}");
        let new = admit(r#"{"Statement": [ ], "Id": "x"}"#, &[id('2')]);
        assert!(new.starts_with(r#"{"Statement": [{"Sid":"#) && new.ends_with(r#"], "Id": "x"}"#), "{new}");
    }

    #[test]
    fn no_statement_is_added_twice_under_whatever_name_it_stands_there() {
        let once = admit(&format!(r#"{{"Statement":[{OWNER}]}}"#), &[id('2')]);
        assert_eq!(admit(&once, &[id('2'), id('2')]), once);
        let renamed = once
            .replace("AllowUseBy222222222222", "Mine")
            .replace(r#""Effect":"Allow","Principal""#, r#""Principal""#);
        let renamed = renamed.replace(r#""Resource":"*""#, r#""Resource":"*","Effect":"Allow""#);
        assert_eq!(admit(&renamed, &[id('2')]), renamed, "the order of members does not matter");
    }

    #[test]
    fn a_name_that_is_taken_is_not_given_again() {
        let other = OWNER.replace("\"Owner\"", "\"AllowUseBy222222222222\"");
        let new = admit(&format!(r#"{{"Statement":[{other}]}}"#), &[id('2')]);
        assert_eq!(
            sids(&new),
            ["AllowUseBy222222222222", "AllowUseBy2222222222222", "AllowGrantsForAwsServicesBy222222222222"]
        );
    }

    #[test]
    fn a_diff_shows_whole_statements_and_nothing_that_stayed() {
        let old = format!(r#"{{"Statement":{OWNER}}}"#);
        let new = admit(&old, &[id('2')]);
        let diff = PolicyDiff::between(&old, &new);
        assert_eq!((diff.added.len(), diff.removed.len()), (2, 0));
        assert!(
            diff.added[0].starts_with("{\n  \"Sid\": \"AllowUseBy222222222222\",\n"),
            "{}",
            diff.added[0]
        );
        let back = PolicyDiff::between(&new, &old);
        assert_eq!((&back.removed, back.added.len()), (&diff.added, 0));
        assert_eq!(PolicyDiff::between(&old, &old), PolicyDiff { added: vec![], removed: vec![] });
    }
}
