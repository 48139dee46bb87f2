//! `check` through the real SDK, over fleets of the demo cloud inside the process.

pub(crate) mod fleet;
mod malformed;
mod plans;
mod section_k;

use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::Value;
use snapdeck::aws::{Aws, Link, Wire};
use snapdeck::cli::{self, Command, Console, Exit, Hour, Invocation, Progress};
use snapdeck::demo;
use snapdeck::domain::{Access, Region, RegionChoice, Setup};

use crate::ours;
use fleet::Fleet;

/// How a check came out.
pub(crate) struct Verdict {
    pub(crate) exit: Exit,
    json: Value,
    err: String,
}

/// Checks `ACTION ...` as on the command line.
async fn check(fleet: Fleet, line: &str) -> Verdict {
    let cloud = Arc::new(fleet.cloud());
    let answering = Arc::clone(&cloud);
    let wire: Wire = Arc::new(move |request| {
        let cloud = Arc::clone(&answering);
        Box::pin(async move { cloud.answer(request).await })
    });
    check_over(wire, cloud, line).await
}

/// The same over a wire of the test's own, whose time is the cloud's.
async fn check_over(wire: Wire, cloud: Arc<demo::Cloud>, line: &str) -> Verdict {
    let words = ["snapdeck", "check", "--format", "json"].into_iter().chain(line.split_whitespace());
    let invocation = Invocation::read(words).unwrap_or_else(|error| panic!("{line}: {error}"));
    let Command::Check(check) = invocation.command else { panic!("{line}: not a check") };
    let aws = Aws::new(setup(), Link::InProcess { wire, access_key_id: "AKIA111111111111".to_owned() });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let hour = Hour { clock: Arc::new(move || cloud.now()), zone: TimeZone::UTC };
    let exit =
        cli::check(Arc::new(aws), &check, hour, Console::new(&mut out, &mut err, Progress::Hidden)).await;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let (out, err) = (text(out), text(err));
    let json = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{line}: {error}: {out}{err}"));
    Verdict { exit, json, err }
}

/// Two accounts of ours: prod and dr.
fn setup() -> Setup {
    let regions = ["us-east-1", "eu-west-1"].map(Region::new).to_vec();
    ours::setup([("prod", fleet::PROD), ("dr", fleet::DR)], RegionChoice::Named(regions), Access::ReadOnly)
}

impl Verdict {
    /// Whether it is as expected: a list with `;` of `blocked`, `warned`, `allowed`, `COPY-12 error kms-key` (there is
    /// such a finding), the same with ` ~ some words` (and its sentence holds them), `no COPY-12` (that rule finds
    /// nothing), `ok COPY-12` (nothing above info).
    #[track_caller]
    pub(crate) fn expect(&self, name: &str, expected: &str) {
        for wanted in expected.split(';').map(str::trim) {
            assert!(self.holds(wanted), "{name} should have: {wanted}\n{:#}\n{}", self.json, self.err);
        }
        let status = if self.json["verdict"] == "blocked" { Exit::Blocked } else { Exit::Done };
        assert_eq!(self.exit, status, "{name}");
        assert_eq!(self.json["facts"]["missing"], serde_json::json!([]), "{name}");
    }

    fn holds(&self, wanted: &str) -> bool {
        let of = |rule: &str| self.findings().filter(|found| found["rule"] == rule).collect::<Vec<_>>();
        match wanted.split_once(' ') {
            None => self.json["verdict"] == wanted,
            Some(("no", rule)) => of(rule).is_empty(),
            Some(("ok", rule)) => of(rule).iter().all(|found| found["severity"] == "info"),
            Some((rule, rest)) => {
                let (rest, words) = rest.split_once(" ~ ").unwrap_or((rest, ""));
                let (severity, field) = rest.split_once(' ').expect("RULE SEVERITY FIELD");
                of(rule).iter().any(|found| {
                    let says = found["message"].as_str().is_some_and(|message| message.contains(words));
                    found["severity"] == severity && found["field"] == field && says
                })
            }
        }
    }

    fn findings(&self) -> impl Iterator<Item = &Value> {
        self.json["findings"].as_array().into_iter().flatten()
    }
}
