//! A small strict reader of JSON (RFC 8259), for the key policies that AWS hands out as text.
//!
//! It takes what the standard takes and nothing else: no comments, no trailing commas, one value. Nesting is
//! bounded, so that no text can exhaust the stack.

use std::fmt;

/// How deep lists and objects may lie in each other.
const DEEPEST: usize = 100;

/// A JSON value; numbers stay text, and an object keeps its order and its repeated names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Where a text stops to be JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadJson {
    /// The byte at which it was noticed.
    pub at: usize,
}

impl Json {
    pub(super) fn parse(text: &str) -> Result<Self, BadJson> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let value = reader.value()?;
        reader.blanks();
        if reader.at == text.len() { Ok(value) } else { Err(reader.bad()) }
    }

    /// The last member of an object by its name, as JSON readers agree; `None` for other values.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value)
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn bad(&self) -> BadJson {
        BadJson { at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, word: &str) -> Result<(), BadJson> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.bad())
        }
    }

    fn value(&mut self) -> Result<Json, BadJson> {
        self.blanks();
        match self.peek() {
            Some(b'n') => self.take("null").map(|()| Json::Null),
            Some(b't') => self.take("true").map(|()| Json::Bool(true)),
            Some(b'f') => self.take("false").map(|()| Json::Bool(false)),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'[') => self.several(b']', Self::value).map(Json::List),
            Some(b'{') => self.several(b'}', Self::member).map(Json::Object),
            Some(b'-' | b'0'..=b'9') => self.number().map(Json::Number),
            _ => Err(self.bad()),
        }
    }

    fn member(&mut self) -> Result<(String, Json), BadJson> {
        self.blanks();
        let name = self.string()?;
        self.blanks();
        self.take(":")?;
        Ok((name, self.value()?))
    }

    /// What lies between brackets, by commas.
    fn several<T>(
        &mut self,
        end: u8,
        mut one: impl FnMut(&mut Self) -> Result<T, BadJson>,
    ) -> Result<Vec<T>, BadJson> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.bad());
        }
        let mut all = vec![];
        self.blanks();
        while self.peek() != Some(end) {
            if !all.is_empty() {
                self.take(",")?;
            }
            all.push(one(self)?);
            self.blanks();
        }
        self.at += 1;
        self.depth -= 1;
        Ok(all)
    }

    fn number(&mut self) -> Result<String, BadJson> {
        let from = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.text[from..self.at].to_owned())
    }

    fn digits(&mut self) -> Result<(), BadJson> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err(self.bad()) }
    }

    fn string(&mut self) -> Result<String, BadJson> {
        self.take("\"")?;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').ok_or_else(|| self.bad())?;
            out.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.bad()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, BadJson> {
        self.at += 1;
        let c = match self.peek() {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.bad()),
        };
        self.at += 1;
        Ok(c)
    }

    /// `uXXXX`, twice for what lies beyond the first plane.
    fn unicode(&mut self) -> Result<char, BadJson> {
        let first = self.unit()?;
        let units = match first {
            0xD800..=0xDBFF => {
                self.take("\\")?;
                [first, self.unit()?]
            }
            _ => return char::from_u32(u32::from(first)).ok_or_else(|| self.bad()),
        };
        match char::decode_utf16(units).next() {
            Some(Ok(c)) => Ok(c),
            _ => Err(self.bad()),
        }
    }

    fn unit(&mut self) -> Result<u16, BadJson> {
        self.take("u")?;
        let digits = self.text.get(self.at..self.at + 4).ok_or_else(|| self.bad())?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(self.bad());
        }
        self.at += 4;
        u16::from_str_radix(digits, 16).map_err(|_| self.bad())
    }
}

impl fmt::Display for BadJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is not JSON at byte {}", self.at)
    }
}

impl std::error::Error for BadJson {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The same value as another reader holds it, by that reader's own rules for repeated names.
    fn as_value(json: &Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(*bool),
            Json::Number(text) => serde_json::from_str(text).expect("a number"),
            Json::Text(text) => Value::String(text.clone()),
            Json::List(all) => all.iter().map(as_value).collect(),
            Json::Object(members) => {
                Value::Object(members.iter().map(|(name, value)| (name.clone(), as_value(value))).collect())
            }
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn escapes_and_surrogates_are_read() {
        let json = Json::parse(r#" {"a\u00e9\/": ["\ud83d\ude00\n", -0.5e+3]} "#).expect("JSON");
        let list = json.get("aé/").expect("a member");
        let Json::List(all) = list else { panic!("{list:?}") };
        assert_eq!(all[..], [Json::Text("😀\n".into()), Json::Number("-0.5e+3".into())]);
    }

    #[test]
    fn a_tower_of_brackets_is_refused_without_a_crash() {
        assert!(Json::parse(&"[".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn what_another_reader_writes_is_read_the_same(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.expect("text");
            let read = Json::parse(&text).expect("JSON");
            // Its floats may lose a bit between writing and reading, so its own reading is what counts.
            prop_assert_eq!(as_value(&read), serde_json::from_str::<Value>(&text).expect("JSON"));
        }

        #[test]
        fn a_text_is_taken_exactly_when_another_reader_takes_it(
            text in r#"[\[\]{}:,"\\u0-9a-fDd8.eE+\- tnrls]{0,14}"#
        ) {
            // A number beyond all floats is JSON, though serde_json has no room for it.
            let theirs = serde_json::from_str::<Value>(&text).map_err(|error| error.to_string());
            prop_assume!(!matches!(&theirs, Err(error) if error.contains("out of range")));
            prop_assert_eq!(Json::parse(&text).is_ok(), theirs.is_ok(), "{}", text);
        }

        #[test]
        fn a_changed_byte_never_panics(value in any_json(), at in any::<prop::sample::Index>(), to in any::<char>()) {
            let mut text: Vec<char> = value.to_string().chars().collect();
            let at = at.index(text.len());
            text[at] = to;
            let text: String = text.into_iter().collect();
            let theirs = serde_json::from_str::<Value>(&text).map_err(|error| error.to_string());
            prop_assume!(!matches!(&theirs, Err(error) if error.contains("out of range")));
            prop_assert_eq!(Json::parse(&text).is_ok(), theirs.is_ok(), "{}", text);
        }
    }
}
