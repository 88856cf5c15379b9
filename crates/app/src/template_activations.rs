//! Which templates numbers may send, changed for one or for many at once (spec S2).

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chosen,
};
use db::{
    ConnectionTrait, Scope,
    template_activations::{AccountTemplate, Target},
};
use std::collections::{HashMap, HashSet};
use types::{
    ErrorCode, FieldCode, Language, NumberId, TemplateId, WabaId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    settings_changes::{TARGETS_MAX, Targets},
    template_activations::{TemplateActivationsChange, TemplateActivationsInput, TemplateActivationsPlan},
    validate,
};

/// Numbers that a refusal names at most.
const NAMED_MAX: usize = 20;

/// A change that was looked through: nothing stands against it.
struct Planned {
    waba: WabaId,
    inactive: Vec<TemplateId>,
    changes: Vec<TemplateActivationsChange>,
}

/// What a change would do; nothing is changed.
pub async fn preview(
    app: &App,
    scope: &Scope,
    input: &TemplateActivationsInput,
    language: Language,
) -> Result<TemplateActivationsPlan> {
    let planned = plan(app.db.read(), scope, input, language).await?;
    Ok(TemplateActivationsPlan { numbers: planned.changes })
}

/// Change all of the numbers, or none: those that stay as they are keep their version.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    input: &TemplateActivationsInput,
    language: Language,
) -> Result<TemplateActivationsPlan> {
    let tx = db::begin(&app.db).await?;
    // What is true now still is when it is stored.
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let Planned { waba, inactive, changes: planned } = plan(&tx, scope, input, language).await?;
    let mut changes = Changes::default();
    let mut changed = Vec::new();
    for TemplateActivationsChange { number, activated, deactivated } in &planned {
        if activated.is_empty() && deactivated.is_empty() {
            continue;
        }
        changed.push(number.id);
        let fields = [("activated", activated), ("deactivated", deactivated)];
        let fields = fields.into_iter().filter(|(_, names)| !names.is_empty());
        let fields = fields.map(|(field, names)| AuditChange::to(field, names));
        changes.record(AuditSubject::TemplateActivation, number.id, &number.name, AuditAction::Updated, fields);
    }
    db::template_activations::store(&tx, scope, waba, &changed, &inactive, app.clock.now()).await?;
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(TemplateActivationsPlan { numbers: planned })
}

/// Look a change through.
async fn plan(
    db: &impl ConnectionTrait,
    scope: &Scope,
    input: &TemplateActivationsInput,
    language: Language,
) -> Result<Planned> {
    let TemplateActivationsInput { targets, reference_number_id, inactive_template_ids, version } = input;
    let numbers = resolve(db, scope, targets, language).await?;
    let reference = match reference_number_id {
        Some(id) => Some(reference(db, scope, *id).await?),
        None => None,
    };
    let waba = account(&numbers, reference.as_ref())?;
    match (version, numbers.as_slice()) {
        (Some(version), [only]) if *version != only.version => return Err(ErrorCode::VersionConflict.into()),
        (None, _) | (Some(_), [_]) => {}
        // Of many numbers no single version can have been looked at.
        (Some(_), _) => return Err(wrong("/version", FieldCode::Invalid, None, language)),
    }
    let templates = db::template_activations::account_templates(db, scope, waba).await?;
    let inactive = known(db, scope, &templates, inactive_template_ids, language).await?;
    let ids: Vec<_> = numbers.iter().map(|target| target.number.id).collect();
    let before = db::template_activations::inactive_of(db, &ids).await?;
    let names = names(&templates);
    let nothing = HashSet::new();
    let changes = numbers.into_iter().map(|target| {
        let was = before.get(&target.number.id).unwrap_or(&nothing);
        let named = |wanted: &dyn Fn(&TemplateId) -> bool| {
            names.iter().filter(|(id, _)| wanted(id)).map(|(_, name)| name.clone()).collect()
        };
        TemplateActivationsChange {
            activated: named(&|id| was.contains(id) && !inactive.contains(id)),
            deactivated: named(&|id| !was.contains(id) && inactive.contains(id)),
            number: target.number,
        }
    });
    let changes = changes.collect();
    Ok(Planned { waba, inactive: inactive.into_iter().collect(), changes })
}

/// The numbers of a change by name: each of those named, and of a group those in scope, whatever its depth. What is not
/// within reach does not exist.
async fn resolve(
    db: &impl ConnectionTrait,
    scope: &Scope,
    targets: &Targets,
    language: Language,
) -> Result<Vec<Target>> {
    let Targets { number_ids, group_ids } = targets;
    let too_many = || wrong("/targets", FieldCode::TooMany, i64::try_from(TARGETS_MAX).ok(), language);
    if number_ids.len() > TARGETS_MAX || group_ids.len() > TARGETS_MAX {
        return Err(too_many());
    }
    let mut ids: HashSet<NumberId> = number_ids.iter().copied().collect();
    for group in group_ids {
        let found = db::template_activations::group_numbers(db, scope, *group, TARGETS_MAX + 1).await?;
        if found.is_empty() {
            return Err(ErrorCode::NotFound.into());
        }
        ids.extend(found);
        if ids.len() > TARGETS_MAX {
            return Err(too_many());
        }
    }
    let wanted = ids.len();
    let found = db::template_activations::hold_targets(db, scope, &ids.into_iter().collect::<Vec<_>>()).await?;
    if found.len() < wanted {
        return Err(ErrorCode::NotFound.into());
    }
    if found.is_empty() {
        return Err(wrong("/targets", FieldCode::Required, None, language));
    }
    Ok(found)
}

async fn reference(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<Target> {
    let found = db::template_activations::hold_targets(db, scope, &[id]).await?;
    Ok(found.into_iter().next().ok_or(ErrorCode::NotFound)?)
}

/// The account all of them are in: the reference's, or the one most of them are in. `NumbersOfOtherWaba` names those that
/// are not.
fn account(numbers: &[Target], reference: Option<&Target>) -> Result<WabaId> {
    let mut counts: HashMap<WabaId, usize> = HashMap::new();
    for target in numbers {
        *counts.entry(target.waba_id).or_default() += 1;
    }
    // Of accounts with as many numbers it is the one whose number comes first.
    let most = counts.values().copied().max();
    let common = numbers.iter().find(|target| counts.get(&target.waba_id).copied() == most);
    let waba = reference.or(common).map(|target| target.waba_id).ok_or(ErrorCode::NotFound)?;
    let others: Vec<_> = numbers.iter().filter(|target| target.waba_id != waba).collect();
    if others.is_empty() {
        return Ok(waba);
    }
    let mut names: Vec<_> = others.iter().take(NAMED_MAX).map(|target| target.number.name.as_str()).collect();
    if others.len() > NAMED_MAX {
        names.push("…");
    }
    Err(Error::about(ErrorCode::NumbersOfOtherWaba, names.join(", ")))
}

/// The templates to be switched off, each once; every one that is not the account's is named by its place.
async fn known(
    db: &impl ConnectionTrait,
    scope: &Scope,
    templates: &[AccountTemplate],
    ids: &[TemplateId],
    language: Language,
) -> Result<HashSet<TemplateId>> {
    let own: HashSet<_> = templates.iter().map(|template| template.id).collect();
    let foreign: Vec<_> = ids.iter().copied().filter(|id| !own.contains(id)).collect();
    if foreign.is_empty() {
        return Ok(ids.iter().copied().collect());
    }
    let elsewhere = db::template_activations::templates_elsewhere(db, scope, &foreign).await?;
    let faults = ids.iter().enumerate().filter(|(_, id)| !own.contains(id)).map(|(place, id)| {
        let code = if elsewhere.contains(id) { FieldCode::OtherAccount } else { FieldCode::NotFound };
        validate::field(format!("/inactive_template_ids/{place}"), code, None, language)
    });
    Err(Error::fields(faults.collect()))
}

/// What each is called, in their order; with its language where the account has it in several.
fn names(templates: &[AccountTemplate]) -> Vec<(TemplateId, String)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for template in templates {
        *counts.entry(&template.name).or_default() += 1;
    }
    let name = |AccountTemplate { id, name, language }: &AccountTemplate| {
        let alone = counts.get(name.as_str()) == Some(&1);
        (*id, if alone { name.clone() } else { format!("{name} ({language})") })
    };
    templates.iter().map(name).collect()
}

fn wrong(pointer: &str, code: FieldCode, limit: Option<i64>, language: Language) -> Error {
    Error::fields(vec![validate::field(pointer, code, limit, language)])
}
