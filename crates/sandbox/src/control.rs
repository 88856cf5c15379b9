//! The sandbox's own API: it plays the customers, turns the faults on and says what happened.

mod events;
mod figures;
mod settings;

use actix_web::http::StatusCode;
use actix_web::http::header::{HOST, ORIGIN};
use actix_web::web::{self, Data, Json, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, ResponseError, guard};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::customer::Writing;
use crate::graph::{authorized, media, numbers_written, refusal::Refusal, templates_written};
use crate::store::Media;
use crate::verification::{CODE_LIVES, Code};
use crate::world::{Phone, Record};
use crate::{Sandbox, clock, demo_world, shown};

pub(crate) fn configure(service: &mut ServiceConfig) {
    service
        .service(own("/api/world").route(web::get().to(get_world)))
        .service(own("/api/settings").route(web::put().to(settings::update_settings)))
        .service(own("/api/faults").route(web::put().to(settings::update_faults)))
        .service(own("/api/wabas").route(web::post().to(settings::create_waba)))
        .service(own("/api/numbers").route(web::post().to(settings::create_numbers)))
        .service(own("/api/numbers/{id}").route(web::put().to(settings::update_number)))
        .service(
            own("/api/numbers/{id}/faults")
                .route(web::get().to(settings::get_number_faults))
                .route(web::put().to(settings::update_number_faults))
                .route(web::delete().to(settings::delete_number_faults)),
        )
        .service(own("/api/templates/{id}").route(web::put().to(settings::update_template)))
        .service(own("/api/phones").route(web::get().to(list_phones)))
        .service(own("/api/phones/{phone}").route(web::put().to(update_phone)))
        .service(own("/api/phones/{phone}/read").route(web::post().to(read_chat)))
        .service(
            own("/api/phones/{phone}/messages")
                .route(web::get().to(list_messages))
                .route(web::post().to(create_message)),
        )
        .service(own("/api/media/{id}").route(web::get().to(get_media)))
        .service(own("/api/stats").route(web::get().to(figures::get_stats)))
        .service(own("/api/marks").route(web::get().to(figures::list_marks)))
        .service(own("/api/events").route(web::get().to(events::listen)))
        .service(own("/api/reset").route(web::post().to(reset)))
        .route("/media/{id}", web::get().to(download_media))
        .route("/profile-pictures/{number}/{name}", web::get().to(download_picture));
}

/// Why the control API did not do something; its own plain form, not Graph's.
#[derive(Debug)]
pub(crate) struct Wrong(pub(crate) u16, pub(crate) String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.1)
    }
}

impl ResponseError for Wrong {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0).unwrap_or(StatusCode::BAD_REQUEST)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(json!({"error": self.1}))
    }
}

/// A resource that pages of other origins cannot use: the API has no sign-in.
fn own(path: &str) -> Resource {
    web::resource(path).guard(guard::fn_guard(|context| {
        let text = |name| context.head().headers().get(name).and_then(|value| value.to_str().ok());
        match (text(ORIGIN), text(HOST)) {
            (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin)| origin == host),
            (Some(_), None) => false,
            (None, _) => true,
        }
    }))
}

#[derive(Deserialize)]
struct OfNumber {
    number: Option<String>,
}

async fn get_world(sandbox: Data<Sandbox>) -> Json<Value> {
    let demo = demo_world();
    let now = clock::now();
    Json(sandbox.inner.with(|kept| {
        let world = &kept.world;
        let numbers: Vec<Value> = world
            .numbers
            .values()
            .map(|number| {
                let mut written = numbers_written(number);
                if let Some(fields) = written.as_object_mut() {
                    fields.insert("waba_id".into(), json!(number.waba_id));
                    fields.insert("messages_per_second".into(), json!(number.throughput));
                    let code = number.verification.living(now);
                    fields.insert("code".into(), json!(code.map(|code| &code.digits)));
                    fields.insert("sms".into(), json!(code.map(sms)));
                    fields.insert("faults".into(), json!(number.faults));
                }
                written
            })
            .collect();
        let templates: Vec<Value> = world.templates.iter().map(templates_written).collect();
        json!({
            "app_id": demo.app_id, "access_token": demo.access_token, "wabas": world.wabas, "numbers": numbers,
            "templates": templates, "settings": world.settings, "faults": world.faults,
        })
    }))
}

/// The code a number's own phone has got.
fn sms(code: &Code) -> Value {
    json!({
        "code": code.digits, "method": code.method, "language": code.language, "at": code.at,
        "expires_at": code.at + CODE_LIVES,
    })
}

/// The phones, those with the latest messages first.
async fn list_phones(sandbox: Data<Sandbox>, of: Query<OfNumber>) -> Json<Value> {
    let number = of.into_inner().number;
    Json(sandbox.inner.with(|kept| {
        let world = &kept.world;
        let mut phones: Vec<(i64, Value)> = Vec::new();
        for phone in world.phones.values() {
            let thread = || number.as_deref().map(|number| world.thread(number, &phone.phone));
            let visible = |message: &&crate::world::Message| message.inbound || message.fails_with.is_none();
            let last = thread().and_then(|thread| thread.rev().find(visible));
            let unread = thread()
                .into_iter()
                .flatten()
                .filter(|message| !message.inbound && matches!(message.status, crate::world::Status::Delivered));
            let chat = json!({"last": last.map(shown::line), "unread": unread.count()});
            let mut phone = json!(phone);
            if let (Some(phone), Value::Object(chat)) = (phone.as_object_mut(), chat) {
                phone.extend(chat);
            }
            phones.push((last.map_or(0, |last| last.at), phone));
        }
        phones.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        json!({"phones": phones.into_iter().map(|(_, phone)| phone).collect::<Vec<_>>()})
    }))
}

async fn update_phone(
    sandbox: Data<Sandbox>,
    phone: Path<String>,
    change: Json<PhoneChange>,
) -> Result<Json<Phone>, Wrong> {
    let digits = crate::customer::digits(&phone)?;
    let PhoneChange { auto_read, silent, blocked, name, exists } = change.into_inner();
    let changed = sandbox.inner.with(|kept| {
        let mut phone = kept.world.phone(&digits);
        phone.auto_read = auto_read.or(phone.auto_read);
        phone.silent = silent.unwrap_or(phone.silent);
        phone.blocked = blocked.unwrap_or(phone.blocked);
        phone.exists = exists.unwrap_or(phone.exists);
        phone.name = name.unwrap_or(phone.name);
        kept.commit(Record::Phone(phone.clone()));
        phone
    });
    sandbox.wake(&digits);
    sandbox.inner.tell("phone", "", &digits);
    Ok(Json(changed))
}

/// Only what is given is changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhoneChange {
    auto_read: Option<bool>,
    silent: Option<bool>,
    blocked: Option<bool>,
    name: Option<String>,
    exists: Option<bool>,
}

/// What a phone shows: with `number` the chat with that number, else every chat, oldest first. Messages that never
/// reached it are not among them, unless `all` asks for them.
async fn list_messages(
    sandbox: Data<Sandbox>,
    phone: Path<String>,
    of: Query<MessagesOf>,
) -> Result<Json<Value>, Wrong> {
    let digits = crate::customer::digits(&phone)?;
    let MessagesOf { number, all } = of.into_inner();
    Ok(Json(sandbox.inner.with(|kept| {
        let world = &kept.world;
        let phone = world.phone(&digits);
        let mut messages: Vec<_> = match &number {
            Some(number) => world.thread(number, &digits).collect(),
            None => world.messages.iter().filter(|message| message.phone == digits).collect(),
        };
        if all != Some(true) {
            messages.retain(|message| message.inbound || crate::customer::arrived(&phone, message));
        }
        let messages: Vec<Value> = messages.into_iter().map(|message| shown::message(world, message)).collect();
        json!({"phone": phone, "messages": messages})
    })))
}

#[derive(Deserialize)]
struct MessagesOf {
    number: Option<String>,
    all: Option<bool>,
}

async fn create_message(
    sandbox: Data<Sandbox>,
    phone: Path<String>,
    writing: Json<Writing>,
) -> Result<HttpResponse, Wrong> {
    let wamid = sandbox.write(&phone, writing.into_inner())?;
    Ok(HttpResponse::Created().json(json!({"wamid": wamid})))
}

#[derive(Deserialize)]
struct Reading {
    number_id: String,
}

async fn read_chat(sandbox: Data<Sandbox>, phone: Path<String>, reading: Json<Reading>) -> Result<Json<Value>, Wrong> {
    let digits = crate::customer::digits(&phone)?;
    Ok(Json(json!({"read": sandbox.read_chat(&reading.number_id, &digits)})))
}

async fn get_media(sandbox: Data<Sandbox>, id: Path<String>) -> Result<HttpResponse, Wrong> {
    let found = sandbox.inner.with(|kept| kept.find_media(&id).cloned());
    found.map(|found| media::download(&found)).ok_or_else(|| Wrong(404, "there is no such file".into()))
}

/// The address Graph gives for a file; it needs the token.
async fn download_media(
    request: HttpRequest,
    sandbox: Data<Sandbox>,
    id: Path<String>,
) -> Result<HttpResponse, Refusal> {
    authorized(&request)?;
    let found = sandbox.inner.with(|kept| kept.find_media(&id).cloned());
    found.map(|found| media::download(&found)).ok_or_else(|| Refusal::unknown_node(request.method(), &id))
}

/// The address Graph gives for a profile's picture: whoever has it can look, as at Meta.
async fn download_picture(sandbox: Data<Sandbox>, place: Path<(String, String)>) -> Result<HttpResponse, Wrong> {
    let (number, name) = place.into_inner();
    let found = sandbox.inner.with(|kept| kept.world.pictures.get(&number).filter(|it| it.name == name).cloned());
    let found = found.ok_or_else(|| Wrong(404, "there is no such picture".into()))?;
    let bytes = STANDARD.decode(&found.data).map_err(|error| Wrong(500, error.to_string()))?;
    let media = Media { id: name, mime_type: found.mime_type, filename: None, bytes: bytes.into() };
    Ok(media::download(&media))
}

async fn reset(sandbox: Data<Sandbox>) -> Result<Json<Value>, Wrong> {
    sandbox.reset().map_err(|error| Wrong(500, error.to_string()))?;
    Ok(Json(json!({"reset": true})))
}
