//! What `doctor` promises, over a scripted cloud.

use super::*;
use crate::cli::Progress;
use crate::cli::fake::{Broken, FakeCloud, Page, fault};
use crate::disk::{Folders, Settings, SettingsError, SettingsFile};
use crate::domain::FaultClass;

const PROD: &str = "111111111111";
const READ: &str = "rds:DescribeDBSnapshots";

/// A home folder with nothing in it.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn ground(&self) -> Ground {
        let home = self.0.path();
        let environment =
            [("HOME", home.to_str().expect("a path")), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
        let settings = SettingsFile::Usual(home.join("config.toml"));
        Ground {
            settings: settings.read(),
            folders: Folders { settings, data: home.join("data") },
            environment: Environment::with(&environment),
        }
    }
}

async fn run(ground: &Ground, cloud: Option<FakeCloud>) -> (Vec<String>, Exit) {
    let (out, err) = (Page::default(), Page::default());
    let console = Console::new(out.clone(), err.clone(), Progress::Hidden);
    let cloud = cloud.map(|cloud| Arc::new(cloud) as Arc<dyn Cloud>);
    let exit = doctor(ground, cloud, ReportFormat::Table, console).await;
    assert_eq!(err.text(), "");
    let squeeze = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    (out.text().lines().map(squeeze).collect(), exit)
}

#[track_caller]
fn has(lines: &[String], wanted: &str) {
    assert!(lines.iter().any(|line| line == wanted), "no line {wanted:?} in {lines:#?}");
}

#[tokio::test]
async fn regions_where_all_is_well_share_a_line() {
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1", "eu-west-1", "eu-west-2"]).account(
        "staging",
        "222222222222",
        &["us-east-1"],
    );
    let (lines, exit) = run(&Home::new().ground(), Some(cloud)).await;
    assert_eq!(exit, Exit::Done);
    has(&lines, "ok account prod: 111111111111 as arn:aws:sts::111111111111:assumed-role/dba/me");
    has(
        &lines,
        "ok regions prod: everything can be read in all of 3 regions (us-east-1, eu-west-1, eu-west-2)",
    );
    has(&lines, "ok regions staging: everything can be read in us-east-1");
    has(&lines, "ok clock AWS accepts the time of this machine");
    assert!(lines.iter().all(|line| line.starts_with("ok ")), "{lines:#?}");
}

#[tokio::test]
async fn regions_that_fail_alike_share_a_line_and_its_mending() {
    let denied = || vec![(READ, Err(fault(FaultClass::AccessDenied, "no"))), ("kms:DescribeKey", Ok(()))];
    let cloud = FakeCloud::default()
        .account("prod", PROD, &["us-east-1", "eu-west-1", "eu-west-2"])
        .probe(PROD, "eu-west-1", denied())
        .probe(PROD, "eu-west-2", denied());
    let (lines, exit) = run(&Home::new().ground(), Some(cloud)).await;
    assert_eq!(exit, Exit::Partial);
    let told = "fail regions prod 2 regions (eu-west-1, eu-west-2): denied rds:DescribeDBSnapshots: no policy allows it";
    has(&lines, told);
    let at = lines.iter().position(|line| line == told).expect("a line");
    assert_eq!(lines[at + 1], "mend: Do this.");
    has(&lines, "ok regions prod: everything can be read in us-east-1");
}

#[tokio::test]
async fn what_only_columns_need_is_a_warning() {
    let mut no_keys = fault(FaultClass::AccessDenied, "no");
    no_keys.action = Some("kms:ListAliases".into());
    let answers = vec![(READ, Ok(())), ("kms:ListAliases", Err(no_keys))];
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1"]).probe(PROD, "us-east-1", answers);
    let (lines, exit) = run(&Home::new().ground(), Some(cloud)).await;
    assert_eq!(exit, Exit::Done);
    has(&lines, "warn regions prod us-east-1: denied kms:ListAliases: no policy allows it");
}

#[tokio::test]
async fn a_disabled_region_is_told_and_is_no_failure() {
    let disabled = vec![(READ, Err(fault(FaultClass::RegionDisabled, "no")))];
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1", "ap-east-1"]).probe(
        PROD,
        "ap-east-1",
        disabled,
    );
    let (lines, exit) = run(&Home::new().ground(), Some(cloud)).await;
    assert_eq!(exit, Exit::Done);
    has(&lines, "ok regions prod: not enabled in this account: ap-east-1");
}

#[tokio::test]
async fn an_account_that_is_locked_out_is_partial_and_all_of_them_a_failure() {
    let expired = || fault(FaultClass::ExpiredCredentials, "the token is old");
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1"]).locked_out("staging", expired());
    let (lines, exit) = run(&Home::new().ground(), Some(cloud)).await;
    assert_eq!(exit, Exit::Partial);
    has(
        &lines,
        "fail account staging: rds:DescribeDBSnapshots: the credentials have expired: the token is old",
    );
    let (lines, exit) =
        run(&Home::new().ground(), Some(FakeCloud::default().locked_out("staging", expired()))).await;
    assert_eq!(exit, Exit::Failed);
    has(&lines, "warn clock it cannot be told: no account answered");
    assert_eq!(run(&Home::new().ground(), Some(FakeCloud::default())).await.1, Exit::Failed, "no account");
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named_as_the_cause() {
    let skewed =
        fault(FaultClass::Other, "Signature expired: 20261124T0300Z is now earlier than 20261124T0400Z");
    let (lines, _) = run(&Home::new().ground(), Some(FakeCloud::default().locked_out("prod", skewed))).await;
    has(
        &lines,
        "fail clock AWS refuses the time of this machine: Signature expired: 20261124T0300Z is now earlier than \
         20261124T0400Z",
    );
}

#[tokio::test]
async fn settings_with_mistakes_leave_the_accounts_untried() {
    let home = Home::new();
    let mut ground = home.ground();
    let mistakes = Settings::parse("theme = 1", "config.toml".as_ref()).expect_err("a mistake");
    ground.settings = Err(SettingsError::Mistaken(mistakes));
    let (lines, exit) = run(&ground, None).await;
    assert_eq!(exit, Exit::Failed);
    has(&lines, "fail settings config.toml:1:9: \"theme\" is the number 1, and should be a text in quotes");
    has(&lines, "fail accounts not tried, since the settings cannot be used");
}

#[tokio::test]
async fn files_are_told_with_their_paths_and_warnings() {
    let home = Home::new();
    let path = home.0.path();
    std::fs::write(path.join("config.toml"), "themes = \"x\"").expect("written");
    std::fs::create_dir(path.join(".aws")).expect("created");
    std::fs::write(path.join(".aws/config"), "").expect("written");
    let (lines, _) = run(&home.ground(), Some(FakeCloud::default())).await;
    let at = path.display();
    has(&lines, &format!("ok settings {at}/config.toml is read; it lists no account"));
    has(
        &lines,
        &format!(
            "warn settings {at}/config.toml:1:1: unknown entry \"themes\" in the settings: did you mean \"theme\"?"
        ),
    );
    has(&lines, &format!("ok AWS config {at}/.aws/config"));
    has(&lines, &format!("ok AWS credentials none at {at}/.aws/credentials"));
    has(&lines, &format!("ok data folder {at}/data is created when it is needed"));
}

#[tokio::test]
async fn json_is_one_object_with_every_check() {
    let home = Home::new();
    let out = Page::default();
    let console = Console::new(out.clone(), Page::default(), Progress::Hidden);
    let cloud: Arc<dyn Cloud> = Arc::new(FakeCloud::default().account("prod", PROD, &["us-east-1"]));
    let exit = doctor(&home.ground(), Some(cloud), ReportFormat::Json, console).await;
    assert_eq!(exit, Exit::Done);
    let document: serde_json::Value = serde_json::from_str(&out.text()).expect("JSON");
    let checks = document["checks"].as_array().expect("checks");
    assert!(checks.len() > 8, "{checks:?}");
    assert!(checks.iter().all(|check| check["state"] == "ok" && check["mend"].is_null()), "{checks:#?}");
}

#[tokio::test]
async fn a_reader_that_goes_away_is_no_failure() {
    let console = Console::new(Broken(std::io::ErrorKind::BrokenPipe), Page::default(), Progress::Hidden);
    let cloud: Arc<dyn Cloud> = Arc::new(FakeCloud::default().account("prod", PROD, &["us-east-1"]));
    assert_eq!(doctor(&Home::new().ground(), Some(cloud), ReportFormat::Table, console).await, Exit::Done);
}
