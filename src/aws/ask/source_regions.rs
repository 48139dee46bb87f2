//! The regions that a scope can copy from (DescribeSourceRegions, COPY-27).

use std::collections::BTreeSet;

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::listing::FULL;
use super::super::pages;
use crate::domain::{Fault, Region};

const ACTION: Action = Action::DescribeSourceRegions;

/// Lists those that are available.
pub(super) async fn source_regions(clients: &Clients) -> Result<BTreeSet<Region>, Fault> {
    let regions = pages::all(clients, ACTION, |marker| {
        let request = clients.rds().describe_source_regions().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(ACTION, || request.clone().send()).await?;
            Ok((page.source_regions.unwrap_or_default(), page.marker))
        }
    });
    let regions = regions.await?;
    let available = regions.iter().filter(|region| region.status() == Some("available"));
    Ok(available.filter_map(|region| region.region_name()).map(Region::new).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question};

    use super::*;

    #[tokio::test]
    async fn a_region_that_is_not_available_is_no_source() {
        let fleet = json!({"SourceRegions": [{"RegionName": "eu-west-1", "Status": "available"},
            {"RegionName": "eu-north-1", "Status": "impaired"}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let answer = Answer::SourceRegions([Region::new("eu-west-1")].into());
        assert_eq!(trial.ask(Question::SourceRegions(ours())).await, Ok(answer));
    }
}
