//! Addresses people give us, which this server would call: none may lead into the network it stands in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no http or https address with a host.
    Malformed,
    /// It leads, or may lead, into the server's own network.
    Private,
    /// Its host is not known.
    Unknown,
}

/// Whether an address leads outside: its form, and every IP address its host has now.
pub async fn check(address: &str) -> Result<(), Unfit> {
    let url = reqwest::Url::parse(address).map_err(|error| {
        tracing::debug!(%error, "an address cannot be read");
        Unfit::Malformed
    })?;
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Unfit::Malformed);
    }
    let host = url.host_str().ok_or(Unfit::Malformed)?.trim_matches(['[', ']']).to_owned();
    if let Ok(ip) = host.parse::<IpAddr>() {
        return if is_public(ip) { Ok(()) } else { Err(Unfit::Private) };
    }
    let port = url.port_or_known_default().ok_or(Unfit::Malformed)?;
    let found = tokio::net::lookup_host((host.as_str(), port)).await.map_err(|error| {
        tracing::debug!(%error, "a host cannot be resolved");
        Unfit::Unknown
    })?;
    let found: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    if found.is_empty() {
        Err(Unfit::Unknown)
    } else if found.iter().all(|ip| is_public(*ip)) {
        Ok(())
    } else {
        Err(Unfit::Private)
    }
}

/// Whether an IP address is one of the Internet's: not loopback, private, link-local, shared, reserved or multicast.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && (b == 18 || b == 19);
    let protocol = a == 192 && b == 0 && c == 0;
    !(ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || shared
        || benchmark
        || protocol
        || a == 0
        || a >= 240)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // An address of the old kind in the clothes of the new one is judged as what it is.
    if let Some(old) = ip.to_ipv4_mapped() {
        return is_public_v4(old);
    }
    let [first, second, ..] = ip.segments();
    let global = (first & 0xe000) == 0x2000;
    // 6to4 and NAT64 carry an address of the old kind inside; 2001:db8 is for books, 2001:0 tunnels.
    let carries = first == 0x2002 || (first == 0x2001 && (second == 0x0db8 || second == 0));
    global && !carries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_own_network_are_not_public() {
        for ip in [
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.3.4",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "192.0.0.8",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2001:db8::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["157.240.1.1", "1.1.1.1", "100.63.0.1", "172.32.0.1", "2a03:2880:f10c::1", "2606:4700::1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[tokio::test]
    async fn only_http_addresses_that_lead_outside_are_called() {
        let table = [
            ("https://157.240.1.1/x", Ok(())),
            ("http://169.254.169.254/latest/meta-data", Err(Unfit::Private)),
            ("http://[::1]:8080/", Err(Unfit::Private)),
            ("http://2130706433/", Err(Unfit::Private)),
            ("http://0x7f.1/", Err(Unfit::Private)),
            ("http://localhost:8080/", Err(Unfit::Private)),
            ("ftp://157.240.1.1/", Err(Unfit::Malformed)),
            ("file:///etc/passwd", Err(Unfit::Malformed)),
            ("https://a:b@157.240.1.1/", Err(Unfit::Malformed)),
            ("nothing", Err(Unfit::Malformed)),
        ];
        for (address, expected) in table {
            assert_eq!(check(address).await, expected, "{address}");
        }
    }
}
