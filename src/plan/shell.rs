//! Words for a POSIX shell: whatever a word holds, the shell hands on exactly that.
//!
//! What is written here is harmless to show and to paste as well: a character that hides or steers stands there
//! as an octal number, and only line ends are written as they are, inside of quotes.

use std::fmt::Write as _;

use crate::domain::is_hidden;

/// A word, quoted only where it has to be. A NUL cannot be in a word of any command, and is left out.
pub fn quoted(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.:/=@%+,".contains(&b);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    let must_be_spelled = |c: char| c != '\n' && is_hidden(c);
    let mut out = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(must_be_spelled).unwrap_or(rest.len());
        if end > 0 {
            out.push('\'');
            out.push_str(&rest[..end].replace('\'', r"'\''"));
            out.push('\'');
        }
        rest = &rest[end..];
        let end = rest.find(|c| !must_be_spelled(c)).unwrap_or(rest.len());
        spell(&rest[..end], &mut out);
        rest = &rest[end..];
    }
    if out.is_empty() { "''".to_owned() } else { out }
}

/// Hidden characters as what printf makes of octal numbers. They are no line ends, so none is lost on the way.
fn spell(hidden: &str, out: &mut String) {
    let bytes = hidden.bytes().filter(|byte| *byte != 0);
    let mut octal = String::new();
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(octal, "\\{byte:03o}");
    }
    if !octal.is_empty() {
        let _ = write!(out, "\"$(printf '{octal}')\"");
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    /// The words that a shell makes of some text.
    fn read_by(shell: &str, text: &str) -> Vec<Vec<u8>> {
        let output = Command::new(shell).args(["-c", &format!("printf '%s\\0' {text}")]).output();
        let output = output.unwrap_or_else(|error| panic!("{shell}: {error}"));
        assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        let mut words: Vec<Vec<u8>> = output.stdout.split(|b| *b == 0).map(<[u8]>::to_vec).collect();
        words.pop();
        words
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        for (word, expected) in [
            ("orders-prod", "orders-prod"),
            (
                "arn:aws:rds:us-east-1:111111111111:snapshot:a",
                "arn:aws:rds:us-east-1:111111111111:snapshot:a",
            ),
            ("", "''"),
            ("it's", r"'it'\''s'"),
            ("a!b $(x) `y`", "'a!b $(x) `y`'"),
            ("~", "'~'"),
            ("two\nlines", "'two\nlines'"),
            ("a\u{1b}[2J", r#"'a'"$(printf '\033')"'[2J'"#),
            ("\0", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }

    proptest! {
        // Each case is two processes; a case holds many words instead.
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn a_shell_reads_the_word_that_was_meant(
            words in prop::collection::vec(prop_oneof![any::<String>(), "[-!#$&'()*;<>?\\[\\]\\\\^`{|}~\" \n\t\r%a=]{0,12}"], 1..40)
        ) {
            let words: Vec<String> = words.into_iter().map(|word| word.replace('\0', "")).collect();
            let text: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            for shell in ["sh", "bash"] {
                let read = read_by(shell, &text.join(" "));
                prop_assert_eq!(read.len(), words.len());
                for (read, word) in read.iter().zip(&words) {
                    prop_assert_eq!(read, word.as_bytes(), "{} read {:?}", shell, quoted(word));
                }
            }
        }

        #[test]
        fn nothing_that_is_written_hides(word in any::<String>()) {
            prop_assert!(!quoted(&word).chars().any(|c| c != '\n' && is_hidden(c)));
        }
    }
}
