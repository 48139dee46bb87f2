//! Files that were cut short or changed: what is whole is read, the rest is an error, and nothing is made up.

#![cfg(test)]

use super::*;

/// What a damaged copy of a journal says of its run.
async fn said(files: &[(&str, &[u8])], run: RunId) -> Result<History, JournalError> {
    let root = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(root.path().join(name), bytes).expect("written");
    }
    let journal = journal(root.path());
    let list = journal.list(9).await;
    assert!(matches!(list, Ok(_) | Err(JournalError::Corrupted { .. } | JournalError::Newer(_))), "{list:?}");
    journal.load(run).await
}

fn is_honest(said: &Result<History, JournalError>) -> bool {
    match said {
        Ok(_) | Err(JournalError::Unknown(_) | JournalError::Corrupted { .. } | JournalError::Newer(_)) => {
            true
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_log_that_ends_within_its_last_event_holds_those_before() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = begun(root.path()).await;
    let run = hold.run();
    let read = |name: &str| fs::read(root.path().join(name)).expect("a file");
    let mut ends = vec![];
    for (n, event) in events().iter().enumerate() {
        ends.push(read("journal.sqlite-wal").len());
        journal.record(&hold, n, event).await.expect("recorded");
    }
    let (main, log) = (read("journal.sqlite"), read("journal.sqlite-wal"));
    assert_eq!(
        said(&[("journal.sqlite", &main), ("journal.sqlite-wal", &log)], run).await,
        Ok(history(run, &events()))
    );
    let from = *ends.last().expect("events");
    assert!(from < log.len());
    // All of the first frame's head, then places all over the frames, of 4120 bytes each.
    let cuts = (from..from + 40).chain((from + 40..log.len()).step_by(409)).chain(log.len() - 3..log.len());
    for cut in cuts {
        let files = [("journal.sqlite", &main[..]), ("journal.sqlite-wal", &log[..cut])];
        let whole = history(run, &events()[..events().len() - 1]);
        assert_eq!(said(&files, run).await, Ok(whole), "cut at {cut} of {}", log.len());
    }
}

#[tokio::test]
async fn a_file_that_is_cut_short_never_tells_less_than_was_written_as_if_it_were_all() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = written(root.path()).await;
    let run = hold.run();
    drop((journal, hold));
    let main = fs::read(root.path().join("journal.sqlite")).expect("a file");
    let last = main.len() - 4096;
    for cut in
        (last..main.len()).step_by(61).chain((1..last).step_by(1999)).chain([1, 15, 16, 99, 100, last - 1])
    {
        let said = said(&[("journal.sqlite", &main[..cut])], run).await;
        assert!(is_honest(&said));
        if let Ok(told) = said {
            assert_eq!(told, history(run, &events()), "cut at {cut} of {}", main.len());
        }
    }
}

#[tokio::test]
async fn a_file_in_which_bytes_changed_is_read_as_it_was_or_not_at_all() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = written(root.path()).await;
    let run = hold.run();
    drop((journal, hold));
    let main = fs::read(root.path().join("journal.sqlite")).expect("a file");
    for at in (100..main.len()).filter(|at| main[*at] != 0).step_by(47) {
        for bits in [0x01, 0x80] {
            let mut bytes = main.clone();
            bytes[at] ^= bits;
            let said = said(&[("journal.sqlite", &bytes)], run).await;
            assert!(is_honest(&said));
            if let Ok(told) = said {
                assert_eq!(told, history(run, &events()), "byte {at}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_was_emptied_or_is_none_of_ours_is_told() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = begun(root.path()).await;
    drop((journal, hold));
    let file = root.path().join("journal.sqlite");
    for bytes in [&b""[..], b"these are notes of mine, and no journal of anything at all"] {
        fs::write(&file, bytes).expect("written");
        let journal = self::journal(root.path());
        let listed = journal.list(9).await.expect_err("damage");
        assert!(matches!(listed, JournalError::Corrupted { .. }), "{listed:?}");
        let begun = journal.begin(&plan(), &author(), at(0)).await.expect_err("damage");
        assert_eq!(begun, listed);
        assert_eq!(fs::read(&file).expect("a file"), bytes, "it is left as it is");
    }
}

#[tokio::test]
async fn a_run_that_cannot_be_understood_is_listed_and_does_not_hide_the_others() {
    let root = tempfile::tempdir().expect("a folder");
    let (journal, hold) = written(root.path()).await;
    let broken = hold.run();
    let whole = journal.begin(&plan(), &author(), at(1)).await.expect("begun");
    drop((journal, hold));
    let connection = Connection::open(root.path().join("journal.sqlite")).expect("opened");
    connection
        .execute("UPDATE tally SET seal = seal + 1 WHERE run = ?1", [broken.to_string()])
        .expect("changed");
    drop(connection);
    let journal = self::journal(root.path());
    let list = journal.list(9).await.expect("a list");
    let told: Vec<_> = list.iter().map(|entry| (entry.id, entry.steps, entry.standing.is_some())).collect();
    let steps = plan().steps.len();
    assert_eq!(told, [(whole, steps, true), (broken, steps, false)]);
    let said = journal.load(broken).await.expect_err("a broken seal").to_string();
    assert!(said.contains(&format!("run {broken}: its seal is broken")), "{said}");
}
