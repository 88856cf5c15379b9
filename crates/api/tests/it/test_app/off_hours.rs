//! People who wrote off hours, made straight in the database.

use super::{Organization, TestApp, noon};
use chrono::{DateTime, Utc};
use db::{contacts::Identity, conversations::Conversation, off_hours_contacts::NewOffHoursContact};
use domain::phones::PhoneNumber;
use types::{ContactId, ConversationId, NumberId, OffHoursContactId, off_hours_contacts::OffHoursCause};

/// Somebody who wrote.
#[derive(Clone, Copy)]
pub(crate) struct Writer {
    pub(crate) id: OffHoursContactId,
    pub(crate) contact: ContactId,
    pub(crate) conversation: ConversationId,
}

impl TestApp {
    /// Somebody whom nobody knew, with this phone, wrote to a number while attendance was closed.
    pub(crate) async fn wrote_off_hours(
        &self,
        organization: &Organization,
        number: NumberId,
        (name, phone): (Option<&str>, &str),
        at: DateTime<Utc>,
    ) -> Writer {
        let phone: PhoneNumber = phone.parse().unwrap();
        let person = Identity {
            id: self.app.ids.make(),
            organization_id: organization.id,
            wa_id: Some(phone.wa_id()),
            user_id: None,
            phone: Some(phone),
            name: name.map(ToOwned::to_owned),
            attributes: serde_json::json!({}),
            opted_out: false,
            created_at: noon(),
            last_interaction_at: Some(at),
        };
        let conversation = Conversation {
            id: self.app.ids.make(),
            organization_id: organization.id,
            number_id: number,
            contact_id: person.id,
            engine_state: domain::engine::State::default(),
            last_inbound_at: Some(at),
            unread: 0,
            last_message_id: None,
            last_message_at: None,
            created_at: noon(),
        };
        let writer = Writer { id: self.app.ids.make(), contact: person.id, conversation: conversation.id };
        let tx = db::begin(&self.app.db).await.unwrap();
        db::contacts::save_all(&tx, &[&person]).await.unwrap();
        db::conversations::save_all(&tx, &[&conversation]).await.unwrap();
        tx.commit().await.unwrap();
        self.listed(organization, number, writer, (OffHoursCause::Closed, Some(true)), at).await;
        writer
    }

    /// A row of somebody who is known.
    pub(crate) async fn listed(
        &self,
        organization: &Organization,
        number: NumberId,
        writer: Writer,
        (cause, callback): (OffHoursCause, Option<bool>),
        at: DateTime<Utc>,
    ) {
        let row = NewOffHoursContact {
            id: writer.id,
            organization_id: organization.id,
            number_id: number,
            contact_id: writer.contact,
            conversation_id: writer.conversation,
            cause,
            since: at,
            at,
            message_id: None,
            preview: "Hola, ¿están?".to_owned(),
            callback,
        };
        let tx = db::begin(&self.app.db).await.unwrap();
        db::off_hours_contacts::write_all(&tx, &[row]).await.unwrap();
        tx.commit().await.unwrap();
    }
}
