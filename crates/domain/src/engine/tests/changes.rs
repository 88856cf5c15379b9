//! Settings change in mid-conversation: what counts are those of now.

use super::*;

#[test]
fn a_question_keeps_its_meaning_when_others_come_before_it() {
    let mut talk = Talk::new(with_faq(&["Precios", "Envíos"]));
    talk.says("hola");
    let old = talk.menu.clone();
    talk.settings = with_faq(&["Horarios", "Precios", "Envíos"]);
    let menu = "faq (Horarios|Precios|Envíos|Atención)";
    assert_eq!(talk.presses(&old[0].id, "Precios"), ["about Precios", menu]);
    talk.settings = with_faq(&["ENVÍOS"]);
    assert_eq!(talk.presses(&old[1].id, "Envíos"), ["about ENVÍOS", "faq [ENVÍOS|Atención]"]);
}

#[test]
fn a_question_that_is_gone_shows_those_that_are_there() {
    let mut talk = Talk::new(with_faq(&["Precios"]));
    talk.says("hola");
    talk.settings = with_faq(&["Horarios"]);
    assert_eq!(talk.taps("Precios"), ["faq [Horarios|Atención]"]);
}

#[test]
fn questions_that_are_switched_off_lead_to_attendance() {
    for answer in ["1", "Precios", "hola"] {
        let mut talk = Talk::new(with_faq(&["Precios"]));
        talk.says("hola");
        talk.settings = settings();
        assert_eq!(talk.says(answer), ["pre", "[ticket]"]);
    }
    let mut talk = Talk::new(with_faq(&["Precios"]));
    talk.says("hola");
    talk.settings = settings();
    assert_eq!(talk.taps("Precios"), ["pre", "[ticket]"]);
}

#[test]
fn a_queue_keeps_its_meaning_when_it_is_renamed() {
    let mut talk = Talk::new(with_queues(&["Ventas", "Soporte"]));
    talk.says("hola");
    talk.settings.chatbot.queues.own[1].name = "Ayuda".to_owned();
    assert_eq!(talk.taps("Soporte"), ["pre", "[ticket in 2]"]);
}

#[test]
fn a_queue_that_is_gone_is_a_miss_and_without_queues_it_is_the_default_one() {
    let mut talk = Talk::new(with_queues(&["Ventas", "Soporte"]));
    talk.says("hola");
    talk.settings.chatbot.queues.own.remove(1);
    assert_eq!(talk.taps("Soporte"), ["which? [Ventas|Otros asuntos]"]);
    assert_eq!(talk.presses("queue:00000000-0000-0000-0000-000000000002", "Soporte"), ["pre", "[ticket]"]);
    for answer in ["Ventas", "no sé"] {
        let mut talk = Talk::new(with_queues(&["Ventas"]));
        talk.says("hola");
        talk.settings.chatbot.queues.centre_on = false;
        assert_eq!(talk.says(answer), ["pre", "[ticket]"]);
    }
}

#[test]
fn a_page_that_is_gone_is_the_first() {
    let many: Vec<String> = (0..10).map(|index| format!("Fila {index}")).collect();
    let mut talk = Talk::new(with_queues(&many.iter().map(String::as_str).collect::<Vec<_>>()));
    talk.says("hola");
    talk.settings = with_queues(&["Ventas"]);
    assert_eq!(talk.taps("Más opciones"), ["which? [Ventas|Otros asuntos]"]);
}

#[test]
fn an_absence_in_mid_menu_comes_before_the_answer() {
    let mut talk = Talk::new(with_queues(&["Ventas"]));
    talk.says("hola");
    talk.settings = with_absence(talk.settings);
    assert_eq!(talk.taps("Ventas"), ["away", "[listed absence since 03 12:00]"]);
    assert_eq!(talk.state.stage, Stage::Idle);
}

#[test]
fn a_survey_is_answered_as_it_was_asked() {
    let mut talk = Talk::new(with_survey(SurveyKind::Csat));
    talk.is_attended();
    talk.settings.chatbot.conversation_flow.survey.kind = SurveyKind::Nps;
    assert!(talk.says("9")[0].starts_with("how? (1 · Muy mala|"), "no score of the one that was asked");
    assert_eq!(talk.says("4")[0], "[score 4]");
    let mut talk = Talk::new(with_survey(SurveyKind::Nps));
    talk.is_attended();
    talk.settings.chatbot.conversation_flow.survey.kind = SurveyKind::None;
    assert_eq!(talk.says("hola"), ["[survey expired]", "[no survey_expiry]", "pre", "[ticket]"]);
}

#[test]
fn a_closing_by_inactivity_follows_the_settings_of_now() {
    let watched = || {
        let mut talk = Talk::new(with_inactivity());
        talk.says("hola");
        talk.agent_writes();
        talk
    };
    let mut talk = watched();
    talk.settings.attention.inactivity.close_after_minutes = 120;
    assert_eq!(talk.after(50).fires(Timer::InactivityWarning), ["[inactivity_warning in 60 min]"]);
    assert_eq!(talk.after(10).fires(Timer::InactivityClose), ["[inactivity_close in 60 min]"]);
    let mut talk = watched();
    talk.settings.attention.inactivity.on = false;
    assert_eq!(talk.after(60).fires(Timer::InactivityWarning), NOTHING);
    assert_eq!(talk.fires(Timer::InactivityClose), NOTHING);
    assert_eq!(talk.agent_writes(), ["[no inactivity_warning]", "[no inactivity_close]"]);
    let mut talk = watched();
    talk.settings.attention.inactivity.warning.on = false;
    assert_eq!(talk.after(50).fires(Timer::InactivityWarning), NOTHING);
}

#[test]
fn hours_that_change_in_the_night_move_the_call() {
    let mut talk = Talk::at(with_notify(), "2026-06-03 22:00");
    talk.says("hola");
    talk.taps("Sí");
    for (_, day) in talk.settings.chatbot.hours.days.all_mut() {
        day[0].from = "10:00".parse().unwrap();
    }
    assert_eq!(talk.until("2026-06-04 09:00").fires(Timer::NextOpening), ["[next_opening in 60 min]"]);
    talk.settings.availability_template = false;
    assert_eq!(talk.after(60).fires(Timer::NextOpening), NOTHING, "the template is gone");
}
