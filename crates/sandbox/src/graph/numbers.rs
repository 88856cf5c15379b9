//! A business number: its state, its verification, its profile, whom it blocks.

use actix_web::HttpResponse;
use actix_web::http::Method;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::{Call, chosen, media, success};
use crate::clock;
use crate::verification::No;
use crate::world::{Number, Picture, Record};

/// `/{phone_number_id}` and its edges, but for messages and media.
pub(super) fn answer(call: &Call<'_>, id: &str, edge: &str) -> Result<HttpResponse, Refusal> {
    match (call.request.method(), edge) {
        (&Method::GET, "") => {
            let number = get(call, id)?;
            let fields = call.asked("fields").map(|fields| fields.split(',').map(str::trim).collect::<Vec<_>>());
            Ok(HttpResponse::Ok().json(chosen(written(&number), fields.as_deref())))
        }
        (&Method::POST, "") => set_pin(call, id),
        (&Method::POST, "request_code") => request_code(call, id),
        (&Method::POST, "verify_code") => verify_code(call, id),
        (&Method::POST, "register") => register(call, id),
        (&Method::POST, "deregister") => {
            let mut number = get(call, id)?;
            number.status = "DISCONNECTED".into();
            Ok(store(call, number))
        }
        (&Method::GET, "whatsapp_business_profile") => Ok(profile(call, &get(call, id)?)),
        (&Method::POST, "whatsapp_business_profile") => set_profile(call, id),
        (&Method::GET | &Method::POST | &Method::DELETE, "block_users") => block(call, id),
        (method, _) => Err(Refusal::unknown_node(method, id)),
    }
}

/// A number as Graph writes it.
pub(crate) fn written(number: &Number) -> Value {
    json!({
        "id": number.id,
        "display_phone_number": number.display_phone_number,
        "verified_name": number.verified_name,
        "code_verification_status": if number.verified { "VERIFIED" } else { "NOT_VERIFIED" },
        "quality_rating": number.quality_rating,
        "platform_type": "CLOUD_API",
        "status": number.status,
        "name_status": "APPROVED",
        "throughput": {"level": if number.throughput >= 1_000 { "HIGH" } else { "STANDARD" }},
        "messaging_limit_tier": number.messaging_limit,
        "whatsapp_business_manager_messaging_limit": number.messaging_limit,
        "account_mode": "LIVE",
    })
}

fn request_code(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let parameters = call.parameters()?;
    let method = text(&parameters, "code_method")?;
    if !matches!(method.as_str(), "SMS" | "VOICE") {
        return Err(Refusal::invalid("Param code_method must be one of {SMS, VOICE}"));
    }
    let language = text(&parameters, "language")?;
    let mut number = get(call, id)?;
    if number.verified {
        return Err(Refusal::invalid("The phone number is already verified").with_subcode(2_388_004));
    }
    let digits = format!("{:06}", clock::chance() % 1_000_000);
    number.verification.request(digits, &method, &language, clock::now()).map_err(no)?;
    Ok(store(call, number))
}

fn verify_code(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let code = text(&call.parameters()?, "code")?.replace('-', "");
    let mut number = get(call, id)?;
    let outcome = number.verification.guess(&code, clock::now());
    number.verified |= outcome.is_ok();
    // A wrong guess counts too.
    let answer = store(call, number);
    outcome.map_err(no).map(|()| answer)
}

fn register(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let pin = text(&call.parameters()?, "pin")?;
    six_digits(&pin)?;
    let mut number = get(call, id)?;
    if !number.verified {
        return Err(Refusal::of(133_006, "The phone number has to be verified first"));
    }
    let outcome = number.verification.register(&pin, number.pin.as_deref(), clock::now());
    if outcome.is_ok() {
        number.pin = Some(pin);
        number.status = "CONNECTED".into();
    }
    let answer = store(call, number);
    outcome.map_err(no).map(|()| answer)
}

/// In Graph's words.
fn no(no: No) -> Refusal {
    match no {
        No::TooManyCodes => Refusal::of(136_024, "You have asked for too many codes. Please try again in 1 hour.")
            .with_subcode(2_388_091),
        No::NoCode | No::Wrong => Refusal::of(136_025, "The verification code is not correct").with_subcode(2_388_093),
        No::Expired => Refusal::of(136_025, "The verification code has expired").with_subcode(2_388_093),
        No::TooManyGuesses => {
            Refusal::of(136_025, "Too many attempts at this code. Please try again in 1 hour.").with_subcode(2_388_093)
        }
        No::TooManyPins => Refusal::of(133_008, "Too many wrong PINs. Please try again in 1 hour."),
        No::WrongPin => Refusal::of(133_005, "The PIN is not the one of this number"),
        No::TooManyRegistrations => Refusal::of(133_016, "Too many registrations of this number within 72 hours"),
    }
}

fn set_pin(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let pin = text(&call.parameters()?, "pin")?;
    six_digits(&pin)?;
    let mut number = get(call, id)?;
    number.pin = Some(pin);
    Ok(store(call, number))
}

fn profile(call: &Call<'_>, number: &Number) -> HttpResponse {
    let mut profile = number.profile.clone();
    profile.insert("messaging_product".into(), Value::from("whatsapp"));
    let picture = call.sandbox.inner.with(|kept| kept.world.pictures.get(&number.id).map(|it| it.name.clone()));
    if let Some(name) = picture {
        let url = format!("{}/profile-pictures/{}/{name}", call.base(), number.id);
        profile.insert("profile_picture_url".into(), Value::from(url));
    }
    if let Some(fields) = call.asked("fields") {
        let fields: Vec<&str> = fields.split(',').map(str::trim).collect();
        profile.retain(|key, _| key == "messaging_product" || fields.contains(&key.as_str()));
    }
    HttpResponse::Ok().json(json!({"data": [profile]}))
}

fn set_profile(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let parameters = call.parameters()?;
    let mut number = get(call, id)?;
    for (key, most) in [("about", 139), ("address", 256), ("description", 512), ("email", 128), ("vertical", 40)] {
        let Some(value) = parameters.get(key) else { continue };
        let length = value.as_str().map_or(usize::MAX, |value| value.chars().count());
        if length > most || (key == "about" && length == 0) {
            return Err(Refusal::invalid(format!("Param {key} must be at most {most} characters long.")));
        }
        number.profile.insert(key.into(), value.clone());
    }
    if let Some(websites) = parameters.get("websites") {
        let all = websites.as_array().map(Vec::as_slice).unwrap_or_default();
        let fits =
            |site: &Value| site.as_str().is_some_and(|site| site.starts_with("http") && site.chars().count() <= 256);
        if all.len() > 2 || !all.iter().all(fits) {
            return Err(Refusal::invalid("Param websites must have at most 2 URLs of at most 256 characters"));
        }
        number.profile.insert("websites".into(), websites.clone());
    }
    if let Some(handle) = parameters.get("profile_picture_handle") {
        set_picture(call, id, handle.as_str().unwrap_or_default())?;
    }
    Ok(store(call, number))
}

fn set_picture(call: &Call<'_>, id: &str, handle: &str) -> Result<(), Refusal> {
    call.sandbox.inner.with(|kept| {
        let unfit = || Refusal::invalid("Param profile_picture_handle is not the handle of a picture");
        let (mime_type, bytes) = media::uploaded(kept, handle).ok_or_else(unfit)?;
        if !matches!(mime_type.as_str(), "image/jpeg" | "image/png") || bytes.is_empty() {
            return Err(unfit());
        }
        let name = format!("{:016x}", clock::chance());
        let data = STANDARD.encode(&bytes);
        kept.commit(Record::Picture(Picture { number_id: id.into(), name, mime_type, data }));
        Ok(())
    })
}

fn block(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    let mut number = get(call, id)?;
    if call.request.method() == Method::GET {
        let users: Vec<Value> =
            number.blocked.iter().map(|phone| json!({"messaging_product": "whatsapp", "wa_id": phone})).collect();
        return Ok(HttpResponse::Ok().json(json!({"data": users})));
    }
    let parameters = call.parameters()?;
    let users =
        parameters.get("block_users").and_then(Value::as_array).ok_or_else(|| Refusal::missing("block_users"))?;
    let blocks = call.request.method() == Method::POST;
    let mut done = Vec::new();
    for user in users {
        let input = user.get("user").and_then(Value::as_str).ok_or_else(|| Refusal::missing("block_users['user']"))?;
        let phone: String = input.chars().filter(char::is_ascii_digit).collect();
        done.push(json!({"input": input, "wa_id": phone}));
        if blocks {
            number.blocked.insert(phone);
        } else {
            number.blocked.remove(&phone);
        }
    }
    store(call, number);
    let key = if blocks { "added_users" } else { "removed_users" };
    Ok(HttpResponse::Ok().json(json!({"messaging_product": "whatsapp", "block_users": {(key): done}})))
}

fn get(call: &Call<'_>, id: &str) -> Result<Number, Refusal> {
    let number = call.sandbox.inner.with(|kept| kept.world.numbers.get(id).cloned());
    number.ok_or_else(|| Refusal::unknown_node(call.request.method(), id))
}

fn store(call: &Call<'_>, number: Number) -> HttpResponse {
    let id = number.id.clone();
    call.sandbox.inner.with(|kept| kept.commit(Record::Number(Box::new(number))));
    call.sandbox.inner.tell("number", &id, "");
    success()
}

fn six_digits(pin: &str) -> Result<(), Refusal> {
    if pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        Err(Refusal::invalid("Param pin must be 6 digits"))
    }
}

fn text(parameters: &Map<String, Value>, key: &str) -> Result<String, Refusal> {
    let value = parameters.get(key).ok_or_else(|| Refusal::missing(key))?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}
