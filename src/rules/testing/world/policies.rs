//! The key policies of the small world.
//!
//! Without a word a key admits its own account alone. `+policy:admits:222` lets an account do all that it
//! needs (KMS-17), `crypto` the same without CreateGrant, `grants-only` CreateGrant alone, `role` a role of the
//! account alone, `denied` everything and a Deny besides, `ec2` through EC2 alone, `vpce` from a VPC endpoint
//! alone, `ram` by the policy AWS_RAM, `world` everybody, `shut` nobody
//! at all, `admins-only` one role of the owner; `+policy:broken` is not JSON, `+policy:long:N` has a Sid of N letters. `+grant:222` is a grant,
//! `+bound-grant:222` one with constraints. `+policy:admits:222@cmk2` and `+grant:222@cmk2` are about that key alone.

use crate::domain::{BadPolicy, Grant, KeyArn, KeyPolicies, Policy, Region};

use super::{World, account, denied};

const CRYPTO: &str =
    r#""kms:DescribeKey","kms:Decrypt","kms:Encrypt","kms:ReEncrypt*","kms:GenerateDataKey*""#;

impl World {
    pub(super) fn policies(&self, key: &KeyArn) -> KeyPolicies {
        let owner = key.account().expect("BUG: a key without an owner");
        let partition = Region::new(key.region()).partition();
        let mut statements = vec![format!(
            r#"{{"Sid":"Owner","Effect":"Allow","Principal":{{"AWS":"arn:{partition}:iam::{owner}:root"}},"Action":"kms:*","Resource":"*"}}"#
        )];
        let mut aws_ram = None;
        let mut broken = false;
        for word in self.all("+policy:") {
            let Some(word) = of_key(word, key) else { continue };
            let (what, id) = word.split_once(':').unwrap_or((word, "222"));
            let root = match what {
                "long" => String::new(),
                _ => format!(r#"{{"AWS":"arn:aws:iam::{}:root"}}"#, account(id)),
            };
            let allow = |actions: &str, condition: &str| {
                format!(
                    r#"{{"Sid":"{what}","Effect":"Allow","Principal":{root},"Action":[{actions}],"Resource":"*"{condition}}}"#
                )
            };
            let everything = format!(r#"{CRYPTO},"kms:CreateGrant""#);
            match what {
                "admits" => statements.push(allow(&everything, "")),
                "crypto" => statements.push(allow(CRYPTO, "")),
                "grants-only" => statements.push(allow(r#""kms:CreateGrant""#, "")),
                "role" => {
                    statements.push(allow(&everything, "").replace(":root", ":role/Backup"));
                }
                "denied" => {
                    statements.push(allow(&everything, ""));
                    statements.push(format!(
                        r#"{{"Sid":"OnlyUs","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{{"StringNotEquals":{{"aws:PrincipalAccount":"{owner}"}}}}}}"#
                    ));
                }
                "shut" => statements.push(
                    r#"{"Sid":"Shut","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}"#
                        .to_owned(),
                ),
                "admins-only" => statements.push(format!(
                    r#"{{"Sid":"Admins","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{{"ArnNotLike":{{"aws:PrincipalArn":"arn:aws:iam::{owner}:role/Admin"}}}}}}"#
                )),
                "ec2" => statements.push(allow(
                    &everything,
                    &format!(
                        r#","Condition":{{"StringEquals":{{"kms:ViaService":"ec2.{}.amazonaws.com"}}}}"#,
                        key.region()
                    ),
                )),
                "vpce" => statements
                    .push(allow(&everything, r#","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#)),
                "world" => {
                    statements.push(allow(&everything, "").replace(&root, r#""*""#));
                }
                "ram" => aws_ram = Some(document(&[allow(&everything, "")])),
                "broken" => broken = true,
                "long" => statements[0] = statements[0]
                    .replace("Owner", &"x".repeat(id.parse::<usize>().expect("a number"))),
                _ => panic!("`+policy:{word}` is no policy of the language"),
            }
        }
        let operations = ["CreateGrant", "DescribeKey", "Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo"];
        let data_keys = ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"];
        let grant = |id: &str, constrained: bool| Grant {
            id: "g-1".into(),
            grantee: format!("arn:aws:iam::{}:root", account(id)).into(),
            operations: operations.iter().chain(&data_keys).map(|operation| (*operation).into()).collect(),
            constrained,
        };
        KeyPolicies {
            default: if broken { Policy::parse("{ not JSON") } else { document(&statements) },
            aws_ram,
            grants: if self.all("denied:").any(|what| what == "kms:ListGrants") {
                Err(denied("kms:ListGrants"))
            } else {
                let bound = self.all("+bound-grant:").map(|id| grant(id, true));
                let free = self.all("+grant:").filter_map(|id| of_key(id, key)).map(|id| grant(id, false));
                Ok(free.chain(bound).collect())
            },
        }
    }
}

/// What is said of all keys, or of this one by `@KEY`.
fn of_key<'w>(word: &'w str, key: &KeyArn) -> Option<&'w str> {
    let Some((word, name)) = word.split_once('@') else { return Some(word) };
    (super::keys::id(name) == key.id()).then_some(word)
}

fn document(statements: &[String]) -> Result<Policy, BadPolicy> {
    Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(",")))
}
