//! `ListAliases`.

use serde_json::{Value, json};

use super::{page, reach};
use crate::demo::state::State;
use crate::demo::state::arn::partition;
use crate::demo::state::key::DEFAULT_ALIAS;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Answers the aliases of the account in the region, or of one key.
///
/// `alias/aws/rds` is always there, without a key as long as nobody has used it (KMS-15).
pub(crate) fn answer(state: &State, call: &Call) -> Result<Value, Refusal> {
    let Call { account, region, params, .. } = call;
    let arn = |alias: &str| format!("arn:{}:kms:{region}:{account}:{alias}", partition(region));
    let only = params.text("KeyId").map(|_| reach::own(state, call)).transpose()?;
    let keys = &state.here(call).keys;
    let mut aliases: Vec<(String, Value)> = keys
        .iter()
        .filter(|key| only.is_none_or(|only| only.id() == key.id()))
        .flat_map(|key| key.aliases.iter().map(move |alias| (alias, key.id())))
        .map(|(alias, id)| {
            (alias.clone(), json!({"AliasName": alias, "AliasArn": arn(alias), "TargetKeyId": id}))
        })
        .collect();
    let used = keys.iter().any(|key| key.aliases.iter().any(|alias| alias == DEFAULT_ALIAS));
    if only.is_none() && !used {
        let alias = json!({"AliasName": DEFAULT_ALIAS, "AliasArn": arn(DEFAULT_ALIAS)});
        aliases.push((DEFAULT_ALIAS.to_owned(), alias));
    }
    page::answer(params, "Aliases", (50, 100), aliases)
}
