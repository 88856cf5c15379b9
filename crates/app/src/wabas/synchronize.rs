//! Asking Graph for an account, and bringing its templates and numbers here up to date.

use super::reach::{Reached, reached, read_number, read_trouble};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
};
use chrono::{DateTime, Utc};
use db::{Scope, templates::NewTemplate, wabas::WabaState};
use std::collections::{HashMap, HashSet};
use types::{
    TemplateId, WabaId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    graph::GraphTrouble,
    wabas::{Waba, WabaSynchronization},
};
use whatsapp::{
    SendError,
    client::{PhoneNumberInfo, TemplateInfo},
};

/// Templates written by one statement.
const TEMPLATES_TOGETHER: usize = 200;

/// Ask Graph whether an account is there, the token reaches it, and its events are subscribed. What it says against it is
/// in the answer.
pub async fn check(app: &App, scope: &Scope, id: WabaId) -> Result<Waba> {
    let reached = reached(app, db::wabas::access(app.db.read(), scope, id).await?)?;
    let Reached { access, endpoint, token } = &reached;
    let found = app.whatsapp.get_waba(endpoint, token, &access.waba_id).await.map(drop);
    let subscribed = match found {
        Ok(()) => is_subscribed(app, &reached).await.map(Some),
        Err(error) => Err(error),
    };
    let (subscribed, trouble) = match subscribed {
        Ok(subscribed) => (subscribed, None),
        Err(error) => (None, Some(read_trouble(&error, app.clock.now()))),
    };
    keep(app, scope, id, &WabaState { trouble: trouble.as_ref(), subscribed, synchronized: false }).await?;
    Ok(db::wabas::get(app.db.read(), scope, id).await?)
}

/// What Graph has of an account.
struct Read {
    templates: Vec<TemplateInfo>,
    numbers: Vec<PhoneNumberInfo>,
    subscribed: bool,
}

/// Read an account's templates and numbers. Templates that are gone there are gone here; numbers that are not here are
/// named. `by` is who asked for it; nobody when it is done by itself.
pub async fn synchronize(app: &App, scope: &Scope, id: WabaId, by: Option<&By>) -> Result<WabaSynchronization> {
    let reached = reached(app, db::wabas::access(app.db.read(), scope, id).await?)?;
    // What is told by webhook from now on is later than what is read.
    let read_at = app.clock.now();
    let read = match read(app, &reached).await {
        Ok(read) => read,
        Err(error) => {
            let trouble = read_trouble(&error, app.clock.now());
            keep(app, scope, id, &WabaState { trouble: Some(&trouble), ..WabaState::default() }).await?;
            return Err(Error::whatsapp(trouble));
        }
    };
    let Read { templates, numbers, subscribed } = read;
    let now = app.clock.now();
    let mut changes = Changes::default();
    let tx = db::begin(&app.db).await?;
    // Of two who read at the same time, one stores after the other.
    db::organizations::hold(&tx, scope).await?;
    db::wabas::access(&tx, scope, id).await?;
    // The account comes before its templates and numbers, as for the inbox.
    let state = WabaState { trouble: None::<&GraphTrouble>, subscribed: Some(subscribed), synchronized: true };
    db::wabas::set_state(&tx, scope, id, &state, now).await?;
    let deleted = store_templates(app, &tx, scope, id, &templates, read_at).await?;
    changes.list(AuditSubject::TemplateActivation);
    let (known, not_included, moved) = store_numbers(app, &tx, scope, id, &numbers).await?;
    if moved {
        changes.list(AuditSubject::Number);
        changes.list(AuditSubject::Verification);
    }
    match by {
        Some(_) => {
            let fields = [AuditChange::to("templates", templates.len()), AuditChange::to("numbers", known)];
            let name = &reached.access.name;
            changes.record(AuditSubject::Waba, id, name, AuditAction::Synchronized, fields);
        }
        None => changes.list(AuditSubject::Waba),
    }
    changes.store(app, &tx, scope, by).await?;
    let waba = db::wabas::get(&tx, scope, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.directory.refresh(app).await?;
    app.signals.events.notify_one();
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Ok(WabaSynchronization {
        templates: waba.template_count,
        waba,
        deleted_templates: count(deleted),
        numbers: count(known),
        not_included,
    })
}

async fn read(app: &App, reached: &Reached) -> std::result::Result<Read, SendError> {
    let Reached { access, endpoint, token } = reached;
    let templates = app.whatsapp.list_templates(endpoint, token, &access.waba_id).await?;
    let numbers = app.whatsapp.list_phone_numbers(endpoint, token, &access.waba_id).await?;
    let subscribed = is_subscribed(app, reached).await?;
    Ok(Read { templates, numbers, subscribed })
}

async fn is_subscribed(app: &App, reached: &Reached) -> std::result::Result<bool, SendError> {
    let Reached { access, endpoint, token } = reached;
    let apps = app.whatsapp.list_subscribed_apps(endpoint, token, &access.waba_id).await?;
    Ok(apps.iter().any(|subscribed| subscribed.id == access.app_id))
}

/// How many are gone.
async fn store_templates(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    id: WabaId,
    templates: &[TemplateInfo],
    read_at: DateTime<Utc>,
) -> Result<usize> {
    // The same name and language twice would be two answers to one question; the last is the latest.
    let latest: HashMap<_, _> =
        templates.iter().map(|template| ((template.name.as_str(), template.language.as_str()), template)).collect();
    let new: Vec<_> = latest
        .values()
        .map(|template| NewTemplate {
            id: app.ids.make(),
            organization_id: scope.organization_id(),
            waba_id: id,
            template_id: &template.id,
            name: &template.name,
            language: &template.language,
            category: &template.category,
            status: &template.status,
            components: serde_json::Value::Array(template.components.clone()),
        })
        .collect();
    for chunk in new.chunks(TEMPLATES_TOGETHER) {
        db::templates::save(tx, chunk, read_at).await?;
    }
    let here = db::wabas::template_keys(tx, id).await?;
    let gone: Vec<TemplateId> = here
        .iter()
        .filter(|(_, name, language)| !latest.contains_key(&(name.as_str(), language.as_str())))
        .map(|(id, ..)| *id)
        .collect();
    db::wabas::delete_templates(tx, id, &gone).await?;
    Ok(gone.len())
}

/// How many of the account's numbers are here, those that are not, and whether anything changed.
async fn store_numbers(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    id: WabaId,
    numbers: &[PhoneNumberInfo],
) -> Result<(usize, Vec<String>, bool)> {
    let now = app.clock.now();
    let by_id: HashMap<&str, &PhoneNumberInfo> = numbers.iter().map(|info| (info.id.as_str(), info)).collect();
    let (mut included, mut moved) = (HashSet::new(), false);
    for mut number in db::wabas::list_numbers(tx, scope, id).await? {
        let before = number.whatsapp_status.clone();
        match number.phone_number_id.as_deref().map(|id| by_id.get(id)) {
            Some(Some(info)) => {
                included.insert(info.id.as_str());
                read_number(&mut number, info, now);
            }
            // It was taken out of the account.
            Some(None) => number.whatsapp_status = Some("DELETED".to_owned()),
            // It is about to be included: its own import goes on with it.
            None => {
                let same = numbers.iter().find(|info| digits(&info.display_phone_number) == digits(&number.phone));
                included.extend(same.map(|info| info.id.as_str()));
                continue;
            }
        }
        moved |= before != number.whatsapp_status;
        db::wabas::set_read_number(tx, &number, now).await?;
    }
    let mut others: Vec<String> = numbers
        .iter()
        .filter(|info| !included.contains(info.id.as_str()))
        .map(|info| info.display_phone_number.clone())
        .collect();
    others.sort();
    Ok((included.len(), others, moved))
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

async fn keep(app: &App, scope: &Scope, id: WabaId, state: &WabaState<'_>) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::wabas::set_state(&tx, scope, id, state, app.clock.now()).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}
