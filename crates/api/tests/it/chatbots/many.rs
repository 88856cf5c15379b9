//! Many chatbots at once (spec S3).

use super::{EDITOR, change, email, get, house, monday_only, queue, save, with_queues};
use crate::test_app::TestApp;
use types::{
    ErrorCode, NumberId,
    audit_log::LIST_AUDIT_LOG,
    chatbots::{
        AbsenceSettings, CREATE_CHATBOT_CHANGE, ChatbotChangeInput, LIST_CHATBOT_CHANGES, PREVIEW_CHATBOT_CHANGE,
        SuggestedContact,
    },
    settings_changes::{LeftOut, NumberVersion, SettingsChangeKind, SettingsField, TARGETS_MAX, Targets},
};

#[actix_web::test]
async fn only_the_fields_that_were_touched_are_applied_and_shown_before() {
    let app = TestApp::start().await;
    let (_, editor, _, [first, second]) = house(&app).await;
    save(&editor, first, |settings| settings.attention.post_attendance.text = "Adiós".to_owned()).await;
    let mut settings = get(&editor, second).await.settings;
    settings.conversation_flow.first_greeting.text = "Hola a todos".to_owned();
    settings.attention.post_attendance.text = "No se aplica".to_owned();
    let input = change(&[first, second], &settings, &[SettingsField::FirstGreeting]);
    let plan = editor.send(PREVIEW_CHATBOT_CHANGE, &[], &input).await.ok();
    assert_eq!(plan.numbers.iter().map(|number| number.number.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!(plan.numbers[0].version, NumberVersion { number_id: first, chatbot: 2, attention: 1 });
    assert_eq!(plan.numbers[0].changes.len(), 1);
    assert_eq!(plan.numbers[0].changes[0].to["text"], "Hola a todos");
    assert_eq!(get(&editor, first).await.version, 2, "a preview changes nothing");

    let made = editor.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok();
    assert_eq!((made.kind, made.numbers, made.reference), (SettingsChangeKind::ChatbotChange, 2, None));
    assert_eq!((made.fields, made.by.id), (vec![SettingsField::FirstGreeting], editor.id));
    for (id, version, goodbye) in [(first, 3, Some("Adiós")), (second, 2, None)] {
        let chatbot = get(&editor, id).await;
        assert_eq!(chatbot.version, version);
        assert_eq!(chatbot.settings.conversation_flow.first_greeting.text, "Hola a todos");
        assert!(goodbye.is_none_or(|text| chatbot.settings.attention.post_attendance.text == text));
    }
    let listed = editor.call(LIST_CHATBOT_CHANGES, &[]).await.ok().items;
    assert_eq!(listed[0].number_names, ["Centro", "Norte"]);
}

#[actix_web::test]
async fn with_a_reference_and_no_fields_all_of_a_chatbot_is_applied() {
    let app = TestApp::start().await;
    let (organization, editor, _, [first, second]) = house(&app).await;
    let source = save(&editor, first, |settings| {
        *settings = with_queues(settings, vec![queue("Ventas", &[&editor])]);
        settings.hours.time_zone = Some("America/Bogota".to_owned());
    })
    .await;
    let input = ChatbotChangeInput {
        reference_number_id: Some(first),
        fields: None,
        ..change(&[second], &source.settings, &[])
    };
    let made = editor.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok();
    assert_eq!((made.reference.map(|number| number.id), made.fields.len()), (Some(first), 15));
    let mut given = get(&editor, second).await.settings;
    assert_ne!(given.queues.own[0].id, source.settings.queues.own[0].id);
    given.queues.own[0].id = source.settings.queues.own[0].id;
    assert_eq!(given, source.settings);

    let elsewhere = app.number(&organization, "Sur", &[]).await;
    let input = ChatbotChangeInput { reference_number_id: Some(elsewhere), ..input };
    editor.send(CREATE_CHATBOT_CHANGE, &[], &input).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_group_stands_for_all_numbers_in_reach_below_it() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (manager, agent) = (app.member(&organization, EDITOR).await, app.member(&organization, EDITOR).await);
    let above = app.group(&organization, None, &[&manager]).await;
    let below = app.group(&organization, Some(above), &[]).await;
    let one = app.grouped_number(&organization, "Uno", &[&agent], Some(above)).await;
    let two = app.grouped_number(&organization, "Dos", &[], Some(below)).await;
    let far = app.group(&organization, None, &[]).await;
    app.grouped_number(&organization, "Lejos", &[], Some(far)).await;
    let mut settings = get(&manager, one).await.settings;
    settings.hours = monday_only();
    let input = |number_ids: &[NumberId], group_ids: &[types::GroupId]| ChatbotChangeInput {
        targets: Targets { number_ids: number_ids.to_vec(), group_ids: group_ids.to_vec() },
        ..change(&[], &settings, &[SettingsField::OpeningHours])
    };
    let plan = manager.send(PREVIEW_CHATBOT_CHANGE, &[], &input(&[one], &[above])).await.ok();
    assert_eq!(plan.numbers.iter().map(|number| number.number.id).collect::<Vec<_>>(), [two, one]);
    let plan = agent.send(PREVIEW_CHATBOT_CHANGE, &[], &input(&[], &[above])).await.ok();
    assert_eq!(plan.numbers.iter().map(|number| number.number.id).collect::<Vec<_>>(), [one]);
    manager.send(CREATE_CHATBOT_CHANGE, &[], &input(&[one], &[far])).await.refused(ErrorCode::NotFound);
    agent.send(CREATE_CHATBOT_CHANGE, &[], &input(&[one, two], &[])).await.refused(ErrorCode::NotFound);
    assert_eq!(get(&manager, one).await.version, 1);
}

#[actix_web::test]
async fn a_change_names_numbers_fields_and_settings_that_hold_for_some_number() {
    let app = TestApp::start().await;
    let (_, editor, colleague, [first, second]) = house(&app).await;
    let settings = get(&editor, first).await.settings;
    let wrong = async |input: &ChatbotChangeInput| editor.send(CREATE_CHATBOT_CHANGE, &[], input).await.wrong_fields();
    let fields = &[SettingsField::Faq];
    assert_eq!(wrong(&change(&[], &settings, fields)).await, ["/targets required"]);
    let many: Vec<NumberId> = (0..=TARGETS_MAX).map(|_| app.app.ids.make()).collect();
    assert_eq!(wrong(&change(&many, &settings, fields)).await, ["/targets too_many"]);
    assert_eq!(wrong(&change(&[first], &settings, &[])).await, ["/fields required"]);
    let other = &[SettingsField::Faq, SettingsField::Tags];
    assert_eq!(wrong(&change(&[first], &settings, other)).await, ["/fields/1 invalid"]);
    let unknown: NumberId = app.app.ids.make();
    let missing = editor.send(CREATE_CHATBOT_CHANGE, &[], &change(&[first, unknown], &settings, fields)).await;
    missing.refused(ErrorCode::NotFound);

    let mut strange = settings.clone();
    strange.queues.default_agents = vec![email(&colleague), "nobody@example.com".to_owned()];
    let suggested = Some(SuggestedContact::Number { number_id: unknown });
    strange.attention.absence = AbsenceSettings { on: true, text: "Vuelvo".to_owned(), suggested };
    let all = &[SettingsField::DefaultQueueAgents, SettingsField::Absence];
    assert_eq!(
        wrong(&change(&[first, second], &strange, all)).await,
        ["/settings/queues/default_agents/1 not_an_agent", "/settings/attention/absence/suggested/number_id not_found"]
    );
    // What is not applied does not matter.
    editor.send(CREATE_CHATBOT_CHANGE, &[], &change(&[first, second], &strange, fields)).await.ok();
}

#[actix_web::test]
async fn what_does_not_fit_a_number_is_left_out_by_name() {
    let app = TestApp::start().await;
    let (_, editor, colleague, [first, second]) = house(&app).await;
    let mut settings = with_queues(&get(&editor, first).await.settings, vec![queue("Ventas", &[&editor, &colleague])]);
    settings.queues.default_agents = vec![email(&colleague)];
    let suggested = Some(SuggestedContact::Number { number_id: first });
    settings.attention.absence = AbsenceSettings { on: true, text: "Vuelvo".to_owned(), suggested };
    settings.attention.notify_next_hours.on = true;
    settings.attention.notify_next_hours.text = "¿Te avisamos?".to_owned();
    let fields = &[
        SettingsField::DefaultQueueAgents,
        SettingsField::AttendanceCentre,
        SettingsField::Absence,
        SettingsField::NotifyNextHours,
    ];
    let input = change(&[first, second], &settings, fields);
    let plan = editor.send(PREVIEW_CHATBOT_CHANGE, &[], &input).await.ok();
    let agent =
        |queue: Option<&str>| LeftOut::QueueAgent { queue: queue.map(ToOwned::to_owned), email: email(&colleague) };
    assert_eq!(plan.numbers[0].left_out, [LeftOut::AbsenceOfItself, LeftOut::NotifyWithoutTemplate]);
    assert_eq!(plan.numbers[1].left_out, [agent(None), agent(Some("Ventas")), LeftOut::NotifyWithoutTemplate]);
    editor.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok();
    let (one, two) = (get(&editor, first).await.settings, get(&editor, second).await.settings);
    assert_eq!((one.attention.absence.on, two.attention.absence.on), (false, true));
    assert_eq!((one.queues.own[0].agents.len(), &two.queues.own[0].agents), (2, &vec![email(&editor)]));
    assert_eq!((one.queues.default_agents.len(), two.queues.default_agents.len()), (1, 0));
    assert!(!two.attention.notify_next_hours.on);
    assert_eq!(two.attention.notify_next_hours.text, "¿Te avisamos?");
}

#[actix_web::test]
async fn a_change_of_what_was_looked_at_is_refused_when_somebody_saved_since() {
    let app = TestApp::start().await;
    let (_, editor, _, [first, second]) = house(&app).await;
    let mut settings = get(&editor, first).await.settings;
    settings.faq.intro = "¿Qué quieres saber?".to_owned();
    let input = change(&[first, second], &settings, &[SettingsField::Faq]);
    let plan = editor.send(PREVIEW_CHATBOT_CHANGE, &[], &input).await.ok();
    let seen: Vec<_> = plan.numbers.iter().map(|number| number.version).collect();
    save(&editor, second, |settings| settings.hours = monday_only()).await;
    let late = ChatbotChangeInput { expected: Some(seen.clone()), ..input.clone() };
    let refused = editor.send(CREATE_CHATBOT_CHANGE, &[], &late).await;
    refused.refused(ErrorCode::VersionConflict);
    assert_eq!(refused.problem().about.as_deref(), Some("Norte"));
    assert_eq!(get(&editor, first).await.version, 1, "all or none");
    // A number that was not looked at is one too many.
    let fewer = ChatbotChangeInput { expected: Some(seen[..1].to_vec()), ..input.clone() };
    editor.send(CREATE_CHATBOT_CHANGE, &[], &fewer).await.refused(ErrorCode::VersionConflict);
    editor.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok();
}

#[actix_web::test]
async fn every_number_of_a_change_has_its_entry_and_those_that_stay_have_none() {
    let app = TestApp::start().await;
    let (organization, editor, _, [first, second]) = house(&app).await;
    save(&editor, first, |settings| settings.hours = monday_only()).await;
    let settings = get(&editor, first).await.settings;
    let made = editor
        .send(CREATE_CHATBOT_CHANGE, &[], &change(&[first, second], &settings, &[SettingsField::OpeningHours]))
        .await
        .ok();
    assert_eq!((made.numbers, made.number_names.len()), (2, 2));
    assert_eq!((get(&editor, first).await.version, get(&editor, second).await.version), (2, 2));
    let admin = &organization.administrator;
    for (id, entries) in [(first.0, 1), (second.0, 1), (made.id.0, 1)] {
        let found = admin.query(LIST_AUDIT_LOG, &[], &format!("subject_id={id}")).await.ok().items;
        assert_eq!(found.len(), entries);
        assert_eq!(found[0].member.as_ref().map(|member| member.id), Some(editor.id));
    }
}

#[actix_web::test]
async fn five_hundred_numbers_are_changed_and_changed_back_at_once() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let first = app.number(&organization, "Modelo", &[admin]).await;
    let mut ids = Vec::new();
    let tx = db::begin(&app.app.db).await.unwrap();
    let defaults = domain::chatbots::defaults(types::Language::Es);
    for place in 0..500 {
        let id: NumberId = app.app.ids.make();
        let new = db::numbers::NewNumber {
            id,
            organization_id: organization.id,
            waba_id: organization.waba_id,
            group_id: None,
            owner_id: None,
            agents: &[],
            phone_number_id: None,
            phone: &format!("+5699{place:07}"),
            name: &format!("Número {place:03}"),
            language: types::Language::Es,
            throughput: 80,
            chatbot: Some(&defaults),
        };
        db::numbers::create(&tx, &new, crate::test_app::noon()).await.unwrap();
        ids.push(id);
    }
    tx.commit().await.unwrap();
    let own = (0..10)
        .map(|place| types::chatbots::OwnQueue {
            id: None,
            name: format!("Fila {place}"),
            agents: vec!["admin@one.example.com".to_owned()],
        })
        .collect();
    let settings = with_queues(&get(admin, first).await.settings, own);
    let input = ChatbotChangeInput { fields: None, ..change(&ids, &settings, &[]) };
    let made = admin.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok();
    assert_eq!((made.numbers, made.number_names.len()), (500, 10));
    assert_eq!(get(admin, ids[499]).await.settings.queues.own.len(), 10);
    let undo = types::settings_changes::SettingsUndo::default();
    admin.send(types::chatbots::UNDO_CHATBOT_CHANGE, &[&made.id], &undo).await.ok();
    let back = get(admin, ids[499]).await;
    assert_eq!((back.version, back.settings), (3, defaults));
}
