//! A small strict reader and writer of JSON (RFC 8259): for the key policies that AWS hands out as text, and for
//! what is written down of plans and runs.
//!
//! It takes what the standard takes and nothing else: no comments, no trailing commas, one value. Nesting is
//! bounded, so that no text can exhaust the stack.

use std::fmt;
use std::ops::Range;

use super::write_json_text;

/// How deep lists and objects may lie in each other.
const DEEPEST: usize = 100;

/// A JSON value; numbers stay text, and an object keeps its order and its repeated names.
///
/// Two objects are equal when they have the same members, in whatever order.
#[derive(Debug, Clone)]
pub(crate) enum Json {
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
    pub(crate) fn parse(text: &str) -> Result<Self, BadJson> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let value = reader.value()?;
        reader.blanks();
        if reader.at == text.len() { Ok(value) } else { Err(reader.bad()) }
    }

    /// Where the value of the last member of this name stands in the text of an object.
    pub(super) fn span(text: &str, name: &str) -> Option<Range<usize>> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        reader.blanks();
        let mut found = None;
        if reader.peek() == Some(b'{') {
            let member = |reader: &mut Reader<'_>| {
                let own = reader.name()?;
                reader.blanks();
                let from = reader.at;
                reader.value()?;
                if own == name {
                    found = Some(from..reader.at);
                }
                Ok(())
            };
            reader.several(b'}', member).ok()?;
        }
        found
    }

    /// The last member of an object by its name, as JSON readers agree; `None` for other values.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// An object without the members of a name; other values are as they are.
    pub(super) fn without(&self, name: &str) -> Self {
        match self {
            Self::Object(members) => {
                Self::Object(members.iter().filter(|(member, _)| member != name).cloned().collect())
            }
            other => other.clone(),
        }
    }

    /// Its text on one line, every hidden character as a `\u` escape.
    pub(crate) fn compact(&self) -> String {
        let mut out = String::new();
        self.write(None, &mut out);
        out
    }

    /// Its text over several lines, indented by two blanks, every hidden character as a `\u` escape.
    pub(super) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(Some(0), &mut out);
        out
    }

    /// Writes the value; `depth` is how far its lines are indented, `None` when there is one line only.
    fn write(&self, depth: Option<usize>, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => write_json_text(text, out),
            Self::List(all) => {
                write_several(all, ['[', ']'], depth, out, Json::write);
            }
            Self::Object(members) => {
                write_several(members, ['{', '}'], depth, out, |(name, value), depth, out| {
                    write_json_text(name, out);
                    out.push_str(if depth.is_some() { ": " } else { ":" });
                    value.write(depth, out);
                });
            }
        }
    }
}

fn write_several<T>(
    all: &[T],
    [open, close]: [char; 2],
    depth: Option<usize>,
    out: &mut String,
    write: impl Fn(&T, Option<usize>, &mut String),
) {
    let line = |depth: Option<usize>, out: &mut String| {
        if let Some(depth) = depth {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
    };
    let inside = depth.map(|depth| depth + 1);
    out.push(open);
    for (n, one) in all.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        line(inside, out);
        write(one, inside, out);
    }
    if !all.is_empty() {
        line(depth, out);
    }
    out.push(close);
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) | (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a.len() == b.len() && a.iter().all(|own| b.contains(own)),
            _ => false,
        }
    }
}

impl Eq for Json {}

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
        Ok((self.name()?, self.value()?))
    }

    /// The name of a member, with its colon.
    fn name(&mut self) -> Result<String, BadJson> {
        self.blanks();
        let name = self.string()?;
        self.blanks();
        self.take(":")?;
        Ok(name)
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

    #[test]
    fn objects_are_the_same_in_whatever_order_their_members_stand() {
        let [one, same, other] = [r#"{"a":1,"b":[true]}"#, r#"{ "b":[true], "a":1 }"#, r#"{"a":1,"b":[]}"#]
            .map(|text| Json::parse(text).expect("JSON"));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert_ne!(one, one.without("b"));
        assert_eq!(other.pretty(), "{\n  \"a\": 1,\n  \"b\": []\n}");
    }

    #[test]
    fn the_last_of_several_members_is_found_where_it_stands() {
        let text = r#" {"a" : [1], "b": {"a": 2} , "a":  {"x":"}"} }"#;
        let span = Json::span(text, "a").expect("a member");
        assert_eq!(&text[span], r#"{"x":"}"}"#);
        assert_eq!(Json::span(text, "x"), None);
        assert_eq!(Json::span("[1]", "a"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_the_same_and_hides_nothing(value in any_json()) {
            let json = Json::parse(&value.to_string()).expect("JSON");
            for text in [json.compact(), json.pretty()] {
                prop_assert_eq!(&Json::parse(&text).expect("JSON"), &json);
                prop_assert!(!text.chars().any(|c| c != '\n' && crate::domain::is_hidden(c)), "{}", text);
            }
            prop_assert_eq!(as_value(&json), serde_json::from_str::<Value>(&json.compact()).expect("JSON"));
        }

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
