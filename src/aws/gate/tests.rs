//! The gate: who goes first, and that nobody holds up all.

use std::future::pending;

use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

use super::*;

async fn until_waiting(gate: &Gate, count: usize) {
    let waiting = |state: &State| state.next.len() + state.ahead.len() + state.asides.len();
    while waiting(&gate.state()) < count {
        yield_now().await;
    }
}

/// In which order these go through, of whom one is let through after the other.
async fn order(gate: &Gate, ranks: &[(&'static str, Rank)]) -> Vec<&'static str> {
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut held = Vec::new();
    for _ in 0..FIRST {
        held.push(gate.pass(Rank::Ahead).await);
    }
    let mut waiting = JoinSet::new();
    for (n, &(name, rank)) in ranks.iter().enumerate() {
        let (gate, order) = (gate.clone(), Arc::clone(&order));
        waiting.spawn({
            let gate = gate.clone();
            async move { gate.through(rank, async || order.lock().expect("a lock").push(name)).await }
        });
        until_waiting(&gate, n + 1).await;
    }
    gate.through(Rank::Now, async || order.lock().expect("a lock").push("now")).await;
    held.pop();
    waiting.join_all().await;
    drop(held);
    assert_eq!(gate.state().out, 0);
    Arc::into_inner(order).expect("nobody waits").into_inner().expect("a lock")
}

fn next(pages: usize) -> Rank {
    Rank::Next(pages, Reached::default())
}

#[tokio::test(start_paused = true)]
async fn what_somebody_asked_for_goes_at_once_then_lists_then_what_is_read_ahead_of_them() {
    let ranks = [("ahead", Rank::Ahead), ("a", next(1)), ("b", next(1))];
    assert_eq!(order(&Gate::default(), &ranks).await, ["now", "a", "b", "ahead"]);
}

#[tokio::test(start_paused = true)]
async fn the_longest_list_goes_first_or_the_one_that_has_got_least_far() {
    let at = |name| Rank::Next(7, Reached::by(name));
    let ranks = [("short", next(1)), ("w", at("warehouse-3")), ("o", at("Orders")), ("z", at("z"))];
    assert_eq!(order(&Gate::default(), &ranks).await, ["now", "o", "w", "z", "short"]);
}

#[tokio::test(start_paused = true)]
async fn first_pages_and_others_hold_each_other_up_by_half_at_most() {
    let (gate, mut first, mut further) = (Gate::default(), Vec::new(), Vec::new());
    for _ in 0..FIRST {
        first.push(gate.pass(next(0)).await);
    }
    for _ in 0..FIRST / 2 {
        further.push(gate.pass(next(3)).await);
    }
    for rank in [next(0), next(3), Rank::Ahead] {
        assert!(timeout(TURN / 2, gate.pass(rank)).await.is_err(), "no room for {rank:?}");
    }
    first.clear();
    further.push(timeout(TURN / 2, gate.pass(next(3))).await.expect("room for more than half"));
    first.push(timeout(TURN / 2, gate.pass(next(0))).await.expect("room for a first one"));
    drop((first, further));
    let state = gate.state();
    assert_eq!((state.out, state.first), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn what_hangs_holds_up_nobody_and_whoever_gives_up_leaves_no_trace() {
    let (gate, begun) = (Gate::default(), Instant::now());
    let mut hung = JoinSet::new();
    for _ in 0..FIRST + 5 {
        let gate = gate.clone();
        hung.spawn(async move { gate.through(next(9), pending::<()>).await });
    }
    until_waiting(&gate, 5).await;
    assert!(timeout(TURN / 2, gate.through(Rank::Ahead, async || ())).await.is_err());
    gate.through(next(10), async || ()).await;
    assert!((TURN..TURN * 2).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    hung.shutdown().await;
    let state = gate.state();
    assert_eq!((state.out, state.first, state.next.len()), (0, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn no_more_is_asked_for_in_a_second_than_is_read() {
    let (gate, begun) = (Gate::default(), Instant::now());
    for _ in 0..=BURST {
        gate.through(Rank::Ahead, async || ()).await;
    }
    assert!(begun.elapsed() < Duration::from_millis(5), "{:?}", begun.elapsed());
    for _ in 0..rate() * 2 {
        gate.through(Rank::Ahead, async || ()).await;
    }
    let took = begun.elapsed().as_secs_f64();
    assert!((1.9..2.2).contains(&took), "{took} s");
}

#[tokio::test(start_paused = true)]
async fn what_pages_do_not_hold_is_given_back_and_more_of_them_begin() {
    let (gate, begun) = (Gate::default(), Instant::now());
    for _ in 0..rate() * ASKING {
        gate.through(next(0), async || ()).await;
        gate.learn(next(0), 0, 100);
    }
    let took = begun.elapsed().as_secs_f64();
    assert!((0.9..1.1).contains(&took), "{took} s for pages that are as good as {} full ones", rate());
    let mut held = Vec::new();
    for _ in 0..EMPTY {
        held.push(timeout(TURN / 2, gate.pass(next(0))).await.expect("room for what is empty"));
    }
    assert!(timeout(TURN / 2, gate.pass(next(0))).await.is_err(), "room for one more");
    (0..COUNTED).for_each(|_| gate.learn(next(0), 50, 100));
    held.truncate(FIRST);
    assert!(timeout(TURN / 2, gate.pass(next(0))).await.is_err(), "room for a full one");
}

#[tokio::test(start_paused = true)]
async fn the_farther_aws_is_the_more_are_on_their_way() {
    let gate = Gate::default();
    let limit = async |latency: u64| {
        for _ in 0..200 {
            gate.through(Rank::Ahead, async || note(Duration::from_millis(latency))).await;
        }
        gate.state().limit
    };
    let (near, far) = (limit(1).await, limit(10_000).await);
    assert_eq!((near, far), LIMITS);
    note(Duration::from_millis(1));
    assert_eq!(gate.state().limit, far, "what is no page does not count");
}
