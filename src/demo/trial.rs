//! A cloud under test: small fleets in, texts of answers out.

use hyper::body::Bytes;
use hyper::{Request, Response};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use super::{Cloud, Fleet};

/// A cloud, and who asks it: account 111111111111 in us-east-1, unless told otherwise.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) cloud: Cloud,
    pub(crate) access_key: String,
    pub(crate) region: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Trial {
    /// A cloud of that fleet.
    pub(crate) fn new(fleet: &Value) -> Self {
        let fleet = Fleet::parse(&fleet.to_string()).expect("a sound fleet");
        Self {
            cloud: Cloud::new(fleet, 1.0),
            access_key: "AKIA111111111111".into(),
            region: "us-east-1".into(),
        }
    }

    /// A cloud whose account 111111111111 has this, and only this, in us-east-1.
    pub(crate) fn of(region: &Value) -> Self {
        Self::new(&json!({"now": "2026-11-24T03:00:00Z", "accounts": {
            "111111111111": {"regions": {"us-east-1": region}}, "222222222222": {}}}))
    }

    /// The same cloud, asked by another account from now on.
    pub(crate) fn caller(mut self, account: &str) -> Self {
        self.access_key = format!("AKIA{account}");
        self
    }

    /// Calls an operation of RDS with parameters as `Name=value&Name=value`.
    pub(crate) async fn rds(&self, operation: &str, params: &str) -> Said {
        self.query("rds", operation, params).await
    }

    /// Calls an operation of STS.
    pub(crate) async fn sts(&self, operation: &str, params: &str) -> Said {
        self.query("sts", operation, params).await
    }

    /// Calls an operation of KMS.
    pub(crate) async fn kms(&self, operation: &str, params: Value) -> Said {
        let ask = Request::post("/")
            .header("authorization", self.authorization("kms"))
            .header("x-amz-target", format!("TrentService.{operation}"))
            .body(Bytes::from(params.to_string()))
            .expect("BUG: a request of ours");
        Said::from(self.cloud.answer(ask).await)
    }

    async fn query(&self, service: &str, operation: &str, params: &str) -> Said {
        let ask = Request::post("/")
            .header("authorization", self.authorization(service))
            .body(Bytes::from(format!("Action={operation}&{params}")))
            .expect("BUG: a request of ours");
        Said::from(self.cloud.answer(ask).await)
    }

    fn authorization(&self, service: &str) -> String {
        let Self { access_key, region, .. } = self;
        format!(
            "AWS4-HMAC-SHA256 Credential={access_key}/20261124/{region}/{service}/aws4_request, SignedHeaders=host"
        )
    }
}

impl Said {
    /// The texts of all elements of that name, in order.
    pub(crate) fn texts(&self, element: &str) -> Vec<String> {
        let mut reader = Reader::from_str(&self.body);
        let mut texts = Vec::new();
        let mut inside = false;
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(start) if start.name().as_ref() == element => {
                    inside = true;
                    texts.push(String::new());
                }
                Event::Text(text) if inside => {
                    texts.last_mut().expect("BUG: inside").push_str(&text.xml10_content());
                }
                Event::End(_) => inside = false,
                Event::Eof => return texts,
                _ => {}
            }
        }
    }

    /// The text of the one element of that name; empty if there is none.
    pub(crate) fn text(&self, element: &str) -> String {
        let texts = self.texts(element);
        assert!(texts.len() < 2, "{element} is there more than once: {texts:?}");
        texts.into_iter().next().unwrap_or_default()
    }

    /// The error code.
    pub(crate) fn code(&self) -> String {
        match self.json() {
            Some(json) => json["__type"].as_str().unwrap_or_default().to_owned(),
            None => self.text("Code"),
        }
    }

    /// The body as JSON, if it is.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }
}

impl From<Response<Bytes>> for Said {
    fn from(response: Response<Bytes>) -> Self {
        let status = response.status().as_u16();
        Self { status, body: String::from_utf8_lossy(response.body()).into_owned() }
    }
}
