//! `Filters` of a describe call (LIST-08): all must match, each by any of its values.

use crate::demo::record::Record;
use crate::demo::state::arn::Arn;
use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;

/// The filters of a call, each with the field it looks at.
#[derive(Debug)]
pub(crate) struct Filters {
    filters: Vec<(&'static str, Vec<String>)>,
}

impl Filters {
    /// Reads the filters; `known` are the names that the operation takes, with the field of each.
    pub(crate) fn of(params: &Params, known: &[(&str, &'static str)]) -> Result<Self, Refusal> {
        let filters = params
            .objects("Filters")
            .into_iter()
            .map(|filter| {
                let name = filter.required("Name")?;
                let (_, field) = known
                    .iter()
                    .find(|(known, _)| *known == name)
                    .ok_or_else(|| Refusal::invalid(format!("Unrecognized filter name: {name}")))?;
                let values: Vec<String> = filter.list("Values").into_iter().map(str::to_owned).collect();
                if values.is_empty() {
                    return Err(Refusal::combination(format!("Filter {name} must have values.")));
                }
                Ok((*field, values))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { filters })
    }

    /// Does a record match all of them?
    pub(crate) fn match_all(&self, record: &Record) -> bool {
        self.filters.iter().all(|(field, values)| {
            let present = record.text(field).unwrap_or_default();
            values.iter().any(|value| means(value, present))
        })
    }
}

/// Is that value, a name or an ARN, what a field holds?
pub(crate) fn means(value: &str, present: &str) -> bool {
    let named = Arn::parse(value).and_then(|arn| arn.resource.split_once(':'));
    value.eq_ignore_ascii_case(present) || named.is_some_and(|(_, name)| name.eq_ignore_ascii_case(present))
}
