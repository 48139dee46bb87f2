//! One call of AWS's API as bytes: who makes it, where, and what it says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hyper::Request;
use hyper::body::Bytes;
use snapdeck::demo::Cloud;

/// A call, flat as the query protocol writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) operation: &'static str,
    pub(crate) parameters: BTreeMap<String, String>,
}

/// What the cloud said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Accepted,
    Refused { code: String, message: String },
}

impl Sent {
    pub(crate) fn new(account: &impl ToString, region: &str, operation: &'static str) -> Self {
        Self {
            account: account.to_string(),
            region: region.to_owned(),
            operation,
            parameters: BTreeMap::new(),
        }
    }

    /// Adds a parameter.
    pub(crate) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Adds a parameter that has a value.
    pub(crate) fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a list, its members named as the query protocol does.
    pub(crate) fn list<T: AsRef<str>>(self, name: &str, member: &str, values: &[T]) -> Self {
        let numbered = values.iter().enumerate();
        numbered
            .fold(self, |sent, (n, value)| sent.with(format!("{name}.{member}.{}", n + 1), value.as_ref()))
    }

    /// Sends it to a cloud, as the role that the program assumes in the account.
    pub(crate) async fn to(&self, cloud: &Cloud) -> Said {
        let Self { account, region, operation, parameters } = self;
        let credential = format!("ASIA{account}0001/20261124/{region}/rds/aws4_request");
        let mut body = format!("Action={operation}");
        for (name, value) in parameters {
            let _ = write!(body, "&{}={}", escaped(name), escaped(value));
        }
        let ask = Request::post("/")
            .header("authorization", format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host"))
            .body(Bytes::from(body))
            .expect("BUG: a request of ours");
        let answer = cloud.answer(ask).await;
        if answer.status().is_success() {
            return Said::Accepted;
        }
        let text = String::from_utf8_lossy(answer.body()).into_owned();
        let element = |name: &str| {
            let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_default();
            rest.split('<').next().unwrap_or_default().to_owned()
        };
        Said::Refused { code: element("Code"), message: element("Message") }
    }
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().fold(String::new(), |mut all, byte| {
        if plain(byte) {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}
