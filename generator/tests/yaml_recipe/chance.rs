//! Numbers that look random and are the same in every run (xorshift64*).

/// A stream of such numbers.
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub(crate) fn new(seed: usize) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ u64::try_from(seed).unwrap_or_default())
    }

    /// A number less than `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap_or_default() % limit
    }

    /// One of the characters of an alphabet.
    pub(crate) fn of(&mut self, alphabet: &str) -> char {
        let place = self.below(alphabet.chars().count());
        alphabet.chars().nth(place).unwrap_or_default()
    }
}
