//! What exists in the sandbox. It changes by records only, so that a journal of records is the world again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::faults::Faults;
use crate::verification::Verification;

/// Everything there is.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) faults: Faults,
    pub(crate) wabas: BTreeMap<String, Waba>,
    pub(crate) numbers: BTreeMap<String, Number>,
    pub(crate) templates: Vec<Template>,
    pub(crate) phones: BTreeMap<String, Phone>,
    pub(crate) messages: Vec<Message>,
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// Webhooks that were not answered with 200 yet, in the order they arose.
    pub(crate) pending: BTreeMap<u64, Event>,
    pub(crate) last_event: u64,
    by_wamid: HashMap<String, usize>,
    threads: HashMap<(String, String), Vec<usize>>,
}

/// How the whole sandbox behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Phones nobody touched read what they get.
    pub(crate) auto_read: bool,
    pub(crate) sent_after_ms: u64,
    pub(crate) delivered_after_ms: u64,
    pub(crate) read_after_ms: u64,
    pub(crate) template_review_ms: u64,
    /// Messages a second of numbers made from now on.
    pub(crate) throughput: usize,
    /// Whether one person may only get a message every six seconds after a burst of 45.
    pub(crate) pair_rate: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            auto_read: true,
            sent_after_ms: 0,
            delivered_after_ms: 150,
            read_after_ms: 1_500,
            template_review_ms: 1_500,
            throughput: 80,
            pair_rate: true,
        }
    }
}

/// A business account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Waba {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Without a subscription nothing is told by webhook.
    pub(crate) subscribed: bool,
    pub(crate) override_callback_uri: Option<String>,
}

/// A business number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the fields bear Graph's names")]
pub(crate) struct Number {
    pub(crate) id: String,
    pub(crate) waba_id: String,
    pub(crate) display_phone_number: String,
    pub(crate) verified_name: String,
    /// CONNECTED, PENDING or DISCONNECTED.
    pub(crate) status: String,
    pub(crate) verified: bool,
    pub(crate) quality_rating: String,
    pub(crate) messaging_limit: String,
    pub(crate) throughput: usize,
    pub(crate) faults: Option<Faults>,
    #[serde(default)]
    pub(crate) profile: Map<String, Value>,
    #[serde(default)]
    pub(crate) blocked: BTreeSet<String>,
    pub(crate) pin: Option<String>,
    #[serde(default)]
    pub(crate) verification: Verification,
}

/// The picture of a number's business profile, in base64.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Picture {
    pub(crate) number_id: String,
    /// Another one with every picture.
    pub(crate) name: String,
    pub(crate) mime_type: String,
    pub(crate) data: String,
}

/// A message template.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) waba_id: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) status: String,
    pub(crate) category: String,
    pub(crate) parameter_format: String,
    pub(crate) components: Vec<Value>,
}

/// A customer's phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "a phone is known by its phone number")]
pub(crate) struct Phone {
    pub(crate) phone: String,
    pub(crate) name: String,
    /// Reads what arrives; absent follows the settings.
    pub(crate) auto_read: Option<bool>,
    /// Switched off: what is sent to it waits with one tick.
    pub(crate) silent: bool,
    /// Blocks the business: nothing reaches it.
    pub(crate) blocked: bool,
    /// Is on WhatsApp at all.
    pub(crate) exists: bool,
}

impl Phone {
    /// A phone nobody has touched; those that end in 0000 are not on WhatsApp.
    pub(crate) fn new(phone: &str) -> Self {
        Self {
            phone: phone.into(),
            name: String::new(),
            auto_read: None,
            silent: false,
            blocked: false,
            exists: !phone.ends_with("0000"),
        }
    }
}

/// One message between a number and a phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) wamid: String,
    pub(crate) number_id: String,
    pub(crate) phone: String,
    /// Written by the customer.
    pub(crate) inbound: bool,
    pub(crate) at: i64,
    /// JSON: of the business, what the phone shows; of a customer, `type` and its part as webhooks have them.
    pub(crate) content: String,
    pub(crate) status: Status,
    pub(crate) error: Option<i64>,
    /// Will fail with this code instead of being sent.
    pub(crate) fails_with: Option<i64>,
    pub(crate) opaque: Option<String>,
    /// Of the template, or `service`.
    pub(crate) category: String,
    pub(crate) context: Option<String>,
    /// The emoji each side put on it.
    pub(crate) reaction_of_customer: Option<String>,
    pub(crate) reaction_of_business: Option<String>,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Accepted,
    Sent,
    Delivered,
    Read,
    Failed,
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
}

/// Something a webhook has to tell.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Event {
    /// A customer wrote this message.
    Message { wamid: String },
    /// A message of the business came further.
    Status { wamid: String, status: Status, at: i64, error: Option<i64> },
    /// A change of another field than `messages`.
    Field { waba_id: String, field: String, value: Value, at: i64 },
}

/// A change of the world, as the journal keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Record {
    Settings(Settings),
    Faults(Faults),
    Waba(Waba),
    Number(Box<Number>),
    Template(Template),
    TemplateGone {
        id: String,
    },
    Phone(Phone),
    Picture(Picture),
    Message(Box<Message>),
    /// Something is to be told; a status is set by being told.
    Event {
        id: u64,
        event: Event,
    },
    /// These were answered with 200.
    Told(Vec<u64>),
    /// A customer's message was read by the business.
    ReadByBusiness {
        wamid: String,
    },
    Reaction {
        wamid: String,
        inbound: bool,
        emoji: Option<String>,
    },
}

impl World {
    /// Makes a change.
    pub(crate) fn apply(&mut self, record: Record) {
        match record {
            Record::Settings(settings) => self.settings = settings,
            Record::Faults(faults) => self.faults = faults,
            Record::Waba(waba) => drop(self.wabas.insert(waba.id.clone(), waba)),
            Record::Number(number) => drop(self.numbers.insert(number.id.clone(), *number)),
            Record::Template(template) => match self.templates.iter_mut().find(|known| known.id == template.id) {
                Some(known) => *known = template,
                None => self.templates.push(template),
            },
            Record::TemplateGone { id } => self.templates.retain(|template| template.id != id),
            Record::Phone(phone) => drop(self.phones.insert(phone.phone.clone(), phone)),
            Record::Picture(picture) => drop(self.pictures.insert(picture.number_id.clone(), picture)),
            Record::Message(message) => self.add(*message),
            Record::Event { id, event } => {
                if let Event::Status { wamid, status, error, .. } = &event
                    && let Some(message) = self.message_mut(wamid).filter(|message| message.status < *status)
                {
                    // Told twice, or kept by a journal longer than the message's own state: never backwards.
                    message.status = *status;
                    message.error = *error;
                }
                self.last_event = self.last_event.max(id);
                self.pending.insert(id, event);
            }
            Record::Told(ids) => ids.iter().for_each(|id| self.told(*id)),
            Record::ReadByBusiness { wamid } => {
                if let Some(message) = self.message_mut(&wamid) {
                    message.status = Status::Read;
                }
            }
            Record::Reaction { wamid, inbound, emoji } => {
                if let Some(message) = self.message_mut(&wamid) {
                    let place =
                        if inbound { &mut message.reaction_of_customer } else { &mut message.reaction_of_business };
                    *place = emoji;
                }
            }
        }
    }

    /// The records that make this world from nothing.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record> {
        let events = self.pending.iter().map(|(id, event)| Record::Event { id: *id, event: event.clone() });
        [Record::Settings(self.settings.clone()), Record::Faults(self.faults.clone())]
            .into_iter()
            .chain(self.wabas.values().cloned().map(Record::Waba))
            .chain(self.numbers.values().cloned().map(|number| Record::Number(Box::new(number))))
            .chain(self.templates.iter().cloned().map(Record::Template))
            .chain(self.phones.values().cloned().map(Record::Phone))
            .chain(self.pictures.values().cloned().map(Record::Picture))
            .chain(self.messages.iter().cloned().map(|message| Record::Message(Box::new(message))))
            .chain(events)
    }

    pub(crate) fn message(&self, wamid: &str) -> Option<&Message> {
        self.by_wamid.get(wamid).and_then(|index| self.messages.get(*index))
    }

    /// The messages between a number and a phone, oldest first.
    pub(crate) fn thread(&self, number: &str, phone: &str) -> impl DoubleEndedIterator<Item = &Message> {
        let indexes = self.threads.get(&(number.into(), phone.into()));
        indexes.into_iter().flatten().filter_map(|index| self.messages.get(*index))
    }

    /// The phone, known or not.
    pub(crate) fn phone(&self, phone: &str) -> Phone {
        self.phones.get(phone).cloned().unwrap_or_else(|| Phone::new(phone))
    }

    /// When the customer last wrote to the number.
    pub(crate) fn last_inbound(&self, number: &str, phone: &str) -> Option<i64> {
        self.thread(number, phone).filter(|message| message.inbound).map(|message| message.at).max()
    }

    /// The faults in force for a number.
    pub(crate) fn faults_of(&self, number: &str) -> &Faults {
        self.numbers.get(number).and_then(|number| number.faults.as_ref()).unwrap_or(&self.faults)
    }

    fn message_mut(&mut self, wamid: &str) -> Option<&mut Message> {
        self.by_wamid.get(wamid).and_then(|index| self.messages.get_mut(*index))
    }

    fn add(&mut self, message: Message) {
        let index = self.messages.len();
        self.by_wamid.insert(message.wamid.clone(), index);
        self.threads.entry((message.number_id.clone(), message.phone.clone())).or_default().push(index);
        self.messages.push(message);
    }

    fn told(&mut self, id: u64) {
        // A customer's message has its second tick when the business has it.
        if let Some(Event::Message { wamid }) = self.pending.remove(&id)
            && let Some(message) = self.message_mut(&wamid)
            && message.status < Status::Delivered
        {
            message.status = Status::Delivered;
        }
    }
}
