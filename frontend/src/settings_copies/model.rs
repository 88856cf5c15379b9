//! What is chosen to be copied, and what is missing for it.

use std::collections::BTreeSet;
use strum::IntoEnumIterator as _;
use types::{
    GroupId, NumberId,
    settings_changes::{NumberVersion, SettingsCopyInput, SettingsPart, Targets},
};

/// All parts but the absence.
pub fn usual_parts() -> BTreeSet<SettingsPart> {
    SettingsPart::iter().filter(|part| *part != SettingsPart::Absence).collect()
}

/// What has to be chosen first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Reference,
    Targets,
    Parts,
}

/// What was chosen.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub reference: Option<NumberId>,
    pub numbers: BTreeSet<NumberId>,
    pub groups: BTreeSet<GroupId>,
    pub parts: BTreeSet<SettingsPart>,
}

/// The copy that is asked for. The reference is no target of its own.
pub fn input(wanted: Wanted, expected: Option<Vec<NumberVersion>>) -> Result<SettingsCopyInput, Missing> {
    let Wanted { reference, numbers, groups, parts } = wanted;
    let reference = reference.ok_or(Missing::Reference)?;
    let number_ids: Vec<NumberId> = numbers.into_iter().filter(|id| *id != reference).collect();
    if number_ids.is_empty() && groups.is_empty() {
        return Err(Missing::Targets);
    }
    if parts.is_empty() {
        return Err(Missing::Parts);
    }
    Ok(SettingsCopyInput {
        reference_number_id: reference,
        targets: Targets { number_ids, group_ids: groups.into_iter().collect() },
        parts: parts.into_iter().collect(),
        expected,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn number(id: u128) -> NumberId {
        NumberId(Uuid::from_u128(id))
    }

    fn wanted() -> Wanted {
        Wanted {
            reference: Some(number(1)),
            numbers: BTreeSet::from([number(1), number(2)]),
            groups: BTreeSet::new(),
            parts: usual_parts(),
        }
    }

    #[test]
    fn the_absence_is_copied_only_on_purpose() {
        let parts = input(wanted(), None).unwrap().parts;
        assert_eq!(parts.len(), 7);
        assert!(!parts.contains(&SettingsPart::Absence));
    }

    #[test]
    fn the_reference_is_no_target_of_its_own() {
        assert_eq!(input(wanted(), None).unwrap().targets.number_ids, [number(2)]);
        let only_itself = Wanted { numbers: BTreeSet::from([number(1)]), ..wanted() };
        assert_eq!(input(only_itself, None), Err(Missing::Targets));
    }

    #[test]
    fn what_is_missing_is_said_one_by_one() {
        assert_eq!(input(Wanted { reference: None, ..wanted() }, None), Err(Missing::Reference));
        assert_eq!(input(Wanted { parts: BTreeSet::new(), ..wanted() }, None), Err(Missing::Parts));
        let group = GroupId(Uuid::from_u128(7));
        let of_group = Wanted { numbers: BTreeSet::new(), groups: BTreeSet::from([group]), ..wanted() };
        assert_eq!(input(of_group, None).unwrap().targets.group_ids, [group]);
    }
}
