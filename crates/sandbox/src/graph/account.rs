//! A WABA: its numbers, and where its webhooks go.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::Method;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::{Call, chosen, numbers, paged, success};
use crate::world::{Number, Record, Waba};
use crate::{clock, demo, demo_world};

/// `/{waba_id}` and its edges.
pub(super) async fn answer(call: &Call<'_>, waba_id: &str, edge: &str) -> Result<HttpResponse, Refusal> {
    match (call.request.method(), edge) {
        (&Method::GET, "") => {
            let name = call.sandbox.inner.with(|kept| kept.world.wabas.get(waba_id).map(|waba| waba.name.clone()));
            let waba = json!({
                "id": waba_id, "name": name, "currency": "USD", "timezone_id": "1",
                "message_template_namespace": format!("sandbox_{waba_id}"), "account_review_status": "APPROVED",
            });
            let fields = call.asked("fields").map(|fields| fields.split(',').collect::<Vec<_>>());
            Ok(HttpResponse::Ok().json(chosen(waba, fields.as_deref())))
        }
        (&Method::GET, "phone_numbers") => {
            let all = call.sandbox.inner.with(|kept| {
                let of_waba = kept.world.numbers.values().filter(|number| number.waba_id == waba_id);
                of_waba.map(numbers::written).collect()
            });
            Ok(paged(call, all, &format!("v23.0/{waba_id}/phone_numbers")))
        }
        (&Method::POST, "phone_numbers") => add_number(call, waba_id),
        (&Method::GET, "subscribed_apps") => Ok(subscribed(call, waba_id)),
        (&Method::POST, "subscribed_apps") => subscribe(call, waba_id).await,
        (&Method::DELETE, "subscribed_apps") => {
            change(call, waba_id, |waba| {
                waba.subscribed = false;
                waba.override_callback_uri = None;
            });
            Ok(success())
        }
        (method, _) => Err(Refusal::unknown_node(method, waba_id)),
    }
}

fn add_number(call: &Call<'_>, waba_id: &str) -> Result<HttpResponse, Refusal> {
    let parameters = call.parameters()?;
    let text = |key: &str| {
        let value = parameters.get(key)?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    // Meta's pages disagree about the name of the country's code.
    let country = text("cc").or_else(|| text("country_code")).ok_or_else(|| Refusal::missing("cc"))?;
    let phone = text("phone_number").ok_or_else(|| Refusal::missing("phone_number"))?;
    let name = text("verified_name").ok_or_else(|| Refusal::missing("verified_name"))?;
    if !(2..=75).contains(&name.chars().count()) {
        return Err(Refusal::invalid("Param verified_name must have between 2 and 75 characters"));
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let whole = format!("{}{}", digits(&country), digits(&phone));
    if !(7..=15).contains(&whole.len()) {
        return Err(Refusal::invalid("Param phone_number is not a valid phone number"));
    }
    let id = call.sandbox.inner.with(|kept| {
        let taken = kept.world.numbers.values().any(|number| digits(&number.display_phone_number) == whole);
        if taken {
            return Err(Refusal::invalid("The phone number is already registered").with_subcode(2_388_001));
        }
        let id = format!("2{:014}", clock::chance() % 100_000_000_000_000);
        let display = format!("+{} {}", digits(&country), digits(&phone));
        let throughput = kept.world.settings.throughput;
        let mut number: Number = demo::connected(&id, waba_id, &display, &name, throughput);
        number.status = "PENDING".into();
        number.verified = false;
        number.quality_rating = "UNKNOWN".into();
        kept.commit(Record::Number(Box::new(number)));
        Ok(id)
    })?;
    call.sandbox.inner.tell("number", &id, "");
    Ok(HttpResponse::Ok().json(json!({"id": id})))
}

fn subscribed(call: &Call<'_>, waba_id: &str) -> HttpResponse {
    let waba = call.sandbox.inner.with(|kept| kept.world.wabas.get(waba_id).cloned()).unwrap_or_default();
    let mut apps = Vec::new();
    if waba.subscribed {
        let mut app = json!({
            "whatsapp_business_api_data": {
                "id": demo_world().app_id, "link": "https://example.com/app", "name": "Sandbox",
            },
        });
        if let (Some(uri), Some(app)) = (waba.override_callback_uri, app.as_object_mut()) {
            app.insert("override_callback_uri".into(), Value::from(uri));
        }
        apps.push(app);
    }
    HttpResponse::Ok().json(json!({"data": apps}))
}

async fn subscribe(call: &Call<'_>, waba_id: &str) -> Result<HttpResponse, Refusal> {
    let parameters = call.parameters()?;
    let uri = parameters.get("override_callback_uri").and_then(Value::as_str);
    if let Some(uri) = uri {
        let token = parameters.get("verify_token").and_then(Value::as_str);
        handshake(call, uri, token.unwrap_or(&call.sandbox.inner.config.verify_token)).await?;
    }
    change(call, waba_id, |waba| {
        waba.subscribed = true;
        waba.override_callback_uri = uri.map(Into::into);
    });
    Ok(success())
}

/// Meta asks an address whether it knows the token before it sends anything there.
async fn handshake(call: &Call<'_>, uri: &str, token: &str) -> Result<(), Refusal> {
    let failed =
        |why: String| Refusal::of(2_200, format!("Callback verification failed with the following errors: {why}"));
    let challenge = (clock::chance() % 1_000_000_000).to_string();
    let query = [("hub.mode", "subscribe"), ("hub.challenge", &challenge), ("hub.verify_token", token)];
    let request = call.sandbox.inner.http.get(uri).query(&query).timeout(Duration::from_secs(10));
    let response = request.send().await.map_err(|error| failed(error.to_string()))?;
    let status = response.status().as_u16();
    let text = response.text().await.unwrap_or_default();
    if status == 200 && text == challenge {
        Ok(())
    } else {
        Err(failed(format!("HTTP Status Code = {status}; the challenge did not come back")))
    }
}

fn change(call: &Call<'_>, waba_id: &str, edit: impl FnOnce(&mut Waba)) {
    call.sandbox.inner.with(|kept| {
        if let Some(mut waba) = kept.world.wabas.get(waba_id).cloned() {
            edit(&mut waba);
            kept.commit(Record::Waba(waba));
        }
    });
}
