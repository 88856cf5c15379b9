//! The chatbot of one number.

use super::{EDITOR, email, execute, get, house, monday_only, queue, save, with_queues};
use crate::test_app::{TestApp, noon, phone_number_id, text};
use futures_util::future::join;
use serde_json::json;
use types::{
    ErrorCode, Language, NumberId, Permission,
    audit_log::{AuditSubject, LIST_AUDIT_LOG},
    chatbots::{
        AbsenceSettings, AvailabilityState, ChatbotInput, GET_CHATBOT, LIST_CHATBOT_SUGGESTIONS, LIST_CHATBOTS,
        OptionalText, SuggestedContact, UPDATE_CHATBOT,
    },
};

#[actix_web::test]
async fn a_new_number_has_our_default_texts_and_its_version_counts_the_saves() {
    let app = TestApp::start().await;
    let (_, editor, _, [id, _]) = house(&app).await;
    let chatbot = get(&editor, id).await;
    assert_eq!((chatbot.version, chatbot.changed_at), (1, None));
    assert_eq!(chatbot.settings, domain::chatbots::defaults(Language::Es));
    assert_eq!((chatbot.company.as_str(), chatbot.time_zone.as_str()), ("one", "America/Santiago"));
    assert_eq!(chatbot.availability_template.state, AvailabilityState::Missing);
    let saved = save(&editor, id, |settings| settings.conversation_flow.first_greeting.text = "Hola".to_owned()).await;
    assert_eq!((saved.version, saved.changed_at), (2, Some(noon())));
    assert_eq!(saved.settings.conversation_flow.first_greeting.text, "Hola");
    assert_eq!(get(&editor, id).await, saved);
}

#[actix_web::test]
async fn a_save_that_changes_nothing_is_no_new_version_and_no_entry() {
    let app = TestApp::start().await;
    let (organization, editor, _, [id, _]) = house(&app).await;
    assert_eq!(save(&editor, id, |_| ()).await.version, 1);
    let query = format!("subject_id={id}");
    let entries = organization.administrator.query(LIST_AUDIT_LOG, &[], &query).await.ok().items;
    assert!(entries.is_empty(), "{entries:?}");
}

#[actix_web::test]
async fn a_save_that_started_from_an_older_version_is_refused() {
    let app = TestApp::start().await;
    let (_, editor, _, [id, _]) = house(&app).await;
    let started = get(&editor, id).await;
    save(&editor, id, |settings| settings.hours = monday_only()).await;
    let mut settings = started.settings;
    settings.attention.post_attendance.on = false;
    let late = ChatbotInput { version: started.version, settings };
    editor.send(UPDATE_CHATBOT, &[&id], &late).await.refused(ErrorCode::VersionConflict);
    assert!(get(&editor, id).await.settings.attention.post_attendance.on);
}

#[actix_web::test]
async fn of_two_saves_of_one_version_at_once_one_wins() {
    let app = TestApp::start().await;
    let (organization, editor, _, [id, _]) = house(&app).await;
    let chatbot = get(&editor, id).await;
    let input = |text: &str| {
        let mut settings = chatbot.settings.clone();
        settings.attention.post_attendance.text = text.to_owned();
        ChatbotInput { version: chatbot.version, settings }
    };
    let (one, two) = (input("uno"), input("dos"));
    let at: [&dyn std::fmt::Display; 1] = [&id];
    let (one, two) =
        join(editor.send(UPDATE_CHATBOT, &at, &one), organization.administrator.send(UPDATE_CHATBOT, &at, &two)).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(get(&editor, id).await.version, 2);
}

#[actix_web::test]
async fn the_audit_log_says_which_field_was_what_and_is_what() {
    let app = TestApp::start().await;
    let (organization, editor, _, [id, _]) = house(&app).await;
    save(&editor, id, |settings| {
        settings.hours.unavailable = OptionalText { on: true, text: "Cerrado".to_owned() };
        settings.attention.post_attendance.on = false;
    })
    .await;
    let query = format!("subject_id={id}");
    let entry = organization.administrator.query(LIST_AUDIT_LOG, &[], &query).await.ok().items.remove(0);
    assert_eq!((entry.subject, entry.subject_name.as_str()), (AuditSubject::Chatbot, "Centro"));
    let fields: Vec<_> = entry.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["post_attendance", "unavailable"]);
    assert_eq!(entry.changes[1].to, json!({"on": true, "text": "Cerrado"}));
}

#[actix_web::test]
async fn whoever_reaches_the_number_may_be_put_into_its_queues_and_nobody_else() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let person = async || app.member(&organization, EDITOR).await;
    let (owner, agent, manager, stranger) = (person().await, person().await, person().await, person().await);
    let above = app.group(&organization, None, &[&manager]).await;
    let group = app.group(&organization, Some(above), &[]).await;
    let id = app.grouped_number(&organization, "Centro", &[&owner, &agent], Some(group)).await;
    let mut people: Vec<_> = get(&owner, id).await.people.into_iter().map(|person| person.id).collect();
    people.sort_unstable();
    let mut expected = vec![owner.id, agent.id, manager.id, organization.administrator.id];
    expected.sort_unstable();
    assert_eq!(people, expected);

    let chatbot = get(&owner, id).await;
    let mut settings = with_queues(&chatbot.settings, vec![queue("Ventas", &[&agent, &stranger])]);
    settings.queues.own[0].agents = vec![email(&agent), email(&stranger)];
    settings.queues.default_agents = vec!["nobody@example.com".to_owned(), email(&manager)];
    let input = ChatbotInput { version: chatbot.version, settings };
    let wrong = owner.send(UPDATE_CHATBOT, &[&id], &input).await.wrong_fields();
    let expected = ["/settings/queues/default_agents/0 not_an_agent", "/settings/queues/own/0/agents/1 not_an_agent"];
    assert_eq!(wrong, expected);
}

#[actix_web::test]
async fn an_absence_suggests_a_number_of_the_organization_but_not_itself() {
    let app = TestApp::start().await;
    let (organization, editor, _, [id, _]) = house(&app).await;
    let other = app.organization("two").await;
    let theirs = app.number(&other, "Theirs", &[&other.administrator]).await;
    // Out of the editor's reach, which is no matter here.
    let elsewhere = app.number(&organization, "Sur", &[]).await;
    let absence = |number_id: NumberId| {
        let suggested = Some(SuggestedContact::Number { number_id });
        AbsenceSettings { on: true, text: "Vuelvo el lunes".to_owned(), suggested }
    };
    let chatbot = get(&editor, id).await;
    for (suggested, code) in [(id, "suggests_itself"), (theirs, "not_found")] {
        let mut settings = chatbot.settings.clone();
        settings.attention.absence = absence(suggested);
        let input = ChatbotInput { version: chatbot.version, settings };
        let wrong = editor.send(UPDATE_CHATBOT, &[&id], &input).await.wrong_fields();
        assert_eq!(wrong, [format!("/settings/attention/absence/suggested/number_id {code}")]);
    }
    let saved = save(&editor, id, |settings| settings.attention.absence = absence(elsewhere)).await;
    assert_eq!(saved.suggested_number.map(|number| number.name), Some("Sur".to_owned()));
    let suggestions = editor.query(LIST_CHATBOT_SUGGESTIONS, &[], "q=s&limit=1").await.ok();
    assert_eq!(suggestions.items.iter().map(|number| number.id).collect::<Vec<_>>(), [elsewhere]);
    let all = editor.call(LIST_CHATBOT_SUGGESTIONS, &[]).await.ok().items;
    assert_eq!(all.iter().map(|number| number.name.as_str()).collect::<Vec<_>>(), ["Centro", "Norte", "Sur"]);
}

#[actix_web::test]
async fn notify_next_hours_cannot_be_switched_on_without_the_template() {
    let app = TestApp::start().await;
    let (_, editor, _, [id, _]) = house(&app).await;
    let chatbot = get(&editor, id).await;
    let mut settings = chatbot.settings.clone();
    settings.attention.notify_next_hours = OptionalText { on: true, text: "¿Te avisamos?".to_owned() };
    let input = ChatbotInput { version: chatbot.version, settings };
    let wrong = editor.send(UPDATE_CHATBOT, &[&id], &input).await.wrong_fields();
    assert_eq!(wrong, ["/settings/attention/notify_next_hours/on needs_template"]);
}

#[actix_web::test]
async fn a_number_that_is_still_being_included_has_no_chatbot_to_be_changed() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let id: NumberId = app.app.ids.make();
    let new = db::numbers::NewNumber {
        id,
        organization_id: organization.id,
        waba_id: organization.waba_id,
        group_id: None,
        owner_id: None,
        agents: &[],
        phone_number_id: None,
        phone: "+56955559999",
        name: "Nuevo",
        language: Language::Es,
        throughput: 80,
        chatbot: None,
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::create(&tx, &new, noon()).await.unwrap();
    tx.commit().await.unwrap();
    let refused = admin.call(GET_CHATBOT, &[&id]).await;
    refused.refused(ErrorCode::ChatbotNotMade);
    assert_eq!(refused.problem().about.as_deref(), Some("Nuevo"));
    let settings = domain::chatbots::defaults(Language::Es);
    admin
        .send(UPDATE_CHATBOT, &[&id], &ChatbotInput { version: 1, settings: settings.clone() })
        .await
        .refused(ErrorCode::ChatbotNotMade);
    let many = super::change(&[id], &settings, &[types::settings_changes::SettingsField::Faq]);
    let refused = admin.send(types::chatbots::CREATE_CHATBOT_CHANGE, &[], &many).await;
    refused.refused(ErrorCode::ChatbotNotMade);
    let card = admin.call(LIST_CHATBOTS, &[]).await.ok().items.remove(0);
    assert_eq!((card.number.id, card.version), (id, None));
}

#[actix_web::test]
async fn the_list_shows_the_numbers_in_reach_by_name_page_by_page() {
    let app = TestApp::start().await;
    let (organization, editor, colleague, [first, second]) = house(&app).await;
    let group = app.group(&organization, None, &[&editor]).await;
    let grouped = app.grouped_number(&organization, "Sur", &[], Some(group)).await;
    app.number(&organization, "Lejos", &[]).await;
    save(&editor, first, |settings| {
        *settings = with_queues(settings, vec![queue("Ventas", &[&editor, &colleague]), queue("Otra", &[&editor])]);
        settings.attention.absence = AbsenceSettings { on: true, text: "Vuelvo".to_owned(), suggested: None };
    })
    .await;
    let page = editor.query(LIST_CHATBOTS, &[], "limit=2").await.ok();
    let card = &page.items[0];
    assert_eq!((card.number.id, card.version, card.queue_agents), (first, Some(2), 2));
    assert_eq!((card.attendance_centre, card.absence, card.faq, card.always_open), (true, true, false, true));
    assert_eq!(page.items[1].number.id, second);
    let query = format!("limit=2&cursor={}", page.next_cursor.unwrap());
    let rest = editor.query(LIST_CHATBOTS, &[], &query).await.ok();
    assert_eq!(rest.items.iter().map(|card| card.number.id).collect::<Vec<_>>(), [grouped]);
    assert_eq!(rest.next_cursor, None);
    let in_group = editor.query(LIST_CHATBOTS, &[], &format!("group_id={group}")).await.ok().items;
    assert_eq!(in_group.iter().map(|card| card.number.id).collect::<Vec<_>>(), [grouped]);
    assert_eq!(editor.query(LIST_CHATBOTS, &[], "q=NORT").await.ok().items.len(), 1);
}

#[actix_web::test]
async fn a_number_out_of_reach_or_of_another_organization_does_not_exist() {
    let app = TestApp::start().await;
    let (organization, editor, _, [id, _]) = house(&app).await;
    let elsewhere = app.number(&organization, "Sur", &[]).await;
    let other = app.organization("two").await.administrator;
    let input = ChatbotInput { version: 1, settings: domain::chatbots::defaults(Language::Es) };
    for (person, id) in [(&editor, elsewhere), (&other, id)] {
        person.call(GET_CHATBOT, &[&id]).await.refused(ErrorCode::NotFound);
        person.send(UPDATE_CHATBOT, &[&id], &input).await.refused(ErrorCode::NotFound);
    }
    let viewer = app.member(&organization, &[Permission::ViewChatbots]).await;
    app.number(&organization, "Suyo", &[&viewer]).await;
    viewer.send(UPDATE_CHATBOT, &[&id], &input).await.refused(ErrorCode::PermissionMissing);
}

#[actix_web::test]
async fn other_hours_let_the_timers_that_wait_for_an_opening_go_off_now() {
    let app = TestApp::start().await;
    let (_, editor, _, [id, _]) = house(&app).await;
    app.told(&text(&phone_number_id(id), "56955550190", "wamid.1", "Hola", noon())).await;
    let far = 99_999_999_999_999_i64;
    let made = format!(
        "INSERT INTO timers (organization_id, number_id, conversation_id, kind, due_at) \
         SELECT organization_id, number_id, id, 'next_opening', {far} FROM conversations"
    );
    assert_eq!(execute(&app, &made).await, 1);
    let still = format!("UPDATE timers SET kind = kind WHERE due_at = {far}");
    save(&editor, id, |settings| settings.attention.post_attendance.on = false).await;
    assert_eq!(execute(&app, &still).await, 1);
    save(&editor, id, |settings| settings.hours = monday_only()).await;
    assert_eq!(execute(&app, &still).await, 0);
}
