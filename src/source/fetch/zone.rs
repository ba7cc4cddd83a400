//! Which addresses may be connected to on the word of a certificate? One that a stranger made can name the reader's own machines.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where an address lies, by the IANA special-purpose registries (RFC 6890).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zone {
    Public,
    Loopback,
    /// RFC 1918, RFC 4193, site-local (RFC 3879), networks for measurements (RFC 2544).
    Private,
    LinkLocal,
    /// RFC 6598.
    CarrierGrade,
    /// RFC 5737, RFC 3849, RFC 9637; some networks use them as private ones.
    Example,
    /// Nothing can be fetched there, or a way around the others: what it is.
    Never(&'static str),
}

impl Zone {
    /// The zone that an address lies in, by IANA's registries of special-purpose addresses.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }

    /// "a loopback address".
    pub fn words(self) -> &'static str {
        match self {
            Zone::Public => "a public address",
            Zone::Loopback => "a loopback address",
            Zone::Private => "a private address",
            Zone::LinkLocal => "a link-local address",
            Zone::CarrierGrade => "a carrier-grade NAT address",
            Zone::Example => "an address for examples",
            Zone::Never(words) => words,
        }
    }
}

fn of_v4(address: Ipv4Addr) -> Zone {
    match address.octets() {
        [0, ..] => Zone::Never("an unspecified address"),
        [127, ..] => Zone::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [198, 18..=19, ..] => Zone::Private,
        [169, 254, ..] => Zone::LinkLocal,
        [100, 64..=127, ..] => Zone::CarrierGrade,
        [192, 0, 0, _] => Zone::Never("an address of IETF protocols"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Zone::Example,
        [224..=239, ..] => Zone::Never("a multicast address"),
        [240..=255, ..] => Zone::Never("a reserved address"),
        _ => Zone::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> Zone {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        of_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Zone::Never("an unspecified address"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Zone::Loopback,
        [0, 0, 0, 0, 0, 0xffff, ..] => Zone::Never("an IPv4-mapped address"),
        [0, 0, 0, 0, ..] => Zone::Never("an IPv4-compatible address"),
        [0xfe80..=0xfebf, ..] => Zone::LinkLocal,
        [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] | [0x64, 0xff9b, 1, ..] => Zone::Private,
        // What IPv6-only networks reach IPv4 by (RFC 6052), and 6to4 (RFC 3056): as good as what they lead to.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, 0, ..] => Zone::Never("a Teredo address"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Zone::Example,
        [0xff00..=0xffff, ..] => Zone::Never("a multicast address"),
        [0x2000..=0x3fff, ..] => Zone::Public,
        // All of the Internet's addresses begin with 001 (IANA IPv6 address space).
        _ => Zone::Never("a reserved address"),
    }
}

/// Which zones besides the public one may be connected to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Every zone that can be.
    pub private: bool,
    /// Those in which the servers that the person named were found.
    zones: Vec<Zone>,
}

impl Allowed {
    /// `servers` are the addresses of servers that the person named: their own zones are open.
    pub fn new(private: bool, servers: impl IntoIterator<Item = IpAddr>) -> Self {
        Self { private, zones: servers.into_iter().map(Zone::of).collect() }
    }

    /// Whether an address in `zone` may be connected to.
    pub fn holds(&self, zone: Zone) -> bool {
        match zone {
            Zone::Public => true,
            Zone::Never(_) => false,
            zone => self.private || self.zones.contains(&zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(text: &str) -> Zone {
        Zone::of(text.parse().unwrap())
    }

    #[test]
    fn addresses_lie_in_their_zones() {
        for (text, expected) in [
            ("8.8.8.8", Zone::Public),
            ("172.15.255.255", Zone::Public),
            ("172.32.0.0", Zone::Public),
            ("100.128.0.0", Zone::Public),
            ("2606:4700::1", Zone::Public),
            ("64:ff9b::808:808", Zone::Public),
            ("127.255.0.1", Zone::Loopback),
            ("::1", Zone::Loopback),
            ("10.0.0.1", Zone::Private),
            ("172.16.0.1", Zone::Private),
            ("192.168.255.255", Zone::Private),
            ("fd00::1", Zone::Private),
            ("fec0::1", Zone::Private),
            ("64:ff9b::a00:1", Zone::Private),
            ("2002:7f00:1::", Zone::Loopback),
            ("169.254.169.254", Zone::LinkLocal),
            ("fe80::1", Zone::LinkLocal),
            ("100.64.0.1", Zone::CarrierGrade),
            ("192.0.2.1", Zone::Example),
            ("2001:db8::1", Zone::Example),
        ] {
            assert_eq!(zone(text), expected, "{text}");
        }
    }

    #[test]
    fn some_are_never_connected_to() {
        let everything = Allowed::new(true, ["127.0.0.1".parse().unwrap()]);
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "224.0.0.1",
            "ff02::1",
            "255.255.255.255",
            "240.0.0.1",
            "2001:0:1::1",
            "2002:e000:1::",
            "100::1",
            "::ffff:0:7f00:1",
        ] {
            assert!(matches!(zone(text), Zone::Never(_)), "{text}: {:?}", zone(text));
            assert!(!everything.holds(zone(text)), "{text}");
        }
    }

    #[test]
    fn only_the_servers_own_zone_is_opened_by_it() {
        let allowed = Allowed::new(false, ["192.168.1.7".parse().unwrap()]);
        assert!(allowed.holds(zone("10.1.1.1")) && allowed.holds(zone("9.9.9.9")));
        assert!(!allowed.holds(zone("127.0.0.1")) && !allowed.holds(zone("169.254.169.254")));
        assert!(!Allowed::default().holds(zone("10.1.1.1")));
    }
}
