//! The shape of a file: short, and opening with what it is for.
use super::{Fault, File};

const LONGEST: usize = 400;

pub(super) fn length(files: &[File]) -> Vec<Fault> {
    let written = files.iter().filter(|file| ["rs", "css", "ts"].iter().any(|kind| file.is(kind)));
    let too_long = written.map(|file| (file, file.text.lines().count())).filter(|(_, lines)| *lines > LONGEST);
    too_long.map(|(file, lines)| file.fault(lines, format!("a file has {LONGEST} lines at most"))).collect()
}

/// A build script says what it is for as well as any file, but test fixtures are somebody else's text.
pub(super) fn opening(files: &[File]) -> Vec<Fault> {
    let ours = files.iter().filter(|file| file.is("rs") && !file.path.contains("/fixtures/"));
    let silent = ours.filter(|file| !file.text.starts_with("//!"));
    silent.map(|file| file.fault(1, "the first line says what the file is for (`//! …`)")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::{length, opening};

    #[test]
    fn the_four_hundred_and_first_line_is_one_too_many() {
        let (full, over) = ("a\n".repeat(400), "a\n".repeat(401));
        assert_eq!(places(length, &[("a.rs", &full), ("b.css", &over), ("c.json", &over)]), ["b.css:401"]);
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_for_is_a_fault() {
        let files = [("a.rs", "//! Why.\n"), ("b.rs", "use std::fs;\n"), ("x/fixtures/c.rs", ""), ("d.ts", "")];
        assert_eq!(places(opening, &files), ["b.rs:1"]);
    }
}
