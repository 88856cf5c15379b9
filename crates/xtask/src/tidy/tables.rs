//! Every table belongs to an organization, so that a query can be kept inside of it.
use super::{Fault, File};

/// Tables that belong to none, and why. This list only shrinks.
const OF_NOBODY: [(&str, &str); 7] = [
    ("organizations", "is the organization"),
    ("sign_in_failures", "counts attempts of people who are not yet anybody"),
    ("webhook_events", "keeps a delivery as it came, before it is known whom it is for; one may be for several"),
    ("webhook_faults", "tells why a delivery could not be read, hence not whose it was"),
    ("signature_failures", "counts deliveries whose signature is wrong, hence not known to be anybody's"),
    ("positions", "tells how far a job of the installation has come"),
    ("leases", "tells which process does a job of the installation"),
];

pub(super) fn organization(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut created = Vec::new();
    for file in files.iter().filter(|file| file.below("migrations") && file.is("rs")) {
        for (line, name, columns) in tables(&file.text) {
            let of_nobody = OF_NOBODY.iter().any(|(table, _)| *table == name);
            let has_organization = columns.contains("organization_id");
            if !has_organization && !of_nobody {
                faults.push(file.fault(line, format!("table `{name}` has no organization_id")));
            }
            created.push((name, has_organization));
        }
    }
    let stale = OF_NOBODY.iter().filter(|(table, _)| created.iter().any(|(name, has)| name == table && *has));
    faults.extend(stale.map(|(table, _)| Fault {
        place: "crates/xtask/src/tidy/tables.rs".to_owned(),
        says: format!("`{table}` has an organization by now; take it off the list"),
    }));
    faults
}

/// Line, name and definition of every `CREATE TABLE`.
fn tables(text: &str) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    for (at, start) in text.match_indices("CREATE TABLE ") {
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let rest = text.get(at + start.len()..).unwrap_or_default();
        let rest = rest.strip_prefix("IF NOT EXISTS ").unwrap_or(rest);
        let definition = rest.split(';').next().unwrap_or(rest);
        if let Some((name, columns)) = definition.split_once('(') {
            found.push((line, name.trim(), columns));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::examples::places;
    use super::organization;

    #[test]
    fn a_table_without_its_organization_is_a_fault() {
        let sql =
            "\nCREATE TABLE tickets (\n id {uuid},\n organization_id {uuid}\n);\nCREATE TABLE notes (\n id {uuid}\n);";
        assert_eq!(places(organization, &[("migrations/src/m1.rs", sql)]), ["migrations/src/m1.rs:6"]);
    }

    #[test]
    fn a_listed_table_needs_none_and_leaves_the_list_when_it_has_one() {
        assert!(places(organization, &[("migrations/src/m1.rs", "CREATE TABLE leases (name TEXT);")]).is_empty());
        let with = "CREATE TABLE leases (name TEXT, organization_id {uuid});";
        assert_eq!(places(organization, &[("migrations/src/m1.rs", with)]).len(), 1);
    }
}
