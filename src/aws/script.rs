//! A scripted AWS for tests: a function of a request answers it, through the real SDK.
//!
//! What no script answers is answered as by an empty account, and every request is noted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::{Request, Response};

use super::{Aws, Link, Wire};
use crate::domain::{Access, AccountSource, Region, RegionChoice, Scope, Setup};
use crate::ports::{Arrival, Cloud as _};

/// The account of the scripts.
pub(super) const ACCOUNT: &str = "111111111111";

/// A request, read.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    /// The operation, as `DescribeKey`.
    pub(super) operation: String,
    pub(super) region: String,
    pub(super) access_key_id: String,
    /// The form of a query, or the JSON text under `""`.
    fields: HashMap<String, String>,
}

impl Ask {
    pub(super) fn read(request: &Request<Bytes>) -> Self {
        let head =
            |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let credential = head("authorization").split("Credential=").nth(1).unwrap_or_default();
        let parts: Vec<&str> = credential.split(['/', ',']).collect();
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let target = head("x-amz-target").rsplit('.').next().unwrap_or_default().to_owned();
        let fields: HashMap<String, String> = if target.is_empty() {
            let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
            pairs.map(|(name, value)| (name.to_owned(), decode(value))).collect()
        } else {
            HashMap::from([(String::new(), body)])
        };
        let operation = fields.get("Action").cloned().unwrap_or(target);
        let part = |n: usize| parts.get(n).map(|part| (*part).to_owned()).unwrap_or_default();
        Self { operation, access_key_id: part(0), region: part(2), fields }
    }

    /// A field of the query; empty when it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Whether the query has a field of this name, or of one that begins so and ends in a dot, with this value.
    pub(super) fn has(&self, (name, value): &(String, String)) -> bool {
        let is_it = |own: &str| own == name || (name.ends_with('.') && own.starts_with(name.as_str()));
        self.fields.iter().any(|(own, held)| is_it(own) && held == value)
    }

    /// Whether the JSON holds this text.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.get("").contains(text)
    }

    /// Whether this lists an account's own instance snapshots.
    pub(super) fn is_own_instances(&self) -> bool {
        self.operation == "DescribeDBSnapshots" && self.get("SnapshotType").is_empty()
    }
}

fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&hex, 16).expect("a percent code")
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// An answer of a script.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) after: Duration,
}

impl Answer {
    pub(super) fn body(body: impl Into<String>) -> Self {
        Self { status: 200, body: body.into(), after: Duration::ZERO }
    }

    /// A result of the query protocol.
    pub(super) fn xml(operation: &str, result: &str) -> Self {
        Self::body(format!(
            "<{operation}Response><{operation}Result>{result}</{operation}Result>\
             <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></{operation}Response>"
        ))
    }

    /// A refusal; the same for both protocols, so that a script need not care.
    pub(super) fn error(code: &str, message: &str) -> Self {
        let status = if code.starts_with("Throttl") { 400 } else { 403 };
        let body = format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>r-1</RequestId></ErrorResponse>"
        );
        Self { status, ..Self::body(body) }
    }

    /// A refusal of KMS.
    pub(super) fn json_error(code: &str, message: &str) -> Self {
        Self { status: 400, ..Self::body(format!(r#"{{"__type":"{code}","message":"{message}"}}"#)) }
    }

    /// A page of instance snapshots, of these names.
    pub(super) fn instances(names: &[&str], marker: Option<&str>) -> Self {
        let rows: String = names.iter().map(|name| instance(name)).collect();
        let marker = marker.map(|marker| format!("<Marker>{marker}</Marker>")).unwrap_or_default();
        Self::xml("DescribeDBSnapshots", &format!("<DBSnapshots>{rows}</DBSnapshots>{marker}"))
    }

    pub(super) fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }

    /// What an empty account answers.
    fn empty(ask: &Ask) -> Self {
        match ask.operation.as_str() {
            "GetCallerIdentity" => Self::xml(
                "GetCallerIdentity",
                &format!("<Arn>arn:aws:iam::{ACCOUNT}:user/dba</Arn><Account>{ACCOUNT}</Account>"),
            ),
            "ListAliases" => Self::body(r#"{"Aliases": [], "Truncated": false}"#),
            operation if operation.starts_with("Describe") => Self::xml(operation, ""),
            other => panic!("no answer to {other}"),
        }
    }
}

/// An instance snapshot as RDS writes it; `rds:DB-...` is an automated one of database DB.
pub(super) fn instance(name: &str) -> String {
    let kind = if name.starts_with("rds:") { "automated" } else { "manual" };
    let database = name.trim_start_matches("rds:").split('-').next().unwrap_or_default();
    format!(
        "<DBSnapshot><DBSnapshotIdentifier>{name}</DBSnapshotIdentifier>\
         <DBInstanceIdentifier>{database}</DBInstanceIdentifier><Engine>postgres</Engine>\
         <SnapshotType>{kind}</SnapshotType><Status>available</Status>\
         <AllocatedStorage>20</AllocatedStorage><Encrypted>false</Encrypted></DBSnapshot>"
    )
}

/// What was asked, in order.
pub(super) type Log = Arc<Mutex<Vec<Ask>>>;

/// A cloud that a script answers.
pub(super) fn cloud(
    setup: Setup,
    script: impl Fn(&Ask) -> Option<Answer> + Send + Sync + 'static,
) -> (Aws, Log) {
    let log = Log::default();
    let asked = Arc::clone(&log);
    let wire: Wire = Arc::new(move |request| {
        let ask = Ask::read(&request);
        asked.lock().expect("a log").push(ask.clone());
        let answer = script(&ask).unwrap_or_else(|| Answer::empty(&ask));
        Box::pin(async move {
            if !answer.after.is_zero() {
                tokio::time::sleep(answer.after).await;
            }
            let response = Response::builder().status(answer.status).header("x-amzn-requestid", "r-1");
            response.body(Bytes::from(answer.body)).expect("a response")
        })
    });
    (Aws::new(setup, Link::InProcess { wire, access_key_id: "AKIA111111111111".into() }), log)
}

/// A setup that names nothing.
pub(super) fn plain() -> Setup {
    Setup {
        accounts: AccountSource::DefaultChain,
        access: Access::ReadWrite,
        regions: RegionChoice::Default,
        endpoint: None,
        known: Vec::new(),
    }
}

/// A scope of the scripts' account.
pub(super) fn scope(region: &str) -> Scope {
    Scope { account: ACCOUNT.parse().expect("an id"), region: Region::new(region) }
}

/// A cloud that a script answers, signed in to; its log begins afterwards.
pub(super) async fn signed_in(script: impl Fn(&Ask) -> Option<Answer> + Send + Sync + 'static) -> (Aws, Log) {
    let (aws, log) = cloud(plain(), script);
    aws.sign_in(&"default".into()).await.expect("signed in");
    log.lock().expect("a log").clear();
    (aws, log)
}

/// Reads a scope; its end, and the names of the rows in the order in which they came.
pub(super) async fn read(aws: &Aws, region: &str) -> (Result<(), crate::domain::Fault>, Vec<String>) {
    let rows = Mutex::new(Vec::new());
    let sink = |arrival| {
        let Arrival::Rows(page) = arrival else { return };
        rows.lock().expect("rows").extend(page.iter().map(|row| row.arn.exact_name().to_owned()));
    };
    let end = aws.read(&scope(region), &sink).await;
    (end, rows.into_inner().expect("rows"))
}
