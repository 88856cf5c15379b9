//! A WABA's templates: list, create, edit, delete; a review follows by itself.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::Method;
use serde_json::{Map, Value, json};
use tokio::time;

use super::refusal::Refusal;
use super::{Call, chosen, paged, success};
use crate::shown;
use crate::store::Kept;
use crate::world::{Event, Record, Template};
use crate::{Sandbox, clock};

/// `/{waba_id}/message_templates`.
pub(super) fn answer(call: &Call<'_>, waba_id: &str) -> Result<HttpResponse, Refusal> {
    match *call.request.method() {
        Method::GET => Ok(list(call, waba_id)),
        Method::POST => create(call, waba_id),
        Method::DELETE => delete(call, waba_id),
        _ => Err(Refusal::unknown_node(call.request.method(), waba_id)),
    }
}

/// `/{template_id}`.
pub(super) fn one(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let found = call.sandbox.inner.with(|kept| {
        let template = kept.world.templates.iter().find(|template| template.id == id);
        template.cloned().ok_or_else(|| Refusal::unknown_node(call.request.method(), id))
    })?;
    match *call.request.method() {
        Method::GET => {
            let fields = call.asked("fields").map(|fields| fields.split(',').collect::<Vec<_>>());
            Ok(HttpResponse::Ok().json(chosen(written(&found), fields.as_deref())))
        }
        Method::POST => {
            let parameters = call.parameters()?;
            let mut template = found;
            if let Some(category) = parameters.get("category").and_then(Value::as_str) {
                template.category = category.into();
            }
            if parameters.contains_key("components") {
                template.components = components(&parameters)?;
            }
            submit(call.sandbox, template);
            Ok(success())
        }
        _ => Err(Refusal::unknown_node(call.request.method(), id)),
    }
}

fn list(call: &Call<'_>, waba_id: &str) -> HttpResponse {
    let wanted = |key: &str, value: &str| call.asked(key).is_none_or(|asked| asked.eq_ignore_ascii_case(value));
    let all = call.sandbox.inner.with(|kept| {
        let of_waba = kept.world.templates.iter().filter(|template| template.waba_id == waba_id);
        of_waba
            .filter(|template| wanted("name", &template.name) && wanted("status", &template.status))
            .filter(|template| wanted("language", &template.language) && wanted("category", &template.category))
            .map(written)
            .collect()
    });
    paged(call, all, &format!("v23.0/{waba_id}/message_templates"))
}

fn create(call: &Call<'_>, waba_id: &str) -> Result<HttpResponse, Refusal> {
    let parameters = call.parameters()?;
    let text = |key: &str| parameters.get(key).and_then(Value::as_str).ok_or_else(|| Refusal::missing(key));
    let (name, language, category) = (text("name")?, text("language")?, text("category")?);
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    if name.is_empty() || name.chars().count() > 512 || !name.bytes().all(is_plain) {
        return Err(Refusal::invalid("Param name must be at most 512 characters of [a-z0-9_]"));
    }
    if !["MARKETING", "UTILITY", "AUTHENTICATION"].contains(&category) {
        return Err(Refusal::invalid("Param category must be one of {MARKETING, UTILITY, AUTHENTICATION}"));
    }
    let components = components(&parameters)?;
    let exists = call.sandbox.inner.with(|kept| find(kept, waba_id, name, Some(language)).next().is_some());
    if exists {
        let refusal = Refusal::invalid("There is already content in this language for this template");
        return Err(refusal.with_subcode(2_388_024));
    }
    let named = parameters.get("parameter_format").and_then(Value::as_str);
    let template = Template {
        id: format!("9{:015}", clock::chance() % 1_000_000_000_000_000),
        waba_id: waba_id.into(),
        name: name.into(),
        language: language.into(),
        status: "PENDING".into(),
        category: category.into(),
        parameter_format: named.map_or_else(|| "POSITIONAL".into(), str::to_uppercase),
        components,
    };
    let reply = json!({"id": template.id, "status": "PENDING", "category": category});
    submit(call.sandbox, template);
    Ok(HttpResponse::Ok().json(reply))
}

fn delete(call: &Call<'_>, waba_id: &str) -> Result<HttpResponse, Refusal> {
    let name = call.asked("name").ok_or_else(|| Refusal::missing("name"))?;
    let id = call.asked("hsm_id");
    let gone = call.sandbox.inner.with(|kept| {
        let found = find(kept, waba_id, name, None).filter(|template| id.is_none_or(|id| id == template.id));
        let ids: Vec<String> = found.map(|template| template.id.clone()).collect();
        for id in &ids {
            kept.commit(Record::TemplateGone { id: id.clone() });
        }
        ids.len()
    });
    if gone == 0 {
        return Err(Refusal::invalid("Message template not found").with_subcode(2_593_002));
    }
    Ok(success())
}

/// Keeps a template as pending; after the review it is approved, or rejected if its name asks for it.
fn submit(sandbox: &Sandbox, mut template: Template) {
    template.status = "PENDING".into();
    let review = sandbox.inner.with(|kept| {
        kept.commit(Record::Template(template.clone()));
        kept.world.settings.template_review_ms
    });
    let sandbox = sandbox.clone();
    let inner = sandbox.inner.clone();
    inner.runtime.spawn(async move {
        time::sleep(Duration::from_millis(review)).await;
        let rejected = template.name.contains("reject");
        sandbox.set_template_status(&template.id, if rejected { "REJECTED" } else { "APPROVED" });
    });
}

impl Sandbox {
    /// Changes a template's status and tells the business; false when there is no such template.
    pub(crate) fn set_template_status(&self, id: &str, status: &str) -> bool {
        let reason = if status == "REJECTED" { "INVALID_FORMAT" } else { "NONE" };
        self.change_template(id, "message_template_status_update", |template| {
            template.status = status.into();
            json!({"event": status, "reason": reason})
        })
    }

    /// The same with its category.
    pub(crate) fn set_template_category(&self, id: &str, category: &str) -> bool {
        self.change_template(id, "template_category_update", |template| {
            let before = std::mem::replace(&mut template.category, category.into());
            json!({"previous_category": before, "new_category": category})
        })
    }

    /// Tells of another quality, which nothing else depends on.
    pub(crate) fn tell_template_quality(&self, id: &str, quality: &str) -> bool {
        self.change_template(
            id,
            "message_template_quality_update",
            |_| json!({"previous_quality_score": "UNKNOWN", "new_quality_score": quality}),
        )
    }

    fn change_template(&self, id: &str, field: &str, change: impl FnOnce(&mut Template) -> Value) -> bool {
        let event = self.inner.with(|kept| {
            let mut template = kept.world.templates.iter().find(|template| template.id == id)?.clone();
            let mut value = change(&mut template);
            kept.commit(Record::Template(template.clone()));
            let named = json!({
                "message_template_id": template.id, "message_template_name": template.name,
                "message_template_language": template.language,
            });
            if let (Some(value), Value::Object(named)) = (value.as_object_mut(), named) {
                value.extend(named);
            }
            let (waba_id, field) = (template.waba_id, field.into());
            Some(kept.commit_event(Event::Field { waba_id, field, value, at: clock::now() }))
        });
        if let Some(event) = event {
            self.push_event(event, "", "");
            self.inner.tell("template", "", "");
        }
        event.is_some()
    }
}

fn components(parameters: &Map<String, Value>) -> Result<Vec<Value>, Refusal> {
    let components = parameters.get("components").and_then(Value::as_array);
    let components =
        components.filter(|components| !components.is_empty()).ok_or_else(|| Refusal::missing("components"))?;
    for component in components {
        let text = component.get("text").and_then(Value::as_str).unwrap_or_default();
        let (limit, most_variables) = match component.get("type").and_then(Value::as_str).unwrap_or_default() {
            "HEADER" => (60, 1),
            "BODY" if text.is_empty() => return Err(Refusal::missing("components['BODY']['text']")),
            "BODY" => (1_024, 100),
            "FOOTER" => (60, 0),
            "BUTTONS" => {
                buttons(component)?;
                continue;
            }
            other => return Err(Refusal::invalid(format!("Unexpected component type \"{other}\""))),
        };
        if text.chars().count() > limit || shown::variables(text).len() > most_variables {
            return Err(Refusal::invalid(format!(
                "A component has more than {limit} characters or too many variables"
            )));
        }
    }
    let has_body = components.iter().any(|component| component.get("type").is_some_and(|kind| kind == "BODY"));
    if has_body { Ok(components.clone()) } else { Err(Refusal::missing("components['BODY']")) }
}

fn buttons(component: &Value) -> Result<(), Refusal> {
    let buttons = component.get("buttons").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !(1..=10).contains(&buttons.len()) {
        return Err(Refusal::invalid("A template has between 1 and 10 buttons"));
    }
    for button in buttons {
        let text = button.get("text").and_then(Value::as_str).unwrap_or_default();
        if !(1..=25).contains(&text.chars().count()) {
            return Err(Refusal::invalid("A button's text has between 1 and 25 characters"));
        }
    }
    Ok(())
}

fn find<'kept>(
    kept: &'kept Kept,
    waba_id: &str,
    name: &str,
    language: Option<&str>,
) -> impl Iterator<Item = &'kept Template> {
    kept.world.templates.iter().filter(move |template| {
        template.waba_id == waba_id
            && template.name == name
            && language.is_none_or(|language| template.language == language)
    })
}

/// A template as Graph writes it.
pub(crate) fn written(template: &Template) -> Value {
    json!({
        "id": template.id, "name": template.name, "language": template.language, "status": template.status,
        "category": template.category, "parameter_format": template.parameter_format,
        "components": template.components,
    })
}
