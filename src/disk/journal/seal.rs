//! The seal of a run: one number over all that was written of it, in order.
//!
//! It is there for damage, not for malice: who can write the file can write a seal.

/// FNV-1a over 64 bits, of parts that cannot run into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seal(u64);

impl Seal {
    /// The seal of a plan with its circumstances.
    pub(super) fn of(parts: &[&str]) -> Self {
        parts.iter().fold(Self(0xcbf2_9ce4_8422_2325), |seal, part| seal.and(part))
    }

    /// The seal when this comes after all before.
    pub(super) fn and(self, part: &str) -> Self {
        let length = (part.len() as u64).to_le_bytes();
        let add = |seal: u64, byte: u8| (seal ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(length.into_iter().chain(part.bytes()).fold(self.0, add))
    }

    /// As SQLite holds it.
    pub(super) fn number(self) -> i64 {
        self.0.cast_signed()
    }

    /// As SQLite held it.
    pub(super) fn from_number(number: i64) -> Self {
        Self(number.cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_tells_order_borders_and_every_letter_apart() {
        let seals = [&["ab", "c"][..], &["a", "bc"], &["abc"], &["c", "ab"], &["ab", "d"], &["ab", "c", ""]];
        let numbers: std::collections::BTreeSet<i64> = seals.map(|parts| Seal::of(parts).number()).into();
        assert_eq!(numbers.len(), seals.len());
        assert_eq!(Seal::from_number(Seal::of(&["x"]).number()), Seal::of(&["x"]));
    }
}
