//! The top level is what a newcomer sees first, so it holds exactly what was agreed.
use std::collections::BTreeSet;

use super::{Fault, File};

const TOP_LEVEL: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "crates",
    "e2e",
    "frontend",
    "justfile",
    "migrations",
    "openapi",
];

/// Tool configuration is dotfiles; everything else has a room.
pub(super) fn top_level(files: &[File]) -> Vec<Fault> {
    let found: BTreeSet<&str> = files.iter().filter_map(|file| file.path.split('/').next()).collect();
    found
        .into_iter()
        .filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name))
        .map(|name| Fault { place: name.to_owned(), says: "does not belong to the top level".to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::top_level;

    #[test]
    fn a_new_top_level_folder_is_a_fault_and_a_dotfile_is_not() {
        let files = [("docs/a.md", ""), ("docs/b.md", ""), (".editorconfig", ""), ("crates/api/src/lib.rs", "")];
        assert_eq!(places(top_level, &files), ["docs"]);
    }
}
