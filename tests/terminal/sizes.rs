//! Sizes: every one is drawn, and a storm of them leaves nothing behind.

use super::{NARROW, is_given_back, settled};
use crate::deck::on_demo;
use crate::pty::Ground;

#[test]
fn the_smallest_and_the_largest_are_drawn() {
    for (size, seen) in [((1, 1), "t"), ((20, 5), "too small"), ((80, 24), "21/22"), ((400, 100), "21/22")] {
        let mut deck = on_demo(size, Ground::Dark, &[]);
        let pty = deck.pty.see(seen);
        if size != NARROW {
            pty.resize(NARROW.0, NARROW.1);
        }
        settled(pty).see("SHARED").keys("q");
        assert_eq!(pty.wait(), 0, "{size:?}");
        assert!(is_given_back(pty), "{size:?}");
    }
}

#[test]
fn after_a_storm_of_sizes_the_screen_is_as_it_was() {
    let mut deck = on_demo(NARROW, Ground::Dark, &[]);
    // Ages in months stay what they are while the test runs.
    let pty =
        settled(&mut deck.pty).keys("/age:>60d\r").gone("/ age").see("· age:>60d").gone("...").gone("kms ?");
    let calm = pty.text();
    for n in 0..150u16 {
        let (cols, rows) =
            [(1, 1), (40 + n, 8 + n % 40), (20, 5), (81, 24), (400, 100), (80, 25)][usize::from(n % 6)];
        pty.resize(cols, rows);
        if n % 10 == 0 {
            pty.keys("jk");
        }
    }
    pty.resize(NARROW.0, NARROW.1);
    pty.until("the screen is as before the storm", |screen| screen.contents() == calm).keys("q");
    assert_eq!(pty.wait(), 0);
    assert!(is_given_back(pty));
}
