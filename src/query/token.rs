//! A filter's text cut into terms, each with its place: nothing is understood here, and nothing lost.

use std::ops::Range;

use super::Mistake;

/// The heads of names that AWS gives itself, as `rds:orders-2026-11-24`: these are words, not fields.
const NAME_HEADS: [&str; 3] = ["rds", "awsbackup", "default"];

/// One term as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it is.
    pub at: Range<usize>,
    /// Whether a `!` stands before it.
    pub negated: bool,
    /// What it says.
    pub body: Body,
}

/// What a term says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    /// A bare word.
    Word(Piece),
    /// A field and what stands after its colon, cut at the commas.
    Field {
        /// The field's name.
        name: Piece,
        /// At least one; may be empty texts.
        values: Vec<Piece>,
    },
}

/// A part of a term without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it is, quotes included.
    pub at: Range<usize>,
    /// The text.
    pub text: String,
}

/// Cuts a text into its terms.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Mistake> {
    let raw = split(text, 0..text.len(), char::is_whitespace)?;
    raw.into_iter().filter(|at| !at.is_empty()).map(|at| token(text, at)).collect()
}

/// Where the last term of a text begins, be its quote closed or not.
pub(super) fn term_start(text: &str) -> usize {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c.is_whitespace() && !quoted {
            start = at + c.len_utf8();
        }
    }
    start
}

fn token(text: &str, at: Range<usize>) -> Result<Token, Mistake> {
    let negated = text[at.clone()].starts_with('!');
    let body = at.start + usize::from(negated)..at.end;
    if body.is_empty() {
        return Err(Mistake { at, message: "a word or field:value goes after \"!\"".to_owned() });
    }
    let typed = &text[body.clone()];
    let body = match typed.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')) {
        // `age>30d` says the same as `age:>30d`.
        Some(end) if end > 0 && typed[end..].starts_with([':', '>', '<']) && !is_name(&typed[..end]) => {
            let name = piece(text, body.start..body.start + end);
            let colon = usize::from(typed[end..].starts_with(':'));
            let values = split(text, name.at.end + colon..body.end, |c| c == ',')?;
            Body::Field { name, values: values.into_iter().map(|at| piece(text, at)).collect() }
        }
        _ => Body::Word(piece(text, body)),
    };
    Ok(Token { at, negated, body })
}

fn is_name(head: &str) -> bool {
    NAME_HEADS.contains(&head)
}

fn piece(text: &str, at: Range<usize>) -> Piece {
    Piece { text: text[at.clone()].replace('"', ""), at }
}

/// Splits a part of the text at separators that stand outside of quotes.
fn split(
    text: &str,
    at: Range<usize>,
    separates: impl Fn(char) -> bool,
) -> Result<Vec<Range<usize>>, Mistake> {
    let (mut parts, mut start, mut quote) = (Vec::new(), at.start, None);
    for (n, c) in text[at.clone()].char_indices() {
        let here = at.start + n;
        if c == '"' {
            quote = if quote.is_none() { Some(here) } else { None };
        } else if quote.is_none() && separates(c) {
            parts.push(start..here);
            start = here + c.len_utf8();
        }
    }
    if let Some(open) = quote {
        return Err(Mistake { at: open..at.end, message: "this quote is not closed".to_owned() });
    }
    parts.push(start..at.end);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let show = |token: Token| {
            let sign = if token.negated { "!" } else { "" };
            match token.body {
                Body::Word(word) => format!("{sign}<{}>", word.text),
                Body::Field { name, values } => {
                    let values: Vec<_> = values.into_iter().map(|value| value.text).collect();
                    format!("{sign}{}={}", name.text, values.join("|"))
                }
            }
        };
        tokens(text).expect("terms").into_iter().map(show).collect()
    }

    #[test]
    fn terms_are_words_and_fields_with_values() {
        assert_eq!(read(" orders  !test "), ["<orders>", "!<test>"]);
        assert_eq!(read("enc:none,aws-managed !name:*x*"), ["enc=none|aws-managed", "!name=*x*"]);
        assert_eq!(read("age:>30d age>=2w"), ["age=>30d", "age=>=2w"]);
        assert_eq!(read(r#""a b" tag:env="x y,z" !"c:d""#), ["<a b>", "tag=env=x y,z", "!<c:d>"]);
        assert_eq!(read("enc:"), ["enc="]);
    }

    #[test]
    fn names_that_aws_gives_are_words() {
        assert_eq!(
            read("rds:orders-2026 awsbackup:job-7 default:mysql-8-0 02:05"),
            ["<rds:orders-2026>", "<awsbackup:job-7>", "<default:mysql-8-0>", "<02:05>"]
        );
    }

    #[test]
    fn a_quote_that_is_not_closed_is_a_mistake_from_where_it_opens() {
        assert_eq!(tokens("ab tag:x=\"y z").expect_err("a mistake").at, 9..13);
        assert_eq!(tokens("a !").expect_err("a mistake").at, 2..3);
    }
}
