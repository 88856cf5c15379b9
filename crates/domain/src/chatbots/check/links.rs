//! Social links: https, and the network's own host.

use crate::chatbots::faults::Faults;
use types::{
    FieldCode,
    chatbots::{LINK_MAX, SocialLinks},
};

pub(super) fn check(faults: &mut Faults, links: &SocialLinks) {
    for (field, link) in links.all() {
        let pointer = format!("/social_links/{field}");
        faults.line(&pointer, false, link, LINK_MAX);
        if !links.on || link.trim().is_empty() {
            continue;
        }
        match (field, host(link.trim())) {
            ("web", None) => faults.add(&pointer, FieldCode::NotAnAddress),
            (_, Some(host)) if belongs(field, &host) => {}
            (_, _) => faults.add(&pointer, FieldCode::WrongHost),
        }
    }
}

/// The host of an https address, in small letters. An address with a name before the host (`https://instagram.com@…`)
/// leads elsewhere than it looks: it is none.
fn host(link: &str) -> Option<String> {
    let scheme = "https://";
    let rest = link.get(scheme.len()..).filter(|_| link.to_ascii_lowercase().starts_with(scheme))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.split_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host,
        Some(_) => return None,
        None => authority,
    };
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let right = host.contains('.') && host.split('.').all(label) && !link.contains(char::is_whitespace);
    right.then(|| host.to_lowercase())
}

fn belongs(field: &str, host: &str) -> bool {
    let hosts: &[&str] = match field {
        "instagram" => &["instagram.com", "instagr.am"],
        "facebook" => &["facebook.com", "fb.com", "fb.me", "m.me"],
        "x" => &["x.com", "twitter.com"],
        "linkedin" => &["linkedin.com", "lnkd.in"],
        "youtube" => &["youtube.com", "youtu.be"],
        "tiktok" => &["tiktok.com"],
        // A site of one's own is anywhere.
        _ => return true,
    };
    hosts.iter().any(|own| host.strip_suffix(own).is_some_and(|before| before.is_empty() || before.ends_with('.')))
}
