//! `DescribeAccountAttributes`.

use crate::demo::state::State;
use crate::demo::state::listing::{Listing, QUOTAS};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers every quota with what is used of it now.
pub(crate) fn answer(state: &State, call: &Call) -> Result<Xml, Refusal> {
    let given = state.here(call).list(Listing::AccountQuotas).iter();
    let unusual = given
        .filter_map(|quota| quota.text("AccountQuotaName"))
        .filter(|name| QUOTAS.iter().all(|(usual, _)| usual != name));
    let mut xml = Xml::new();
    xml.element("AccountQuotas", |xml| {
        for name in QUOTAS.iter().map(|(usual, _)| *usual).chain(unusual) {
            let quota = state.quota(&call.account, &call.region, name);
            xml.element("AccountQuota", |xml| {
                xml.text("AccountQuotaName", name)
                    .text("Used", &quota.used.to_string())
                    .text("Max", &quota.max.to_string());
            });
        }
    });
    Ok(xml)
}
