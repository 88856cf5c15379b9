//! Which templates are shown and active, and what differs when two people saved it.

use crate::campaigns::templates::holds;
use std::collections::BTreeSet;
use types::{
    TemplateId,
    template_activations::{NumberTemplate, TemplateActivationsChange},
    templates::Template,
};

/// What the table is narrowed by; an empty word narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub search: String,
    pub status: String,
    pub category: String,
    pub language: String,
}

pub fn shown<'a>(templates: &'a [NumberTemplate], by: &Narrowing) -> Vec<&'a Template> {
    let wanted = by.search.trim().to_lowercase();
    let is = |chosen: &str, value: &str| chosen.is_empty() || chosen == value;
    let all = templates.iter().map(|one| &one.template);
    all.filter(|template| {
        holds(template, &wanted)
            && is(&by.status, &template.status)
            && is(&by.category, &template.category)
            && is(&by.language, &template.language)
    })
    .collect()
}

/// The different values of something, in order.
pub fn values(templates: &[NumberTemplate], of: impl Fn(&Template) -> &str) -> Vec<String> {
    let values: BTreeSet<&str> = templates.iter().map(|one| of(&one.template)).collect();
    values.into_iter().map(str::to_owned).collect()
}

/// Those that may not be sent.
pub fn inactive(templates: &[NumberTemplate]) -> BTreeSet<TemplateId> {
    templates.iter().filter(|one| !one.active).map(|one| one.template.id).collect()
}

/// What a set of inactive ones leaves active.
pub fn active_count(templates: &[NumberTemplate], inactive: &BTreeSet<TemplateId>) -> usize {
    templates.iter().filter(|one| !inactive.contains(&one.template.id)).count()
}

/// A template that is active on one side and inactive on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub name: String,
    pub language: String,
    /// Whether it is active on one's own side; on the other it is not so.
    pub mine: bool,
}

pub fn differences(templates: &[NumberTemplate], mine: &BTreeSet<TemplateId>) -> Vec<Difference> {
    let difference = |one: &NumberTemplate| {
        let active = !mine.contains(&one.template.id);
        (active != one.active).then(|| Difference {
            name: one.template.name.clone(),
            language: one.template.language.clone(),
            mine: active,
        })
    };
    templates.iter().filter_map(difference).collect()
}

/// Whether a change does something to a number.
pub fn is_changed(change: &TemplateActivationsChange) -> bool {
    !change.activated.is_empty() || !change.deactivated.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use types::WabaId;
    use uuid::Uuid;

    fn template(id: u128, name: &str, category: &str, active: bool) -> NumberTemplate {
        let template = Template {
            id: TemplateId(Uuid::from_u128(id)),
            waba_id: WabaId(Uuid::from_u128(1)),
            name: name.to_owned(),
            language: "es".to_owned(),
            category: category.to_owned(),
            status: "APPROVED".to_owned(),
            header: None,
            body: format!("Hola, {{{{1}}}}: {name}"),
            footer: None,
            buttons: Vec::new(),
            variables: Vec::new(),
            synced_at: DateTime::UNIX_EPOCH,
        };
        NumberTemplate { template, active }
    }

    fn all() -> Vec<NumberTemplate> {
        vec![template(1, "aviso", "UTILITY", true), template(2, "oferta", "MARKETING", false)]
    }

    #[test]
    fn the_table_is_narrowed_by_text_and_by_each_choice() {
        let all = all();
        let names = |by: &Narrowing| shown(&all, by).into_iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&Narrowing::default()), ["aviso", "oferta"]);
        assert_eq!(names(&Narrowing { search: " OFER ".to_owned(), ..Narrowing::default() }), ["oferta"]);
        assert_eq!(names(&Narrowing { category: "UTILITY".to_owned(), ..Narrowing::default() }), ["aviso"]);
        assert_eq!(names(&Narrowing { language: "pt".to_owned(), ..Narrowing::default() }), Vec::<String>::new());
        assert_eq!(values(&all, |one| &one.category), ["MARKETING", "UTILITY"]);
    }

    #[test]
    fn what_somebody_else_saved_meanwhile_is_told_template_by_template() {
        let theirs = all();
        let mine = BTreeSet::from([TemplateId(Uuid::from_u128(1))]);
        let told = differences(&theirs, &mine);
        assert_eq!(
            told.iter().map(|one| (one.name.as_str(), one.mine)).collect::<Vec<_>>(),
            [("aviso", false), ("oferta", true)]
        );
        assert_eq!(differences(&theirs, &inactive(&theirs)), []);
    }

    #[test]
    fn all_that_are_not_inactive_count_as_active() {
        let all = all();
        assert_eq!(active_count(&all, &inactive(&all)), 1);
        assert_eq!(active_count(&all, &BTreeSet::new()), 2);
    }
}
