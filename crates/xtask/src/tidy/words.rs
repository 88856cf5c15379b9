//! Words that have one home, and words that have none.
use super::{Fault, File};

/// The rules themselves spell what they forbid.
pub(super) const RULES: &str = "crates/xtask/src/tidy";

struct Misplaced {
    words: &'static [&'static str],
    says: &'static str,
    /// Whether a file is looked at: what is not its home.
    away: fn(&File) -> bool,
}

const MISPLACED: [Misplaced; 5] = [
    Misplaced {
        words: &["Utc::now", "Local::now", "Uuid::now_v7", "Uuid::new_v4"],
        says: "time and ids come from the injected clock; only a clock.rs asks the machine",
        away: |file| file.is("rs") && file.name() != "clock.rs",
    },
    Misplaced {
        words: &["sea_orm"],
        says: "only db and migrations know the database's library",
        // The HTTP tests make a database each, which the product itself never does.
        away: |file| {
            file.is("rs") && !["crates/db", "migrations", "crates/api/tests"].iter().any(|room| file.below(room))
        },
    },
    Misplaced {
        words: &["actix_", "actix-"],
        says: "this room does not know the web framework",
        away: |file| {
            ["crates/types", "crates/domain", "crates/db", "crates/app", "frontend"].iter().any(|room| file.below(room))
        },
    },
    Misplaced {
        words: &["std::env", "env::var"],
        says: "only the server reads the environment; others are told, and build scripts by cargo",
        away: |file| {
            let home = ["crates/server", "crates/xtask", "crates/bench"].iter().any(|room| file.below(room));
            file.is("rs") && !home && !file.path.contains("/tests/") && file.name() != "build.rs"
        },
    },
    Misplaced {
        words: &["\"/api/v1", "`/api/v1"],
        says: "the browser app takes its paths from the endpoint constants of types",
        away: |file| file.below("frontend/src"),
    },
];

/// Work that was put off, tests that do not run, and waits that only hope.
const UNFINISHED: [&str; 15] = [
    "TODO",
    "FIXME",
    "XXX",
    "todo!",
    "unimplemented!",
    "#[ignore",
    "#[allow(",
    "#![allow(",
    "test.only",
    "test.skip",
    "test.fixme",
    "describe.only",
    "describe.skip",
    "waitForTimeout",
    "console.log",
];

pub(super) fn misplaced(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for Misplaced { words, says, away } in &MISPLACED {
        for file in files.iter().filter(|file| !file.below(RULES) && away(file)) {
            for word in *words {
                faults.extend(file.lines_with(word).map(|line| file.fault(line, format!("`{word}`: {says}"))));
            }
        }
    }
    faults
}

pub(super) fn unfinished(files: &[File]) -> Vec<Fault> {
    let kinds = ["rs", "ts", "js", "css", "html", "toml", "md", "sh"];
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.below(RULES) && kinds.iter().any(|kind| file.is(kind))) {
        for (at, line) in file.text.lines().enumerate() {
            // A build script spells the attributes of the code it generates.
            let generates = |word: &str| file.name() == "build.rs" && word.contains("allow(");
            let found = UNFINISHED.iter().filter(|word| holds(line, word) && !generates(word));
            faults.extend(found.map(|word| file.fault(at + 1, format!("`{word}` does not stay in the house"))));
        }
    }
    faults
}

/// Whether a line holds a word as a whole, so that `MÉTODO` is no note to oneself.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let joined = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        !(joined(before) || (word.ends_with(char::is_alphanumeric) && joined(after)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::{misplaced, unfinished};

    #[test]
    fn the_time_is_asked_for_only_in_a_clock() {
        let asks = "let now = Utc::now();\n";
        assert_eq!(
            places(misplaced, &[("crates/app/src/clock.rs", asks), ("crates/api/src/a.rs", asks)]),
            ["crates/api/src/a.rs:1"]
        );
    }

    #[test]
    fn a_library_outside_its_room_is_a_fault() {
        let files = [
            ("crates/db/src/tickets/entity.rs", "use sea_orm::*;"),
            ("crates/api/src/tickets.rs", "//! x\nuse sea_orm::*;"),
            ("crates/api/src/lib.rs", "use actix_web::web;"),
            ("crates/domain/src/lib.rs", "use actix_web::web;"),
            ("frontend/Cargo.toml", "actix-web.workspace = true"),
        ];
        assert_eq!(
            places(misplaced, &files),
            ["crates/api/src/tickets.rs:2", "crates/domain/src/lib.rs:1", "frontend/Cargo.toml:1"]
        );
    }

    #[test]
    fn the_environment_is_read_by_the_server_and_by_tests() {
        let reads = "let home = std::env::var_os(\"X\");";
        let files =
            [("crates/server/src/a.rs", reads), ("crates/api/tests/it/a.rs", reads), ("crates/app/src/a.rs", reads)];
        assert!(places(misplaced, &files).iter().all(|place| place == "crates/app/src/a.rs:1"));
        assert!(!places(misplaced, &files).is_empty());
    }

    #[test]
    fn the_app_spells_no_path() {
        assert_eq!(places(misplaced, &[("frontend/src/api.rs", "get(\"/api/v1/tickets\")")]).len(), 1);
    }

    #[test]
    fn unfinished_work_is_a_fault_and_a_word_that_contains_it_is_not() {
        let files = [("a.rs", "// TODO later"), ("b.md", "MÉTODO, TODOS"), ("e2e/c.ts", "test.only('x')\ntodo!()")];
        assert_eq!(places(unfinished, &files), ["a.rs:1", "e2e/c.ts:1", "e2e/c.ts:2"]);
    }
}
