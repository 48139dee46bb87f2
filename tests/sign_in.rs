//! Signing in on a terminal: codes of MFA devices, and commands that renew a session.
//!
//! The real binary in a pseudo terminal, with AWS config files of its own, against a demo cloud behind a socket.

mod code;
mod command;
mod trust;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use snapdeck::demo;
use tempfile::TempDir;

use crate::deck::{Deck, start_in};
use crate::pty::Ground;

/// A home folder with AWS config files, and the address of a cloud.
struct Home {
    folder: TempDir,
    endpoint: String,
}

impl Home {
    /// A cloud of this fleet, for as long as the test runs, and a config file for it.
    fn new(fleet: &Value, config: &str) -> Self {
        let fleet = demo::Fleet::parse(&fleet.to_string()).expect("a sound fleet");
        let cloud = Arc::new(demo::Cloud::new(fleet, 1000.0));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        listener.set_nonblocking(true).expect("a socket");
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                demo::serve(cloud, listener, std::future::pending()).await.expect("it serves");
            });
        });
        let home = Self { folder: tempfile::tempdir().expect("a folder"), endpoint };
        home.write(".aws/config", config);
        home
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    /// Puts a program where it is found first.
    fn program(&self, name: &str, script: &str) {
        let name = format!("bin/{name}");
        self.write(&name, &format!("#!/bin/sh\n{script}\n"));
        let path = self.path().join(name);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a program");
    }

    /// Starts snapdeck on this cloud in a terminal; the folder goes along.
    fn start(self, args: &[&str]) -> Deck {
        let path =
            format!("{}:{}", self.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
        let log = self.path().join("log").display().to_string();
        let own = ["--endpoint-url", &self.endpoint, "--region", "us-east-1", "--log", &log];
        start_in(self.folder, &[args, &own[..]].concat(), (110, 30), Ground::Dark, &[("PATH", &path)])
    }
}

/// Everything that was written below a folder, as text.
fn written(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.push_str(&written(&path));
        } else {
            all.push_str(&String::from_utf8_lossy(&std::fs::read(path).expect("a file")));
        }
    }
    all
}
