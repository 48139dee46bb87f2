//! Serves a cloud over HTTP/1.1, so that the AWS CLI, boto3 and any SDK can talk to it.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body_util::{BodyExt, Either, Full};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::cloud::{Cloud, Torn};

/// Answers every connection of a listener until `stop`; then lets calls under way end.
///
/// Anybody who reaches the listener is let in: it is the caller who sees to it that this is nobody but
/// this machine. Fails when the listener does.
pub async fn serve(
    cloud: Arc<Cloud>,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    // Nothing is ever sent: the end of the sender is what the connections wait for.
    let (closing, closed) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(converse(Arc::clone(&cloud), stream, closed.clone()))),
                // A peer that is gone before it is accepted is no trouble of the listener.
                Err(gone) if gone.kind() == std::io::ErrorKind::ConnectionAborted => {}
                Err(broken) => return Err(broken),
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(closing);
    while connections.join_next().await.is_some() {}
    Ok(())
}

/// Answers one connection until its client leaves it, or until the cloud closes and it is idle.
async fn converse(cloud: Arc<Cloud>, stream: TcpStream, mut closed: watch::Receiver<()>) {
    // Without it the end of a large answer waits for an acknowledgement; if it fails, it is slower, not wrong.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |ask| answer(Arc::clone(&cloud), ask));
    let mut connection =
        std::pin::pin!(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    // How a conversation ends, broken connections included, is the client's to notice.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = closed.changed() => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}

async fn answer(
    cloud: Arc<Cloud>,
    ask: Request<Incoming>,
) -> Result<Response<Either<Full<Bytes>, TornBody>>, hyper::Error> {
    let (parts, body) = ask.into_parts();
    let body = body.collect().await?.to_bytes();
    let response = cloud.answer(Request::from_parts(parts, body)).await;
    let (mut parts, body) = response.into_parts();
    Ok(match parts.extensions.remove::<Torn>() {
        None => Response::from_parts(parts, Either::Left(Full::new(body))),
        Some(Torn { whole }) => {
            parts.headers.insert("content-length", whole.into());
            Response::from_parts(parts, Either::Right(TornBody { next: TornPart::Send(body), whole }))
        }
    })
}

/// A body that promises more than it sends, and then breaks the connection.
#[derive(Debug)]
struct TornBody {
    next: TornPart,
    whole: usize,
}

/// What a torn body does next.
#[derive(Debug)]
enum TornPart {
    Send(Bytes),
    /// Wait a turn, in which what was sent leaves: an error in the same turn would hold it back.
    Leave,
    Break,
}

/// The connection is broken on purpose.
#[derive(Debug)]
struct BrokenOnPurpose;

impl std::fmt::Display for BrokenOnPurpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the fleet asks for a connection that breaks")
    }
}

impl std::error::Error for BrokenOnPurpose {}

impl From<Infallible> for BrokenOnPurpose {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Body for TornBody {
    type Data = Bytes;
    type Error = BrokenOnPurpose;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOnPurpose>>> {
        match std::mem::replace(&mut self.next, TornPart::Break) {
            TornPart::Send(part) => {
                self.next = TornPart::Leave;
                Poll::Ready(Some(Ok(Frame::data(part))))
            }
            TornPart::Leave => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            TornPart::Break => Poll::Ready(Some(Err(BrokenOnPurpose))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.whole as u64)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    use super::*;
    use crate::demo::trial::Trial;

    /// Sends two calls over one connection, stops the cloud, and gives all that came back.
    async fn converse(region: &serde_json::Value) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let cloud = Arc::new(Trial::of(region).cloud);
        let server = tokio::spawn(serve(cloud, listener, async { drop(stopped.await) }));
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let body = "Action=DescribeDBSnapshots&Version=2014-10-31";
        let ask = format!(
            "POST / HTTP/1.1\r\nhost: localhost\r\nauthorization: AWS4-HMAC-SHA256 \
             Credential=AKIA111111111111/20261124/us-east-1/rds/aws4_request\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let last = ask.replace("host:", "connection: close\r\nhost:");
        stream.write_all(format!("{ask}{last}").as_bytes()).await.expect("it listens");
        let mut said = String::new();
        stream.read_to_string(&mut said).await.expect("text");
        drop(stop);
        server.await.expect("no panic").expect("no error");
        said
    }

    #[tokio::test]
    async fn a_connection_is_kept_for_the_next_call_and_the_cloud_stops_when_told() {
        let said = converse(&serde_json::json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a"}]})).await;
        assert_eq!(said.matches("HTTP/1.1 200 OK").count(), 2);
        assert_eq!(said.matches("<DBSnapshotIdentifier>a</DBSnapshotIdentifier>").count(), 2);
    }

    #[tokio::test]
    async fn a_torn_answer_promises_more_than_it_sends() {
        let said = converse(&serde_json::json!({
            "DBSnapshots": [{"DBSnapshotIdentifier": "a"}, {"DBSnapshotIdentifier": "b"}, {"DBSnapshotIdentifier": "c"}],
            "Faults": [{"Operation": "*", "Body": "cut"}]}))
        .await;
        let (head, body) = said.split_once("\r\n\r\n").expect("a head");
        let promised = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
        assert!(body.len() < promised.parse().expect("a number"), "{} of {promised}", body.len());
        assert_eq!(said.matches("HTTP/1.1").count(), 1, "the connection broke");
    }
}
