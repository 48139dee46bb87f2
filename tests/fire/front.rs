//! The application at the front: what it knows, what its screen says, and when it came to know it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use hyper::Request;
use hyper::body::Bytes;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use snapdeck::app::layout::Size;
use snapdeck::app::{App, Badges, Effect, Msg, Opening, Options, Which, World};
use snapdeck::aws::{Aws, Link, Roots};
use snapdeck::cli::{self, Command, Console, Exit, Invocation, Progress};
use snapdeck::demo;
use snapdeck::domain::{
    Access, AccountSource, Fault, Region, RegionChoice, Report, Scope, ScopeState, Setup, SignIn,
};
use snapdeck::engine::{self, Reader, Shares};
use snapdeck::input::{Event, Keymap};
use snapdeck::plan::Profiles;
use snapdeck::ports::Cloud;
use snapdeck::query::Filter;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, timeout};

pub(super) const PROD: &str = "111111111111";
pub(super) const DR: &str = "222222222222";

/// How long nothing may come before something is wrong: longer than AWS is waited for in all.
const ENDLESS: Duration = Duration::from_hours(1);

/// The application, what it talks to, and what it was told when.
pub(super) struct Front {
    app: App,
    cloud: Arc<demo::Cloud>,
    aws: Arc<dyn Cloud>,
    reader: Reader,
    inbox: UnboundedReceiver<Report>,
    begun: Instant,
    /// When the last reading of each scope ended.
    ended: HashMap<Scope, Duration>,
    /// The states that the tree has shown, of all scopes, each once.
    shown: Vec<String>,
    folder: TempDir,
}

/// So many manual snapshots: `s-000`, `s-001` and so on.
pub(super) fn snapshots(count: usize) -> Value {
    (0..count).map(|n| json!({"DBSnapshotIdentifier": format!("s-{n:03}"), "Engine": "mysql"})).collect()
}

impl Front {
    /// Before two accounts with what a test puts into their regions, us-east-1 and eu-west-1; nothing is read yet.
    pub(super) async fn before(prod: Value, dr: Value) -> Self {
        let regions = |mut own: Value| {
            for region in ["us-east-1", "eu-west-1"] {
                own[region] = own[region].as_object().cloned().unwrap_or_default().into();
            }
            own
        };
        let fleet = json!({"caller": PROD, "latency_ms": 20, "accounts": {
            PROD: {"name": "prod", "regions": regions(prod)}, DR: {"name": "dr", "regions": regions(dr)}}});
        let config = "[profile prod]\nregion = eu-west-1\naws_access_key_id = AKIA111111111111\n\
            aws_secret_access_key = s\n\
            [profile dr]\nregion = eu-west-1\nrole_arn = arn:aws:iam::222222222222:role/ro\nsource_profile = prod\n";
        Self::on(&fleet, config, &["us-east-1", "eu-west-1"]).await
    }

    /// Before a whole fleet, reached by all the profiles of an AWS config file.
    pub(super) async fn on(fleet: &Value, config: &str, regions: &[&str]) -> Self {
        let fleet = demo::Fleet::parse(&fleet.to_string()).expect("a sound fleet");
        let cloud = Arc::new(demo::Cloud::new(fleet, 1.0));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(demo::serve(Arc::clone(&cloud), listener, std::future::pending()));
        let folder = tempfile::tempdir().expect("a folder");
        let setup = Setup {
            accounts: AccountSource::AllProfiles,
            access: Access::ReadOnly,
            regions: RegionChoice::Named(regions.iter().map(|region| Region::new(*region)).collect()),
            endpoint: Some(endpoint),
            known: Vec::new(),
        };
        std::fs::write(folder.path().join("config"), config).expect("written");
        let aws: Arc<dyn Cloud> = Arc::new(Aws::with_config(
            setup,
            Link::Network(Roots::of_machine()),
            &folder.path().join("config"),
        ));
        let (outbox, inbox) = unbounded_channel();
        let gone = Arc::clone(&cloud);
        let say: engine::Say = Arc::new(move |report| {
            leave_between_pages(&report, &gone);
            drop(outbox.send(report));
        });
        let app = App::new(Options {
            now: cloud.now(),
            zone: TimeZone::UTC,
            badges: Badges { world: World::Demo, endpoint: None, access: Access::ReadOnly },
            profiles: Profiles::Named,
            keymap: Keymap::default(),
            filter: Filter::default(),
            opening: Opening::default(),
            // Every account and region of a fleet has a line in the tree.
            size: Size { width: 160, height: 4_000 },
        });
        let reader = Reader::new(Arc::clone(&aws), Shares::Never, say);
        let (ended, shown) = (HashMap::new(), Vec::new());
        Self { app, cloud, aws, reader, inbox, begun: Instant::now(), ended, shown, folder }
    }

    /// Reads everything to its end.
    pub(super) async fn read(&mut self) {
        self.read_again(engine::Which::Everything).await;
    }

    /// Reads to the end; time is counted from now.
    pub(super) async fn read_again(&mut self, which: engine::Which) {
        self.begun = Instant::now();
        self.reader.refresh(which);
        self.settle().await;
    }

    /// Presses a chord; what it asks for is done and comes to its end.
    pub(super) async fn press(&mut self, chord: &str) {
        let chord = chord.parse().unwrap_or_else(|error| panic!("{error}"));
        self.begun = Instant::now();
        let effects = self.app.update(Msg::Input(Event::Chord(chord)));
        let which = effects.into_iter().find_map(|effect| match effect {
            Effect::Refresh(which) => Some(which),
            _ => None,
        });
        if let Some(which) = which {
            self.reader.refresh(match which {
                Which::Everything => engine::Which::Everything,
                Which::Scope(scope) => engine::Which::Scope(scope),
                Which::Account(name) => engine::Which::Account(name),
            });
            self.settle().await;
        }
    }

    /// Takes in what comes until everything that was begun has ended.
    async fn settle(&mut self) {
        let mut is_begun = false;
        while !is_begun || !self.is_settled() {
            let first = timeout(ENDLESS, self.inbox.recv()).await.expect("it ends").expect("a reader");
            let mut reports = vec![first];
            // Together, as the deck takes them in.
            reports.extend(std::iter::from_fn(|| self.inbox.try_recv().ok()));
            for report in &reports {
                is_begun |= matches!(report, Report::Started { .. } | Report::SignInFailed { .. });
                if let Report::Complete { scope, .. } | Report::Failed { scope, .. } = report {
                    self.ended.insert(scope.clone(), self.begun.elapsed());
                }
            }
            self.app.update(Msg::Reports(reports));
            for state in self.app.tree().0.into_iter().map(|branch| branch.state) {
                if !self.shown.contains(&state) {
                    self.shown.push(state);
                }
            }
        }
    }

    fn is_settled(&self) -> bool {
        let inventory = self.app.inventory();
        let has_ended = |scope: &Scope, state: &ScopeState| {
            matches!(state, ScopeState::Complete | ScopeState::Failed(_) | ScopeState::Disabled(_))
                && self.ended.contains_key(scope)
        };
        inventory.coverage().is_settled()
            && self.inbox.is_empty()
            && inventory.scopes().all(|(scope, entry)| has_ended(scope, &entry.state))
    }

    /// What the header says of how much was read: `3/4 scopes  1 failed  7 snapshots`.
    pub(super) fn header(&self) -> String {
        let line: String = self.app.header().left.into_iter().map(|piece| piece.text).collect();
        line.trim_start_matches("snapdeck").trim().to_owned()
    }

    /// What the tree says of a region of an account.
    pub(super) fn state(&self, account: &str, region: &str) -> String {
        let (branches, _) = self.app.tree();
        let mut own = branches.into_iter().skip_while(|branch| branch.label != account).skip(1);
        own.find(|branch| branch.label == region).expect("a region of the tree").state
    }

    /// Goes to a region of an account in the tree.
    pub(super) async fn go_to(&mut self, account: &str, region: &str) {
        let (branches, _) = self.app.tree();
        let own = branches.iter().position(|branch| branch.label == account).expect("an account of the tree");
        let down = own + branches[own..].iter().position(|branch| branch.label == region).expect("a region");
        self.press("h").await;
        self.press("g").await;
        for _ in 0..down {
            self.press("j").await;
        }
    }

    /// What the tree says of an account.
    pub(super) fn account(&self, name: &str) -> String {
        let (branches, _) = self.app.tree();
        branches.into_iter().find(|branch| branch.label == name).expect("an account of the tree").state
    }

    /// Every state that the tree has shown so far.
    pub(super) fn has_shown(&self, state: &str) -> bool {
        self.shown.iter().any(|shown| shown == state)
    }

    /// How long the reading of a scope took.
    pub(super) fn took(&self, account: &str, region: &str) -> Duration {
        self.ended[&scope(account, region)]
    }

    /// How many snapshots are listed of a scope, and how many of them are marked as not of the last reading.
    pub(super) fn rows(&self, account: &str, region: &str) -> (usize, usize) {
        let (inventory, of) = (self.app.inventory(), scope(account, region));
        let rows = inventory.rows().filter(|(_, row)| row.snapshot.scope == of);
        rows.fold((0, 0), |(all, stale), (_, row)| (all + 1, stale + usize::from(inventory.is_stale(row))))
    }

    /// Why a scope could not be read.
    pub(super) fn why(&self, account: &str, region: &str) -> Fault {
        match self.app.inventory().scope(&scope(account, region)).map(|entry| &entry.state) {
            Some(ScopeState::Failed(fault) | ScopeState::Disabled(fault)) => fault.clone(),
            other => panic!("{account} {region} has not failed: {other:?}"),
        }
    }

    /// Why an account could not be signed in to.
    pub(super) fn why_shut(&self, name: &str) -> Fault {
        let accounts = self.app.inventory().accounts();
        let entry = accounts.iter().find(|entry| entry.account.name.exact() == name).expect("an account");
        match &entry.sign_in {
            SignIn::Failed(fault) => fault.clone(),
            other => panic!("{name} is not shut: {other:?}"),
        }
    }

    /// What lies over the deck, as text.
    pub(super) fn sheets(&self) -> String {
        let lines = self.app.sheets().into_iter().flat_map(|sheet| sheet.lines);
        lines.map(|line| line.into_iter().map(|piece| piece.text).collect::<String>() + "\n").collect()
    }

    /// The AWS config file, to be changed.
    pub(super) fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// What `list --format json` tells, and how it ends; reads everything once more.
    pub(super) async fn list(&self) -> (Value, Exit) {
        let Command::List(list) =
            Invocation::read(["snapdeck", "list", "--format", "json"]).expect("a line").command
        else {
            panic!("not a list")
        };
        let folder = self.folder.path();
        let (out, err) = (folder.join("out"), folder.join("err"));
        let open = |path| std::fs::File::create(path).expect("a file");
        let console = Console::new(open(&out), open(&err), Progress::Hidden);
        let exit = cli::list(Arc::clone(&self.aws), list, Filter::default(), console, self.cloud.now()).await;
        let text = std::fs::read_to_string(&out).expect("text");
        (serde_json::from_str(&text).expect("JSON"), exit)
    }
}

fn scope(account: &str, region: &str) -> Scope {
    Scope { account: account.parse().expect("an id"), region: Region::new(region) }
}

/// Deletes the snapshots whose names are said to leave, when the first page that holds one of them is there.
fn leave_between_pages(report: &Report, cloud: &demo::Cloud) {
    let Report::Page { rows, .. } = report else { return };
    let tags = rows.iter().flat_map(|row| row.tags.iter());
    for tag in tags.filter(|tag| tag.key.exact() == "takes-with-it") {
        for name in tag.value.exact().split(' ') {
            let request = Request::post("/")
                .header(
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=AKIA111111111111/20261124/us-east-1/rds/aws4_request",
                )
                .body(Bytes::from(format!("Action=DeleteDBSnapshot&DBSnapshotIdentifier={name}")))
                .expect("a request");
            // Asking is doing: the cloud carries it out before its latency passes.
            drop(cloud.answer(request).now_or_never());
        }
    }
}
