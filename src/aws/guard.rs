//! The guard at the SDK's door: answers that were cut short are refused, throttling ones are noted.
//!
//! The SDK takes a well-framed body that ends in the middle of a list for a shorter, last page,
//! without an error. Every query-protocol answer is therefore looked at once more: it must end
//! as it began. The SDK does not retry this refusal; whoever asked asks again.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use super::pace::Pace;

/// The protocol of a service, as far as a whole answer can be told from half of one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Protocol {
    /// XML (RDS, STS).
    Query,
    /// JSON (KMS): half a document does not parse, and needs no guard.
    Json,
}

/// Looks at every answer before the caller sees it.
#[derive(Debug)]
pub(super) struct Guard {
    protocol: Protocol,
    pace: Arc<Pace>,
}

impl Guard {
    pub(super) fn new(protocol: Protocol, pace: Arc<Pace>) -> Self {
        Self { protocol, pace }
    }
}

impl Intercept for Guard {
    fn name(&self) -> &'static str {
        "snapdeck::Guard"
    }

    // Only here the body is in memory, whatever transport brought it.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let body = response.body().bytes().unwrap_or_default();
        if !response.status().is_success() {
            if response.status().as_u16() == 429 || names_throttling(body) {
                self.pace.slow_down();
            }
            return Ok(());
        }
        match self.protocol {
            Protocol::Query => Ok(check(body)?),
            Protocol::Json => Ok(()),
        }
    }
}

/// The codes with which AWS asks to slow down.
pub(super) const THROTTLING: [&str; 11] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "EC2ThrottledException",
];

fn names_throttling(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    THROTTLING.iter().any(|code| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == *code))
}

/// Why an answer is not a whole document of the query protocol.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is no XML at all.
    NotXml,
    /// It begins as XML and does not end as an answer.
    CutShort,
}

fn check(body: &[u8]) -> Result<(), Broken> {
    let body = body.trim_ascii();
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    match (body.starts_with(b"<"), body.ends_with(b"Response>")) {
        (true, true) => Ok(()),
        (true, false) => Err(Broken::CutShort),
        (false, _) => Err(Broken::NotXml),
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotXml => "the answer is not XML",
            Self::CutShort => "the answer was cut short",
        })
    }
}

impl Error for Broken {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_document_that_ends_as_an_answer_is_whole() {
        assert_eq!(check(b"<?xml version=\"1.0\"?><AResponse></AResponse>\n"), Ok(()));
        assert_eq!(check(b"<AResponse><List><Item/>"), Err(Broken::CutShort));
        assert_eq!(check(b"<html></html>"), Err(Broken::CutShort));
        assert_eq!(check(b"{\"a\": 1}"), Err(Broken::NotXml));
        assert_eq!(check(b""), Err(Broken::NotXml));
    }

    #[test]
    fn throttling_is_recognised_in_both_protocols() {
        assert!(names_throttling(b"<Error><Code>Throttling</Code>"));
        assert!(names_throttling(br#"{"__type":"com.amazonaws#ThrottlingException"}"#));
        assert!(!names_throttling(b"<Error><Code>AccessDenied</Code>"));
    }
}
