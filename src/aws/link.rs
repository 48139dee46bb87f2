//! The line to AWS: the program's one HTTPS client, or an AWS inside the process.
//!
//! Whatever the link, every request is serialised, signed and parsed by the SDK; only the bytes
//! travel differently. The in-process link opens no socket and reads no credentials.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// Answers a whole request with a whole response: an AWS that is a function.
pub type Wire = Arc<
    dyn Fn(http::Request<Bytes>) -> Pin<Box<dyn Future<Output = http::Response<Bytes>> + Send>> + Send + Sync,
>;

/// How AWS is reached.
#[derive(Clone)]
pub enum Link {
    /// Over HTTPS (rustls), with one connection pool for all accounts and regions.
    Network,
    /// Inside the process: no socket, no config files, no environment.
    InProcess {
        /// What answers.
        wire: Wire,
        /// The access key id that requests are signed with; it names the caller.
        access_key_id: String,
    },
}

impl Link {
    /// Makes the HTTP client that every SDK client shares (one of its own each would cost 170 KiB).
    pub(super) fn http_client(&self) -> SharedHttpClient {
        match self {
            Self::Network => aws_smithy_http_client::Builder::new()
                .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
                .build_https(),
            Self::InProcess { wire, .. } => SharedHttpClient::new(Inside(Arc::clone(wire))),
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network => "Network",
            Self::InProcess { .. } => "InProcess",
        })
    }
}

/// The wire as the SDK's client and connector.
#[derive(Clone)]
struct Inside(Wire);

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Inside")
    }
}

impl HttpClient for Inside {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Inside {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let wire = Arc::clone(&self.0);
        HttpConnectorFuture::new(async move {
            let (head, body) =
                request.try_into_http1x().map_err(|e| ConnectorError::user(e.into()))?.into_parts();
            // The operations that are used send forms and JSON, never a stream.
            let body = body.bytes().map(Bytes::copy_from_slice).unwrap_or_default();
            let answer = wire(http::Request::from_parts(head, body)).await;
            HttpResponse::try_from(answer.map(SdkBody::from))
                .map_err(|e| ConnectorError::other(e.into(), None))
        })
    }
}
