//! The parameters of one call, flat as the query protocol writes them.
//!
//! `Tags.Tag.1.Key=env` and the JSON of KMS, flattened to the same form, are read alike. What a call
//! does not ask for is ignored: a newer SDK may send more than this cloud knows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::refusal::Refusal;

/// The AWS service that a call is signed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Rds,
    Kms,
    Sts,
}

/// Named values of a call.
#[derive(Debug, Clone)]
pub(crate) struct Params {
    service: Service,
    values: BTreeMap<String, String>,
}

impl Service {
    /// The service of that signing name.
    pub(crate) fn of(signing_name: &str) -> Option<Self> {
        match signing_name {
            "rds" => Some(Self::Rds),
            "kms" => Some(Self::Kms),
            "sts" => Some(Self::Sts),
            _ => None,
        }
    }

    /// The code for a parameter that breaks the service model.
    pub(crate) fn validation_code(self) -> &'static str {
        match self {
            Self::Rds => "InvalidParameterValue",
            Self::Kms => "ValidationException",
            Self::Sts => "ValidationError",
        }
    }
}

impl Params {
    /// Reads `a=b&c=d`, percent-encoded.
    pub(crate) fn from_form(service: Service, form: &str) -> Self {
        let values = form
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decoded(name), decoded(value))
            })
            .collect();
        Self { service, values }
    }

    /// Flattens a JSON object: `{"Operations": ["Decrypt"]}` reads as `Operations.member.1=Decrypt`.
    pub(crate) fn from_json(service: Service, json: &Value) -> Self {
        let mut values = BTreeMap::new();
        flatten(String::new(), json, &mut values);
        Self { service, values }
    }

    /// The value of a parameter; an empty one counts as absent, as it does for RDS.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of a parameter that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name).ok_or_else(|| self.missing(name))
    }

    /// A yes or no; absent is `None`.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.text(name) {
            None => Ok(None),
            Some("true" | "True" | "1") => Ok(Some(true)),
            Some("false" | "False" | "0") => Ok(Some(false)),
            Some(other) => {
                Err(self.invalid(format!("Invalid value {other} for parameter {name}, must be a boolean.")))
            }
        }
    }

    /// A whole number; absent is `None`.
    pub(crate) fn whole(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    self.invalid(format!("Invalid value {text} for parameter {name}, must be an integer."))
                })
            })
            .transpose()
    }

    /// The texts of a list, in order: `Name.member.1`, `Name.AttributeValue.1` and the like.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        self.members(name).into_iter().filter_map(|(prefix, _)| self.text(&prefix)).collect()
    }

    /// The objects of a list, in order: each with its own fields as parameters.
    pub(crate) fn objects(&self, name: &str) -> Vec<Params> {
        self.members(name).into_iter().map(|(prefix, _)| self.under(&prefix)).collect()
    }

    /// The fields of an object parameter: those named `Name.*`, without that prefix.
    pub(crate) fn under(&self, name: &str) -> Params {
        let dotted = format!("{name}.");
        let values = self
            .values
            .range(dotted.clone()..)
            .take_while(|(key, _)| key.starts_with(&dotted))
            .map(|(key, value)| (key[dotted.len()..].to_owned(), value.clone()))
            .collect();
        Params { service: self.service, values }
    }

    /// Every parameter by its flat name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn missing(&self, name: &str) -> Refusal {
        match self.service {
            Service::Rds => Refusal::new(
                "MissingParameter",
                format!("The request must contain the parameter {name}."),
            ),
            Service::Sts | Service::Kms => self.invalid(format!(
                "1 validation error detected: Value null at '{}' failed to satisfy constraint: Member must not be \
                 null",
                first_lower(name)
            )),
        }
    }

    fn invalid(&self, message: String) -> Refusal {
        Refusal::new(self.service.validation_code(), message)
    }

    /// The flat names of a list's members with their numbers, in order of those numbers.
    fn members(&self, name: &str) -> Vec<(String, u32)> {
        let dotted = format!("{name}.");
        let mut members: Vec<(String, u32)> = self
            .values
            .range(dotted.clone()..)
            .take_while(|(key, _)| key.starts_with(&dotted))
            .filter_map(|(key, _)| {
                let mut parts = key[dotted.len()..].splitn(3, '.');
                let (member, number) = (parts.next()?, parts.next()?);
                Some((format!("{dotted}{member}.{number}"), number.parse().ok()?))
            })
            .collect();
        members.sort_by_key(|(_, number)| *number);
        members.dedup();
        members
    }
}

fn first_lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

fn flatten(name: String, value: &Value, into: &mut BTreeMap<String, String>) {
    let inner = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Null => {}
        Value::Bool(flag) => drop(into.insert(name, flag.to_string())),
        Value::Number(number) => drop(into.insert(name, number.to_string())),
        Value::String(text) => drop(into.insert(name, text.clone())),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(inner(&format!("member.{}", at + 1)), item, into);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                flatten(inner(key), field, into);
            }
        }
    }
}

/// Undoes `application/x-www-form-urlencoded`; a broken escape stands for itself.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], escape) {
            (b'%', Some(byte)) => {
                plain.push(byte);
                at += 2;
            }
            (b'+', _) => plain.push(b' '),
            (byte, _) => plain.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(form: &str) -> Params {
        Params::from_form(Service::Rds, form)
    }

    #[test]
    fn a_list_is_read_in_the_order_of_its_numbers_whatever_its_member_is_called() {
        let params = params("V.AttributeValue.10=j&V.AttributeValue.2=b&V.AttributeValue.1=a&W.member.1=x");
        assert_eq!(params.list("V"), ["a", "b", "j"]);
        assert_eq!(params.list("W"), ["x"]);
        assert!(params.list("X").is_empty());
    }

    #[test]
    fn objects_of_a_list_have_their_own_fields() {
        let params = params(
            "Filters.Filter.1.Name=engine&Filters.Filter.1.Values.Value.1=mysql&Filters.Filter.2.Name=x",
        );
        let filters = params.objects("Filters");
        assert_eq!(filters.len(), 2);
        assert_eq!(filters[0].text("Name"), Some("engine"));
        assert_eq!(filters[0].list("Values"), ["mysql"]);
    }

    #[test]
    fn escapes_are_undone_and_broken_ones_stand() {
        let params = params("a=%E6%97%A5+b%3D&b=50%&c=%zz&d=%C3");
        assert_eq!(params.text("a"), Some("日 b="));
        assert_eq!(params.text("b"), Some("50%"));
        assert_eq!(params.text("c"), Some("%zz"));
        assert_eq!(params.text("d"), Some("\u{fffd}"));
    }

    #[test]
    fn json_reads_like_a_form() {
        let json = serde_json::json!({"KeyId": "k", "Limit": 5, "Operations": ["Decrypt", "Encrypt"],
            "Constraints": {"SourceArn": "arn"}, "DryRun": true, "Name": null});
        let params = Params::from_json(Service::Kms, &json);
        assert_eq!(params.whole("Limit"), Ok(Some(5)));
        assert_eq!(params.list("Operations"), ["Decrypt", "Encrypt"]);
        assert_eq!(params.under("Constraints").text("SourceArn"), Some("arn"));
        assert_eq!(params.flag("DryRun"), Ok(Some(true)));
        assert_eq!(
            params.required("Name").map_err(|refusal| refusal.code),
            Err("ValidationException".into())
        );
    }

    #[test]
    fn a_missing_or_malformed_parameter_is_refused_by_name() {
        let refusal = params("").required("DBSnapshotIdentifier").expect_err("it is missing");
        assert_eq!(refusal.code, "MissingParameter");
        assert!(refusal.message.contains("DBSnapshotIdentifier"));
        assert_eq!(params("MaxRecords=many").whole("MaxRecords").map_err(|refusal| refusal.status), Err(400));
        assert!(params("IncludeShared=perhaps").flag("IncludeShared").is_err());
    }
}
