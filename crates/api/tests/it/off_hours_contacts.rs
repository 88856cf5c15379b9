//! Who wrote off hours, and writing to them (spec A4).

mod send;

use crate::test_app::{Organization, Person, TestApp, Writer, noon};
use chrono::{DateTime, TimeDelta, Utc};
use db::messages::{NewAuthor, NewMessage};
use types::{
    ConversationId, ErrorCode, MessageId, NumberId, Permission,
    contacts::ContactRef,
    messages::{MessageContent, MessageStatus, Origin},
    off_hours_contacts::{LIST_OFF_HOURS_CONTACTS, OffHoursCause, OffHoursContact},
};

/// An organization with its templates, and an agent of its one number.
struct House {
    organization: Organization,
    agent: Person,
    number: NumberId,
}

impl House {
    async fn new(app: &TestApp, name: &str) -> Self {
        let organization = app.organization(name).await;
        let agent = app.member(&organization, Permission::AGENT).await;
        let number = app.number(&organization, name, &[&agent]).await;
        app.templates(&organization).await;
        Self { organization, agent, number }
    }

    async fn wrote(&self, app: &TestApp, name: Option<&str>, phone: &str, at: DateTime<Utc>) -> Writer {
        app.wrote_off_hours(&self.organization, self.number, (name, phone), at).await
    }
}

/// A message of ours in a conversation.
async fn message(
    app: &TestApp,
    house: &House,
    writer: Writer,
    (origin, status): (Option<Origin>, MessageStatus),
    at: DateTime<Utc>,
) -> MessageId {
    let new = NewMessage {
        id: app.app.ids.make(),
        organization_id: house.organization.id,
        number_id: house.number,
        contact_id: writer.contact,
        conversation_id: writer.conversation,
        ticket_id: None,
        author: NewAuthor::Member(house.agent.id),
        origin,
        content: MessageContent::Text { body: "Hola".to_owned() },
        status,
        wamid: None,
        reply_to: None,
        created_at: at,
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::messages::create_all(&tx, std::slice::from_ref(&new)).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

async fn list(person: &Person, query: &str) -> Vec<OffHoursContact> {
    person.query(LIST_OFF_HOURS_CONTACTS, &[], query).await.ok().items
}

async fn names(person: &Person, query: &str) -> Vec<String> {
    list(person, query).await.into_iter().map(|row| row.contact.name.unwrap_or_default()).collect()
}

async fn row(person: &Person, conversation: ConversationId) -> OffHoursContact {
    list(person, "").await.into_iter().find(|row| row.conversation_id == conversation).unwrap()
}

#[actix_web::test]
async fn who_wrote_within_seven_times_24_hours_is_listed_the_latest_first() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let edge = noon() - TimeDelta::days(7);
    house.wrote(&app, Some("Ana"), "+56955550201", edge).await;
    house.wrote(&app, Some("Beto"), "+56955550202", edge - TimeDelta::milliseconds(1)).await;
    let caro = house.wrote(&app, None, "+56955550203", noon() - TimeDelta::hours(1)).await;
    let rows = list(&house.agent, "").await;
    assert_eq!(rows.iter().map(|row| row.contact.name.as_deref()).collect::<Vec<_>>(), [None, Some("Ana")]);
    let first = &rows[0];
    assert_eq!((first.id, first.at, first.cause), (caro.id, noon() - TimeDelta::hours(1), OffHoursCause::Closed));
    let phone = Some("+56955550203".to_owned());
    assert_eq!(first.contact, ContactRef { id: caro.contact, name: None, phone });
    assert_eq!((first.number.id, first.conversation_id), (house.number, caro.conversation));
    assert_eq!((first.callback, first.sent.as_ref(), first.failure.as_ref()), (Some(true), None, None));
    assert_eq!(first.preview, "Hola, ¿están?");
    let first = house.agent.query(LIST_OFF_HOURS_CONTACTS, &[], "limit=1").await.ok();
    assert_eq!(names(&house.agent, &format!("limit=1&cursor={}", first.next_cursor.unwrap())).await, ["Ana"]);
    app.app.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(names(&house.agent, "").await, [""], "the seven days roll");
}

#[actix_web::test]
async fn a_contact_has_a_row_for_each_closed_period_and_one_for_an_absence_and_nobody_asked_is_neither_yes_nor_no() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ana = house.wrote(&app, Some("Ana"), "+56955550201", noon() - TimeDelta::days(2)).await;
    let night = Writer { id: app.app.ids.make(), ..ana };
    let away = Writer { id: app.app.ids.make(), ..ana };
    let (day, hour) = (noon() - TimeDelta::days(1), noon() - TimeDelta::hours(1));
    app.listed(&house.organization, house.number, night, (OffHoursCause::Closed, Some(false)), day).await;
    app.listed(&house.organization, house.number, away, (OffHoursCause::Absence, None), hour).await;
    let rows: Vec<_> = list(&house.agent, "").await.into_iter().map(|row| (row.cause, row.callback)).collect();
    let expected =
        [(OffHoursCause::Absence, None), (OffHoursCause::Closed, Some(false)), (OffHoursCause::Closed, Some(true))];
    assert_eq!(rows, expected);
}

#[actix_web::test]
async fn an_active_message_of_any_origin_counts_as_sent_until_it_fails_and_no_other_does() {
    use MessageStatus as S;
    let table = [
        (Some(Origin::OffHours), S::Queued, true),
        (Some(Origin::Desk), S::Sending, true),
        (Some(Origin::Api), S::Unconfirmed, true),
        (Some(Origin::Automatic), S::Accepted, true),
        (Some(Origin::OffHours), S::Sent, true),
        (Some(Origin::OffHours), S::Delivered, true),
        (Some(Origin::OffHours), S::Read, true),
        (Some(Origin::OffHours), S::Failed, false),
        (Some(Origin::OffHours), S::Cancelled, false),
        (None, S::Read, false),
    ];
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for (index, (origin, status, sent)) in table.into_iter().enumerate() {
        let phone = format!("+569555503{index:02}");
        let writer = house.wrote(&app, Some("Ana"), &phone, noon() - TimeDelta::hours(2)).await;
        message(&app, &house, writer, (origin, status), noon() - TimeDelta::hours(1)).await;
        let row = row(&house.agent, writer.conversation).await;
        assert_eq!(row.sent.is_some(), sent, "{origin:?} {status}");
        if let Some(found) = row.sent {
            assert_eq!((found.at, found.by.map(|by| by.id)), (noon() - TimeDelta::hours(1), Some(house.agent.id)));
        }
    }
    assert_eq!(list(&house.agent, "unsent=true").await.len(), 3);
    assert_eq!(list(&house.agent, "unsent=false").await.len(), 7);
}

#[actix_web::test]
async fn what_went_out_before_the_contact_wrote_does_not_count() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let at = noon() - TimeDelta::hours(2);
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", at).await;
    message(&app, &house, writer, (Some(Origin::Desk), MessageStatus::Read), at - TimeDelta::milliseconds(1)).await;
    assert_eq!(row(&house.agent, writer.conversation).await.sent, None);
    message(&app, &house, writer, (Some(Origin::Desk), MessageStatus::Sent), at + TimeDelta::minutes(1)).await;
    message(&app, &house, writer, (Some(Origin::Desk), MessageStatus::Sent), at + TimeDelta::minutes(2)).await;
    let sent = row(&house.agent, writer.conversation).await.sent.unwrap();
    assert_eq!(sent.at, at + TimeDelta::minutes(2), "the last one is shown");
    message(&app, &house, writer, (Some(Origin::Desk), MessageStatus::Failed), at + TimeDelta::minutes(3)).await;
    let sent = row(&house.agent, writer.conversation).await.sent.unwrap();
    assert_eq!(sent.at, at + TimeDelta::minutes(2), "another one that failed takes nothing from it");
}

#[actix_web::test]
async fn the_list_is_narrowed_by_number_and_by_part_of_name_or_phone() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let other = app.number(&house.organization, "otro", &[&house.agent]).await;
    house.wrote(&app, Some("Ana Ñandú"), "+56955550201", noon()).await;
    app.wrote_off_hours(&house.organization, other, (Some("Beto"), "+56955550202"), noon()).await;
    assert_eq!(names(&house.agent, &format!("number_id={other}")).await, ["Beto"]);
    assert_eq!(names(&house.agent, "q=%C3%B1AND").await, ["Ana Ñandú"]);
    assert_eq!(names(&house.agent, "q=%2B56+95555-0202").await, ["Beto"]);
    assert_eq!(names(&house.agent, "q=%25").await, [""; 0]);
}

#[actix_web::test]
async fn only_contacts_of_numbers_in_reach_are_listed() {
    let app = TestApp::start().await;
    let (ours, theirs) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let elsewhere = app.number(&ours.organization, "elsewhere", &[]).await;
    app.wrote_off_hours(&ours.organization, elsewhere, (Some("Beto"), "+56955550202"), noon()).await;
    ours.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    assert_eq!(names(&ours.agent, "").await, ["Ana"]);
    assert_eq!(names(&ours.agent, &format!("number_id={elsewhere}")).await, [""; 0]);
    assert_eq!(names(&theirs.agent, &format!("number_id={}", ours.number)).await, [""; 0]);
    assert_eq!(names(&ours.organization.administrator, "").await.len(), 2);
    let nobody = app.member(&ours.organization, &[Permission::ViewDesk]).await;
    app.number(&ours.organization, "n", &[&nobody]).await;
    nobody.call(LIST_OFF_HOURS_CONTACTS, &[]).await.refused(ErrorCode::PermissionMissing);
}
