//! The network's client: it tells the gate how long answers take to begin, and keeps large answers apart from small ones.

use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use tokio::time::Instant;

use super::gate;

/// A client whose answers are timed.
///
/// A connection keeps as much room as its largest answer took, up to 400 KiB: pages have connections of their own, so
/// that a hundred others stay small.
///
/// No SDK client validates it once more: the one inside would make a connector for that each time and read all
/// certificates of this machine, some 5 ms for each scope's clients. One that cannot be made fails at the first call.
#[derive(Debug, Clone)]
pub(super) struct Timed {
    /// For pages that are mostly full.
    pub(super) pages: SharedHttpClient,
    /// For everything else.
    pub(super) rest: SharedHttpClient,
}

impl HttpClient for Timed {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let [pages, rest] = [&self.pages, &self.rest].map(|one| one.http_connector(settings, components));
        SharedHttpConnector::new(TimedConnector { pages, rest })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.rest.connector_metadata()
    }
}

#[derive(Debug)]
struct TimedConnector {
    pages: SharedHttpConnector,
    rest: SharedHttpConnector,
}

impl HttpConnector for TimedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let line = if gate::is_for_a_page() { &self.pages } else { &self.rest };
        let (answer, asked) = (line.call(request), Instant::now());
        HttpConnectorFuture::new(async move {
            let answer = answer.await?;
            gate::note(asked.elapsed());
            Ok(answer)
        })
    }
}
