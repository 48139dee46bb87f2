//! `GetCallerIdentity`.

use crate::demo::state::State;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers who calls. Nothing can forbid it.
#[expect(clippy::unnecessary_wraps, reason = "the registry wants all operations alike")]
pub(crate) fn answer(state: &State, call: &Call) -> Result<Xml, Refusal> {
    let arn = state.principal(call);
    let mut xml = Xml::new();
    xml.text("Arn", &arn).text("UserId", &call.access_key).text("Account", &call.account);
    Ok(xml)
}
