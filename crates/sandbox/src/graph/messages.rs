//! `POST /{phone_number_id}/messages`.

use std::io;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use serde_json::{Map, Value, json};
use tokio::time;

use super::refusal::{Refusal, comes_later};
use super::{Call, check, success};
use crate::clock;
use crate::store::Kept;
use crate::world::{Message, Number, Phone, Record, Status};

/// The window in which the business may write freely after the customer did.
const WINDOW: i64 = 24 * 3_600 * 1_000;

/// Takes a message, or a read mark.
pub(super) async fn post(call: &Call<'_>, number_id: &str) -> Result<HttpResponse, Refusal> {
    let parameters = call.parameters()?;
    if parameters.get("messaging_product").and_then(Value::as_str) != Some("whatsapp") {
        return Err(Refusal::missing("messaging_product"));
    }
    if parameters.contains_key("status") {
        return mark_read(call, number_id, &parameters);
    }
    let arrival = call.sandbox.inner.with(|kept| arrive(kept, number_id));
    if arrival.latency_ms > 0 {
        time::sleep(Duration::from_millis(arrival.latency_ms)).await;
    }
    let accepted = match arrival.refusal {
        Some(refusal) => Err(refusal),
        None => call.sandbox.inner.with(|kept| accept(kept, number_id, &parameters, &arrival)),
    };
    call.sandbox.inner.with(|kept| {
        let counts = &mut kept.meter(number_id).counts;
        match &accepted {
            Ok(_) => counts.accepted += 1,
            Err(_) => counts.refused += 1,
        }
        counts.unanswered += u64::from(accepted.is_ok() && arrival.breaks);
    });
    let Accepted { wamid, input, phone, reaction } = accepted?;
    call.sandbox.inner.tell("message", number_id, &phone);
    if !reaction {
        call.sandbox.follow(wamid.clone());
    }
    if arrival.breaks {
        return Ok(HttpResponse::Ok().body(Broken));
    }
    Ok(HttpResponse::Ok().json(json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": input, "wa_id": phone}],
        "messages": [{"id": wamid, "message_status": "accepted"}],
    })))
}

/// What the pace and the faults of a number make of a request, before anybody reads it.
struct Arrival {
    refusal: Option<Refusal>,
    /// Meta would accept the message and report this code later.
    fails_with: Option<i64>,
    latency_ms: u64,
    breaks: bool,
    at_once: bool,
}

struct Accepted {
    wamid: String,
    input: String,
    phone: String,
    reaction: bool,
}

fn arrive(kept: &mut Kept, number_id: &str) -> Arrival {
    let faults = kept.world.faults_of(number_id).clone();
    let limit = kept.world.numbers.get(number_id).map_or(80, |number| number.throughput);
    let fits = kept.meter(number_id).arrive(clock::instant(), limit);
    let dice = kept.dice(number_id);
    // Every die is thrown every time, so that one switch does not shift the others.
    let broken = dice.falls(faults.http_500_rate);
    let busy = dice.falls(faults.http_429_rate);
    let wrong = dice.falls(faults.error_rate);
    let breaks = dice.falls(faults.drop_connection_rate);
    let code = faults.error_code.filter(|_| wrong);
    let later = code.filter(|code| comes_later(*code) && !faults.refuse_at_once);
    let refusal = if broken {
        Some(Refusal::broken())
    } else if busy {
        Some(Refusal::busy())
    } else if !fits {
        Some(Refusal::of(130_429, "Message failed to send because there were too many messages from this number"))
    } else {
        code.filter(|_| later.is_none()).map(|code| Refusal::of(code, "The sandbox was told to fail so"))
    };
    Arrival { refusal, fails_with: later, latency_ms: faults.latency_ms, breaks, at_once: faults.refuse_at_once }
}

fn accept(
    kept: &mut Kept,
    number_id: &str,
    parameters: &Map<String, Value>,
    arrival: &Arrival,
) -> Result<Accepted, Refusal> {
    let Some(number) = kept.world.numbers.get(number_id) else {
        return Err(Refusal::of(133_010, "The account does not exist in the Cloud API"));
    };
    if number.status != "CONNECTED" {
        return Err(Refusal::of(133_010, "The account does not exist in the Cloud API"));
    }
    let input = addressee(parameters)?;
    let phone = canonical(kept, &input);
    let checked = check::message(&kept.world, number, parameters)?;
    if phone == digits(&number.display_phone_number) {
        return Err(Refusal::of(131_021, "Recipient phone number cannot be the sender's"));
    }
    let context = context(parameters)?;
    let opaque = opaque(parameters)?;
    let fails_with = later_failure(kept, number, &phone, checked.is_template).or(arrival.fails_with);
    if let (Some(code), true) = (fails_with, arrival.at_once) {
        return Err(Refusal::of(code, "Message failed to send"));
    }
    if kept.world.settings.pair_rate && !kept.meter(number_id).pair(clock::instant(), &phone) {
        return Err(Refusal::of(131_056, "Too many messages sent from this phone number to the same phone number"));
    }
    if !kept.world.phones.contains_key(&phone) {
        kept.commit(Record::Phone(Phone::new(&phone)));
    }
    let wamid = clock::wamid(&phone);
    if let Some((target, emoji)) = checked.reaction {
        kept.commit(Record::Reaction { wamid: target, inbound: false, emoji });
        return Ok(Accepted { wamid, input, phone, reaction: true });
    }
    kept.commit(Record::Message(Box::new(Message {
        wamid: wamid.clone(),
        number_id: number_id.into(),
        phone: phone.clone(),
        inbound: false,
        at: clock::now(),
        content: checked.shown.to_string(),
        status: Status::Accepted,
        error: None,
        fails_with,
        opaque,
        category: checked.category,
        context,
        reaction_of_customer: None,
        reaction_of_business: None,
    })));
    Ok(Accepted { wamid, input, phone, reaction: false })
}

fn mark_read(call: &Call<'_>, number_id: &str, parameters: &Map<String, Value>) -> Result<HttpResponse, Refusal> {
    if parameters.get("status").and_then(Value::as_str) != Some("read") {
        return Err(Refusal::of(131_009, "Invalid value for parameter status: only 'read' is supported"));
    }
    let wamid = parameters.get("message_id").and_then(Value::as_str).ok_or(Refusal::missing("message_id"))?;
    if !call.sandbox.read_by_business(number_id, wamid) {
        return Err(Refusal::of(131_009, "Invalid message_id: the message does not exist"));
    }
    if parameters.contains_key("typing_indicator") {
        let phone = call.sandbox.inner.with(|kept| kept.world.message(wamid).map(|message| message.phone.clone()));
        call.sandbox.inner.tell("typing", number_id, &phone.unwrap_or_default());
    }
    Ok(success())
}

fn addressee(parameters: &Map<String, Value>) -> Result<String, Refusal> {
    let given = ["to", "recipient"].iter().find_map(|key| parameters.get(*key)).ok_or(Refusal::missing("to"))?;
    let text = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
    let count = digits(&text).len();
    if !(5..=15).contains(&count)
        || text.chars().any(|character| !matches!(character, '0'..='9' | '+' | ' ' | '-' | '(' | ')'))
    {
        return Err(Refusal::of(131_009, "Parameter 'to' is not a valid phone number"));
    }
    Ok(text)
}

/// The id WhatsApp knows a phone by. Brazil's mobiles exist with and without the ninth digit: the form a phone of
/// this sandbox has wins over the form that was asked for.
fn canonical(kept: &Kept, input: &str) -> String {
    let phone = digits(input);
    let known = |phone: &str| kept.world.phones.contains_key(phone);
    let other = match (phone.get(..4), phone.get(4..)) {
        (Some(area), Some(rest)) if area.starts_with("55") && rest.len() == 9 => {
            rest.strip_prefix('9').map(|rest| format!("{area}{rest}"))
        }
        (Some(area), Some(rest)) if area.starts_with("55") && rest.len() == 8 => Some(format!("{area}9{rest}")),
        (_, _) => None,
    };
    other.filter(|other| !known(&phone) && known(other)).unwrap_or(phone)
}

/// Why WhatsApp will not deliver this, though Graph takes it.
fn later_failure(kept: &Kept, number: &Number, phone: &str, is_template: bool) -> Option<i64> {
    let last = || kept.world.last_inbound(&number.id, phone);
    if !kept.world.phone(phone).exists || number.blocked.contains(phone) {
        Some(131_026)
    } else if !is_template && last().is_none_or(|last| clock::now() - last >= WINDOW) {
        Some(131_047)
    } else {
        None
    }
}

fn context(parameters: &Map<String, Value>) -> Result<Option<String>, Refusal> {
    let Some(context) = parameters.get("context") else { return Ok(None) };
    match context.get("message_id").and_then(Value::as_str) {
        Some(wamid) => Ok(Some(wamid.into())),
        None => Err(Refusal::missing("context['message_id']")),
    }
}

fn opaque(parameters: &Map<String, Value>) -> Result<Option<String>, Refusal> {
    match parameters.get("biz_opaque_callback_data") {
        None => Ok(None),
        Some(Value::String(opaque)) if opaque.chars().count() <= 512 => Ok(Some(opaque.clone())),
        Some(_) => Err(Refusal::invalid("Param biz_opaque_callback_data must be a string of at most 512 characters")),
    }
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// A body that fails before its first byte: the connection closes and no answer is ever seen.
pub(super) struct Broken;

impl MessageBody for Broken {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, Self::Error>>> {
        std::task::Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::ConnectionAborted))))
    }
}
