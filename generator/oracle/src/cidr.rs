//! Address blocks of IPv4.

use std::net::Ipv4Addr;

/// A block, first and last address included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    first: u32,
    last: u32,
}

/// What is not the internet: this network, private, shared, loopback, link-local (cloud metadata), multicast and reserved.
const PRIVATE: [&str; 8] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/3",
];

impl Block {
    /// A block whose address is its first one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let address = u32::from(address.parse::<Ipv4Addr>().ok()?);
        let length = length.parse::<u32>().ok().filter(|length| {
            *length <= 32 && length.to_string().len() == text.len() - text.find('/').unwrap_or(0) - 1
        })?;
        let size = u32::MAX.checked_shr(length).unwrap_or(0);
        (address & size == 0).then_some(Self { first: address, last: address | size })
    }

    fn intersection(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    /// The first part of the block that no exception covers.
    fn without(self, exceptions: &[Self]) -> Option<Self> {
        let mut sorted = exceptions.to_vec();
        sorted.sort_by_key(|block| block.first);
        let mut first = self.first;
        for exception in sorted {
            if exception.first > first {
                break;
            }
            if exception.last >= first {
                if exception.last >= self.last {
                    return None;
                }
                first = exception.last + 1;
            }
        }
        Some(Self { first, last: self.last })
    }
}

/// An address that is not the internet's and that the block leaves open.
pub(crate) fn open_private(block: &str, exceptions: &[&str]) -> Option<Ipv4Addr> {
    let block = Block::parse(block)?;
    let exceptions: Vec<_> = exceptions.iter().filter_map(|text| Block::parse(text)).collect();
    let private = PRIVATE.iter().filter_map(|text| Block::parse(text));
    private
        .filter_map(|range| range.intersection(block))
        .find_map(|range| range.without(&exceptions))
        .map(|open| Ipv4Addr::from(open.first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks() {
        assert!(Block::parse("10.0.0.0/8").is_some());
        assert!(Block::parse("0.0.0.0/0").is_some());
        assert!(Block::parse("1.2.3.4/32").is_some());
        for bad in ["10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "::/0", "10.0.0.0/08", "10.0.0.0/+8"] {
            assert!(Block::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn private_ranges_that_stay_open() {
        assert_eq!(open_private("0.0.0.0/0", &PRIVATE), None);
        assert_eq!(open_private("198.41.192.0/24", &[]), None);
        for (index, range) in PRIVATE.iter().enumerate() {
            let mut others = PRIVATE.to_vec();
            others.remove(index);
            assert!(open_private("0.0.0.0/0", &others).is_some(), "{range}");
        }
        let halves = ["10.0.0.0/9", "10.128.0.0/9"];
        assert_eq!(open_private("10.0.0.0/8", &halves), None);
        assert_eq!(open_private("10.0.0.0/8", &halves[..1]), Some(Ipv4Addr::new(10, 128, 0, 0)));
    }
}
