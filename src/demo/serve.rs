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
            Response::from_parts(parts, Either::Right(TornBody { sent: Some(body), whole }))
        }
    })
}

/// A body that promises more than it sends, and then breaks the connection.
#[derive(Debug)]
struct TornBody {
    sent: Option<Bytes>,
    whole: usize,
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
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOnPurpose>>> {
        Poll::Ready(Some(self.sent.take().map(Frame::data).ok_or(BrokenOnPurpose)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.whole as u64)
    }
}
