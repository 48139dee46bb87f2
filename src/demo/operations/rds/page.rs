//! Pages of a listing: `MaxRecords` and `Marker` (LIST-07).

use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    /// At most so many.
    pub(crate) limit: usize,
    /// Those behind this one, which was the last of the page before.
    pub(crate) marker: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// Reads what a call asks for.
    pub(crate) fn of(params: &'a Params) -> Result<Self, Refusal> {
        let limit = params.whole("MaxRecords")?.unwrap_or(100);
        if !(20..=100).contains(&limit) {
            return Err(Refusal::invalid(format!(
                "Invalid value {limit} for MaxRecords. Must be between 20 and 100"
            )));
        }
        Ok(Self { limit: usize::try_from(limit).unwrap_or(100), marker: params.text("Marker") })
    }

    /// Takes a page from what follows the marker; with it the marker of the next page, if there is one.
    pub(crate) fn fill<T>(
        &self,
        mut rest: impl Iterator<Item = T>,
        marker: impl Fn(&T) -> String,
    ) -> (Vec<T>, Option<String>) {
        let page: Vec<T> = rest.by_ref().take(self.limit).collect();
        let next = rest.next().and(page.last()).map(marker);
        (page, next)
    }
}

/// Writes the marker of the next page, if there is one; behind the list, so that an answer cut short
/// has lost it.
pub(crate) fn write_marker(xml: &mut Xml, next: Option<&str>) {
    if let Some(next) = next {
        xml.text("Marker", next);
    }
}
