//! Who may know whom: types → domain → {db, whatsapp} → app → api → server, and types, domain → frontend.
use super::{Fault, File};

/// A crate's manifest and our own crates it may depend on. A crate that is not listed may know all of them.
const MAY_KNOW: [(&str, &[&str]); 11] = [
    ("crates/types", &[]),
    ("crates/domain", &["types"]),
    ("crates/db", &["types", "domain", "migrations"]),
    ("crates/whatsapp", &[]),
    ("crates/sandbox", &[]),
    ("crates/app", &["types", "domain", "db", "whatsapp"]),
    ("crates/api", &["types", "domain", "db", "whatsapp", "app"]),
    ("crates/bench", &["types", "domain"]),
    ("crates/xtask", &[]),
    ("migrations", &[]),
    ("frontend", &["types", "domain"]),
];

const OURS: [&str; 9] = ["types", "domain", "db", "migrations", "whatsapp", "sandbox", "app", "api", "cercano"];

/// What would tie the shared rooms to one side of the wire.
const FRAMEWORKS: [&str; 9] =
    ["actix-web", "leptos", "reqwest", "sea-orm", "sea-orm-migration", "sqlx", "tokio", "gloo-net", "web-sys"];

pub(super) fn rooms(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (folder, known) in MAY_KNOW {
        for (file, line, name) in dependencies(files, folder) {
            if OURS.contains(&name) && !known.contains(&name) {
                faults.push(file.fault(line, format!("{folder} must not know {name}")));
            }
        }
    }
    faults
}

pub(super) fn frameworks(files: &[File]) -> Vec<Fault> {
    let shared = ["crates/types", "crates/domain"].into_iter().flat_map(|folder| dependencies(files, folder));
    shared
        .filter(|(_, _, name)| FRAMEWORKS.contains(name))
        .map(|(file, line, name)| file.fault(line, format!("{name} would tie this room to one side of the wire")))
        .collect()
}

/// The names below `[dependencies]`, with their line. Tests may know more, so theirs are not read.
fn dependencies<'a>(files: &'a [File], folder: &str) -> Vec<(&'a File, usize, &'a str)> {
    let manifest = format!("{folder}/Cargo.toml");
    let Some(file) = files.iter().find(|file| file.path == manifest) else { return Vec::new() };
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]") && !line.contains("dev-");
        } else if inside && let Some(name) = line.split(['.', '=', ' ']).next().filter(|name| !name.is_empty()) {
            found.push((file, at + 1, name.trim_matches('"')));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::{frameworks, rooms};

    #[test]
    fn a_room_that_knows_a_later_one_is_a_fault() {
        let manifest = "[package]\nname = \"d\"\n[dependencies]\ntypes.workspace = true\napp = { path = \"x\" }\n";
        assert_eq!(places(rooms, &[("crates/domain/Cargo.toml", manifest)]), ["crates/domain/Cargo.toml:5"]);
    }

    #[test]
    fn tests_may_know_more_than_what_they_test() {
        let manifest = "[dependencies]\ntypes.workspace = true\n[dev-dependencies]\nsandbox.workspace = true\n";
        assert!(places(rooms, &[("crates/api/Cargo.toml", manifest)]).is_empty());
    }

    #[test]
    fn a_framework_in_a_shared_room_is_a_fault() {
        let manifest = "[dependencies]\nserde.workspace = true\nactix-web.workspace = true\n";
        assert_eq!(places(frameworks, &[("crates/types/Cargo.toml", manifest)]), ["crates/types/Cargo.toml:3"]);
        assert!(places(frameworks, &[("crates/api/Cargo.toml", manifest)]).is_empty());
    }
}
