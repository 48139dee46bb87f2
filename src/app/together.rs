//! Much work of one kind, done on all processors at once.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread::{available_parallelism, scope};

/// Pieces of work that are worth another thread: it takes some fifty microseconds to begin.
const WORTH: usize = 16;

/// Does this to each of many, in no order. It is done when this returns.
pub(super) fn to_each<T: Send>(mut many: Vec<&mut T>, work: impl Fn(&mut T) + Sync) {
    // It is read from files each time.
    static PROCESSORS: LazyLock<usize> = LazyLock::new(|| available_parallelism().map_or(1, NonZero::get));
    let share = many.len().div_ceil(*PROCESSORS).max(WORTH).min(many.len());
    let (own, others) = many.split_at_mut(share);
    let work = |each: &mut [&mut T]| each.iter_mut().for_each(|one| work(one));
    scope(|scope| {
        for share in others.chunks_mut(share.max(1)) {
            scope.spawn(|| work(share));
        }
        work(own);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_worked_on_once_however_many_there_are() {
        for count in [0, 1, WORTH, WORTH + 1, 1_000] {
            let mut numbers: Vec<usize> = (0..count).collect();
            to_each(numbers.iter_mut().collect(), |number| *number += 1);
            assert!(numbers.into_iter().eq(1..=count), "{count}");
        }
    }
}
