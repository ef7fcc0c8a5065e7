//! The bytes of files on disk.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// How much scratch memory a thread begins with.
const SCRATCH: usize = 16_384;

/// The SHA-256 of a file.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Digest([u8; 32]);

/// What a file holds.
pub(super) struct Contents {
    /// The digest of it.
    pub(super) digest: Digest,
    /// Whether it is empty or full of zeros, which is how a file looks whose bytes a power loss took.
    pub(super) is_blank: bool,
}

impl Digest {
    /// The digest of bytes in memory.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut digest = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 2 * digest.len() {
            return None;
        }
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    _ => return None,
                };
                *byte = *byte << 4 | value;
            }
        }
        Some(Self(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            for (digit, value) in pair.iter_mut().zip([byte >> 4, byte & 0xf]) {
                *digit = if value < 10 { b'0' + value } else { b'a' + value - 10 };
            }
        }
        formatter.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
    }
}

/// Compares a file with bytes, and returns what it holds instead of them, if it does. The scratch memory spares allocating
/// for every file.
pub(super) fn compare(path: &Path, bytes: &[u8], scratch: &mut Vec<u8>) -> io::Result<Option<Contents>> {
    if scratch.len() <= bytes.len() {
        scratch.resize(bytes.len() + SCRATCH, 0);
    }
    let mut file = File::open(path)?;
    let mut filled = 0;
    // One byte more than wanted tells a longer file.
    while filled <= bytes.len() {
        match read_some(&mut file, &mut scratch[filled..=bytes.len()])? {
            0 => break,
            read => filled += read,
        }
    }
    if scratch[..filled] == *bytes {
        return Ok(None);
    }
    Reading::after(&scratch[..filled]).finish(&mut file, scratch).map(Some)
}

/// Reads a file of any size, by way of the scratch memory.
pub(super) fn read(path: &Path, scratch: &mut Vec<u8>) -> io::Result<Contents> {
    if scratch.len() < SCRATCH {
        scratch.resize(SCRATCH, 0);
    }
    Reading::after(&[]).finish(&mut File::open(path)?, scratch)
}

/// What is known of a file while it is read.
struct Reading {
    sha256: Sha256,
    is_blank: bool,
}

impl Reading {
    fn after(bytes: &[u8]) -> Self {
        let mut reading = Self { sha256: Sha256::new(), is_blank: true };
        reading.add(bytes);
        reading
    }

    fn add(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.is_blank = self.is_blank && bytes.iter().all(|byte| *byte == 0);
    }

    fn finish(mut self, file: &mut File, scratch: &mut [u8]) -> io::Result<Contents> {
        loop {
            match read_some(file, scratch)? {
                0 => return Ok(Contents { digest: Digest(self.sha256.finalize().into()), is_blank: self.is_blank }),
                read => self.add(&scratch[..read]),
            }
        }
    }
}

fn read_some(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// Reads an ownership manifest as text, whatever it holds.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    fs::read(path).map(|bytes| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Digest, compare, read};

    #[test]
    fn a_digest_is_read_back_as_it_was_written() {
        let digest = Digest::of(b"casemate");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        let text = digest.to_string();
        for wrong in [&text[1..], &text.to_uppercase(), &text.replace('a', "g"), ""] {
            assert_eq!(Digest::parse(wrong), None);
        }
    }

    #[test]
    fn the_digest_of_nothing_is_the_known_one() {
        let known = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), known);
    }

    #[test]
    fn files_are_compared_byte_by_byte_and_to_their_end() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        let mut scratch = Vec::new();
        std::fs::write(&path, "abc").unwrap();
        for (bytes, same) in [("abc", true), ("ab", false), ("abcd", false), ("abd", false), ("", false)] {
            let other = compare(&path, bytes.as_bytes(), &mut scratch).unwrap();
            assert_eq!(other.is_none(), same, "{bytes:?}");
            assert!(other.is_none_or(|other| other.digest == Digest::of(b"abc")));
        }
        assert!(!read(&path, &mut scratch).unwrap().is_blank);
        let zeros = vec![0; 100_000];
        std::fs::write(&path, &zeros).unwrap();
        assert!(read(&path, &mut scratch).unwrap().is_blank);
        assert_eq!(read(&path, &mut scratch).unwrap().digest, Digest::of(&zeros));
    }
}
