//! Numbers, faults and templates as the sandbox's owner changes them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Wrong;
use crate::faults::Faults;
use crate::graph::templates_written;
use crate::world::{Event, Number, Record, Settings, Waba};
use crate::{Sandbox, clock, demo, demo_world};

/// Changes what is given; the rest stays.
pub(super) async fn update_settings(sandbox: Data<Sandbox>, change: Json<Value>) -> Result<Json<Settings>, Wrong> {
    let settings = sandbox.inner.with(|kept| {
        let mut merged = json!(kept.world.settings);
        if let (Some(fields), Value::Object(change)) = (merged.as_object_mut(), change.into_inner()) {
            fields.extend(change);
        }
        let settings: Settings = serde_json::from_value(merged).map_err(|error| Wrong(422, error.to_string()))?;
        kept.commit(Record::Settings(settings.clone()));
        Ok(settings)
    })?;
    sandbox.inner.tell("settings", "", "");
    Ok(Json(settings))
}

/// Sets the faults of every number that has none of its own.
pub(super) async fn update_faults(sandbox: Data<Sandbox>, faults: Json<Faults>) -> Result<Json<Faults>, Wrong> {
    let faults = sound(faults.into_inner())?;
    sandbox.inner.with(|kept| {
        kept.forget_dice(None);
        kept.commit(Record::Faults(faults.clone()));
    });
    sandbox.inner.tell("settings", "", "");
    Ok(Json(faults))
}

pub(super) async fn get_number_faults(sandbox: Data<Sandbox>, id: Path<String>) -> Result<Json<Faults>, Wrong> {
    get(&sandbox, &id)?;
    Ok(Json(sandbox.inner.with(|kept| kept.world.faults_of(&id).clone())))
}

pub(super) async fn update_number_faults(
    sandbox: Data<Sandbox>,
    id: Path<String>,
    faults: Json<Faults>,
) -> Result<Json<Faults>, Wrong> {
    let faults = sound(faults.into_inner())?;
    store_faults(&sandbox, &id, Some(faults.clone()))?;
    Ok(Json(faults))
}

/// The number follows the faults of all again.
pub(super) async fn delete_number_faults(sandbox: Data<Sandbox>, id: Path<String>) -> Result<HttpResponse, Wrong> {
    store_faults(&sandbox, &id, None)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Numbers for a bench or a crowded demo: `count` of them, ready to send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewNumbers {
    count: u32,
    waba_id: Option<String>,
    /// Messages a second of each.
    throughput: Option<usize>,
}

pub(super) async fn create_numbers(sandbox: Data<Sandbox>, new: Json<NewNumbers>) -> Result<HttpResponse, Wrong> {
    let NewNumbers { count, waba_id, throughput } = new.into_inner();
    if !(1..=10_000).contains(&count) {
        return Err(Wrong(422, "count must be between 1 and 10000".into()));
    }
    let waba_id = waba_id.unwrap_or_else(|| demo_world().waba_id.into());
    let numbers = sandbox.inner.with(|kept| {
        if !kept.world.wabas.contains_key(&waba_id) {
            return Err(Wrong(404, "there is no such WABA".into()));
        }
        let throughput = throughput.unwrap_or(kept.world.settings.throughput);
        let first = kept.world.numbers.len();
        let numbers: Vec<Number> = (first..)
            .take(usize::try_from(count).unwrap_or_default())
            .map(|place| {
                let (id, display) = (format!("30654035{place:07}"), format!("+54 9 11 6{place:07}"));
                demo::connected(&id, &waba_id, &display, &format!("Agente {place}"), throughput)
            })
            .collect();
        for number in &numbers {
            kept.commit(Record::Number(Box::new(number.clone())));
        }
        Ok(numbers)
    })?;
    sandbox.inner.tell("number", "", "");
    let ids: Vec<&str> = numbers.iter().map(|number| number.id.as_str()).collect();
    let written: Vec<Value> = numbers.iter().map(crate::graph::numbers_written).collect();
    Ok(HttpResponse::Created().json(json!({"ids": ids, "numbers": written})))
}

/// Another account, which the one token reaches too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWaba {
    name: String,
    /// Digits; made up when absent.
    waba_id: Option<String>,
}

pub(super) async fn create_waba(sandbox: Data<Sandbox>, new: Json<NewWaba>) -> Result<HttpResponse, Wrong> {
    let NewWaba { name, waba_id } = new.into_inner();
    let id = waba_id.unwrap_or_else(|| format!("1{:014}", clock::chance() % 100_000_000_000_000));
    if !(5..=32).contains(&id.len()) || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong(422, "waba_id must be 5 to 32 digits".into()));
    }
    let waba = Waba { id: id.clone(), name, subscribed: false, override_callback_uri: None };
    sandbox.inner.with(|kept| {
        if kept.world.wabas.contains_key(&id) {
            return Err(Wrong(409, "there is such a WABA already".into()));
        }
        kept.commit(Record::Waba(waba.clone()));
        Ok(())
    })?;
    sandbox.inner.tell("number", "", "");
    Ok(HttpResponse::Created().json(waba))
}

/// What can change on a number; what is not given stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberChange {
    throughput: Option<usize>,
    /// GREEN, YELLOW or RED; a change is told by webhook.
    quality_rating: Option<String>,
    messaging_limit: Option<String>,
    status: Option<String>,
    /// The code that was sent has expired.
    code_expired: Option<bool>,
}

pub(super) async fn update_number(
    sandbox: Data<Sandbox>,
    id: Path<String>,
    change: Json<NumberChange>,
) -> Result<Json<Value>, Wrong> {
    let NumberChange { throughput, quality_rating, messaging_limit, status, code_expired } = change.into_inner();
    let mut number = get(&sandbox, &id)?;
    let before = (number.quality_rating.clone(), number.messaging_limit.clone());
    number.throughput = throughput.unwrap_or(number.throughput);
    number.quality_rating = quality_rating.unwrap_or(number.quality_rating);
    number.messaging_limit = messaging_limit.unwrap_or(number.messaging_limit);
    number.status = status.unwrap_or(number.status);
    if code_expired == Some(true) {
        number.verification.expire(clock::now());
    }
    let event = sandbox.inner.with(|kept| {
        kept.commit(Record::Number(Box::new(number.clone())));
        let changed = before != (number.quality_rating.clone(), number.messaging_limit.clone());
        changed.then(|| {
            let word = if number.quality_rating == "RED" { "FLAGGED" } else { "UNFLAGGED" };
            let phone: String = number.display_phone_number.chars().filter(char::is_ascii_digit).collect();
            let value = json!({
                "display_phone_number": phone, "event": word, "current_limit": number.messaging_limit,
            });
            let (waba_id, field) = (number.waba_id.clone(), "phone_number_quality_update".into());
            kept.commit_event(Event::Field { waba_id, field, value, at: clock::now() })
        })
    });
    if let Some(event) = event {
        sandbox.push_event(event, &number.id, "");
    }
    sandbox.inner.tell("number", &number.id, "");
    Ok(Json(crate::graph::numbers_written(&number)))
}

#[derive(Deserialize)]
pub(super) struct TemplateChange {
    status: Option<String>,
    category: Option<String>,
    /// GREEN, YELLOW or RED; it is told, and kept nowhere.
    quality: Option<String>,
}

/// Approves, rejects, pauses or disables a template, as Meta's reviewers would, or moves it to another category; each is told
/// by its webhook.
pub(super) async fn update_template(
    sandbox: Data<Sandbox>,
    id: Path<String>,
    change: Json<TemplateChange>,
) -> Result<Json<Value>, Wrong> {
    let TemplateChange { status, category, quality } = change.into_inner();
    let missing = || Wrong(404, "there is no such template".into());
    if let Some(status) = &status {
        sandbox.set_template_status(&id, status).then_some(()).ok_or_else(missing)?;
    }
    if let Some(category) = &category {
        sandbox.set_template_category(&id, category).then_some(()).ok_or_else(missing)?;
    }
    if let Some(quality) = &quality {
        sandbox.tell_template_quality(&id, quality).then_some(()).ok_or_else(missing)?;
    }
    let found = sandbox.inner.with(|kept| kept.world.templates.iter().find(|it| it.id == *id).map(templates_written));
    found.map(Json).ok_or_else(missing)
}

fn store_faults(sandbox: &Sandbox, id: &str, faults: Option<Faults>) -> Result<(), Wrong> {
    let mut number = get(sandbox, id)?;
    number.faults = faults;
    sandbox.inner.with(|kept| {
        kept.forget_dice(Some(id));
        kept.commit(Record::Number(Box::new(number)));
    });
    sandbox.inner.tell("number", id, "");
    Ok(())
}

fn sound(faults: Faults) -> Result<Faults, Wrong> {
    match faults.wrong() {
        Some(name) => Err(Wrong(422, format!("{name} must be between 0 and 1"))),
        None => Ok(faults),
    }
}

fn get(sandbox: &Sandbox, id: &str) -> Result<Number, Wrong> {
    let number = sandbox.inner.with(|kept| kept.world.numbers.get(id).cloned());
    number.ok_or_else(|| Wrong(404, "there is no such number".into()))
}
