//! Certificates: those of a bundle are trusted, and no others; a bundle that cannot be used is told.
//!
//! The keys beside this file open nothing but this test's own server.

use std::process::{Command, Output};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;
use tokio_rustls::TlsAcceptor;

use super::Home;

const ROOT: &str = include_str!("tls/root.pem");

fn home() -> Home {
    let fleet = json!({"caller": "111111111111", "latency_ms": 1, "accounts": {"111111111111": {"regions": {
        "us-east-1": {"DBSnapshots": [{"DBSnapshotIdentifier": "orders-final", "Engine": "mysql"}]}}}}});
    let config = "[profile prod]\nregion = us-east-1\naws_access_key_id = AKIA111111111111\n\
        aws_secret_access_key = s\n";
    let home = Home::new(&fleet, config);
    home.write("root.pem", ROOT);
    home
}

/// Puts a server with a certificate of its own in front of a cloud; its address.
fn behind_tls(cloud: &str) -> String {
    let certificate =
        CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a key of that certificate");
    let (acceptor, cloud) =
        (TlsAcceptor::from(Arc::new(config)), cloud.trim_start_matches("http://").to_owned());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("https://{}", listener.local_addr().expect("an address"));
    listener.set_nonblocking(true).expect("a socket");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            loop {
                let (stream, _) = listener.accept().await.expect("a caller");
                let (acceptor, cloud) = (acceptor.clone(), cloud.clone());
                tokio::spawn(async move {
                    // Whoever does not trust the certificate hangs up.
                    let Ok(mut caller) = acceptor.accept(stream).await else { return };
                    let mut there = tokio::net::TcpStream::connect(cloud).await.expect("the cloud");
                    let _ = tokio::io::copy_bidirectional(&mut caller, &mut there).await;
                });
            }
        });
    });
    address
}

fn list(home: &Home, endpoint: &str, bundle: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_snapdeck"));
    command
        .args(["list", "--profile", "prod", "--region", "us-east-1", "--endpoint-url", endpoint])
        .env_clear()
        .env("HOME", home.path());
    if let Some(bundle) = bundle {
        command.env("AWS_CA_BUNDLE", home.path().join(bundle));
    }
    // A machine with much else to do can be too slow for a handshake without optimisation: that tells nothing of trust.
    let answers = (0..5).map(|_| command.output().expect("it runs"));
    let too_slow = |done: &Output| String::from_utf8_lossy(&done.stderr).contains("within the time limit");
    let mut in_time = answers.filter(|done| !too_slow(done));
    in_time.next().expect("an answer within the time limit")
}

#[test]
fn the_certificates_of_a_bundle_are_trusted_and_no_others() {
    let home = home();
    let endpoint = behind_tls(&home.endpoint);
    let done = list(&home, &endpoint, Some("root.pem"));
    assert!(String::from_utf8_lossy(&done.stdout).contains("orders-final"), "{done:?}");
    assert_eq!(done.status.code(), Some(0));
    let refused = list(&home, &endpoint, None);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("certificate"), "{refused:?}");
    assert_eq!(refused.status.code(), Some(1));
}

#[test]
fn a_bundle_that_cannot_be_used_is_named() {
    let home = home();
    home.write("empty.pem", "");
    for (bundle, said) in
        [("none.pem", "none.pem cannot be read"), ("empty.pem", "there is no certificate in it")]
    {
        let done = list(&home, &home.endpoint, Some(bundle));
        let words = String::from_utf8_lossy(&done.stderr);
        assert!(words.contains("AWS_CA_BUNDLE") && words.contains(said), "{words}");
        assert_ne!(done.status.code(), Some(0));
    }
}
