//! Conversations from the first message to the survey, over HTTP and the sandbox's protocol (conversation.md).

mod flow;
mod timers;

use crate::{
    test_app::{Caller, TestApp, body},
    webhooks::{House, thread},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use types::{
    ConversationId,
    chatbots::{ChatbotInput, ChatbotSettings, GET_CHATBOT, OptionalText, UPDATE_CHATBOT},
    messages::{Author, Message, MessageContent},
};

pub(crate) const ANA: &str = "56955550111";

/// Change the chatbot of the house's number, as an administrator does.
pub(crate) async fn chatbot(house: &House, admin: &Caller, change: impl FnOnce(&mut ChatbotSettings)) {
    let known = admin.call(GET_CHATBOT, &[&house.number_id]).await.ok();
    let mut input = ChatbotInput { version: known.version, settings: known.settings };
    change(&mut input.settings);
    admin.send(UPDATE_CHATBOT, &[&house.number_id], &input).await.ok();
}

pub(crate) fn on(text: &str) -> OptionalText {
    OptionalText { on: true, text: text.to_owned() }
}

/// A body with one message of Ana's of any type.
pub(crate) fn message(house: &House, wamid: &str, kind: &str, content: Value, at: DateTime<Utc>) -> Value {
    let mut message = json!({"from": ANA, "id": wamid, "timestamp": at.timestamp().to_string(), "type": kind});
    message[kind] = content;
    body(&[json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": house.number},
        "contacts": [{"profile": {"name": "Ana"}, "wa_id": ANA}], "messages": [message]})])
}

/// Ana presses a button or a row.
pub(crate) fn press(house: &House, wamid: &str, id: &str, at: DateTime<Utc>) -> Value {
    message(house, wamid, "interactive", json!({"type": "list_reply", "list_reply": {"id": id, "title": id}}), at)
}

/// What the chatbot said in a thread, oldest first.
pub(crate) async fn said(caller: &Caller, conversation: ConversationId) -> Vec<Message> {
    let thread = thread(caller, conversation).await;
    thread.into_iter().filter(|message| message.author == Author::Bot).collect()
}

/// The same as lines of a list.
pub(crate) async fn lines(caller: &Caller, conversation: ConversationId) -> Vec<String> {
    said(caller, conversation).await.iter().map(|message| message.content.preview()).collect()
}

pub(crate) fn is_template(message: &Message) -> bool {
    matches!(message.content, MessageContent::Template { .. })
}

/// The only conversation there is.
pub(crate) async fn only_conversation(app: &TestApp) -> ConversationId {
    let found: Vec<uuid::Uuid> = column(app, "SELECT id FROM conversations").await;
    assert_eq!(found.len(), 1);
    ConversationId(found[0])
}

/// A column of a question, for what no page shows yet.
pub(crate) async fn column<T: sea_orm::TryGetable>(app: &TestApp, sql: &str) -> Vec<T> {
    let db = app.app.db.read();
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
