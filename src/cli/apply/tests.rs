//! What following a run promises, over a driver that is played.

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;

use super::*;
use crate::cli::Progress;
use crate::cli::fake::Page;
use crate::plan::{Happening, Receipt};
use crate::rules::testing::cleared;

fn run() -> Run {
    let (request, facts) = cleared("copy none name=x");
    let orders = Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders");
    Run::new(&orders)
}

fn tell(say: &UnboundedSender<Event>, what: Happening) {
    say.send(Event { step: 0, at: jiff::Timestamp::UNIX_EPOCH, what }).expect("somebody listens");
}

#[tokio::test(start_paused = true)]
async fn a_stop_between_two_events_is_not_lost() {
    let (run, out, err) = (run(), Page::default(), Page::default());
    let id: RunId = "261124-143946-m3d".parse().expect("a name");
    let console = Console::new(out.clone(), err.clone(), Progress::Hidden);
    let follower = Follower::new(&run, Some(id), Form::Ndjson, console);
    let (say, heard) = unbounded_channel();
    // As a signal does, it wakes those that listen just then.
    let signal = Notify::new();
    let driving = async {
        tell(&say, Happening::Sending);
        tokio::task::yield_now().await;
        tell(&say, Happening::Taken(Receipt::default()));
        signal.notify_waiters();
        pending().await
    };
    let brake = Brake::default();
    let exit = followed(driving, heard, || signal.notified(), brake, follower).await;
    assert_eq!(exit, Exit::Failed);
    assert_eq!(out.text().lines().count(), 2, "what was heard is printed: {}", out.text());
    assert!(err.text().contains(&format!("snapdeck resume {id} takes it up again")), "{}", err.text());
}
