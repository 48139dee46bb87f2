//! A filter: text that was understood, and the terms that it is made of.
//!
//! Reading never guesses: a field or a word that is not known, or a quantity that is none, is a [`Mistake`], and a mistake
//! makes no filter.

use jiff::Timestamp;

use crate::domain::{Inventory, Row, RowId};

use super::Mistake;
use super::field::{Choice, Field, TextField};
use super::pattern::{Needle, Pattern};
use super::quantity::Comparison;
use super::term::{Place, Sight, Term, Test};
use super::text::{Text, Texts, searchable};
use super::token::{Body, Piece, Token, term_start, tokens};

/// A filter that was understood; the empty one admits everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    text: String,
    terms: Vec<Term>,
}

/// What can change a filter's answer for a row besides the row itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Watched {
    /// What is known of keys.
    Keys,
    /// Who can read a snapshot: asking for share states pays off.
    Shares,
    /// The passing of time.
    Time,
    /// Which reading saw the row last.
    Readings,
}

impl Filter {
    /// Reads a filter; a mistake says where it is and what was probably meant.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let terms = tokens(text)?.into_iter().map(term).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), terms })
    }

    /// Reads what can be read of a filter that is still being typed: terms with a mistake are left
    /// out, and the first mistake is told.
    pub fn readable(text: &str) -> (Self, Option<Mistake>) {
        match Self::parse(text) {
            Ok(filter) => (filter, None),
            Err(mistake) => {
                let start = term_start(&text[..mistake.at.start]);
                let end = text[mistake.at.end..]
                    .find(char::is_whitespace)
                    .map_or(text.len(), |n| mistake.at.end + n);
                let rest = format!("{}{}", &text[..start], text[end..].trim_start());
                // Each round leaves out a term, so this ends.
                let filter =
                    if rest.len() < text.len() { Self::readable(rest.trim_end()).0 } else { Self::default() };
                (filter, Some(mistake))
            }
        }
    }

    /// Whether a row passes.
    pub fn matches(&self, row: &Row, inventory: &Inventory, now: Timestamp) -> bool {
        let words = self.terms.iter().any(|term| matches!(term.test, Test::Word(_)));
        let (name, parts) = if words { searchable(row, inventory) } else { Default::default() };
        let text = Text { name: &name, parts: parts.each_ref().map(String::as_str) };
        self.admits(Sight { row: Place::Here(row), text, facts: None, inventory, now })
    }

    /// Whether it admits everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether its answers can change for this reason, too.
    pub fn watches(&self, what: Watched) -> bool {
        self.terms.iter().any(|term| term.test.watches(what))
    }

    /// Keeps the rows of a list that pass.
    pub(super) fn retain<'a>(
        &self,
        rows: &mut Vec<RowId>,
        texts: &Texts,
        sight: impl Fn(RowId) -> Sight<'a>,
    ) {
        for term in &self.terms {
            term.retain(rows, texts, &sight);
        }
    }

    /// Whether a row passes whose searchable text is at hand.
    pub(super) fn admits(&self, sight: Sight<'_>) -> bool {
        self.terms.iter().all(|term| term.admits(sight))
    }
}

impl Test {
    fn watches(&self, what: Watched) -> bool {
        let is = |word| matches!(self, Self::Choice(Choice::Is, words) if words.contains(&word));
        match what {
            Watched::Keys => {
                matches!(self, Self::Choice(Choice::Enc, _) | Self::Text(TextField::Key, _) | Self::Word(_))
                    || is("problem")
            }
            Watched::Shares => {
                matches!(self, Self::Choice(Choice::Share, _) | Self::Text(TextField::With, _))
                    || is("problem")
                    || is("foreign")
            }
            Watched::Time => {
                matches!(self, Self::Measure(_, comparisons) if comparisons.iter().any(Comparison::ages))
            }
            Watched::Readings => is("stale"),
        }
    }
}

fn term(token: Token) -> Result<Term, Mistake> {
    let Token { at, negated, body } = token;
    let test = match body {
        Body::Word(word) if word.text.is_empty() => {
            return Err(Mistake { at, message: "there is nothing between these quotes".to_owned() });
        }
        Body::Word(word) => Test::Word(Needle::new(&word.text)),
        Body::Field { name, values } => {
            let field =
                Field::of_name(&name.text).map_err(|message| Mistake { at: name.at.clone(), message })?;
            if let Some(empty) = values.iter().find(|value| value.text.is_empty()) {
                let message = format!("a value of {} is missing here", field.name());
                return Err(Mistake { at: name.at.start..empty.at.end, message });
            }
            test(field, &values)?
        }
    };
    Ok(Term { negated, test })
}

fn test(field: Field, values: &[Piece]) -> Result<Test, Mistake> {
    let quantity = matches!(field, Field::Measure(_));
    if let Some(compared) = values.iter().find(|value| !quantity && value.text.starts_with(['<', '>'])) {
        let message = format!("ages, sizes and dates can be compared, {} cannot", field.name());
        return Err(Mistake { at: compared.at.clone(), message });
    }
    let mistake = |value: &Piece, message| Mistake { at: value.at.clone(), message };
    Ok(match field {
        Field::Text(field) => {
            Test::Text(field, values.iter().map(|value| Pattern::new(&value.text)).collect())
        }
        Field::Choice(field) => {
            let mut words = Vec::new();
            for value in values {
                words.extend(field.understand(&value.text).map_err(|message| mistake(value, message))?);
            }
            Test::Choice(field, words)
        }
        Field::Measure(measure) => {
            let read = |value: &Piece| {
                Comparison::parse(measure, &value.text).map_err(|message| mistake(value, message))
            };
            Test::Measure(measure, values.iter().map(read).collect::<Result<_, _>>()?)
        }
        Field::Tag => Test::Tag(values.iter().map(|value| tag(&value.text)).collect()),
    })
}

/// `env` asks for the key, `env=prod` for the value, too.
fn tag(text: &str) -> (Pattern, Option<Pattern>) {
    match text.split_once('=') {
        Some((key, value)) => (Pattern::new(key), Some(Pattern::new(value))),
        None => (Pattern::new(text), None),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Encryption, KeyManager, KeyState, Share, Status, Unasked};
    use crate::query::View;
    use crate::query::fixture::{Fleet, named, now};

    /// Every kind of row by a name that says it.
    fn fleet() -> Fleet {
        let mut fleet = Fleet::new();
        fleet.read(
            "us-east-1",
            [
                named("plain").tags(&[("env", "prod"), ("Team", "a b")]).size(500),
                named("rds:orders-1").with(|s| s.share = Share::NotShareable).key("d").hours_old(24 * 40),
                named("awsbackup:job-1").with(|s| s.share = Share::NotShareable).size(2048),
                named("cmk").key("c").shared_with(&[2, 9]).tags(&[("env", "test")]),
                named("open").share(Share::Public(Arc::new([]))).db("Ledger"),
                named("closed")
                    .share(Share::Private)
                    .with(|s| s.option_group = Some("default:mysql-8-0".into())),
                named("partnered").shared_with(&[7]).with(|s| s.status = Status::of("failed")),
            ],
        );
        fleet.page(
            1,
            "eu-west-1",
            1,
            vec![
                named("aurora")
                    .cluster("aurora-mysql")
                    .size(None)
                    .with(|s| s.encryption = Encryption::AwsOwned),
                named("riddle").with(|s| s.encryption = Encryption::Unnamed).undated().size(None),
                named("refused")
                    .share(Share::Unknown(Unasked::Refused))
                    .key("x")
                    .with(|s| s.engine = "postgres".into()),
            ],
        );
        fleet.page(2, "us-east-1", 1, vec![named("given").from(1).key("c"), named("alien").from(9)]);
        fleet.learn_key("c", KeyManager::Customer, KeyState::Enabled, "alias/dba");
        fleet.learn_key("d", KeyManager::Aws, KeyState::Enabled, "alias/aws/rds");
        fleet
    }

    #[test]
    fn the_language_admits_what_it_says() {
        let all =
            "plain rds:orders-1 awsbackup:job-1 cmk open closed partnered aurora riddle refused given alien";
        let table = [
            ("", all),
            ("name:*", all),
            ("PLAIN", "plain"),
            ("aurora mysql", "aurora"),
            ("!orders", "open"),
            ("!mysql", "refused"),
            ("euw1", "aurora riddle refused"),
            ("rds:orders", "rds:orders-1"),
            ("partner", "partnered"),
            ("999999999999", "cmk alien"),
            ("alias/dba", "cmk given"),
            ("default:mysql", "closed"),
            ("\"a b\"", "plain"),
            ("env=prod", "plain"),
            ("job?1", "awsbackup:job-1"),
            ("name:plain,cmk", "plain cmk"),
            ("name:\"plain\"", "plain"),
            ("id:*a*n* !name:plain", "partnered alien"),
            ("arn:aws:rds:*:snapshot:plain", "plain"),
            ("db:ledger", "open"),
            ("engine:aurora*", "aurora"),
            ("version:8.0.* engine:postgres", "refused"),
            ("type:auto,backup", "rds:orders-1 awsbackup:job-1"),
            ("kind:cluster", "aurora"),
            ("family:aurora", "aurora"),
            ("enc:aws-owned", "aurora"),
            ("enc:aws/rds", "rds:orders-1"),
            ("enc:cmk", "cmk given"),
            ("enc:unknown", "riddle refused"),
            ("key:dba", "cmk given"),
            ("key:alias/dba", "cmk given"),
            ("key:c,*:key/d", "rds:orders-1 cmk given"),
            ("share:public", "open"),
            ("share:n/a type:manual", "given alien"),
            ("share:unknown region:eu-west-1", "aurora riddle refused"),
            ("with:dr", "cmk"),
            ("with:partner,222222222222", "cmk partnered"),
            ("origin:shared", "given alien"),
            ("account:dr", "given alien"),
            ("account:2222*", "given alien"),
            ("owner:prod account:dr", "given"),
            ("owner:999999999999", "alien"),
            ("region:EUW1", "aurora riddle refused"),
            ("region:eu-*", "aurora riddle refused"),
            ("status:fail*", "partnered"),
            ("age:>30d", "rds:orders-1"),
            ("created:<2026-11-01", "rds:orders-1"),
            ("date:2026-10", "rds:orders-1"),
            ("size:>1tib", "awsbackup:job-1"),
            ("size:500,>2000", "plain awsbackup:job-1"),
            ("option-group:default:*", "closed"),
            ("storage:gp3 name:plain", "plain"),
            ("tag:ENV", "plain cmk"),
            ("tag:env=prod", "plain"),
            ("tag:e*=*t", "cmk"),
            ("tag:team=\"a b\"", "plain"),
            ("is:foreign", "cmk alien"),
            ("!is:mine", "given alien"),
            ("is:stale", ""),
            ("share:public,unknown engine:postgres", "refused"),
        ];
        let fleet = fleet();
        for (filter, expect) in table {
            let expect: Vec<&str> = expect.split_whitespace().collect();
            assert_eq!(fleet.names_through(View::All, filter), expect, "{filter}");
        }
    }

    #[test]
    fn what_is_not_known_never_passes_for_safe() {
        let fleet = fleet();
        let admits = |filter: &str, name: &str| fleet.names_through(View::All, filter).contains(&name);
        for (filter, name) in [
            ("enc:none", "riddle"),
            ("enc:customer", "refused"),
            ("!enc:aws-managed", "refused"),
            ("size:<500", "aurora"),
            ("!size:<500", "aurora"),
            ("age:<30d", "riddle"),
            ("!age:<30d", "riddle"),
            ("created:>2020-01-01", "riddle"),
            ("share:private", "plain"),
            ("!share:public", "plain"),
            ("!share:shared", "refused"),
            ("!with:999999999999", "plain"),
            ("!is:foreign", "plain"),
            ("!is:problem", "refused"),
            ("!key:dba", "refused"),
        ] {
            assert!(!admits(filter, name), "{filter} admits {name}");
        }
        for (filter, name) in [
            ("!share:private", "plain"),
            ("!share:unknown", "open"),
            ("!enc:customer", "riddle"),
            ("!enc:none", "riddle"),
            ("!share:public", "closed"),
        ] {
            assert!(admits(filter, name), "{filter} hides {name}");
        }
    }

    #[test]
    fn the_views_admit_what_they_are_called() {
        let table = [
            (View::Automated, "rds:orders-1"),
            (View::Backup, "awsbackup:job-1"),
            (View::SharedWithMe, "given alien"),
            (View::SharedOut, "cmk open partnered"),
            (View::Public, "open"),
            (View::Problems, "plain awsbackup:job-1 cmk open closed partnered refused"),
        ];
        let fleet = fleet();
        for (view, expect) in table {
            let expect: Vec<&str> = expect.split_whitespace().collect();
            assert_eq!(fleet.names_through(view, ""), expect, "{view:?}");
        }
        let manual = fleet.names_through(View::Manual, "");
        assert_eq!(manual, fleet.names_through(View::All, "type:manual"));
        assert!(View::ALL.into_iter().all(|view| {
            View::of_digit(view.digit()) == Some(view) && View::of_name(view.name()) == Some(view)
        }));
    }

    #[test]
    fn a_mistake_says_where_it_is_and_what_was_meant() {
        let table = [
            ("orders encr:none", 7..11, "unknown field \"encr\": did you mean \"enc\"?"),
            ("enc:cmk,nonee", 8..13, "unknown value \"nonee\" of enc: did you mean \"none\"?"),
            ("share:everybody", 6..15, "share is private, shared, public, n/a or unknown"),
            ("colour:red", 0..6, "put quotes around a word with a colon"),
            ("x enc:", 2..6, "a value of enc is missing here"),
            ("enc:none,,cmk", 0..9, "a value of enc is missing here"),
            ("age:30", 4..6, "is not an age"),
            ("size:>big", 5..9, "is not a size"),
            ("created:>2026-13-01", 8..19, "neither a date nor an age"),
            ("engine:>5", 7..9, "engine cannot"),
            ("tag:\"x", 4..6, "this quote is not closed"),
            ("!", 0..1, "goes after \"!\""),
            ("a \"\"", 2..4, "nothing between these quotes"),
            ("is:problme", 3..10, "did you mean \"problem\"?"),
        ];
        for (text, at, message) in table {
            let mistake = Filter::parse(text).expect_err(text);
            assert_eq!(mistake.at, at, "{text}");
            assert!(mistake.message.contains(message), "{text}: {mistake}");
        }
    }

    #[test]
    fn a_filter_tells_what_it_depends_on() {
        let watches = |text: &str, what| Filter::parse(text).expect("a filter").watches(what);
        assert!(watches("!enc:none", Watched::Keys) && !watches("size:<5", Watched::Keys));
        assert!(watches("with:dr", Watched::Shares) && !watches("orders", Watched::Shares));
        assert!(watches("age:>30d", Watched::Time) && !watches("created:>2026-11-01", Watched::Time));
        assert!(watches("is:stale", Watched::Readings) && !watches("is:mine", Watched::Readings));
        assert!(Filter::parse("  ").expect("a filter").is_empty());
    }

    #[test]
    fn a_term_with_a_mistake_is_left_out_and_the_others_hold() {
        let read = |text: &str| {
            let (filter, mistake) = Filter::readable(text);
            (filter.text().to_owned(), mistake.is_some())
        };
        assert_eq!(read("ledger encr:none age:>3d"), ("ledger age:>3d".to_owned(), true));
        assert_eq!(read("encr:none"), (String::new(), true));
        assert_eq!(read("ledger enc:"), ("ledger".to_owned(), true));
        assert_eq!(read("a x:1 b y:2 c"), ("a b c".to_owned(), true));
        assert_eq!(read("ledger \"open end"), ("ledger".to_owned(), true));
        assert_eq!(read("ledger"), ("ledger".to_owned(), false));
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_mistakes_lie_within_the_text(text in any::<String>()) {
            let (readable, mistake) = Filter::readable(&text);
            prop_assert!(Filter::parse(readable.text()).is_ok());
            if let Some(mistake) = mistake {
                prop_assert!(text.get(mistake.at.clone()).is_some(), "{mistake:?}");
                prop_assert!(!mistake.message.chars().any(crate::domain::is_hidden));
            }
        }

        #[test]
        fn reading_terms_never_panics(
            text in "(!?(enc|age|size|created|tag|name|is|with|x):?[<>=]{0,2}[a-z0-9*?,.\"=é\u{202e}-]{0,10} ?){0,4}",
        ) {
            if let Ok(filter) = Filter::parse(&text) {
                let fleet = Fleet::assorted(14);
                for (_, row) in fleet.inventory.rows() {
                    filter.matches(row, &fleet.inventory, now());
                }
            } else if let Err(mistake) = Filter::parse(&text) {
                prop_assert!(text.get(mistake.at).is_some());
            }
        }
    }
}
