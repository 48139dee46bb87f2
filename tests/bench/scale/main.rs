//! The program at fleet scale: 100,000 snapshots in 340 scopes, served by another process that waits before each answer.
//!
//! The deck runs in a pseudo terminal and `list` in a pipe, as users have them. What is promised is printed beside what
//! was measured; the bench fails where a promise is broken. Words on the command line choose the figures that hold them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "what is measured here is far below where numbers lose anything"
)]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

#[path = "../figures.rs"]
mod figures;

mod cloud;
mod fleet;
mod home;
mod process;
mod server;
mod sight;

use std::io::{self, BufRead as _, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cloud::{Cloud, emptiest_bucket, in_vain};
use figures::Figures;
use fleet::{ALONE, REGIONS, Shape, WHOLE};
use home::{Home, PROGRAM, SignIn};
use server::micros;
use sight::{Sight, number_before};

/// Accounts of the fleet.
const ACCOUNTS: usize = 20;

/// How long an answer takes, mostly.
const NEAR: Duration = Duration::from_millis(50);
/// How long it takes from the other end of the world.
const FAR: Duration = Duration::from_millis(250);

/// How often something short is measured; what counts is the middle one.
const TIMES: usize = 5;

const MB: f64 = 1e6;
const KIB: f64 = 1024.0;

/// What is measured: its name, and how.
type Measure = (&'static str, fn(&mut Figures) -> io::Result<()>);

const MEASURES: [Measure; 6] = [
    ("start", start),
    ("near", |figures| whole(figures, NEAR, 1.8)),
    ("far", |figures| whole(figures, FAR, 1.15)),
    ("alone", alone),
    ("still", still),
    ("roles", roles),
];

fn main() -> io::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if let [serve, shape, accounts, milliseconds] = &words[..]
        && serve == "serve"
    {
        let shape = Shape::of(shape).expect("a shape");
        let number = |text: &str| text.parse().expect("a number");
        server::serve(shape, number(accounts), Duration::from_millis(number(milliseconds) as u64));
        return Ok(ExitCode::SUCCESS);
    }
    let mut figures = Figures::default();
    figures::head("The program over a network, 100,000 snapshots in 340 scopes")?;
    for (name, measure) in MEASURES {
        if words.is_empty() || words.iter().any(|word| name.contains(word.as_str())) {
            measure(&mut figures)?;
        }
    }
    figures.end()
}

fn deck(cloud: &Cloud, home: &Home) -> Sight {
    Sight::of(PROGRAM.as_ref(), &home.args(), &home.env(&cloud.url()), home.path())
}

/// How many snapshots the line at the top counts.
fn snapshots(text: &str) -> usize {
    number_before(Sight::head(text), " snapshot")
}

/// How many scopes were read to their end.
fn scopes(text: &str) -> usize {
    let head = Sight::head(text);
    let read = head.split_once('/').map_or("", |(read, _)| read);
    read.rsplit(' ').next().and_then(|read| read.parse().ok()).unwrap_or(0)
}

/// The middle one of several times.
fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// From exec to something on the screen.
fn start(figures: &mut Figures) -> io::Result<()> {
    let cloud = Cloud::of(Shape::Whole, ACCOUNTS, NEAR);
    // A credentials file that is a pipe into which nobody writes: whoever reads it first, waits for ever.
    let mute = Home::new(SignIn::Mute, ACCOUNTS);
    let frames = (0..TIMES).map(|_| deck(&cloud, &mute).until("a frame", |text| text.contains("snapdeck")));
    let frame = middle(frames.collect());
    figures.add("exec to the first frame, no credential read", milliseconds(frame), 30.0, "ms")?;
    let home = Home::new(SignIn::Profiles, ACCOUNTS);
    let rows = (0..TIMES).map(|_| deck(&cloud, &home).until("a row", |text| snapshots(text) > 0));
    let row = middle(rows.collect());
    figures.add("50 ms: exec to the first row", milliseconds(row), milliseconds(NEAR) + 150.0, "ms")
}

/// The whole fleet, by the deck and by `list`.
fn whole(figures: &mut Figures, latency: Duration, bound: f64) -> io::Result<()> {
    let home = Home::new(SignIn::Profiles, ACCOUNTS);
    let cloud = Cloud::of(Shape::Whole, ACCOUNTS, latency);
    let floor = latency.as_secs_f64() * cloud.fleet.longest_chain() as f64;
    let of = |what: &str| format!("{} ms: {what}", latency.as_millis());
    let mut deck = deck(&cloud, &home);
    let rows = deck.until("all rows", |text| snapshots(text) == WHOLE);
    let end = deck.until("all scopes", |text| scopes(text) == ACCOUNTS * REGIONS.len());
    let log = cloud.log();
    let peak = process::peak(deck.process()).expect("it runs") as f64;
    let (own, server) = (process::cpu(deck.process()), process::cpu(cloud.process()));
    drop(deck);
    figures.add(&of("deck, all rows, by the floor"), rows.as_secs_f64() / floor, bound, "times")?;
    figures.add(&of("deck, all scopes complete, by the floor"), end.as_secs_f64() / floor, bound, "times")?;
    figures.add(&of("deck, peak memory"), peak / MB, 90.0, "MB")?;
    calls(figures, &of("deck"), &cloud, &log)?;
    let attributes = log.iter().filter(|ask| ask.is_attributes()).count();
    println!(
        "    processor time: deck {own:.1} s, server {server:.1} s; {attributes} share states were asked meanwhile"
    );

    let cloud = Cloud::of(Shape::Whole, ACCOUNTS, latency);
    let (time, peak, lines) = list(&cloud, &home);
    let log = cloud.log();
    assert_eq!(lines, WHOLE, "every snapshot is listed once");
    figures.add(&of("list, by the floor"), time.as_secs_f64() / floor, bound, "times")?;
    figures.add(&of("list, peak memory"), peak as f64 / MB, 60.0, "MB")?;
    calls(figures, &of("list"), &cloud, &log)?;
    let shares = log.iter().filter(|ask| ask.is_attributes()).count();
    figures.add(&of("list, calls for a share state"), shares as f64, 0.0, "")
}

fn calls(figures: &mut Figures, of: &str, cloud: &Cloud, log: &[cloud::Ask]) -> io::Result<()> {
    let pages = log.iter().filter(|ask| ask.is_page()).count() as f64;
    figures.add(
        &format!("{of}, calls for pages, by pages and empty lists"),
        pages / cloud.fleet.pages() as f64,
        1.5,
        "times",
    )?;
    figures.add(&format!("{of}, pages asked for twice"), in_vain(log) as f64, 0.0, "")?;
    figures.add(&format!("{of}, bucket of an account and region used"), emptiest_bucket(log), 1.0, "")
}

/// `list --format ndjson`: how long it takes, the most memory it had, and how many lines it prints.
fn list(cloud: &Cloud, home: &Home) -> (Duration, usize, usize) {
    let begun = Instant::now();
    let mut child = Command::new(PROGRAM)
        .args(["list", "--format", "ndjson"])
        .args(home.args())
        .env_clear()
        .envs(home.env(&cloud.url()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let process = child.id();
    let out = child.stdout.take().expect("a pipe");
    let lines = thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).count());
    let mut peak = 0;
    // The peak only grows, and is gone with the process.
    while child.try_wait().expect("a child").is_none() {
        peak = process::peak(process).unwrap_or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    (begun.elapsed(), peak, lines.join().expect("no panic"))
}

/// One long list: when its rows are there, beside the time that its pages take one after the other.
fn alone(figures: &mut Figures) -> io::Result<()> {
    let home = Home::new(SignIn::Profiles, 1);
    let times = (0..TIMES).map(|_| {
        let cloud = Cloud::of(Shape::Alone, 1, NEAR);
        let begun = micros();
        let rows = deck(&cloud, &home).until("all rows", |text| snapshots(text) == ALONE);
        let first = cloud.log().iter().filter(|ask| ask.is_page()).map(|ask| ask.at).min().expect("a call");
        rows.saturating_sub(Duration::from_micros(first - begun))
    });
    let times: Vec<Duration> = times.collect();
    println!(
        "    one by one: {} ms",
        times.iter().map(|time| time.as_millis().to_string()).collect::<Vec<_>>().join(", ")
    );
    let time = middle(times);
    let chain = NEAR * u32::try_from(ALONE / fleet::PAGE).expect("a number");
    figures.add(
        "50 ms: a scope of 1,500, all rows, by its chain",
        time.as_secs_f64() / chain.as_secs_f64(),
        0.45,
        "times",
    )
}

/// A deck that has nothing to do, and then little.
fn still(figures: &mut Figures) -> io::Result<()> {
    const REST: Duration = Duration::from_secs(8);
    const ROWS: usize = 20;
    let home = Home::new(SignIn::Profiles, ACCOUNTS);
    let cloud = Cloud::of(Shape::Automated, ACCOUNTS, Duration::from_millis(1));
    let mut deck = deck(&cloud, &home);
    deck.until("all scopes", |text| scopes(text) == ACCOUNTS * REGIONS.len() && snapshots(text) == WHOLE);
    deck.until_quiet(Duration::from_secs(1));
    // The ages on the screen change with the minute, and that is a frame.
    let into_minute = Duration::from_micros(micros() % 60_000_000);
    let left = Duration::from_mins(1).saturating_sub(into_minute);
    if left < REST + Duration::from_secs(1) {
        deck.until_quiet(left + Duration::from_secs(1));
    }
    let (before, cpu) = (deck.shown(), process::cpu(deck.process()));
    deck.until_quiet(REST);
    let idle = (process::cpu(deck.process()) - cpu) / REST.as_secs_f64() * 100.0;
    figures.add("idle: frames", (deck.shown().1 - before.1) as f64, 0.0, "")?;
    figures.add("idle: bytes", (deck.shown().0 - before.0) as f64, 0.0, "")?;
    figures.add("idle: share of a core", idle, 0.2, "%")?;
    for _ in 0..60 {
        deck.keys("j");
    }
    deck.until_quiet(Duration::from_millis(300));
    let before = deck.shown();
    for _ in 0..ROWS {
        deck.keys("j");
        deck.until_quiet(Duration::from_millis(60));
    }
    let (bytes, frames) = (deck.shown().0 - before.0, deck.shown().1 - before.1);
    assert_eq!(frames, ROWS, "each chord is a frame");
    figures.add("one scrolled row at 200x50", bytes as f64 / ROWS as f64 / 1e3, 9.0, "KB")
}

/// Two hundred accounts by a role each.
fn roles(figures: &mut Figures) -> io::Result<()> {
    const MANY: usize = 200;
    let read = |accounts: usize| {
        let home = Home::new(SignIn::Roles, accounts);
        let cloud = Cloud::of(Shape::Bare, accounts, NEAR);
        let mut deck = deck(&cloud, &home);
        let scopes_of_all = accounts * REGIONS.len();
        let time = deck.until("all scopes", |text| scopes(text) == scopes_of_all);
        (process::peak(deck.process()).expect("it runs"), cloud.log(), time)
    };
    let (small, ..) = read(1);
    let (large, log, time) = read(MANY);
    let scopes = (MANY - 1) * REGIONS.len();
    figures.add(
        "200 accounts x 17 regions: memory a scope",
        (large - small) as f64 / KIB / scopes as f64,
        20.0,
        "KiB",
    )?;
    let assumed = log.iter().filter(|ask| ask.operation == "AssumeRole").count();
    figures.add("200 accounts x 17 regions: AssumeRole an account", assumed as f64 / MANY as f64, 1.0, "")?;
    println!(
        "    all {} scopes in {:.1} s, peak {:.0} MB",
        MANY * REGIONS.len(),
        time.as_secs_f64(),
        large as f64 / MB
    );
    Ok(())
}
