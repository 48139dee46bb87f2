//! The application with the demo cloud behind the real SDK, and no terminal: chords in, a screen out.
//!
//! Every effect is carried out as the program does it, and a chord has settled when nothing is asked any more and
//! nothing comes. Time is tokio's paused one, so that hours of copying pass at once.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use snapdeck::app::layout::Size;
use snapdeck::app::{
    Answer, App, Badges, Effect, JobId, Mishap, Msg, Opening, Options, Question, Which, World,
};
use snapdeck::aws::{Aws, Link, Wire};
use snapdeck::demo;
use snapdeck::domain::{self, Access, Ground, Region, RegionChoice, Setup, Shown, Theme};
use snapdeck::engine::{self, Clock, Crew, Keeper, Reader, Shares, Watch};
use snapdeck::input::{Chord, Context, Event, Keymap};
use snapdeck::plan::Profiles;
use snapdeck::ports::Cloud;
use snapdeck::query::Filter;
use snapdeck::view::{Depth, Glyphs, Look, Palette, draw};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::requests::Requests;
use crate::ours;

/// How long nothing may come before nothing will: longer than AWS is waited for between two calls.
const QUIET: Duration = Duration::from_secs(5);

/// How much faster than in the fleet copies are made.
const SPEED: f64 = 100.0;

/// Narrow enough for what will happen to stand beneath the fields, and high enough for all of it.
const SIZE: Size = Size { width: 100, height: 90 };

/// Whoever sits at the deck.
pub(super) struct Desk {
    app: App,
    cloud: Arc<dyn Cloud>,
    clock: Clock,
    reader: Reader,
    crew: Crew<JobId>,
    outbox: UnboundedSender<Msg>,
    inbox: UnboundedReceiver<Msg>,
    asking: JoinSet<()>,
    jobs: JoinSet<()>,
    requests: Arc<Requests>,
    saved: Vec<(String, String)>,
    copied: Vec<String>,
}

impl Desk {
    /// The built-in fleet, read to the end: prod, dr and lab in four regions.
    pub(super) async fn on_demo(access: Access) -> Self {
        let regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];
        let accounts = [("prod", "111111111111"), ("dr", "222222222222"), ("lab", "333333333333")];
        Self::open(demo::Cloud::new(demo::Fleet::built_in(), SPEED), &accounts, &regions, access).await
    }

    /// A fleet of the test's own: prod and dr in two regions.
    pub(super) async fn on_fleet(cloud: demo::Cloud, access: Access) -> Self {
        let accounts = [("prod", "111111111111"), ("dr", "222222222222")];
        Self::open(cloud, &accounts, &["us-east-1", "eu-west-1"], access).await
    }

    async fn open(cloud: demo::Cloud, accounts: &[(&str, &str)], regions: &[&str], access: Access) -> Self {
        let setup = ours::setup(
            accounts.iter().copied(),
            RegionChoice::Named(regions.iter().map(|region| Region::new(*region)).collect()),
            access,
        );
        let cloud = Arc::new(cloud);
        let requests = Arc::new(Requests::default());
        let clock: Clock = {
            let cloud = Arc::clone(&cloud);
            Arc::new(move || cloud.now())
        };
        let cloud = behind_the_sdk(setup, cloud, Arc::clone(&requests));
        let (outbox, inbox) = unbounded_channel();
        let say: engine::Say = {
            let outbox = outbox.clone();
            Arc::new(move |report| drop(outbox.send(Msg::Reports(vec![report]))))
        };
        let app = App::new(Options {
            now: clock(),
            zone: TimeZone::UTC,
            badges: Badges { world: World::Demo, endpoint: None, access },
            profiles: Profiles::Named,
            keymap: Keymap::default(),
            filter: Filter::default(),
            opening: Opening::default(),
            size: SIZE,
        });
        let who = ("me".into(), "here".into());
        let crew = Crew::new(Keeper::new(Arc::clone(&cloud), Arc::clone(&clock), None, who));
        let mut desk = Self {
            app,
            crew,
            reader: Reader::new(Arc::clone(&cloud), Shares::All, say),
            cloud,
            clock,
            outbox,
            inbox,
            asking: JoinSet::new(),
            jobs: JoinSet::new(),
            requests,
            saved: Vec::new(),
            copied: Vec::new(),
        };
        desk.reader.refresh(engine::Which::Everything);
        desk.settle().await;
        desk
    }

    /// Presses chords one after the other, each when the one before has settled: `c Tab Space`.
    pub(super) async fn press(&mut self, chords: &str) {
        for chord in chords.split_whitespace() {
            let chord = chord.parse().unwrap_or_else(|error| panic!("{error}"));
            self.hit(chord);
            self.settle().await;
        }
    }

    /// Presses one chord without waiting for what comes of it.
    pub(super) fn hit(&mut self, chord: Chord) {
        self.take(Msg::Input(Event::Chord(chord)));
    }

    /// Types a text, character by character.
    pub(super) async fn type_in(&mut self, text: &str) {
        for character in text.chars() {
            let chord = if character == ' ' { "Space".to_owned() } else { character.to_string() };
            self.hit(chord.parse().unwrap_or_else(|error| panic!("{error}")));
        }
        self.settle().await;
    }

    /// Leaves in the table what a filter lets through, the cursor on the first.
    pub(super) async fn filter(&mut self, filter: &str) {
        self.press("/ ctrl-u").await;
        self.type_in(filter).await;
        self.press("Enter").await;
    }

    /// Puts the cursor on the snapshot of a name.
    pub(super) async fn on(&mut self, name: &str) {
        self.filter(&format!("name:{name}")).await;
    }

    /// Chooses in the list that the focused field opens: what the words lead to first.
    pub(super) async fn choose(&mut self, words: &str) {
        self.press("Space").await;
        self.type_in(words).await;
        self.press("Enter").await;
    }

    /// Waits until every job came to its end, and what it changed was read again.
    pub(super) async fn arrive(&mut self) {
        while !self.jobs.is_empty() {
            self.settle().await;
            while let Some(ended) = self.jobs.try_join_next() {
                ended.expect("a job that ends");
            }
        }
        self.settle().await;
    }

    /// What AWS says to a question, past the application.
    pub(super) async fn ask(&self, question: domain::Question) -> domain::Answer {
        self.cloud.ask(&question).await.unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    /// The application as it is now.
    pub(super) fn app(&self) -> App {
        self.app.clone()
    }

    /// Puts the application back to where it was; what it asked must have settled.
    pub(super) fn back_to(&mut self, app: &App) {
        self.app = app.clone();
    }

    /// Where the next chord goes.
    pub(super) fn context(&self) -> Context {
        self.app.context()
    }

    /// The requests that change something, in the order in which they came: `CopyDBSnapshot 111111111111 eu-west-1`.
    pub(super) fn sent(&self) -> Vec<String> {
        self.requests.changing()
    }

    /// What was saved: names and texts.
    pub(super) fn saved(&self) -> &[(String, String)] {
        &self.saved
    }

    /// What was put on the clipboard.
    pub(super) fn copied(&self) -> &[String] {
        &self.copied
    }

    /// The screen, line by line.
    pub(super) fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal");
        let look = Look {
            palette: Palette::new(Theme::AUTO, Ground::Dark, Depth::Sixteen),
            glyphs: Glyphs::Unicode,
        };
        terminal.draw(|frame| draw(&self.app, &look, frame)).expect("a frame");
        let buffer = terminal.backend().buffer();
        let row = |y| (0..SIZE.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        let lines: Vec<String> = (0..SIZE.height).map(|y| row(y).trim_end().to_owned()).collect();
        lines.join("\n")
    }

    /// Whether the screen says this, however its lines are broken.
    pub(super) fn says(&self, words: &str) -> bool {
        let plain = self.screen().replace(['│', '\n'], " ");
        plain.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
    }

    /// The screen has to say each of these.
    #[track_caller]
    pub(super) fn must_say(&self, all: &[&str]) {
        for words in all {
            assert!(self.says(words), "this is missing: {words}\n{}", self.screen());
        }
    }

    /// The screen must say none of these.
    #[track_caller]
    pub(super) fn must_not_say(&self, all: &[&str]) {
        for words in all {
            assert!(!self.says(words), "this should not be there: {words}\n{}", self.screen());
        }
    }

    /// Exactly these changing requests have left.
    #[track_caller]
    pub(super) fn must_have_sent(&self, all: &[&str]) {
        assert_eq!(self.sent(), all, "\n{}", self.screen());
    }

    fn take(&mut self, msg: Msg) {
        for effect in self.app.update(msg) {
            self.carry_out(effect);
        }
    }

    /// Takes in what comes until nothing is asked any more and nothing comes.
    pub(super) async fn settle(&mut self) {
        loop {
            match timeout(QUIET, self.inbox.recv()).await {
                Ok(msg) => {
                    let msg = msg.expect("BUG: this desk holds a sender itself");
                    self.take(msg);
                }
                Err(_) if self.asking.is_empty() => break,
                Err(_) => {}
            }
            while let Some(asked) = self.asking.try_join_next() {
                asked.expect("a question that is answered");
            }
        }
        self.take(Msg::Clock((self.clock)()));
    }

    fn carry_out(&mut self, effect: Effect) {
        let (cloud, outbox) = (Arc::clone(&self.cloud), self.outbox.clone());
        match effect {
            Effect::Refresh(which) => self.reader.refresh(match which {
                Which::Everything => engine::Which::Everything,
                Which::Scope(scope) => engine::Which::Scope(scope),
                Which::Account(name) => engine::Which::Account(name),
            }),
            Effect::Look(rows) => self.reader.look(&rows),
            Effect::Ask(ticket, question) => {
                self.asking.spawn(async move {
                    let answer = match question {
                        Question::Document { scope, arn } => {
                            Answer::Document(cloud.document(&scope, &arn).await)
                        }
                        Question::Fact(question) => Answer::Fact(cloud.ask(&question).await.map(Box::new)),
                    };
                    drop(outbox.send(Msg::Answer(ticket, answer)));
                });
            }
            Effect::Run { job, begun, callers, run, orders } => {
                let (crew, watch) = (self.crew.clone(), watch(job, outbox));
                let driving = async move {
                    crew.run(job, begun, callers, (*run, orders), |_| {}, watch)
                        .await
                        .expect("a run that is heard");
                };
                self.jobs.spawn(driving);
            }
            Effect::Pause(job) => self.crew.pause(job),
            Effect::Cancel { job, begun, run } => {
                let (crew, watch) = (self.crew.clone(), watch(job, outbox));
                self.jobs.spawn(async move { crew.cancel(job, begun, *run, watch).await.expect("a run") });
            }
            Effect::Copy { ticket, text } => {
                self.copied.push(text);
                self.answer(ticket, Answer::Copied(Ok(())));
            }
            Effect::Save { ticket, name, text } => {
                let path = Shown::from(name.as_str());
                self.saved.push((name, text));
                self.answer(ticket, Answer::Saved(Ok(path)));
            }
            Effect::Open { ticket, .. } => {
                self.answer(ticket, Answer::Opened(Err(Mishap("no browser was found".into()))));
            }
            Effect::Lend { .. } | Effect::SignIn { .. } => panic!("nothing waits for a sign-in here"),
            // The demo keeps no journal, and there is no terminal to be asked for anything.
            Effect::ReadJournal | Effect::Theme(_) | Effect::Mouse(_) | Effect::Suspend | Effect::Quit => {}
        }
    }

    fn answer(&self, ticket: snapdeck::app::Ticket, answer: Answer) {
        drop(self.outbox.send(Msg::Answer(ticket, answer)));
    }
}

/// The demo cloud as the SDK sees it; each request is noted before it is answered.
fn behind_the_sdk(setup: Setup, cloud: Arc<demo::Cloud>, requests: Arc<Requests>) -> Arc<dyn Cloud> {
    let wire: Wire = Arc::new(move |request| {
        requests.note(&request);
        let cloud = Arc::clone(&cloud);
        Box::pin(async move { cloud.answer(request).await })
    });
    Arc::new(Aws::new(setup, Link::InProcess { wire, access_key_id: "AKIA111111111111".to_owned() }))
}

/// Tells the application what happens to a job.
fn watch(job: JobId, outbox: UnboundedSender<Msg>) -> Watch {
    Arc::new(move |event| drop(outbox.send(Msg::Job(job, event))))
}
