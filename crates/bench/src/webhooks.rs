//! Webhooks as WhatsApp sends them, signed before the clock runs.

use crate::{
    lab::{APP_SECRET, Awaiting},
    wire::post,
};
use anyhow::Result;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

/// The numbers of the demo organization, as WhatsApp calls them.
const NUMBERS: [&str; 6] =
    ["106540352242922", "106540352242923", "106540352242924", "106540352242925", "106540352242926", "106540352242927"];

/// Messages of contacts. Every tenth is the first of its contact, who gets greeted and a ticket; the others go on with
/// what was begun.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    contacts: u64,
    messages: u64,
}

impl Writer {
    pub(crate) fn messages(&mut self, count: u64) -> Result<Vec<String>> {
        (0..count).map(|_| self.message("¿Me confirman el horario de salida, por favor?")).collect()
    }

    pub(crate) fn message(&mut self, text: &str) -> Result<String> {
        self.messages += 1;
        let contact = if self.messages % 10 == 1 {
            self.contacts += 1;
            self.contacts - 1
        } else {
            // Spread over those who wrote before, the same way in every run.
            self.messages.wrapping_mul(2_654_435_761) % self.contacts.max(1)
        };
        let number = NUMBERS.get(usize::try_from(contact % 6)?).copied().unwrap_or_default();
        let from = format!("5699{contact:07}");
        let value = json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
            "contacts": [{"profile": {"name": format!("Cliente {contact}")}, "wa_id": from}],
            "messages": [{
                "from": from, "id": format!("wamid.B{:012}", self.messages), "timestamp": now(), "type": "text",
                "text": {"body": text},
            }],
        });
        signed(&value)
    }
}

/// The reports `sent`, `delivered` and `read` of messages that wait for them, in an order in which no message's own
/// reports are together.
pub(crate) fn reports(of: &[Awaiting]) -> Result<Vec<String>> {
    let mut requests = Vec::with_capacity(of.len() * 3);
    for together in of.chunks(200) {
        for status in ["sent", "delivered", "read"] {
            for Awaiting { id, wamid, phone_number_id, to } in together {
                let value = json!({
                    "messaging_product": "whatsapp",
                    "metadata": {"display_phone_number": "15550783881", "phone_number_id": phone_number_id},
                    "statuses": [{
                        "id": wamid, "status": status, "timestamp": now(), "recipient_id": to,
                        "biz_opaque_callback_data": id,
                        "conversation": {"id": "cf3c2a3b1f6d4c0f", "origin": {"type": "service"}},
                        "pricing": {"billable": true, "pricing_model": "PMP", "category": "service"},
                    }],
                });
                requests.push(signed(&value)?);
            }
        }
    }
    Ok(requests)
}

fn signed(value: &Value) -> Result<String> {
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}],
    });
    let body = body.to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes())?;
    mac.update(body.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    Ok(post("/webhooks/whatsapp", &format!("X-Hub-Signature-256: sha256={signature}\r\n"), &body))
}

fn now() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string()
}
