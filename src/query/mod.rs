//! Which rows a list shows, and in which order: the filter language, the fixed views, the orders, and the list itself.
//!
//! # The filter language
//!
//! Terms stand side by side and all must hold; `!` before a term turns it round.
//!
//! | term | holds for |
//! |---|---|
//! | `orders` | rows with `orders` anywhere: name, source database, engine, version, account, region, type, status, key alias, option group, tags, accounts shared with |
//! | `field:value` | rows whose field is the value, whole, upper and lower case alike |
//! | `field:one,other` | rows whose field is one of them |
//! | `engine:aurora*` | `*` stands for any text, `?` for one character |
//! | `age:>30d` `size:<=500` `created:>2026-11-01` | `>`, `>=`, `<`, `<=` on ages, sizes and dates |
//! | `"two words"` `tag:team="a b"` | quotes keep blanks, commas and colons together |
//!
//! Ages are of the data and count in `s m h d w mo y` (a month has 30 days, a year 365); sizes are in GiB unless `tib` follows;
//! dates are days of UTC. The names AWS gives begin with `rds:`, `awsbackup:` and `default:`: these are words, not fields.
//!
//! What is not known never passes for safe. A row without size or time holds neither for a comparison nor for its
//! opposite. `unknown` is a word of its own for `enc` and `share`; under `!` an unknown share counts as the worst it can be:
//! `!share:private` lists it, `!share:public` does not.

mod completion;
mod field;
mod filter;
#[cfg(test)]
mod fixture;
mod instant;
mod known;
mod lineage;
mod listing;
mod mistake;
mod order;
mod pattern;
mod problem;
mod quantity;
mod term;
mod text;
mod token;
mod view;

pub use completion::{completions, word_at};
pub use filter::{Filter, Watched};
pub use listing::Listing;
pub use mistake::Mistake;
pub use order::{Column, Direction, Order};
pub use problem::{Problem, problems};
pub use view::View;
