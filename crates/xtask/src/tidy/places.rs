//! Places the repository must not depend on: a registry's address, somebody's machine.
use super::words::RULES;
use super::{Fault, File};
use crate::shell;

/// Which registry a machine uses is its own setting.
const REGISTRIES: [&str; 11] = [
    "index.crates.io",
    "static.crates.io",
    "//crates.io",
    "registry.npmjs",
    "npmjs.com",
    "yarnpkg.com",
    "pypi.org",
    "pythonhosted.org",
    "deb.debian.org",
    "ftp.debian.org",
    "static.rust-lang.org",
];

/// Cargo itself writes the name of its default registry there.
const WRITTEN_BY_CARGO: &str = "Cargo.lock";

pub(super) fn registries(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.below(RULES) && file.path != WRITTEN_BY_CARGO) {
        for host in REGISTRIES {
            faults.extend(file.lines_with(host).map(|line| file.fault(line, "names the host of a registry")));
        }
    }
    faults
}

pub(super) fn this_machine(files: &[File]) -> Vec<Fault> {
    let here = shell::root().display().to_string();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.below(RULES)) {
        for (at, line) in file.text.lines().enumerate() {
            // A checkout at a very short path, such as `/src`, would find itself everywhere.
            let ours = here.matches('/').count() > 1 && line.contains(&here);
            if ours || names_a_home(line) {
                faults.push(file.fault(at + 1, "names a place of somebody's machine"));
            }
        }
    }
    faults
}

fn names_a_home(line: &str) -> bool {
    let starts_a_path = |at: usize| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric() && !['.', '_', '-', '}', '/'].contains(&letter))
    };
    ["home", "Users", "root"]
        .map(|folder| format!("/{folder}/"))
        .iter()
        .any(|home| line.match_indices(home).any(|(at, _)| starts_a_path(at)))
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::{registries, this_machine};

    #[test]
    fn an_address_of_a_registry_is_a_fault_except_in_cargos_own_file() {
        let address = "source = \"https://index.crates.io/\"";
        assert_eq!(
            places(registries, &[("Cargo.lock", address), ("e2e/package-lock.json", address)]),
            ["e2e/package-lock.json:1"]
        );
    }

    #[test]
    fn a_home_folder_is_a_fault_and_a_page_called_home_is_not() {
        for folder in ["home", "Users", "root"] {
            let (notes, brackets) = (format!("see /{folder}/ana/notes"), format!("(/{folder}/x)"));
            let page = format!("goto(url + 'x/{folder}/page')");
            let files = [("a.md", notes.as_str()), ("b.md", brackets.as_str()), ("c.ts", page.as_str())];
            assert_eq!(places(this_machine, &files), ["a.md:1", "b.md:1"], "{folder}");
        }
    }
}
