//! What our report says against what the phones got.

use super::{RECIPIENTS, processes::House, text};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// The recipients as listed, and what the sandbox sent out for us.
pub(crate) struct Ledger {
    pub(crate) recipients: Vec<Value>,
    /// By our own id: how many messages carried it, and how far they came.
    marks: HashMap<String, (u64, String)>,
    /// How many messages of the campaign each phone got.
    phones: HashMap<String, u64>,
}

impl Ledger {
    pub(crate) async fn read(house: &House, campaign: &str) -> Self {
        let mut recipients = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = house.call("GET", &format!("campaigns/{campaign}/recipients?limit=200{cursor}"), None).await;
            recipients.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let answer = house.sandbox("GET", "marks", &json!({})).await;
        let mut marks: HashMap<String, (u64, String)> = HashMap::new();
        let mut phones: HashMap<String, u64> = HashMap::new();
        for mark in answer["marks"].as_array().unwrap() {
            let count = mark["messages"].as_u64().unwrap();
            let known = marks.entry(text(&mark["biz_opaque_callback_data"]).to_owned()).or_default();
            known.0 += count;
            text(&mark["status"]).clone_into(&mut known.1);
            *phones.entry(text(&mark["phone"]).to_owned()).or_default() += count;
        }
        Self { recipients, marks, phones }
    }

    /// How many messages carried an id of ours.
    pub(crate) fn count(&self, id: &str) -> u64 {
        self.marks.get(id).map_or(0, |mark| mark.0)
    }

    /// Whether every recipient whose phone got it is known to have read it.
    pub(crate) fn is_settled(&self) -> bool {
        let got = |recipient: &&Value| self.count(text(&recipient["message_id"])) > 0;
        self.recipients.iter().filter(got).all(|recipient| recipient["status"] == "read")
    }

    pub(crate) fn nobody_twice(&self) {
        for (id, (count, _)) in &self.marks {
            assert_eq!(*count, 1, "the message {id} went out {count} times");
        }
        for recipient in &self.recipients {
            let phone = text(&recipient["to"]).trim_start_matches('+');
            assert!(self.phones.get(phone).is_none_or(|count| *count == 1), "a phone got it twice: {recipient}");
        }
    }

    pub(crate) fn nobody_lost(&self) {
        let listed: HashSet<_> = self.recipients.iter().map(|recipient| text(&recipient["to"])).collect();
        assert_eq!((self.recipients.len(), listed.len()), (RECIPIENTS, RECIPIENTS), "each recipient is listed once");
        let mut unconfirmed = 0;
        for recipient in &self.recipients {
            if self.count(text(&recipient["message_id"])) > 0 {
                continue;
            }
            let named = !recipient["failure"].is_null();
            match text(&recipient["status"]) {
                "unconfirmed" => unconfirmed += 1,
                "failed" => assert!(named, "failed without a reason: {recipient}"),
                _ => panic!("lost: {recipient}"),
            }
        }
        eprintln!("{} phones got it, {unconfirmed} recipients are listed as unconfirmed", RECIPIENTS - unconfirmed);
        // A kill leaves behind what was claimed for the next moments and what was on its way, not more.
        assert!(unconfirmed < 600, "{unconfirmed} unconfirmed ones after ten kills are too many");
    }

    pub(crate) fn states_match(&self) {
        for recipient in &self.recipients {
            if let Some((_, on_phone)) = self.marks.get(text(&recipient["message_id"])) {
                assert_eq!((text(&recipient["status"]), on_phone.as_str()), ("read", "read"), "{recipient}");
            }
        }
    }
}
