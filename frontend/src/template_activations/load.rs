//! What the editor of templates starts with: one number's, or those that many start from.

use crate::{
    api::{self, Query, Result},
    settings_changes::{confirm::resolve, model::Choice},
};
use std::collections::BTreeSet;
use types::{
    NumberId, TemplateId,
    numbers::{self, NumberRef},
    settings_changes::Targets,
    template_activations::{self, NumberTemplate, TemplateActivationsFilter, TemplateActivationsInput},
};

/// Whose templates are edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    One(NumberId),
    Many(Choice),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// By name.
    pub numbers: Vec<NumberRef>,
    pub templates: Vec<NumberTemplate>,
    /// Of the one number.
    pub version: Option<u64>,
}

pub async fn load(edited: Edited) -> Result<Start> {
    match edited {
        Edited::One(id) => one(id).await,
        Edited::Many(choice) => many(choice).await,
    }
}

/// The version is asked for before the templates: what is saved in between is then a conflict, and not overwritten.
async fn one(id: NumberId) -> Result<Start> {
    let number = api::ask(numbers::GET_NUMBER, &[&id], Query::none()).await?;
    let digits = number.phone.trim_start_matches('+').to_owned();
    let filter = TemplateActivationsFilter { q: Some(digits), group_id: None };
    let rows = api::ask(template_activations::LIST_TEMPLATE_ACTIVATIONS, &[], Query::of(&filter)).await?;
    let version = rows.items.into_iter().find(|row| row.number.id == id).map(|row| row.version);
    let templates = templates(id).await?;
    let number = NumberRef { id, name: number.name, phone: number.phone };
    Ok(Start { numbers: vec![number], templates, version })
}

/// Those of the reference; without one, those of the account, all active.
async fn many(choice: Choice) -> Result<Start> {
    let reference = choice.reference.as_ref().map(|number| number.id);
    let numbers = resolve(choice).await?;
    let templates = match reference.or_else(|| numbers.first().map(|number| number.id)) {
        Some(source) => templates(source).await?,
        None => Vec::new(),
    };
    let as_it_is = |one: NumberTemplate| NumberTemplate { active: one.active || reference.is_none(), ..one };
    Ok(Start { numbers, templates: templates.into_iter().map(as_it_is).collect(), version: None })
}

async fn templates(id: NumberId) -> Result<Vec<NumberTemplate>> {
    api::every(|page| api::ask(template_activations::LIST_NUMBER_TEMPLATES, &[&id], Query::of(&page))).await
}

/// What is sent.
pub fn input(edited: &Edited, inactive: &BTreeSet<TemplateId>, version: Option<u64>) -> TemplateActivationsInput {
    let (targets, reference_number_id) = match edited {
        Edited::One(id) => (Targets { number_ids: vec![*id], group_ids: Vec::new() }, None),
        Edited::Many(choice) => (choice.targets(), choice.reference.as_ref().map(|number| number.id)),
    };
    TemplateActivationsInput {
        targets,
        reference_number_id,
        inactive_template_ids: inactive.iter().copied().collect(),
        version,
    }
}
