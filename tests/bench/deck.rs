//! How long the deck takes from a chord to a frame, with 100,000 snapshots and more of them arriving.
//!
//! Between every two chords a page of 100 rows arrives, as while a fleet is read, and where jobs are under way a look at
//! each of them; the loop draws one frame for all that. Ends with a failure when a figure is above its bound, so that it
//! can be run as a check, where nothing else runs: what is measured is the time on the wall. Words on the command line
//! choose the scenarios that hold them.

mod answers;
mod figures;
mod fleet;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use snapdeck::app::layout::Size;
use snapdeck::app::{Answer, App, Badges, Effect, JobId, Msg, Opening, Options, Question, World};
use snapdeck::domain::{Access, Ground, Report, Theme};
use snapdeck::input::{Chord, Event, Keymap};
use snapdeck::plan::{self, Happening, Profiles, Receipt, Sight};
use snapdeck::query::Filter;
use snapdeck::view::{self, Depth, Glyphs, Look, Palette};

use answers::answer;
use figures::Figures;
use fleet::{PAGE, ROWS, now, page_report};

/// Memory is taken as the program takes it.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The screens that are drawn, columns and rows.
const SIZES: [(u16, u16); 2] = [(80, 24), (200, 50)];

/// How many chords are measured: enough for the 99th percentile to be no single one.
const CHORDS: usize = 400;

/// Rows of a small fleet, beside which a large one must not be slower to draw: those that the large one shows first, so
/// that both draw the same.
const FEW: usize = 100;

/// What a frame may take, so that a screen of 60 Hz misses none.
const LIMIT: Duration = Duration::from_millis(16);

/// How often two fleets take turns at being drawn.
const TURNS: usize = 10;

/// A name typed and taken away again.
const TYPED: &str = "o r d e r s - 1 7 Backspace Backspace ctrl-u";

/// What is measured: its name, the chords that lead there, and those whose time is taken, again and again.
const SCENARIOS: &[(&str, &str, &str)] = &[
    ("cursor down", "", "j"),
    ("page down", "", "PgDn"),
    ("filter typing", "/", "o r d e r s - 1 7 Space e n c : k m s ctrl-w ctrl-w"),
    ("filter erasing", "/", "t e a m - 3 Backspace Backspace Backspace Backspace Backspace Backspace"),
    ("sorting", "", "o j Enter"),
    ("details", "Enter", "n"),
    ("copy, its name", "c Tab Tab", TYPED),
    ("copy, its account", "c Space", TYPED),
    ("copy, its fields", "c", "Tab"),
    ("share, with whom", "s Space", TYPED),
    ("encrypt, its key", "e Space", TYPED),
    (
        "copy of many",
        "/ r e l e a s e - 1 2 Space a g e : < 1 8 0 d Enter ctrl-a c Tab Tab Tab Tab Tab",
        TYPED,
    ),
];

/// The same with [`JOBS`] jobs under way, each of which is told to be further between every two chords.
const AT_WORK: &[(&str, &str, &str)] = &[
    ("jobs, the deck", "", "j"),
    ("jobs, the filter", "/", "o r d e r s - 1 7 ctrl-u"),
    ("jobs, their list", "!", "j"),
    ("jobs, one of them", "! j j Enter", "v"),
];

/// The word that chooses the times of frames alone.
const FRAME: &str = "frame";

/// How many jobs are under way.
const JOBS: usize = 200;

fn main() -> io::Result<ExitCode> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let mut out = io::stdout().lock();
    let mut figures = Figures::default();
    let mut worst = Duration::ZERO;
    for (width, height) in SIZES {
        let app = filled(Size { width, height }, ROWS);
        writeln!(out, "deck at {width}x{height}, {ROWS} rows and {PAGE} more before each chord")?;
        writeln!(
            out,
            "  {:<20} {:>27}  {:>27}  {:>27}",
            "", "chord to frame", "what arrives", "both in one frame"
        )?;
        let heads = format!("{:>7} {:>9} {:>9}", "p50", "p99", "max");
        writeln!(out, "  {:<20} {heads}  {heads}  {heads}", "")?;
        let scenarios = SCENARIOS.iter().filter(|scenario| chosen(scenario.0)).map(|own| (own, 0));
        let at_work = AT_WORK.iter().filter(|scenario| chosen(scenario.0)).map(|own| (own, JOBS));
        for (&(name, open, chords), jobs) in scenarios.chain(at_work) {
            let times = measured(app.clone(), jobs, open, chords);
            worst = times.iter().map(|times| times.percentile(99)).fold(worst, Duration::max);
            let [chord, page, both] = times.map(|times| times.to_string());
            writeln!(out, "  {name:<20} {chord}  {page}  {both}")?;
        }
    }
    drop(out);
    figures::head("The deck, 100,000 snapshots and a page of 100 more before each chord")?;
    figures.add(
        "chord to frame, p99 of whatever is slowest",
        milliseconds(worst),
        milliseconds(LIMIT),
        "ms",
    )?;
    if chosen(FRAME) {
        let (width, height) = SIZES[1];
        let fleets = [ROWS, FEW].map(|rows| filled(Size { width, height }, rows));
        let [many, few] = frames(fleets).map(|times| times.percentile(50));
        figures.add("a frame at 200x50, median", milliseconds(many), 1.0, "ms")?;
        figures.add(
            "a frame at 100,000 rows, by one at 100",
            many.as_secs_f64() / few.as_secs_f64(),
            1.1,
            "times",
        )?;
    }
    figures.end()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The times of frames alone, of two applications by turns: the cursor down some rows and up again.
fn frames(mut apps: [App; 2]) -> [Times; 2] {
    let look =
        Look { palette: Palette::new(Theme::AUTO, Ground::Dark, Depth::True), glyphs: Glyphs::Unicode };
    let mut terminals = apps.each_ref().map(|app| {
        let Size { width, height } = app.size();
        Terminal::new(TestBackend::new(width, height)).expect("a terminal")
    });
    let chords = read(&[["j"; FEW - 1], ["k"; FEW - 1]].concat().join(" "));
    let mut times = [Vec::new(), Vec::new()];
    // By turns, since a machine is not equally fast all the time.
    for _ in 0..TURNS {
        for ((app, terminal), times) in apps.iter_mut().zip(&mut terminals).zip(&mut times) {
            for chord in &chords {
                press(app, *chord);
                let start = Instant::now();
                frame(terminal, app, &look);
                times.push(start.elapsed());
            }
        }
    }
    times.map(Times::of)
}

/// How long something took each time, the shortest first.
struct Times(Vec<Duration>);

impl Times {
    fn of(mut each: Vec<Duration>) -> Self {
        each.sort_unstable();
        Self(each)
    }

    /// What so many percent of them are no longer than.
    fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() * percent).div_ceil(100) - 1]
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [half, most, all] = [50, 99, 100].map(|percent| self.percentile(percent).as_secs_f64() * 1000.0);
        write!(f, "{half:>4.2} ms {most:>6.2} ms {all:>6.2} ms")
    }
}

/// The times of the chords with their frames, of what arrives before each, and of both together.
fn measured(mut app: App, jobs: usize, open: &str, chords: &str) -> [Times; 3] {
    let Size { width, height } = app.size();
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let look =
        Look { palette: Palette::new(Theme::AUTO, Ground::Dark, Depth::True), glyphs: Glyphs::Unicode };
    let jobs: Vec<JobId> = (0..jobs).map(|_| set_to_work(&mut app)).collect();
    for chord in read(open) {
        let effects = press(&mut app, chord);
        answer_all(&mut app, effects);
    }
    // A page before them, so that what grows has room as it mostly has.
    app.update(Msg::Reports(vec![page_report(ROWS / PAGE)]));
    frame(&mut terminal, &app, &look);
    // What arrives is made before, since making it is the work of other tasks.
    let arriving: Vec<Vec<Msg>> = (1..=CHORDS)
        .map(|n| {
            let page = Msg::Reports(vec![page_report(ROWS / PAGE + n)]);
            std::iter::once(page).chain(jobs.iter().map(|job| looked_at(*job, n))).collect()
        })
        .collect();
    let each = read(chords).into_iter().cycle().zip(arriving).map(|(chord, arrived)| {
        let start = Instant::now();
        for msg in arrived {
            app.update(msg);
        }
        let learned = start.elapsed();
        let halfway = Instant::now();
        let effects = press(&mut app, chord);
        frame(&mut terminal, &app, &look);
        let times = (halfway.elapsed(), learned, start.elapsed());
        answer_all(&mut app, effects);
        times
    });
    let (mut pressed, mut learned, mut both) = (Vec::new(), Vec::new(), Vec::new());
    for times in each {
        pressed.push(times.0);
        learned.push(times.1);
        both.push(times.2);
    }
    [pressed, learned, both].map(Times::of)
}

/// Copies the snapshot under the cursor, and goes to the next: a job that AWS has taken and is at.
fn set_to_work(app: &mut App) -> JobId {
    let mut last = Vec::new();
    for chord in read("c Enter Enter") {
        last = press(app, chord);
        answer_all(app, last.clone());
    }
    let job = last.iter().find_map(|effect| match effect {
        Effect::Run { job, .. } => Some(*job),
        _ => None,
    });
    let job = job.unwrap_or_else(|| panic!("nothing is sent: {last:?}"));
    for what in [Happening::Sending, Happening::Taken(Receipt::default())] {
        app.update(Msg::Job(job, plan::Event { step: 0, at: now(), what }));
    }
    press(app, "j".parse().expect("a chord"));
    job
}

/// A job is a little further than when it was looked at before.
fn looked_at(job: JobId, n: usize) -> Msg {
    let at = now() + SignedDuration::from_secs(i64::try_from(n).expect("a small number"));
    let percent = u8::try_from(n * 100 / CHORDS).ok();
    let what = Happening::Seen(Sight { status: "creating".into(), percent });
    Msg::Job(job, plan::Event { step: 0, at, what })
}

fn read(chords: &str) -> Vec<Chord> {
    chords.split_whitespace().map(|chord| chord.parse().expect("a chord")).collect()
}

fn press(app: &mut App, chord: Chord) -> Vec<Effect> {
    app.update(Msg::Input(Event::Chord(chord)))
}

/// Answers what the rules ask, until they ask no more; nobody waits for that, so that it is not measured.
fn answer_all(app: &mut App, mut effects: Vec<Effect>) {
    while let Some(effect) = effects.pop() {
        if let Effect::Ask(ticket, Question::Fact(question)) = effect {
            let fact = Answer::Fact(Ok(Box::new(answer(&question))));
            effects.extend(app.update(Msg::Answer(ticket, fact)));
        }
    }
}

fn frame(terminal: &mut Terminal<TestBackend>, app: &App, look: &Look) {
    terminal.draw(|frame| view::draw(app, look, frame)).expect("a frame");
}

/// An application to which everything was reported that a reader reports while it still reads, with so many of the newest rows.
fn filled(size: Size, rows: usize) -> App {
    let mut app = App::new(Options {
        now: now(),
        zone: TimeZone::UTC,
        badges: Badges { world: World::Real, endpoint: None, access: Access::ReadWrite },
        profiles: Profiles::Named,
        keymap: Keymap::default(),
        filter: Filter::default(),
        opening: Opening::default(),
        size,
    });
    // The newest come first.
    let mut ages: Vec<Timestamp> = fleet::reports().flat_map(|report| taken(&report)).collect();
    ages.sort_unstable();
    let oldest = ages[ages.len() - rows];
    for mut report in fleet::reports() {
        if let Report::Page { rows, .. } = &mut report {
            rows.retain(|row| row.created_at.get() >= Some(oldest));
        }
        app.update(Msg::Reports(vec![report]));
    }
    app
}

/// When the snapshots of a page were taken.
fn taken(report: &Report) -> Vec<Timestamp> {
    match report {
        Report::Page { rows, .. } => rows.iter().filter_map(|row| row.created_at.get()).collect(),
        _ => Vec::new(),
    }
}
