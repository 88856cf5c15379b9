//! The house rules a program can check. A rule is a function from the tracked files to what it found.
//!
//! This folder is not read by the rules about words, because it has to spell what they forbid.
mod graph;
mod layout;
mod locales;
mod places;
mod shape;
mod tables;
mod words;

use std::fs;

use anyhow::{Result, bail};

use crate::shell;

/// A tracked text file; `path` starts at the top of the repository.
struct File {
    path: String,
    text: String,
}

impl File {
    fn is(&self, kind: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == kind)
    }

    fn below(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The lines that hold a text, counted from one.
    fn lines_with<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.text.lines().enumerate().filter(move |(_, line)| line.contains(text)).map(|(at, _)| at + 1)
    }

    fn fault(&self, line: usize, says: impl Into<String>) -> Fault {
        Fault { place: format!("{}:{line}", self.path), says: says.into() }
    }
}

struct Fault {
    place: String,
    says: String,
}

type Rule = fn(&[File]) -> Vec<Fault>;

const RULES: [Rule; 11] = [
    layout::top_level,
    shape::length,
    shape::opening,
    graph::rooms,
    graph::frameworks,
    words::misplaced,
    words::unfinished,
    places::registries,
    places::this_machine,
    locales::same_keys,
    tables::organization,
];

/// Checks every rule and lists all faults at once.
pub(crate) fn check() -> Result<()> {
    let files = tracked()?;
    let mut faults: Vec<Fault> = RULES.iter().flat_map(|rule| rule(&files)).collect();
    faults.sort_by(|one, other| one.place.cmp(&other.place));
    for fault in &faults {
        shell::complain(&format!("{}: {}", fault.place, fault.says));
    }
    if !faults.is_empty() {
        bail!("the house rules are broken in {} places", faults.len());
    }
    shell::say(&format!("{} files keep the {} house rules", files.len(), RULES.len()));
    Ok(())
}

/// What git tracks or is about to; binary files have no lines to look at, but their path counts.
fn tracked() -> Result<Vec<File>> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let paths = shell::read(shell::command("git").args(list))?;
    let mut files = Vec::new();
    for path in paths.split('\0').filter(|path| !path.is_empty()) {
        let file = shell::root().join(path);
        // A file that was deleted but not yet staged is still listed.
        if file.is_file() {
            let text = String::from_utf8(fs::read(file)?).unwrap_or_default();
            files.push(File { path: path.to_owned(), text });
        }
    }
    Ok(files)
}

#[cfg(test)]
mod examples {
    use super::{Fault, File, Rule};

    pub(super) fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// The places a rule complains about.
    pub(super) fn places(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(path, text)| file(path, text)).collect();
        rule(&files).into_iter().map(|Fault { place, .. }| place).collect()
    }
}
