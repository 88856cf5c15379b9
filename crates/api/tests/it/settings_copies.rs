//! Copying settings from one number to many (spec S5).

use crate::chatbots::monday_only;
use crate::test_app::{Organization, Person, TestApp};
use db::Scope;
use types::{
    ErrorCode, NumberId, Permission,
    attention_settings::AttentionSettings,
    audit_log::{AuditAction, AuditSubject, LIST_AUDIT_LOG},
    chatbots::{
        AbsenceSettings, Chatbot, ChatbotInput, ChatbotSettings, GET_CHATBOT, SuggestedContact, UPDATE_CHATBOT,
    },
    settings_changes::{
        CREATE_SETTINGS_COPY, LIST_SETTINGS_COPIES, LeftOut, PREVIEW_SETTINGS_COPY, SettingsCopyInput, SettingsField,
        SettingsPart, SettingsUndo, Targets, UNDO_SETTINGS_COPY,
    },
};

const COPIER: &[Permission] = &[
    Permission::ViewSettingsCopies,
    Permission::EditSettingsCopies,
    Permission::ViewChatbots,
    Permission::EditChatbots,
];

async fn get(person: &Person, id: NumberId) -> Chatbot {
    person.call(GET_CHATBOT, &[&id]).await.ok()
}

async fn save(person: &Person, id: NumberId, change: impl FnOnce(&mut ChatbotSettings)) -> Chatbot {
    let Chatbot { version, mut settings, .. } = get(person, id).await;
    change(&mut settings);
    person.send(UPDATE_CHATBOT, &[&id], &ChatbotInput { version, settings }).await.ok()
}

fn copy(from: NumberId, to: &[NumberId], parts: &[SettingsPart]) -> SettingsCopyInput {
    SettingsCopyInput {
        reference_number_id: from,
        targets: Targets { number_ids: to.to_vec(), group_ids: Vec::new() },
        parts: parts.to_vec(),
        expected: None,
    }
}

/// A number's attention settings, and their version.
async fn attention(app: &TestApp, organization: &Organization, id: NumberId) -> (u64, AttentionSettings) {
    let scope = Scope::of_organization(organization.id);
    let number = db::chatbots::get(app.app.db.read(), &scope, id).await.unwrap();
    (number.attention_version, number.attention)
}

/// Give a number a tag, as S1 does.
async fn tag(app: &TestApp, organization: &Organization, id: NumberId) {
    let scope = Scope::of_organization(organization.id);
    let before = db::chatbots::get(app.app.db.read(), &scope, id).await.unwrap();
    let tagged =
        AttentionSettings { tags: vec!["Reclamo".to_owned()], mandatory_tag: true, ..before.attention.clone() };
    let tx = db::begin(&app.app.db).await.unwrap();
    let stored = db::chatbots::Stored { before: &before, chatbot: None, attention: Some(&tagged) };
    db::chatbots::store_all(&tx, &scope, &[stored], crate::test_app::noon()).await.unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn the_chosen_parts_are_copied_with_the_attention_settings_and_nothing_else() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let copier = app.member(&organization, COPIER).await;
    let from = app.number(&organization, "Modelo", &[&copier]).await;
    let to = app.number(&organization, "Norte", &[&copier]).await;
    tag(&app, &organization, from).await;
    save(&copier, from, |settings| {
        settings.hours.time_zone = Some("America/Bogota".to_owned());
        settings.social_links.web = "https://example.com".to_owned();
        settings.attention.absence = AbsenceSettings { on: true, text: "Vuelvo".to_owned(), suggested: None };
        settings.attention.post_attendance.text = "Adiós".to_owned();
    })
    .await;
    let parts = [SettingsPart::AttentionSettings, SettingsPart::Hours, SettingsPart::AttentionTexts];
    let input = copy(from, &[from, to], &parts);
    let plan = copier.send(PREVIEW_SETTINGS_COPY, &[], &input).await.ok();
    // The number it is taken from is no target.
    assert_eq!(plan.numbers.iter().map(|number| number.number.id).collect::<Vec<_>>(), [to]);
    let fields: Vec<_> = plan.numbers[0].changes.iter().map(|change| change.field).collect();
    assert_eq!(
        fields,
        [SettingsField::Tags, SettingsField::MandatoryTag, SettingsField::TimeZone, SettingsField::PostAttendance]
    );
    assert_eq!(attention(&app, &organization, to).await, (1, AttentionSettings::default()));

    let made = copier.send(CREATE_SETTINGS_COPY, &[], &input).await.ok();
    assert_eq!((made.numbers, made.reference.map(|number| number.id)), (1, Some(from)));
    let given = get(&copier, to).await;
    assert_eq!(given.settings.hours.time_zone.as_deref(), Some("America/Bogota"));
    assert_eq!(given.settings.attention.post_attendance.text, "Adiós");
    assert!(given.settings.social_links.web.is_empty() && !given.settings.attention.absence.on);
    let (version, copied) = attention(&app, &organization, to).await;
    assert_eq!((version, copied.tags.as_slice()), (2, ["Reclamo".to_owned()].as_slice()));
    let admin = &organization.administrator;
    let entries = admin.query(LIST_AUDIT_LOG, &[], &format!("subject_id={to}")).await.ok().items;
    let mut subjects: Vec<_> = entries.iter().map(|entry| entry.subject.to_string()).collect();
    subjects.sort();
    assert_eq!(subjects, ["attention_settings", "chatbot"]);
    let entry = admin.query(LIST_AUDIT_LOG, &[], &format!("subject_id={}", made.id)).await.ok().items.remove(0);
    assert_eq!((entry.subject, entry.subject_name.as_str()), (AuditSubject::SettingsCopy, "Modelo"));
}

#[actix_web::test]
async fn queue_agents_without_access_to_the_target_are_left_out_and_an_absence_never_suggests_itself() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (copier, other) = (app.member(&organization, COPIER).await, app.member(&organization, &[]).await);
    let from = app.number(&organization, "Modelo", &[&copier, &other]).await;
    let to = app.number(&organization, "Norte", &[&copier]).await;
    let emails = [&copier, &other].map(|person| format!("{}@example.com", person.id));
    save(&copier, from, |settings| {
        settings.queues.default_agents = emails.to_vec();
        let suggested = Some(SuggestedContact::Number { number_id: to });
        settings.attention.absence = AbsenceSettings { on: true, text: "Escribe a Norte".to_owned(), suggested };
    })
    .await;
    let input = copy(from, &[to], &[SettingsPart::Queues, SettingsPart::Absence]);
    let plan = copier.send(PREVIEW_SETTINGS_COPY, &[], &input).await.ok();
    let agent = LeftOut::QueueAgent { queue: None, email: emails[1].clone() };
    assert_eq!(plan.numbers[0].left_out, [agent, LeftOut::AbsenceOfItself]);
    copier.send(CREATE_SETTINGS_COPY, &[], &input).await.ok();
    let given = get(&copier, to).await.settings;
    assert_eq!(given.queues.default_agents, emails[..1]);
    assert_eq!((given.attention.absence.on, given.attention.absence.suggested), (false, None));
}

#[actix_web::test]
async fn a_copy_is_undone_once_whole_with_its_attention_settings() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let copier = app.member(&organization, COPIER).await;
    let from = app.number(&organization, "Modelo", &[&copier]).await;
    let to = app.number(&organization, "Norte", &[&copier]).await;
    tag(&app, &organization, from).await;
    let made =
        copier.send(CREATE_SETTINGS_COPY, &[], &copy(from, &[to], &[SettingsPart::AttentionSettings])).await.ok();
    assert_eq!(get(&copier, to).await.version, 1, "the chatbot's settings were none of it");
    assert_eq!(copier.call(LIST_SETTINGS_COPIES, &[]).await.ok().items.len(), 1);
    let all = SettingsUndo::default();
    copier.send(UNDO_SETTINGS_COPY, &[&made.id], &all).await.ok();
    assert_eq!(attention(&app, &organization, to).await, (3, AttentionSettings::default()));
    copier.send(UNDO_SETTINGS_COPY, &[&made.id], &all).await.refused(ErrorCode::ChangeUndone);
    let query = format!("subject_id={}", made.id);
    let entries = organization.administrator.query(LIST_AUDIT_LOG, &[], &query).await.ok().items;
    assert_eq!(entries[0].action, AuditAction::Undone);
}

#[actix_web::test]
async fn reference_and_targets_are_in_reach_and_some_part_is_chosen() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let copier = app.member(&organization, COPIER).await;
    let own = app.number(&organization, "Norte", &[&copier]).await;
    let elsewhere = app.number(&organization, "Sur", &[]).await;
    let parts = [SettingsPart::Faq];
    for (from, to) in [(elsewhere, own), (own, elsewhere)] {
        let input = copy(from, &[to], &parts);
        copier.send(CREATE_SETTINGS_COPY, &[], &input).await.refused(ErrorCode::NotFound);
        copier.send(PREVIEW_SETTINGS_COPY, &[], &input).await.refused(ErrorCode::NotFound);
    }
    assert_eq!(
        copier.send(CREATE_SETTINGS_COPY, &[], &copy(own, &[own], &parts)).await.wrong_fields(),
        ["/targets required"]
    );
    let nothing = copier.send(CREATE_SETTINGS_COPY, &[], &copy(own, &[own], &[])).await;
    assert_eq!(nothing.wrong_fields().len(), 1);
}

#[actix_web::test]
async fn the_number_a_copy_was_made_from_is_shown_only_to_who_reaches_it() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (copier, reader) = (app.member(&organization, COPIER).await, app.member(&organization, COPIER).await);
    let from = app.number(&organization, "Modelo", &[&copier]).await;
    let to = app.number(&organization, "Norte", &[&copier, &reader]).await;
    let made = copier.send(CREATE_SETTINGS_COPY, &[], &copy(from, &[to], &[SettingsPart::Hours])).await.ok();
    let seen = async |person: &Person| {
        let [change] = person.call(LIST_SETTINGS_COPIES, &[]).await.ok().items.try_into().unwrap();
        (change.id, change.reference.map(|number| number.id))
    };
    assert_eq!(seen(&copier).await, (made.id, Some(from)));
    assert_eq!(seen(&reader).await, (made.id, None));
    let undone = reader.send(UNDO_SETTINGS_COPY, &[&made.id], &SettingsUndo::default()).await.ok();
    assert_eq!(undone.reference, None);
}

#[actix_web::test]
async fn a_copy_onto_what_somebody_saved_since_it_was_looked_at_is_refused() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let copier = app.member(&organization, COPIER).await;
    let from = app.number(&organization, "Modelo", &[&copier]).await;
    let to = app.number(&organization, "Norte", &[&copier]).await;
    save(&copier, from, |settings| settings.hours = monday_only()).await;
    let input = copy(from, &[to], &[SettingsPart::Hours]);
    let plan = copier.send(PREVIEW_SETTINGS_COPY, &[], &input).await.ok();
    let expected = Some(plan.numbers.iter().map(|number| number.version).collect());
    let input = SettingsCopyInput { expected, ..input };
    // Attention settings are no part of it, and may be another.
    tag(&app, &organization, to).await;
    save(&copier, to, |settings| settings.attention.post_attendance.on = false).await;
    let refused = copier.send(CREATE_SETTINGS_COPY, &[], &input).await;
    refused.refused(ErrorCode::VersionConflict);
    assert_eq!(refused.problem().about.as_deref(), Some("Norte"));
}
