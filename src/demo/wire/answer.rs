//! Wraps what an operation says into the HTTP answer of its service.

use hyper::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::params::Service;
use super::refusal::Refusal;
use super::xml::Xml;

const RDS: &str = "http://rds.amazonaws.com/doc/2014-10-31/";
const STS: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The answer of a query operation: `<OpResponse><OpResult>...`; without anything to say, no result.
pub(crate) fn xml(service: Service, operation: &str, said: &Xml, request_id: &str) -> Response<Bytes> {
    let namespace = namespace(service);
    let said = said.as_str();
    let result = if said.is_empty() {
        String::new()
    } else {
        format!("<{operation}Result>{said}</{operation}Result>")
    };
    let body = format!(
        "<{operation}Response xmlns=\"{namespace}\">{result}<ResponseMetadata><RequestId>{request_id}</RequestId>\
         </ResponseMetadata></{operation}Response>"
    );
    respond(200, "text/xml", request_id, body)
}

/// The answer of a JSON operation; without anything to say, an empty body.
pub(crate) fn json(said: &Value, request_id: &str) -> Response<Bytes> {
    let body = if said.is_null() { String::new() } else { said.to_string() };
    respond(200, "application/x-amz-json-1.1", request_id, body)
}

/// A refusal, in the words of the service.
pub(crate) fn refusal(service: Service, refusal: &Refusal, request_id: &str) -> Response<Bytes> {
    let Refusal { code, message, status } = refusal;
    match service {
        Service::Kms => {
            let body = json!({"__type": code, "message": message}).to_string();
            let mut response = respond(*status, "application/x-amz-json-1.1", request_id, body);
            if let Ok(code) = code.parse() {
                response.headers_mut().insert("x-amzn-errortype", code);
            }
            response
        }
        Service::Rds | Service::Sts => {
            let mut error = Xml::new();
            error.element("Error", |xml| {
                let blamed = if *status < 500 { "Sender" } else { "Receiver" };
                xml.text("Type", blamed).text("Code", code).text("Message", message);
            });
            error.text("RequestId", request_id);
            let namespace = namespace(service);
            let body = format!("<ErrorResponse xmlns=\"{namespace}\">{}</ErrorResponse>", error.as_str());
            respond(*status, "text/xml", request_id, body)
        }
    }
}

fn namespace(service: Service) -> &'static str {
    if service == Service::Sts { STS } else { RDS }
}

fn respond(status: u16, content_type: &str, request_id: &str, body: String) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .header("content-length", body.len())
        .header("x-amzn-requestid", request_id)
        .body(body.into())
        .expect("BUG: the status of an answer is one of HTTP's, and its headers are ours")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_reads_as_its_service_writes_it() {
        let denied = Refusal::denied("no <b>");
        let xml = refusal(Service::Rds, &denied, "id");
        assert_eq!(xml.status(), 403);
        assert_eq!(
            String::from_utf8_lossy(xml.body()),
            "<ErrorResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><Error><Type>Sender</Type><Code>\
             AccessDenied</Code><Message>no &lt;b&gt;</Message></Error><RequestId>id</RequestId></ErrorResponse>"
        );
        let json = refusal(Service::Kms, &Refusal::new("NotFoundException", "gone"), "id");
        assert_eq!(json.headers()["x-amzn-errortype"], "NotFoundException");
        assert_eq!(
            String::from_utf8_lossy(json.body()),
            r#"{"__type":"NotFoundException","message":"gone"}"#
        );
    }
}
