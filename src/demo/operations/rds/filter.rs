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
                // A database may be named by its ARN too.
                let values: Vec<String> = filter.list("Values").into_iter().map(last_of_arn).collect();
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
            values.iter().any(|value| value.eq_ignore_ascii_case(present))
        })
    }
}

fn last_of_arn(value: &str) -> String {
    let resource = Arn::parse(value).and_then(|arn| arn.resource.split_once(':'));
    resource.map_or(value, |(_, id)| id).to_owned()
}
