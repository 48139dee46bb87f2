//! A chain of pages, followed to its end.

use std::collections::HashSet;
use std::future::Future;

use super::action::Action;
use super::clients::Clients;
use crate::domain::Fault;

/// Entries of a page, and where the next one begins.
pub(super) type Page<T> = (Vec<T>, Option<String>);

/// Pages after which a chain is taken for endless.
const LONGEST: usize = 10_000;

/// All entries of a list; a page is asked for with the marker at which it begins.
pub(super) async fn all<T, F>(
    clients: &Clients,
    action: Action,
    page: impl Fn(Option<String>) -> F + Send,
) -> Result<Vec<T>, Fault>
where
    F: Future<Output = Result<Page<T>, Fault>> + Send,
{
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    let mut marker = None;
    for _ in 0..LONGEST {
        let (entries, next) = page(marker).await?;
        all.extend(entries);
        let Some(next) = next.filter(|next| !next.is_empty()) else { return Ok(all) };
        if !seen.insert(next.clone()) {
            return Err(clients.invalid(action, "the list goes in a circle: a page marker came twice"));
        }
        marker = Some(next);
    }
    Err(clients.invalid(action, "the list does not end"))
}
