//! The server as a process, and what its log says.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::fleet::{Fleet, Shape};

/// Calls that may be made at once in one account and region.
const BURST: f64 = 100.0;
/// Calls a second there in the long run.
const RATE: f64 = 6.0;

/// A server in a process of its own.
pub(crate) struct Cloud {
    child: Child,
    address: String,
    pub(crate) fleet: Fleet,
}

/// One call, as the server wrote it down.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// Microseconds since 1970.
    pub(crate) at: u64,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) operation: String,
    /// What was asked for: a part of a list, or a role.
    pub(crate) about: String,
    pub(crate) marker: usize,
    pub(crate) rows: usize,
}

impl Cloud {
    /// Starts to serve a fleet.
    pub(crate) fn of(shape: Shape, accounts: usize, latency: Duration) -> Self {
        let me = std::env::current_exe().expect("a program");
        let mut child = Command::new(me)
            .args(["serve", shape.name(), &accounts.to_string(), &latency.as_millis().to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut address).expect("an address");
        Self { child, address: address.trim().to_owned(), fleet: Fleet::new(shape, accounts) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Every call so far.
    pub(crate) fn log(&self) -> Vec<Ask> {
        let mut stream = TcpStream::connect(&self.address).expect("a server");
        stream.write_all(b"GET /log HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("it listens");
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("text");
        let (_, log) = said.split_once("\r\n\r\n").expect("a head and a body");
        log.lines().map(Ask::of).collect()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ask {
    fn of(line: &str) -> Self {
        let words: Vec<&str> = line.split(' ').collect();
        let [at, account, region, operation, about, marker, rows] = words[..] else {
            panic!("a line: {line}")
        };
        let number = |text: &str| text.parse().expect("a number");
        Self {
            at: at.parse().expect("a time"),
            account: account.to_owned(),
            region: region.to_owned(),
            operation: operation.to_owned(),
            about: about.to_owned(),
            marker: number(marker),
            rows: number(rows),
        }
    }

    /// Whether a page of a list was asked for.
    pub(crate) fn is_page(&self) -> bool {
        matches!(&*self.operation, "DescribeDBSnapshots" | "DescribeDBClusterSnapshots")
    }

    /// Whether it was asked who can read a snapshot.
    pub(crate) fn is_attributes(&self) -> bool {
        self.operation.ends_with("Attributes")
    }

    /// Whether it counts for an account and region.
    fn is_paced(&self) -> bool {
        !matches!(&*self.operation, "GetCallerIdentity" | "AssumeRole")
    }
}

/// How many pages were asked for twice, and how many calls asked for an empty page of a list that is not empty.
pub(crate) fn in_vain(log: &[Ask]) -> usize {
    let mut asked = HashSet::new();
    let mut in_vain = 0;
    for ask in log.iter().filter(|ask| ask.is_page()) {
        let page = (&ask.account, &ask.region, &ask.operation, &ask.about, ask.marker);
        in_vain += usize::from(!asked.insert(page) || (ask.rows == 0 && ask.marker > 0));
    }
    in_vain
}

/// The most that one account and region was asked for, as a share of what it may be: a bucket of 100 that refills by
/// 6 a second is as deep as this at its emptiest.
pub(crate) fn emptiest_bucket(log: &[Ask]) -> f64 {
    let mut buckets: HashMap<(&str, &str), (f64, u64)> = HashMap::new();
    let mut emptiest = BURST;
    for ask in log.iter().filter(|ask| ask.is_paced()) {
        let (tokens, last) = buckets.entry((&ask.account, &ask.region)).or_insert((BURST, ask.at));
        let passed = Duration::from_micros(ask.at.saturating_sub(*last)).as_secs_f64();
        *tokens = (*tokens + passed * RATE).min(BURST) - 1.0;
        *last = ask.at;
        emptiest = emptiest.min(*tokens);
    }
    (BURST - emptiest) / BURST
}
