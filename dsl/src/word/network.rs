//! Addresses, networks and port numbers.

use super::ascii::{number, position};
use super::{Verdict, word};

word! {
    /// An IPv4 network in CIDR notation, with no bit set outside of its prefix.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const PODS: Cidr = cidr!("10.42.0.0/16");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const PODS: Cidr = cidr!("10.42.0.1/16");
    /// ```
    Cidr, check_cidr
}

word! {
    /// An IPv4 address.
    Ip, check_ip
}

/// The number of a port that a service can serve: none that Linkerd's proxy uses.
///
/// [`port!`](crate::port!) takes 1024 and above; a port below is said as one, by [`low_port!`](crate::low_port!).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PortNumber(u16);

impl Ip {
    /// The address as a number.
    #[must_use]
    pub const fn bits(self) -> u32 {
        let bytes = self.as_str().as_bytes();
        match address(bytes, bytes.len()) {
            Some(bits) => bits,
            None => 0,
        }
    }
}

impl PortNumber {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(number: u32) -> Self {
        match number {
            4140 | 4143 | 4190 | 4191 => panic!("4140, 4143, 4190 and 4191 are Linkerd's proxy: serve another port"),
            #[expect(clippy::cast_possible_truncation, reason = "the arm holds only numbers of 16 bits")]
            1024..=65_535 => Self(number as u16),
            0..1024 => {
                panic!(
                    "no service has the privilege that ports below 1024 need: serve 1024 to 65535, `port!(8080)`, or lower \
                     that limit for the pod, `low_port!(80)`"
                )
            }
            _ => panic!("a port is at most 65535"),
        }
    }

    /// A port below 1024, for which the pod lowers the first port that needs no privilege.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked_low(number: u32) -> Self {
        match number {
            #[expect(clippy::cast_possible_truncation, reason = "the arm holds only numbers of 16 bits")]
            1..1024 => Self(number as u16),
            _ => panic!("a low port is 1 to 1023: from 1024 on it needs nothing, `port!(8080)`"),
        }
    }

    /// A port of something that Casemate does not run: it may be below 1024.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked_of_peer(number: u32) -> Self {
        match number {
            #[expect(clippy::cast_possible_truncation, reason = "the arm holds only numbers of 16 bits")]
            1..=65_535 => Self(number as u16),
            _ => panic!("a port is 1 to 65535"),
        }
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

const fn check_ip(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    match address(bytes, bytes.len()) {
        Some(_) => Ok(()),
        None => Err("an address is four numbers from 0 to 255: `192.168.1.10`"),
    }
}

const fn check_cidr(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let slash = position(bytes, b'/', 0);
    let says = "a network is an IPv4 address and the length of its prefix: `10.42.0.0/16`";
    let Some(address) = address(bytes, slash) else { return Err(says) };
    if slash == bytes.len() {
        return Err(says);
    }
    match number(bytes, slash + 1, bytes.len()) {
        Some(0) => Err("`/0` is everywhere: name the network that is meant"),
        Some(length) if length <= 32 => {
            let host_bits = 32 - length;
            if host_bits < 32 && (address >> host_bits) << host_bits == address {
                Ok(())
            } else {
                Err("a network has no bit set outside of its prefix: `10.42.0.0/16`, not `10.42.0.1/16`")
            }
        }
        _ => Err(says),
    }
}

const fn address(bytes: &[u8], end: usize) -> Option<u32> {
    let mut value = 0_u32;
    let mut start = 0;
    let mut parts = 0;
    while parts < 4 {
        let mut dot = position(bytes, b'.', start);
        if dot > end {
            dot = end;
        }
        if (parts < 3) == (dot == end) {
            return None;
        }
        match number(bytes, start, dot) {
            Some(part) if part <= 255 => value = value << 8 | part,
            _ => return None,
        }
        start = dot + 1;
        parts += 1;
    }
    Some(value)
}

/// A [`Cidr`](crate::word::Cidr), checked where it is written.
#[macro_export]
macro_rules! cidr {
    ($text:literal) => {{
        const CHECKED: $crate::word::Cidr = $crate::word::Cidr::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`cidr!` takes one literal: `cidr!(\"10.42.0.0/16\")`")
    };
}

/// An [`Ip`](crate::word::Ip), checked where it is written.
#[macro_export]
macro_rules! ip {
    ($text:literal) => {{
        const CHECKED: $crate::word::Ip = $crate::word::Ip::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`ip!` takes one literal: `ip!(\"192.168.1.10\")`")
    };
}
