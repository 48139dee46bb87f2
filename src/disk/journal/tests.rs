//! The journal on real files: what it promises, across programs that share it and programs that die.

#![cfg(test)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;

use super::Journal;
use crate::plan::{Event, Happening, History, Holder, Plan, RunId};
use crate::ports::testing::{at, author, check_promises, events, plan};
use crate::ports::{Hold, Journal as _, JournalError};

mod damage;

fn journal(folder: &Path) -> Journal {
    Journal::new(folder).expect("a journal")
}

/// A journal with a run that is held and of which nothing has happened.
async fn begun(folder: &Path) -> (Journal, Hold) {
    let journal = journal(folder);
    let run = journal.begin(&plan(), &author(), at(0)).await.expect("begun");
    let hold = journal.hold(run, at(0)).await.expect("free");
    (journal, hold)
}

/// A journal with a run of which all [`events`] happened.
async fn written(folder: &Path) -> (Journal, Hold) {
    let (journal, hold) = begun(folder).await;
    for (n, event) in events().iter().enumerate() {
        journal.record(&hold, n, event).await.expect("recorded");
    }
    (journal, hold)
}

fn history(id: RunId, events: &[Event]) -> History {
    History { id, author: author(), begun: at(0), plan: plan(), events: events.to_vec() }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

/// Where a test that runs in another process finds its folder.
const FOLDER: &str = "SNAPDECK_TEST_JOURNAL";

/// One of these tests in another process.
fn another_process(program: &Path, test: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", &format!("disk::journal::tests::{test}"), "--nocapture"]).env(FOLDER, folder);
    command
}

fn this_program() -> PathBuf {
    std::env::current_exe().expect("this program")
}

#[tokio::test]
async fn it_keeps_the_promises_of_a_journal() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("deep/data");
    check_promises([&journal(&folder), &journal(&folder)]).await;
}

#[tokio::test]
async fn what_was_recorded_is_there_for_the_next_program() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = written(root.path()).await;
    let run = hold.run();
    drop((journal, hold));
    let journal = self::journal(root.path());
    assert_eq!(journal.load(run).await, Ok(history(run, &events())));
    let hold = journal.hold(run, at(9)).await.expect("free");
    assert_eq!(hold.after(), None, "it was let go of");
}

#[tokio::test]
async fn a_run_whose_program_died_is_whole_and_free() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let (_journal, _hold) = written(Path::new(&folder)).await;
        std::process::abort();
    }
    let root = tempfile::tempdir().expect("a folder");
    let test = "a_run_whose_program_died_is_whole_and_free";
    let mut child = another_process(&this_program(), test, root.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    assert!(!child.wait().expect("an end").success());
    let journal = journal(root.path());
    let [entry] = &journal.list(9).await.expect("a list")[..] else { panic!("one run") };
    assert_eq!(entry.holder, None);
    assert_eq!(journal.load(entry.id).await, Ok(history(entry.id, &events())));
    let hold = journal.hold(entry.id, at(9)).await.expect("free");
    let host = crate::disk::host();
    assert_eq!(hold.after(), Some(&Holder { pid: child.id(), host, since: at(0) }));
}

#[tokio::test]
async fn who_holds_a_run_is_told_with_process_and_machine() {
    let root = tempfile::tempdir().expect("a folder");
    let (_journal, hold) = begun(root.path()).await;
    let holder = Holder { pid: std::process::id(), host: crate::disk::host(), since: at(0) };
    let refused = journal(root.path()).hold(hold.run(), at(1)).await.expect_err("held");
    assert_eq!(refused, JournalError::Held(holder));
}

#[tokio::test]
async fn everything_is_its_owners_alone() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("data");
    let (journal, hold) = written(&folder).await;
    assert_eq!((mode(&folder), mode(&folder.join("holds"))), (0o700, 0o700));
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    let run = hold.run();
    assert_eq!(mode(&folder.join("holds").join(run.to_string())), 0o600);

    drop((journal, hold));
    let file = folder.join("journal.sqlite");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("set");
    let journal = self::journal(&folder);
    journal.load(run).await.expect("a run");
    assert_eq!((mode(&file), mode(&folder.join("journal.sqlite-wal"))), (0o600, 0o600));
}

#[tokio::test]
async fn looking_makes_no_file() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("data");
    let journal = journal(&folder);
    assert_eq!(journal.list(9).await, Ok(vec![]));
    let run = RunId::new(at(0), 0);
    assert_eq!(journal.load(run).await, Err(JournalError::Unknown(run)));
    assert!(journal.hold(run, at(0)).await.is_err());
    assert!(!folder.exists());
}

#[tokio::test]
async fn many_programs_can_begin_at_once() {
    let root = tempfile::tempdir().expect("a folder");
    let journals: Vec<Journal> = (0..8).map(|_| journal(root.path())).collect();
    let (plan, author) = (plan(), author());
    // Each is under way on a thread of its own before the first is waited for.
    let runs: Vec<_> = journals.iter().map(|journal| journal.begin(&plan, &author, at(0))).collect();
    let mut ids = std::collections::BTreeSet::new();
    for run in runs {
        ids.insert(run.await.expect("begun"));
    }
    assert_eq!(ids.len(), journals.len());
    assert_eq!(journals[0].list(99).await.expect("a list").len(), journals.len());
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_that_was_recorded_is_lost() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = begun(root.path()).await;
    let limit = |store: &mut super::Store| {
        let pages: i64 =
            store.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).expect("pages");
        let limit = format!("PRAGMA max_page_count = {}", pages + 6);
        store.connection().query_row(&limit, [], |row| row.get::<_, i64>(0)).expect("limited")
    };
    journal.writes.ask(limit).await;
    let long = Event { step: 0, at: at(1), what: Happening::Lost("x".repeat(3000).into()) };
    let mut recorded = 0;
    let full = loop {
        match journal.record(&hold, recorded, &long).await {
            Ok(()) => recorded += 1,
            Err(error) => break error,
        }
    };
    let file = root.path().join("journal.sqlite").display().to_string();
    assert_eq!(full, JournalError::Full(file.as_str().into()));
    assert!((2..99).contains(&recorded), "{recorded}");
    assert_eq!(journal.record(&hold, recorded, &long).await, Err(full));
    let there = self::journal(root.path()).load(hold.run()).await.expect("a run").events;
    assert_eq!(there, vec![long; recorded]);
}

/// Root may write everywhere, so this is for another user to find out.
#[tokio::test]
async fn a_folder_that_may_not_be_written_is_told() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return check_read_only(Path::new(&folder)).await;
    }
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("data");
    drop(written(&folder).await);
    let nobody = rustix::process::getuid().is_root().then_some(65_534);
    for path in [root.path(), &folder, &folder.join("holds")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).expect("set");
    }
    fs::set_permissions(folder.join("journal.sqlite"), fs::Permissions::from_mode(0o444)).expect("set");
    match nobody {
        None => check_read_only(&folder).await,
        Some(nobody) => {
            // Where the tests lie may not be open to others; the temporary folder is.
            let program = tempfile::tempdir().expect("a folder");
            fs::set_permissions(program.path(), fs::Permissions::from_mode(0o755)).expect("set");
            let copy = program.path().join("tests");
            fs::hard_link(this_program(), &copy)
                .or_else(|_| fs::copy(this_program(), &copy).map(drop))
                .expect("a copy");
            let mut command = another_process(&copy, "a_folder_that_may_not_be_written_is_told", &folder);
            let output = command.current_dir("/").uid(nobody).output().expect("a process");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
        }
    }
    for path in [root.path(), &folder, &folder.join("holds")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("set");
    }
}

async fn check_read_only(folder: &Path) {
    let begin = async |folder: &Path| {
        let error =
            journal(folder).begin(&plan(), &author(), at(0)).await.expect_err("nothing can be written");
        assert!(matches!(error, JournalError::ReadOnly(_)), "{error:?}");
    };
    begin(folder).await;
    begin(&folder.join("new")).await;
    let error = journal(folder).list(9).await.expect_err("the log cannot be made");
    assert!(matches!(error, JournalError::ReadOnly(_)), "{error:?}");
}

#[tokio::test]
async fn nothing_that_was_written_can_be_changed_or_taken_out() {
    let root = tempfile::tempdir().expect("a folder");
    let (_journal, _hold) = written(root.path()).await;
    let connection = Connection::open(root.path().join("journal.sqlite")).expect("opened");
    for change in
        ["UPDATE run SET goal = 'x'", "DELETE FROM run", "UPDATE event SET n = n + 9", "DELETE FROM event"]
    {
        let refused = connection.execute(change, []).expect_err(change).to_string();
        assert!(refused.contains("is kept") || refused.contains("stays as it is"), "{change}: {refused}");
    }
}

#[tokio::test]
async fn a_journal_of_a_newer_version_is_left_alone() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = begun(root.path()).await;
    let run = hold.run();
    drop((journal, hold));
    let file = root.path().join("journal.sqlite");
    Connection::open(&file).expect("opened").execute("UPDATE version SET number = 2", []).expect("changed");
    let newer = JournalError::Newer(file.display().to_string().into());
    let journal = self::journal(root.path());
    assert_eq!(journal.load(run).await, Err(newer.clone()));
    assert_eq!(journal.begin(&plan(), &author(), at(0)).await, Err(newer));
}

#[tokio::test]
async fn a_plan_that_could_not_be_read_back_is_not_begun() {
    let root = tempfile::tempdir().expect("a folder");
    let plan = Plan { goal: "Copy \u{1b}[2J".to_owned(), ..plan() };
    let refused = journal(root.path()).begin(&plan, &author(), at(0)).await.expect_err("no record");
    assert!(matches!(refused, JournalError::Unwritable(_)), "{refused:?}");
    assert_eq!(journal(root.path()).list(9).await, Ok(vec![]));
}
