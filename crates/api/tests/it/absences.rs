//! Ausencia del agente (spec A1).

use crate::test_app::{Person, Stream, TestApp};
use types::{
    ErrorCode, NumberId, Permission,
    absences::{Absence, AbsenceInput, GET_ABSENCE, LIST_ABSENCE_SUGGESTIONS, LIST_ABSENCES, UPDATE_ABSENCE},
    audit_log::{AuditSubject, LIST_AUDIT_LOG},
    chatbots::{AbsenceSettings, GET_CHATBOT, SuggestedContact},
    events::Event,
};

const EDITOR: &[Permission] = &[Permission::ViewAbsences, Permission::EditAbsences];

fn away(text: &str) -> AbsenceSettings {
    AbsenceSettings { on: true, text: text.to_owned(), suggested: None }
}

async fn save(person: &Person, id: NumberId, absence: AbsenceSettings) -> Absence {
    let version = person.call(GET_ABSENCE, &[&id]).await.ok().version;
    person.send(UPDATE_ABSENCE, &[&id], &AbsenceInput { absence, version }).await.ok()
}

#[actix_web::test]
async fn an_absence_is_a_part_of_the_chatbots_settings_with_their_version() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let editor = app.member(&organization, EDITOR).await;
    let id = app.number(&organization, "Centro", &[&editor]).await;
    let saved = save(&editor, id, away("Vuelvo el lunes")).await;
    assert_eq!((saved.version, saved.absence.text.as_str()), (2, "Vuelvo el lunes"));
    let chatbot = admin.call(GET_CHATBOT, &[&id]).await.ok();
    assert_eq!((chatbot.version, chatbot.settings.attention.absence), (2, saved.absence.clone()));
    let late = AbsenceInput { absence: away("Tarde"), version: 1 };
    editor.send(UPDATE_ABSENCE, &[&id], &late).await.refused(ErrorCode::VersionConflict);
    let entries = admin.query(LIST_AUDIT_LOG, &[], &format!("subject_id={id}")).await.ok().items;
    assert_eq!(entries.iter().map(|entry| entry.subject).collect::<Vec<_>>(), [AuditSubject::Absence]);
    assert_eq!(entries[0].changes[0].field, "absence");
}

#[actix_web::test]
async fn an_absence_never_suggests_its_own_number_or_one_of_another_organization() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let editor = app.member(&organization, EDITOR).await;
    let id = app.number(&organization, "Centro", &[&editor]).await;
    let elsewhere = app.number(&organization, "Norte", &[]).await;
    let other = app.organization("two").await;
    let theirs = app.number(&other, "Theirs", &[]).await;
    let suggest = |number_id| AbsenceSettings {
        suggested: Some(SuggestedContact::Number { number_id }),
        ..away("Escribe a mi colega")
    };
    for (number, code) in [(id, "suggests_itself"), (theirs, "not_found")] {
        let wrong = AbsenceInput { absence: suggest(number), version: 1 };
        let wrong = editor.send(UPDATE_ABSENCE, &[&id], &wrong).await.wrong_fields();
        assert_eq!(wrong, [format!("/absence/suggested/number_id {code}")]);
    }
    let saved = save(&editor, id, suggest(elsewhere)).await;
    assert_eq!(saved.suggested_number.map(|number| number.id), Some(elsewhere));
    let suggestions = editor.call(LIST_ABSENCE_SUGGESTIONS, &[]).await.ok().items;
    assert_eq!(suggestions.iter().map(|number| number.id).collect::<Vec<_>>(), [id, elsewhere]);
}

#[actix_web::test]
async fn desk_lists_the_absences_that_are_on_of_the_numbers_in_reach() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let agent = app.member(&organization, &[Permission::ViewDesk]).await;
    let (on, off) =
        (app.number(&organization, "Centro", &[&agent]).await, app.number(&organization, "Norte", &[&agent]).await);
    let elsewhere = app.number(&organization, "Sur", &[]).await;
    let suggested = Some(SuggestedContact::Number { number_id: elsewhere });
    save(admin, on, AbsenceSettings { suggested, ..away("Vuelvo") }).await;
    save(admin, off, AbsenceSettings { on: false, ..away("Guardado") }).await;
    save(admin, elsewhere, away("Vuelvo")).await;
    let listed = agent.call(LIST_ABSENCES, &[]).await.ok().items;
    assert_eq!(listed.iter().map(|absence| absence.number.id).collect::<Vec<_>>(), [on]);
    assert_eq!(listed[0].suggested_number.as_ref().map(|number| number.name.as_str()), Some("Sur"));
    agent.call(GET_ABSENCE, &[&on]).await.refused(ErrorCode::PermissionMissing);
    let page = admin.query(LIST_ABSENCES, &[], "limit=1").await.ok();
    let rest = admin.query(LIST_ABSENCES, &[], &format!("cursor={}", page.next_cursor.unwrap())).await.ok();
    assert_eq!(rest.items.iter().map(|absence| absence.number.id).collect::<Vec<_>>(), [elsewhere]);
}

#[actix_web::test]
async fn everybody_who_reaches_the_number_is_told_when_an_absence_begins_and_ends() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let editor = app.member(&organization, EDITOR).await;
    let agent = app.member(&organization, &[]).await;
    let id = app.number(&organization, "Centro", &[&editor, &agent]).await;
    let other = app.number(&organization, "Norte", &[&editor]).await;
    let mut stream = Stream::open(&agent, None).await;
    save(&editor, other, away("Vuelvo")).await;
    save(&editor, id, away("Vuelvo")).await;
    save(&editor, id, AbsenceSettings::default()).await;
    for on in [true, false] {
        let (_, told) = stream.until(|event| matches!(event, Event::AbsenceChanged { .. })).await.pop().unwrap();
        assert_eq!(told, Event::AbsenceChanged { number_id: id, on });
    }
}

#[actix_web::test]
async fn the_absence_of_a_number_out_of_reach_does_not_exist() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let editor = app.member(&organization, EDITOR).await;
    app.number(&organization, "Centro", &[&editor]).await;
    let elsewhere = app.number(&organization, "Norte", &[]).await;
    editor.call(GET_ABSENCE, &[&elsewhere]).await.refused(ErrorCode::NotFound);
    let input = AbsenceInput { absence: away("Vuelvo"), version: 1 };
    editor.send(UPDATE_ABSENCE, &[&elsewhere], &input).await.refused(ErrorCode::NotFound);
}
