//! What keeping promises: intent before every call, runs that outlive their program, one driver for each.

use std::sync::Mutex;

use super::*;
use crate::domain::{Access, Fault, FaultClass, fixture};
use crate::engine::drive::tests::{Look, Script};
use crate::plan::{Happening, compile};
use crate::ports::testing::MemoryJournal;
use crate::rules::testing::cleared;

fn orders(line: &str) -> Orders {
    let (request, facts) = cleared(line);
    Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders")
}

fn keeper(cloud: &Arc<Script>, journal: &MemoryJournal) -> Keeper {
    let clock: Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let journal: Arc<dyn Journal> = Arc::new(journal.clone());
    Keeper::new(Arc::clone(cloud) as Arc<dyn Cloud>, clock, Some(journal), ("me".into(), "here".into()))
}

/// Passes on what happens to the script, which holds orders to having been told of before they leave.
fn watch(cloud: &Arc<Script>) -> Watch {
    let told: Arc<Mutex<Vec<Event>>> = Arc::clone(&cloud.told);
    Arc::new(move |event| told.lock().expect("a lock").push(event))
}

fn there() -> Vec<Look> {
    vec![Ok(Some(("available", 100)))]
}

#[tokio::test(start_paused = true)]
async fn a_run_is_written_down_as_it_happens() {
    let (cloud, journal) = (Arc::new(Script::new(there())), MemoryJournal::new(1));
    let (keeper, orders) = (keeper(&cloud, &journal), orders("copy none name=x"));
    let kept = keeper.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    let run = keeper.go(kept, Run::new(&orders), orders.clone(), watch(&cloud)).await.expect("driven");
    let history = journal.load(id).await.expect("a history");
    assert_eq!(history.run(), Ok(run));
    assert_eq!(history.plan, orders.plan());
    assert!(keeper.cut_short().await.expect("a list").is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_an_ended_program_left_is_found_and_taken_up_without_doing_anything_twice() {
    let (cloud, journal) = (Arc::new(Script::new(there())), MemoryJournal::new(1));
    let orders = orders("share automated aws/rds with=222");
    let first = keeper(&cloud, &journal);
    let kept = first.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    // The program ends when its first order is on its way.
    let hold = kept.hold.as_ref().expect("a hold");
    let sending = Event { step: 0, at: jiff::Timestamp::UNIX_EPOCH, what: Happening::Sending };
    journal.record(hold, 0, &sending).await.expect("written");
    drop(kept);
    let second = keeper(&cloud, &journal);
    let cut = second.cut_short().await.expect("a list");
    assert_eq!(cut.iter().map(|history| history.id).collect::<Vec<_>>(), [id]);
    let (kept, history) = second.take(id).await.expect("taken").expect("a journal");
    let run = history.run().expect("a run");
    let run = second.go(kept, run, orders, watch(&cloud)).await.expect("driven");
    assert_eq!(run.standing(), Standing::Done);
    let sent = cloud.sent.lock().expect("a lock").clone();
    assert_eq!(sent, ["PutKeyPolicy", "ModifyDBSnapshotAttribute"], "the copy was there already");
}

#[tokio::test(start_paused = true)]
async fn a_run_has_one_driver() {
    let (cloud, journal) = (Arc::new(Script::new(there())), MemoryJournal::new(1));
    let (first, second) = (keeper(&cloud, &journal), keeper(&cloud, &journal));
    let kept = first.begin(&orders("copy none name=x"), vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    assert!(matches!(second.take(id).await, Err(JournalError::Held(_))));
    assert!(second.cut_short().await.expect("a list").is_empty(), "somebody drives it");
    drop(kept);
    assert!(second.take(id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_written_down_is_not_sent() {
    let (cloud, journal) = (Arc::new(Script::new(there())), MemoryJournal::new(1));
    let (keeper, orders) = (keeper(&cloud, &journal), orders("copy none name=x"));
    let kept = keeper.begin(&orders, vec![]).await.expect("begun");
    journal.break_after(0, JournalError::Full("the disk".into()));
    let end = keeper.go(kept, Run::new(&orders), orders, watch(&cloud)).await;
    assert!(end.is_err_and(|why| why.exact().contains("no room is left")));
    assert!(cloud.sent.lock().expect("a lock").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_on_after_a_pause_in_the_same_program() {
    let (cloud, journal) = (Arc::new(Script::new(there())), MemoryJournal::new(1));
    let expired: Result<_, Fault> = Err(fixture::fault(FaultClass::ExpiredCredentials, "expired"));
    cloud.orders.lock().expect("a lock").push(expired);
    let (keeper, orders) = (keeper(&cloud, &journal), orders("copy none name=x"));
    let kept = keeper.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    let run =
        keeper.go(Arc::clone(&kept), Run::new(&orders), orders.clone(), watch(&cloud)).await.expect("driven");
    assert_eq!(run.standing(), Standing::Paused(0));
    let run = keeper.go(kept, run, orders, watch(&cloud)).await.expect("driven");
    assert_eq!(journal.load(id).await.expect("a history").run(), Ok(run));
}
