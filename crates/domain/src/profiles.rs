//! What a profile may grant, and who may grant it (spec O2): a change of something includes seeing it, and nobody grants
//! what they do not have.

use strum::IntoEnumIterator;
use types::{Language, Permission, permission::Area, profiles::NAME_MAX};

/// What somebody has, or is to get.
#[derive(Clone, Copy, Debug)]
pub struct Powers<'a> {
    /// Whether the profile is an administrator's, which is more than every list.
    pub administrator: bool,
    pub permissions: &'a [Permission],
}

/// The permissions as they are stored: each once, in the menu's order, and with what a change of something includes.
pub fn normalised(wanted: &[Permission]) -> Vec<Permission> {
    let entries = || Area::iter().flat_map(Area::entries);
    let included = entries().filter(|entry| wanted.contains(&entry.edit)).map(|entry| entry.view);
    let mut all: Vec<_> = wanted.iter().copied().chain(included).collect();
    all.sort();
    all.dedup();
    all
}

/// Whether somebody may give these powers to others, or have a say over who has them.
pub fn may_grant(own: Powers<'_>, given: Powers<'_>) -> bool {
    own.administrator
        || (!given.administrator && given.permissions.iter().all(|permission| own.permissions.contains(permission)))
}

/// The name of a copy: the first of "Copia de X", "Copia de X 2" and so on that is free, cut so that it fits.
pub fn name_of_copy(name: &str, language: Language, is_free: impl Fn(&str) -> bool) -> String {
    let prefix = match language {
        Language::Es => "Copia de ",
        Language::Pt => "Cópia de ",
        Language::En => "Copy of ",
    };
    let max = usize::try_from(NAME_MAX).unwrap_or(usize::MAX);
    (1..=u32::MAX)
        .map(|count| {
            let suffix = if count == 1 { String::new() } else { format!(" {count}") };
            let room = max.saturating_sub(prefix.chars().count() + suffix.chars().count());
            let cut: String = name.chars().take(room).collect();
            format!("{prefix}{}{suffix}", cut.trim_end())
        })
        .find(|candidate| is_free(candidate))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission as P;
    use proptest::prelude::*;

    fn some() -> impl Strategy<Value = Vec<Permission>> {
        let all: Vec<_> = Permission::iter().collect();
        prop::collection::vec(prop::sample::select(all), 0..12)
    }

    #[test]
    fn a_change_of_something_includes_seeing_it() {
        assert_eq!(
            normalised(&[P::EditNumbers, P::ViewDesk, P::EditNumbers]),
            [P::ViewDesk, P::ViewNumbers, P::EditNumbers]
        );
        assert_eq!(normalised(&[]), []);
    }

    proptest! {
        #[test]
        fn what_is_stored_has_all_that_was_wanted_and_no_change_without_seeing(wanted in some()) {
            let stored = normalised(&wanted);
            prop_assert!(wanted.iter().all(|permission| stored.contains(permission)));
            for entry in Area::iter().flat_map(Area::entries) {
                prop_assert!(!stored.contains(&entry.edit) || stored.contains(&entry.view));
            }
            prop_assert_eq!(normalised(&stored), stored.clone());
            prop_assert!(stored.is_sorted_by(|one, other| one < other));
        }

        #[test]
        fn nobody_grants_what_they_do_not_have(own in some(), given in some()) {
            let (own, given) = (normalised(&own), normalised(&given));
            let powers = |administrator, permissions| Powers { administrator, permissions };
            prop_assert_eq!(
                may_grant(powers(false, &own), powers(false, &given)),
                given.iter().all(|permission| own.contains(permission))
            );
            prop_assert!(!may_grant(powers(false, &own), powers(true, &[])));
            prop_assert!(may_grant(powers(true, &[]), powers(true, &given)));
        }
    }

    #[test]
    fn a_copy_takes_the_first_free_name_that_fits() {
        let taken = ["Copia de Gestor".to_owned(), "Copia de Gestor 2".to_owned()];
        let free = |name: &str| !taken.iter().any(|taken| taken == name);
        assert_eq!(name_of_copy("Gestor", Language::Es, free), "Copia de Gestor 3");
        assert_eq!(name_of_copy("Gestor", Language::Pt, free), "Cópia de Gestor");
        let long = name_of_copy(&"ñ".repeat(60), Language::En, |name| name.ends_with(" 12"));
        assert_eq!((long.chars().count(), long.ends_with("ñ 12")), (60, true));
    }
}
