//! A home for the program: its settings, and credentials that lead to the accounts that are served.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::fleet::{REGIONS, account};

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_snapdeck");

/// How the accounts are signed in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignIn {
    /// A profile each, with keys.
    Profiles,
    /// A role each, all assumed by one profile.
    Roles,
    /// A profile each, in a file that never comes to its end.
    Mute,
}

/// A folder that is gone with it.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new(sign_in: SignIn, accounts: usize) -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        let regions: Vec<String> = REGIONS.iter().map(|region| format!("\"{region}\"")).collect();
        let mut settings = format!("regions = [{}]\n", regions.join(", "));
        let mut keys = String::new();
        let mut key = |profile: &str, account: &str| {
            let _ = writeln!(
                keys,
                "[{profile}]\naws_access_key_id = AKIA{account}\naws_secret_access_key = secret\n"
            );
        };
        key("base", &account(999));
        for n in 0..accounts {
            let (name, account) = (format!("team-{n}"), account(n));
            key(&name, &account);
            let way = match sign_in {
                SignIn::Profiles | SignIn::Mute => format!("profile = \"{name}\""),
                SignIn::Roles => {
                    format!("role_arn = \"arn:aws:iam::{account}:role/ro\"\nsource_profile = \"base\"")
                }
            };
            let _ = writeln!(settings, "[[accounts]]\nname = \"{name}\"\n{way}\n");
        }
        fs::write(home.path().join("config.toml"), settings).expect("a file");
        fs::write(home.path().join("aws-config"), "").expect("a file");
        let credentials = home.path().join("credentials");
        if sign_in == SignIn::Mute {
            let made = Command::new("mkfifo").arg(&credentials).status().expect("mkfifo runs");
            assert!(made.success(), "a pipe with a name");
        } else {
            fs::write(credentials, keys).expect("a file");
        }
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// What the program is told on its command line.
    pub(crate) fn args(&self) -> Vec<String> {
        let path = |name: &str| self.path().join(name).display().to_string();
        vec!["--config".to_owned(), path("config.toml"), "--data-dir".to_owned(), path("data")]
    }

    /// What it is told by its environment.
    pub(crate) fn env(&self, url: &str) -> Vec<(String, String)> {
        let path = |name: &str| self.path().join(name).display().to_string();
        let pairs = [
            ("HOME", self.path().display().to_string()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".to_owned()),
            ("COLORTERM", "truecolor".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("AWS_CONFIG_FILE", path("aws-config")),
            ("AWS_SHARED_CREDENTIALS_FILE", path("credentials")),
            ("AWS_ENDPOINT_URL", url.to_owned()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }
}
