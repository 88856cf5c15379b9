//! Which message begins what, in which order (conversation.md § 2, decisions.md § Conversation).

use super::*;

#[test]
fn a_first_contact_is_greeted_handed_over_and_thanked() {
    let mut talk = Talk::new(settings());
    assert_eq!(talk.says("hola"), ["first", "pre", "[ticket]"]);
    assert_eq!(talk.after(1).says("¿están?"), NOTHING);
    assert_eq!(talk.after(1).sends_photo(), NOTHING);
    assert_eq!(talk.after(1).closed_by(CloseReason::Agent), ["post"]);
    assert_eq!(talk.after(1).says("gracias"), ["pre", "[ticket]"]);
}

#[test]
fn ten_photos_at_once_make_one_ticket() {
    let mut talk = Talk::new(settings());
    assert_eq!(talk.sends_photo(), ["first", "pre", "[ticket]"]);
    for _ in 1..10 {
        assert_eq!(talk.sends_photo(), NOTHING);
    }
}

#[test]
fn who_comes_back_is_greeted_after_the_silence_only() {
    for (minutes, said) in [(59, &["pre", "[ticket]"][..]), (60, &["return", "pre", "[ticket]"])] {
        let mut talk = Talk::new(settings());
        talk.is_attended();
        assert_eq!(talk.after(minutes).says("hola"), said, "after {minutes} minutes");
    }
}

#[test]
fn what_comes_first_wins() {
    // absence > answer to an active message > greeting > questions > hours > queues
    let all = || {
        let mut settings = with_faq(&["Precios"]);
        settings.chatbot.queues = with_queues(&["Ventas"]).chatbot.queues;
        settings.chatbot.hours = with_hours().chatbot.hours;
        settings
    };
    let noon = |settings| Talk::at(settings, "2026-06-03 12:00");
    let night = |settings| Talk::at(settings, "2026-06-03 22:00");
    let listed = "[listed closed since 03 18:00]";
    assert_eq!(noon(with_absence(all())).says("hola"), ["away", "[listed absence since 03 12:00]"]);
    assert_eq!(noon(with_absence(all())).answers_active("sí"), ["away", "[listed absence since 03 12:00]"]);
    assert_eq!(noon(all()).answers_active("sí"), ["pre", "[ticket to sender]"]);
    assert_eq!(night(all()).answers_active("sí"), ["closed", listed]);
    assert_eq!(noon(all()).says("hola"), ["first", "faq [Precios|Atención]"]);
    assert_eq!(night(all()).says("hola"), ["first", "faq [Precios|Atención]"], "also outside hours");
    let mut talk = noon(all());
    talk.says("hola");
    assert_eq!(talk.taps("Atención"), ["which? [Ventas|Otros asuntos]"]);
    let mut talk = night(all());
    talk.says("hola");
    assert_eq!(talk.taps("Atención"), ["closed", listed]);
}

#[test]
fn absence_is_said_once_per_conversation() {
    let mut talk = Talk::new(with_absence(settings()));
    assert_eq!(talk.says("hola"), ["away", "[listed absence since 03 12:00]"]);
    assert_eq!(talk.after(59).says("¿hola?"), NOTHING);
    assert_eq!(talk.after(59).says("¿hola?"), NOTHING, "the silence counts from the last word");
    assert_eq!(talk.after(60).says("¿hola?"), ["away", "[listed absence since 03 14:58]"]);
    talk.settings.chatbot.attention.absence.on = false;
    assert_eq!(talk.after(1).says("¿hola?"), ["pre", "[ticket]"]);
}

#[test]
fn an_absence_may_lead_to_somebody_else() {
    let mut settings = with_absence(settings());
    settings.suggested_phone = Some("+56912345678".to_owned());
    let listed = "[listed absence since 03 12:00]";
    let link = "away <Escribir ahora https://wa.me/56912345678>";
    assert_eq!(Talk::new(settings.clone()).says("hola"), [link, listed]);
    settings.chatbot.attention.absence.text = "{{agent.name}}".to_owned();
    let said = Talk::new(settings.clone()).says("hola");
    assert!(said[0].starts_with("Ahora no podemos atenderte") && said[0].contains("wa.me"), "{said:?}");
    settings.suggested_phone = None;
    assert_eq!(Talk::new(settings).says("hola"), [listed], "a text that says nothing is not sent");
}

#[test]
fn an_answer_to_what_the_bot_asked_counts_also_while_absent() {
    let mut talk = Talk::new(with_survey(SurveyKind::Csat));
    talk.is_attended();
    talk.settings = with_absence(talk.settings);
    assert_eq!(talk.says("5"), ["[score 5]", "[no survey_expiry]", "thanks"]);
    assert_eq!(talk.says("hola"), ["away", "[listed absence since 03 12:01]"]);
}

#[test]
fn only_some_ways_of_closing_are_followed_by_thanks() {
    for (by, thanked) in [
        (CloseReason::Agent, true),
        (CloseReason::Manager, true),
        (CloseReason::Inactivity, true),
        (CloseReason::Contact, false),
        (CloseReason::Transferred, false),
    ] {
        let mut talk = Talk::new(settings());
        talk.says("hola");
        assert_eq!(talk.closed_by(by) == ["post"], thanked, "{by}");
    }
}

#[test]
fn a_transferred_ticket_leaves_the_bot_silent() {
    let mut talk = Talk::new(with_survey(SurveyKind::Nps));
    talk.says("hola");
    assert_eq!(talk.closed_by(CloseReason::Transferred), NOTHING);
    assert_eq!(talk.says("¿hola?"), NOTHING);
}

#[test]
fn what_is_off_or_blank_is_not_said() {
    let mut off = settings();
    off.chatbot = types::chatbots::ChatbotSettings::default();
    off.chatbot.hours.always = true;
    let mut talk = Talk::new(off);
    assert_eq!(talk.says("hola"), ["[ticket]"]);
    assert_eq!(talk.closed_by(CloseReason::Agent), NOTHING);
    let mut blank = settings();
    blank.chatbot.conversation_flow.first_greeting.text = " {{agent.name}} ".to_owned();
    assert_eq!(Talk::new(blank).says("hola"), ["pre", "[ticket]"]);
}

#[test]
fn the_default_texts_greet_by_name_and_without_one() {
    let settings = Settings::default_for(Language::Es);
    let writes = Event::Inbound { text: Some("hola"), reply_id: None, answered_active_message: false };
    let first = |facts: &Facts<'_>| {
        let (_, effects) = step(&settings, facts, State::default(), writes, time("2026-06-03 12:00"));
        told(&effects[0], time("2026-06-03 12:00"))
    };
    assert_eq!(first(&FACTS), "¡Hola, Ana! Gracias por escribir a Viajes del Sur.");
    assert_eq!(first(&Facts { contact_name: None, ..FACTS }), "¡Hola! Gracias por escribir a Viajes del Sur.");
}

#[test]
fn a_state_is_read_as_it_was_stored() {
    let mut talk = Talk::new(with_survey(SurveyKind::Csat));
    talk.is_attended();
    let stored = serde_json::to_string(&talk.state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), talk.state);
    assert_eq!(serde_json::from_str::<State>("{}").unwrap(), State::default());
    // As it was before surveys knew what they asked.
    let older = r#"{"stage":{"at":"surveyed","ticket":"00000000-0000-0000-0000-000000000007","missed":true}}"#;
    let kind = SurveyKind::None;
    assert_eq!(
        serde_json::from_str::<State>(older).unwrap().stage,
        Stage::Surveyed { ticket: ticket(7), missed: true, kind }
    );
}

#[test]
fn the_talk_that_is_measured_goes_through_everything() {
    let mut talk = Talk::at(sample::settings(), "2026-06-03 14:00");
    let mut stages = Vec::new();
    for (after, event) in sample::talk() {
        talk.now += after;
        talk.happens(event);
        stages.push(talk.state.stage);
    }
    assert_eq!(talk.now, time("2026-06-03 14:40"));
    assert!(stages.contains(&Stage::Faq { page: 0 }));
    assert!(stages.contains(&Stage::ChoosingQueue { page: 1, missed: false }));
    assert!(stages.contains(&Stage::InAttendance));
    assert!(stages.contains(&Stage::Surveyed { ticket: ticket(1), missed: false, kind: SurveyKind::Csat }));
    assert_eq!(stages.last(), Some(&Stage::Idle));
}
