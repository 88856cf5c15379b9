//! Chatbots: the settings of one number or of many (spec S3).

mod many;
mod one;
mod queues;
mod template;
mod undo;

use crate::test_app::{Organization, Person, TestApp};
use db::ConnectionTrait;
use types::{
    NumberId, Permission,
    chatbots::{
        Chatbot, ChatbotChangeInput, ChatbotInput, ChatbotSettings, GET_CHATBOT, Hours, Interval, OwnQueue, TimeOfDay,
        UPDATE_CHATBOT,
    },
    settings_changes::{SettingsField, Targets},
};

const EDITOR: &[Permission] = &[Permission::ViewChatbots, Permission::EditChatbots];

/// Run a statement on the database; how many rows it was about.
async fn execute(app: &TestApp, sql: &str) -> u64 {
    let tx = db::begin(&app.app.db).await.unwrap();
    let done = tx.execute_unprepared(sql).await.unwrap().rows_affected();
    tx.commit().await.unwrap();
    done
}

/// Open on Mondays from nine to five.
pub(crate) fn monday_only() -> Hours {
    let at = |hours: u16| TimeOfDay::from_minutes(hours * 60).unwrap();
    let mut hours = Hours::default();
    hours.days.monday = vec![Interval { from: at(9), to: at(17) }];
    hours
}

fn email(person: &Person) -> String {
    format!("{}@example.com", person.id)
}

fn queue(name: &str, agents: &[&Person]) -> OwnQueue {
    let mut agents: Vec<_> = agents.iter().map(|person| email(person)).collect();
    agents.sort();
    OwnQueue { id: None, name: name.to_owned(), agents }
}

/// Settings with an attendance centre of these queues.
fn with_queues(settings: &ChatbotSettings, own: Vec<OwnQueue>) -> ChatbotSettings {
    let mut settings = settings.clone();
    settings.queues.centre_on = true;
    "¿Con qué te ayudamos?".clone_into(&mut settings.queues.prompt);
    settings.queues.own = own;
    settings
}

async fn get(person: &Person, id: NumberId) -> Chatbot {
    person.call(GET_CHATBOT, &[&id]).await.ok()
}

/// Save what the change makes of the settings.
async fn save(person: &Person, id: NumberId, change: impl FnOnce(&mut ChatbotSettings)) -> Chatbot {
    let Chatbot { version, mut settings, .. } = get(person, id).await;
    change(&mut settings);
    person.send(UPDATE_CHATBOT, &[&id], &ChatbotInput { version, settings }).await.ok()
}

fn of_numbers(ids: &[NumberId]) -> Targets {
    Targets { number_ids: ids.to_vec(), group_ids: Vec::new() }
}

/// A change of these fields, of numbers.
fn change(ids: &[NumberId], settings: &ChatbotSettings, fields: &[SettingsField]) -> ChatbotChangeInput {
    ChatbotChangeInput {
        targets: of_numbers(ids),
        reference_number_id: None,
        settings: settings.clone(),
        fields: Some(fields.to_vec()),
        expected: None,
    }
}

/// An organization with an editor who attends two numbers, and a colleague who attends the first.
async fn house(app: &TestApp) -> (Organization, Person, Person, [NumberId; 2]) {
    let organization = app.organization("one").await;
    let (editor, colleague) = (app.member(&organization, EDITOR).await, app.member(&organization, &[]).await);
    let first = app.number(&organization, "Centro", &[&editor, &colleague]).await;
    let second = app.number(&organization, "Norte", &[&editor]).await;
    (organization, editor, colleague, [first, second])
}
