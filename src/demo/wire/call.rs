//! One call as it arrives: who calls what, where, with which parameters.
//!
//! The credential scope of the Authorization header says it all: access key, region and service. The
//! signature itself is not checked: this cloud keeps nobody out.

use hyper::body::Bytes;
use hyper::{Method, Request};

use super::params::{Params, Service};
use super::refusal::Refusal;

/// A call of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) service: Service,
    /// The operation's name, as `DescribeDBSnapshots`.
    pub(crate) operation: String,
    /// The account that calls.
    pub(crate) account: String,
    /// The region that the call is signed for.
    pub(crate) region: String,
    /// The access key id that signs.
    pub(crate) access_key: String,
    pub(crate) params: Params,
}

/// The credential scope of a request, before anything else of it is understood.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) service: Service,
    pub(crate) region: String,
    pub(crate) access_key: String,
}

impl Scope {
    /// Reads the Authorization header.
    pub(crate) fn of(ask: &Request<Bytes>) -> Result<Self, Refusal> {
        let header = ask
            .headers()
            .get("authorization")
            .ok_or_else(|| {
                Refusal::new("MissingAuthenticationToken", "Request is missing Authentication Token")
                    .status(403)
            })?
            .to_str()
            .unwrap_or_default();
        let incomplete = || {
            Refusal::new(
                "IncompleteSignature",
                "Authorization header requires 'Credential' parameter of the form \
                 access-key/date/region/service/aws4_request.",
            )
        };
        let (_, credential) = header.split_once("Credential=").ok_or_else(incomplete)?;
        let mut parts = credential.split([',', ' ']).next().unwrap_or_default().split('/');
        let (Some(access_key), Some(_date), Some(region), Some(service)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(incomplete());
        };
        let service = Service::of(service).ok_or_else(|| {
            Refusal::new("InvalidAction", format!("This cloud has no service that is signed as {service}."))
        })?;
        Ok(Self { service, region: region.to_owned(), access_key: access_key.to_owned() })
    }

    /// The account whose twelve digits stand in the access key id, if any do.
    pub(crate) fn account(&self) -> Option<&str> {
        account_in(&self.access_key)
    }
}

impl Call {
    /// Reads the operation and its parameters.
    pub(crate) fn read(scope: Scope, account: String, ask: &Request<Bytes>) -> Result<Self, Refusal> {
        let (operation, params) = match scope.service {
            Service::Rds | Service::Sts => query(scope.service, ask)?,
            Service::Kms => json(scope.service, ask)?,
        };
        let Scope { service, region, access_key } = scope;
        Ok(Self { service, operation, account, region, access_key, params })
    }
}

/// In whose words to refuse a request whose service is not known.
pub(crate) fn dialect(ask: &Request<Bytes>) -> Service {
    if ask.headers().contains_key("x-amz-target") { Service::Kms } else { Service::Rds }
}

/// The first twelve consecutive digits of an access key id.
fn account_in(access_key: &str) -> Option<&str> {
    access_key
        .split(|letter: char| !letter.is_ascii_digit())
        .find(|digits| digits.len() >= 12)
        .map(|digits| &digits[..12])
}

fn query(service: Service, ask: &Request<Bytes>) -> Result<(String, Params), Refusal> {
    let form = if ask.method() == Method::GET {
        ask.uri().query().unwrap_or_default().into()
    } else {
        String::from_utf8_lossy(ask.body())
    };
    let params = Params::from_form(service, &form);
    let operation = params
        .text("Action")
        .ok_or_else(|| Refusal::new("MissingAction", "The request must contain the parameter Action."))?
        .to_owned();
    Ok((operation, params))
}

fn json(service: Service, ask: &Request<Bytes>) -> Result<(String, Params), Refusal> {
    let operation = ask
        .headers()
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok())
        .and_then(|target| target.strip_prefix("TrentService."))
        .ok_or_else(|| Refusal::new("UnknownOperationException", "X-Amz-Target names no operation of KMS."))?
        .to_owned();
    let body = serde_json::from_slice(ask.body())
        .map_err(|broken| Refusal::new("SerializationException", broken.to_string()))?;
    Ok((operation, Params::from_json(service, &body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(authorization: &str) -> Result<Scope, Refusal> {
        Scope::of(
            &Request::builder()
                .header("authorization", authorization)
                .body(Bytes::new())
                .expect("BUG: a request with one header"),
        )
    }

    #[test]
    fn twelve_digits_of_an_access_key_name_its_account() {
        assert_eq!(account_in("AKIA111111111111"), Some("111111111111"));
        assert_eq!(account_in("ASIA222222222222AB7C"), Some("222222222222"));
        assert_eq!(account_in("AKIAIOSFODNN7EXAMPLE"), None);
        assert_eq!(account_in("AKIA12345678901X1"), None);
    }

    #[test]
    fn the_credential_scope_says_who_calls_what_where() {
        let scope = scope(
            "AWS4-HMAC-SHA256 Credential=AKIA111111111111/20261124/eu-west-1/kms/aws4_request, SignedHeaders=host, \
             Signature=00",
        )
        .expect("a good header");
        assert_eq!((scope.service, scope.region.as_str()), (Service::Kms, "eu-west-1"));
        assert_eq!(scope.account(), Some("111111111111"));
    }

    #[test]
    fn a_call_without_a_signature_is_refused() {
        let refusal = Scope::of(&Request::new(Bytes::new())).expect_err("nobody calls");
        assert_eq!((refusal.code.as_str(), refusal.status), ("MissingAuthenticationToken", 403));
        assert_eq!(scope("Bearer x").expect_err("not SigV4").code, "IncompleteSignature");
        assert_eq!(
            scope("AWS4-HMAC-SHA256 Credential=A/d/r/s3/aws4_request").expect_err("S3").code,
            "InvalidAction"
        );
    }
}
