//! What is chosen for a change of many numbers, and what a plan says in figures.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use strum::IntoEnumIterator as _;
use types::{
    GroupId, NumberId,
    numbers::NumberRef,
    settings_changes::{NumberPlan, NumberVersion, SettingsField, SettingsPart, SettingsPlan, Targets},
};

/// The numbers of a change as they are chosen on a page, and the one that is the model for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub numbers: BTreeMap<NumberId, NumberRef>,
    /// Groups by name: whatever numbers they have when the change is made.
    pub groups: BTreeMap<GroupId, String>,
    pub reference: Option<NumberRef>,
}

impl Choice {
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.groups.is_empty()
    }

    pub fn targets(&self) -> Targets {
        Targets { number_ids: self.numbers.keys().copied().collect(), group_ids: self.groups.keys().copied().collect() }
    }

    /// All numbers of it by name, each once, given those of its groups.
    pub fn resolved(&self, of_groups: impl IntoIterator<Item = NumberRef>) -> Vec<NumberRef> {
        let mut all = self.numbers.clone();
        all.extend(of_groups.into_iter().map(|number| (number.id, number)));
        let mut all: Vec<NumberRef> = all.into_values().collect();
        all.sort_by_cached_key(|number| (number.name.to_lowercase(), number.id));
        all
    }
}

/// Whether all of these are chosen; of none, no.
pub fn all_chosen(choice: &Choice, numbers: &[NumberRef]) -> bool {
    !numbers.is_empty() && numbers.iter().all(|number| choice.numbers.contains_key(&number.id))
}

/// The versions a plan was made on.
pub fn expected(plan: &SettingsPlan) -> Vec<NumberVersion> {
    plan.numbers.iter().map(|number| number.version).collect()
}

/// Whether something has to be shown about a number of a plan.
pub fn is_told(number: &NumberPlan) -> bool {
    !number.changes.is_empty() || !number.left_out.is_empty()
}

/// Numbers that would change.
pub fn changed(plan: &SettingsPlan) -> usize {
    plan.numbers.iter().filter(|number| !number.changes.is_empty()).count()
}

/// On how many numbers each field would change, the fields in the page's order.
pub fn by_field(plan: &SettingsPlan) -> Vec<(SettingsField, usize)> {
    let mut counts = BTreeMap::new();
    for change in plan.numbers.iter().flat_map(|number| &number.changes) {
        *counts.entry(change.field).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

/// Fields as people call them: a part by its name when all of it is there, else field by field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Part(SettingsPart),
    Field(SettingsField),
}

pub fn named(fields: &[SettingsField]) -> Vec<Named> {
    let mut named = Vec::new();
    for part in SettingsPart::iter() {
        let whole = domain::chatbots::fields(part);
        let there: Vec<SettingsField> = whole.iter().filter(|field| fields.contains(field)).copied().collect();
        if there.len() == whole.len() && whole.len() > 1 {
            named.push(Named::Part(part));
        } else {
            named.extend(there.into_iter().map(Named::Field));
        }
    }
    named
}

/// The first names, and how many of `count` are not among them.
pub fn shortened(names: &[String], count: u64, shown: usize) -> (String, u64) {
    let first: Vec<&str> = names.iter().take(shown).map(String::as_str).collect();
    let left = count.saturating_sub(u64::try_from(first.len()).unwrap_or(u64::MAX));
    (first.join(", "), left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use types::settings_changes::{LeftOut, SettingsFieldChange};
    use uuid::Uuid;

    fn number(id: u128, name: &str) -> NumberRef {
        NumberRef { id: NumberId(Uuid::from_u128(id)), name: name.to_owned(), phone: format!("+{id}") }
    }

    fn choice(numbers: &[NumberRef]) -> Choice {
        Choice { numbers: numbers.iter().map(|one| (one.id, one.clone())).collect(), ..Choice::default() }
    }

    fn plan(id: u128, fields: &[SettingsField], left_out: Vec<LeftOut>) -> NumberPlan {
        let number = number(id, "Camila");
        let version = NumberVersion { number_id: number.id, chatbot: 3, attention: 1 };
        let change = |field: &SettingsField| SettingsFieldChange { field: *field, from: json!(1), to: json!(2) };
        NumberPlan { number, version, changes: fields.iter().map(change).collect(), left_out }
    }

    #[test]
    fn a_choice_survives_the_browsers_store() {
        let mut kept = choice(&[number(1, "Ana"), number(2, "Luis")]);
        kept.groups.insert(GroupId(Uuid::from_u128(9)), "Equipo Norte".to_owned());
        kept.reference = Some(number(3, "Camila"));
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Choice>(&text).unwrap(), kept);
        assert_eq!(kept.targets().number_ids.len(), 2);
        assert_eq!(kept.targets().group_ids.len(), 1);
    }

    #[test]
    fn a_number_that_is_chosen_twice_counts_once_and_they_are_listed_by_name() {
        let kept = choice(&[number(1, "zoe"), number(2, "Luis")]);
        let names: Vec<String> =
            kept.resolved([number(2, "Luis"), number(3, "Ana")]).into_iter().map(|number| number.name).collect();
        assert_eq!(names, ["Ana", "Luis", "zoe"]);
    }

    #[test]
    fn a_page_is_chosen_when_each_of_its_numbers_is() {
        let kept = choice(&[number(1, "Ana"), number(2, "Luis")]);
        assert!(all_chosen(&kept, &[number(1, "Ana")]));
        assert!(!all_chosen(&kept, &[number(1, "Ana"), number(3, "Camila")]));
        assert!(!all_chosen(&kept, &[]));
    }

    #[test]
    fn numbers_without_a_change_are_counted_apart_and_those_with_something_left_out_are_told() {
        let left = vec![LeftOut::AbsenceOfItself];
        let plan = SettingsPlan {
            numbers: vec![
                plan(1, &[SettingsField::Faq, SettingsField::Holidays], Vec::new()),
                plan(2, &[], Vec::new()),
                plan(3, &[], left),
                plan(4, &[SettingsField::Holidays], Vec::new()),
            ],
        };
        assert_eq!(changed(&plan), 2);
        assert_eq!(plan.numbers.iter().map(is_told).collect::<Vec<_>>(), [true, false, true, true]);
        assert_eq!(by_field(&plan), [(SettingsField::Faq, 1), (SettingsField::Holidays, 2)]);
        assert_eq!(expected(&plan).len(), 4, "the versions of all are given back");
    }

    #[test]
    fn a_whole_part_is_called_by_its_name() {
        use SettingsField as F;
        assert_eq!(
            named(&[F::FirstGreeting, F::ReturnGreeting, F::Survey, F::Faq, F::Holidays]),
            [Named::Part(SettingsPart::ConversationFlow), Named::Field(F::Faq), Named::Field(F::Holidays)]
        );
        assert_eq!(named(&[]), []);
    }

    #[test]
    fn names_that_do_not_fit_are_counted() {
        let names = ["Ana", "Luis", "Zoe"].map(str::to_owned);
        assert_eq!(shortened(&names, 12, 2), ("Ana, Luis".to_owned(), 10));
        assert_eq!(shortened(&names, 3, 5), ("Ana, Luis, Zoe".to_owned(), 0));
    }
}
