//! What a browser or program calls itself, so short that one recognizes it.

/// Names as they stand in a user agent, the telling ones first, since browsers also claim to be each other.
const PROGRAMS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];
/// Characters of a name that is none of these.
const SHORT: usize = 60;

/// "Chrome · Windows"; for what is none of the known ones, how it begins; nothing where nothing was said.
pub fn device(user_agent: &str) -> Option<String> {
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let known: Vec<&str> = [find(PROGRAMS), find(SYSTEMS)].into_iter().flatten().collect();
    if !known.is_empty() {
        return Some(known.join(" · "));
    }
    let own: String = user_agent.trim().chars().take(SHORT).collect();
    (!own.is_empty()).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_from_those_it_claims_to_be() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140";
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1";
        for (user_agent, expected) in [
            (chrome, Some("Chrome · Linux")),
            (edge, Some("Edge · Windows")),
            (safari, Some("Safari · iPhone")),
            ("curl/8.5.0", Some("curl")),
            ("my-crm 1.0", Some("my-crm 1.0")),
            ("  ", None),
        ] {
            assert_eq!(device(user_agent).as_deref(), expected, "{user_agent}");
        }
    }
}
