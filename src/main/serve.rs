//! `snapdeck cloud`: the demo cloud for other programs.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Report, WrapErr as _};
use snapdeck::cli::{Exit, ServeCloud};
use snapdeck::demo;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Serves until it is asked to end; the first line of its output tells the address.
pub(crate) async fn serve(serve: &ServeCloud) -> Result<ExitCode, Report> {
    let cloud = Arc::new(demo::Cloud::new(super::world::fleet(serve.fleet.as_ref())?, serve.speed));
    let listener = TcpListener::bind(serve.listen)
        .await
        .wrap_err_with(|| format!("cannot listen on {}", serve.listen))?;
    let address = listener.local_addr()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    out.flush()?;
    drop(out);
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    demo::serve(cloud, listener, stop).await.wrap_err("the demo cloud broke down")?;
    Ok(Exit::Done.into())
}
