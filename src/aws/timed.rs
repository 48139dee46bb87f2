//! The network's client: it tells the gate how long answers take to begin.

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
/// No SDK client validates it once more: the one inside would make a connector for that each time and read all
/// certificates of this machine, some 5 ms for each scope's clients. One that cannot be made fails at the first call.
#[derive(Debug, Clone)]
pub(super) struct Timed(pub(super) SharedHttpClient);

impl HttpClient for Timed {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(TimedConnector(self.0.http_connector(settings, components)))
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

#[derive(Debug)]
struct TimedConnector(SharedHttpConnector);

impl HttpConnector for TimedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (answer, asked) = (self.0.call(request), Instant::now());
        HttpConnectorFuture::new(async move {
            let answer = answer.await?;
            gate::note(asked.elapsed());
            Ok(answer)
        })
    }
}
