//! The program of a profile's `credential_process`: run without the terminal, and not for ever.
//!
//! It begins a session of its own, so that it can neither read the terminal's input nor write on the screen past its
//! output; with it ends whatever it has started.

use std::fmt;
use std::process::{Output, Stdio};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use jiff::Timestamp;
use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop, ProcessSession};
use tokio::io::AsyncReadExt as _;

use crate::domain::{Json, Shown};

/// How long such a program may take: somebody may have to touch a key.
pub(super) const LIMIT: Duration = Duration::from_mins(1);

/// Gets credentials from a program.
pub(super) struct ProcessProvider {
    pub(super) profile: Shown,
    /// The command line, for the shell.
    pub(super) line: String,
}

impl ProcessProvider {
    async fn credentials(&self) -> provider::Result {
        let output = self.run().await.map_err(CredentialsError::provider_error)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(CredentialsError::provider_error(
                self.trouble(format!("ended with {}: {said}", output.status)),
            ));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        credentials(&text)
            .ok_or_else(|| CredentialsError::provider_error(self.trouble("gave no credentials".to_owned())))
    }

    /// Runs it to its end, or until it has had its time.
    async fn run(&self) -> Result<Output, Trouble> {
        let mut command = CommandWrap::with_new("sh", |command| {
            command
                .args(["-c", &self.line])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
        });
        let child = command.wrap(ProcessSession).wrap(KillOnDrop).spawn();
        let mut child = child.map_err(|error| self.trouble(format!("cannot be started: {error}")))?;
        let Ok(output) = tokio::time::timeout(LIMIT, output(&mut *child)).await else {
            // Whoever cannot be ended has ended.
            let _ = child.start_kill();
            return Err(self.trouble(format!("did not end within {} s and was killed", LIMIT.as_secs())));
        };
        output.map_err(|error| self.trouble(format!("cannot be read: {error}")))
    }

    fn trouble(&self, what: String) -> Trouble {
        Trouble { profile: self.profile.clone(), what }
    }
}

async fn output(child: &mut dyn ChildWrapper) -> std::io::Result<Output> {
    let (mut out, mut err) = (child.stdout().take(), child.stderr().take());
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let read_out = async {
        match &mut out {
            Some(out) => out.read_to_end(&mut stdout).await,
            None => Ok(0),
        }
    };
    let read_err = async {
        match &mut err {
            Some(err) => err.read_to_end(&mut stderr).await,
            None => Ok(0),
        }
    };
    tokio::try_join!(read_out, read_err)?;
    let status = child.wait().await?;
    Ok(Output { status, stdout, stderr })
}

/// Reads `{"Version": 1, "AccessKeyId": ..., "SecretAccessKey": ..., "SessionToken": ..., "Expiration": ...}`.
fn credentials(text: &str) -> Option<Credentials> {
    let json = Json::parse(text).ok()?;
    let member = |name: &str| match json.get(name) {
        Some(Json::Text(text)) => Some(text.clone()),
        _ => None,
    };
    matches!(json.get("Version"), Some(Json::Number(version)) if version == "1").then_some(())?;
    let expiry = match member("Expiration") {
        Some(time) => Some(SystemTime::try_from(time.parse::<Timestamp>().ok()?).ok()?),
        None => None,
    };
    let (id, secret) = (member("AccessKeyId")?, member("SecretAccessKey")?);
    Some(Credentials::new(id, secret, member("SessionToken"), expiry, "snapdeck-process"))
}

impl ProvideCredentials for ProcessProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl fmt::Debug for ProcessProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The line may hold a secret.
        write!(f, "ProcessProvider({})", self.profile)
    }
}

/// What went wrong with it.
#[derive(Debug)]
struct Trouble {
    profile: Shown,
    what: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the credential_process of profile {} {}", self.profile, self.what)
    }
}

impl std::error::Error for Trouble {}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(line: &str) -> ProcessProvider {
        ProcessProvider { profile: "tool".into(), line: line.to_owned() }
    }

    const GOOD: &str = r#"'{"Version": 1, "AccessKeyId": "AKIA1", "SecretAccessKey": "s", "Expiration": "2099-01-01T00:00:00Z"}'"#;

    #[tokio::test]
    async fn a_program_gets_no_input_and_a_session_of_its_own() {
        let line = format!("cat; test \"$(ps -o sid= -p $$ | tr -d ' ')\" = $$ && echo {GOOD}");
        let given = provider(&line).credentials().await.expect("credentials");
        assert_eq!((given.access_key_id(), given.expiry().is_some()), ("AKIA1", true));
    }

    #[tokio::test]
    async fn what_a_program_says_is_told_with_the_profile() {
        for (line, said) in [
            ("echo no token >&2; exit 3", "profile tool ended with exit status: 3: no token"),
            ("echo '{}'", "profile tool gave no credentials"),
            ("echo nonsense", "profile tool gave no credentials"),
        ] {
            let error = provider(line).credentials().await.expect_err(line);
            let cause = std::error::Error::source(&error).expect("a cause").to_string();
            assert!(cause.contains(said), "{cause}");
        }
    }

    #[tokio::test]
    async fn a_program_that_hangs_is_killed_with_all_that_it_has_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        // Whoever holds the pipe open lives.
        let line = format!("exec 3>{}; echo begun >&3; sleep 1000 & wait", pipe.display());
        let asked = tokio::spawn(async move { provider(&line).credentials().await });
        let (begun, wait) = tokio::sync::oneshot::channel();
        let reader = std::thread::spawn(move || {
            let mut pipe = std::io::BufReader::new(std::fs::File::open(pipe).expect("a pipe"));
            let mut text = String::new();
            std::io::BufRead::read_line(&mut pipe, &mut text).expect("a line");
            begun.send(()).expect("somebody waits");
            std::io::Read::read_to_string(&mut pipe, &mut text).expect("an end");
            text
        });
        wait.await.expect("it has begun");
        tokio::time::pause();
        tokio::time::advance(LIMIT).await;
        let error = asked.await.expect("no panic").expect_err("it hangs");
        let cause = std::error::Error::source(&error).expect("a cause").to_string();
        assert_eq!(cause, "the credential_process of profile tool did not end within 60 s and was killed");
        assert_eq!(reader.join().expect("nobody holds the pipe"), "begun\n");
    }
}
