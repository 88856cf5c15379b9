//! Events: what changed, as it happens, over one authenticated stream (spec P5).

use crate::{
    NumberId, audit_log::AuditSubject, campaigns::Campaign, messages::Message, number_imports::NumberImport,
    tickets::Ticket,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Server-sent events. Each carries an id; `Last-Event-ID` resumes after it without loss.
pub const STREAM_EVENTS_PATH: &str = "/api/v1/events";

/// Something a page shows has changed. The whole new state is in it, so that nothing needs to be asked again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A message is new, or came further.
    MessageChanged { number_id: NumberId, message: Message },
    /// A ticket is new or changed.
    TicketChanged { ticket: Ticket },
    /// A campaign came further.
    CampaignChanged { campaign: Campaign },
    /// What the reader may see or do has changed: ask again who one is, and load what is shown anew.
    AccessChanged,
    /// Things of this kind have changed: a page that lists them loads them anew.
    ListChanged { subject: AuditSubject },
    /// An inclusion of numbers came further.
    NumberImportChanged { import: NumberImport },
    /// A number's absence was switched on or off, or says something else.
    AbsenceChanged { number_id: NumberId, on: bool },
    /// The list of those who wrote off hours to a number has changed.
    OffHoursContactsChanged { number_id: NumberId },
    /// What the stream could not give back any more (it keeps a day): load the page's data anew.
    Reset,
}
