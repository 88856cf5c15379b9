//! Attendance is closed: who is told what, who is called back, and when.

use super::*;

const ASKED: [&str; 3] = ["closed", "call? [Sí|No]", "[listed closed since 03 18:00, asked]"];

fn night(settings: Settings) -> Talk {
    let mut talk = Talk::at(settings, "2026-06-03 22:00");
    talk.settings.chatbot.conversation_flow.first_greeting.on = false;
    talk
}

#[test]
fn who_writes_outside_hours_is_told_and_listed_once_per_conversation() {
    let mut talk = night(with_hours());
    assert_eq!(talk.says("hola"), ["closed", "[listed closed since 03 18:00]"]);
    assert_eq!(talk.after(10).says("¿hola?"), NOTHING);
    assert_eq!(talk.after(60).says("¿hola?"), ["return", "closed", "[listed closed since 03 18:00]"]);
    assert_eq!(talk.until("2026-06-04 09:00").says("buenos días"), ["return", "pre", "[ticket]"]);
}

#[test]
fn another_closed_period_is_told_again_in_the_same_conversation() {
    let mut talk = night(with_hours());
    talk.settings.chatbot.conversation_flow.return_greeting.inactivity_minutes = 43_200;
    talk.says("hola");
    assert_eq!(talk.until("2026-06-04 08:59").says("¿hola?"), NOTHING);
    assert_eq!(talk.until("2026-06-04 18:00").says("¿hola?"), ["closed", "[listed closed since 04 18:00]"]);
}

#[test]
fn with_the_text_off_nothing_is_sent_and_the_contact_is_listed() {
    let mut talk = night(with_hours());
    talk.settings.chatbot.hours.unavailable.on = false;
    assert_eq!(talk.says("hola"), ["[listed closed since 03 18:00]"]);
    let mut talk = night(with_notify());
    talk.settings.chatbot.hours.unavailable.on = false;
    assert_eq!(talk.says("hola"), ASKED[1..]);
}

#[test]
fn nobody_is_asked_without_the_approved_template() {
    let mut talk = night(with_notify());
    talk.settings.availability_template = false;
    assert_eq!(talk.says("hola"), ["closed", "[listed closed since 03 18:00]"]);
}

#[test]
fn who_wants_to_be_called_is_told_at_the_next_opening() {
    for yes in ["sí", "Si", "SIM", "yes", "s"] {
        let mut talk = night(with_notify());
        assert_eq!(talk.says("hola"), ASKED);
        assert_eq!(
            talk.says(yes),
            ["[call: true]", "Listo: te avisaremos por aquí cuando volvamos a atender.", "[next_opening in 660 min]"]
        );
        assert_eq!(talk.until("2026-06-04 09:00").fires(Timer::NextOpening), ["[available]"]);
        assert_eq!(talk.fires(Timer::NextOpening), NOTHING, "once");
        assert_eq!(talk.after(5).presses("Sí", "Sí"), ["pre", "[ticket]"]);
    }
}

#[test]
fn who_does_not_want_it_is_not() {
    for no in ["no", "N", "Não", "no."] {
        let mut talk = night(with_notify());
        talk.says("hola");
        assert_eq!(talk.says(no)[..], ["[call: false]", "De acuerdo. Escríbenos cuando quieras.", "[no next_opening]"]);
        assert_eq!(talk.until("2026-06-04 09:00").fires(Timer::NextOpening), NOTHING);
    }
}

#[test]
fn the_last_answer_counts_by_word_or_by_tap() {
    let mut talk = night(with_notify());
    talk.says("hola");
    assert_eq!(talk.taps("Sí")[0], "[call: true]");
    assert_eq!(talk.taps("No")[0], "[call: false]");
    assert_eq!(talk.says("sí")[0], "[call: true]");
    assert_eq!(talk.says("¿a qué hora abren?"), NOTHING);
    // The silence ended the conversation, but not the promise.
    assert_eq!(talk.after(61).taps("No")[0], "[call: false]");
}

#[test]
fn asked_again_in_the_same_night_they_still_want_what_they_wanted() {
    let mut talk = night(with_notify());
    talk.says("hola");
    talk.taps("Sí");
    assert_eq!(talk.after(60).says("hola")[1..], ASKED);
    assert_eq!(talk.until("2026-06-04 09:00").fires(Timer::NextOpening), ["[available]"]);
}

#[test]
fn a_timer_that_finds_it_closed_waits_for_the_next_opening() {
    let mut talk = night(with_notify());
    talk.says("hola");
    talk.taps("Sí");
    assert_eq!(talk.until("2026-06-04 08:00").fires(Timer::NextOpening), ["[next_opening in 60 min]"]);
    // After a downtime of a day.
    assert_eq!(talk.until("2026-06-04 20:00").fires(Timer::NextOpening), ["[next_opening in 780 min]"]);
    assert_eq!(talk.until("2026-06-05 09:00").fires(Timer::NextOpening), ["[available]"]);
}

#[test]
fn while_the_agent_is_absent_nobody_is_told_that_it_is_open() {
    let mut talk = night(with_notify());
    talk.says("hola");
    talk.taps("Sí");
    talk.settings = with_absence(talk.settings);
    assert_eq!(talk.until("2026-06-04 09:00").fires(Timer::NextOpening), ["[next_opening in 60 min]"]);
    let mut back = Talk { settings: with_notify(), menu: vec![], ..talk };
    assert_eq!(back.after(60).fires(Timer::NextOpening), ["[available]"]);
    assert_eq!(talk.until("2026-06-10 17:59").fires(Timer::NextOpening), ["[next_opening in 60 min]"]);
    assert_eq!(talk.until("2026-06-11 12:00").fires(Timer::NextOpening), NOTHING, "after a week they left the list");
}

#[test]
fn a_ticket_before_the_opening_makes_the_call_needless() {
    let mut talk = night(with_notify());
    talk.says("hola");
    talk.taps("Sí");
    talk.settings.chatbot.hours.always = true;
    assert_eq!(talk.says("¿hola?"), ["[no next_opening]", "pre", "[ticket]"]);
    assert_eq!(talk.fires(Timer::NextOpening), NOTHING);
}

fn told_available() -> Talk {
    let mut settings = with_notify();
    settings.chatbot.faq = with_faq(&["Precios"]).chatbot.faq;
    settings.chatbot.queues = with_queues(&["Ventas"]).chatbot.queues;
    let mut talk = night(settings);
    talk.says("hola");
    talk.says("quiero viajar");
    talk.taps("Sí");
    assert_eq!(talk.until("2026-06-04 09:00").fires(Timer::NextOpening), ["[available]"]);
    talk
}

#[test]
fn the_templates_yes_opens_attendance_and_its_no_ends() {
    let queues = ["which? [Ventas|Otros asuntos]"];
    let bye = ["De acuerdo. Escríbenos cuando quieras."];
    assert_eq!(told_available().presses("Sí", "Sí"), queues, "no questions, no greeting");
    assert_eq!(told_available().presses("Sim", "Sim"), queues);
    assert_eq!(told_available().says("si"), queues);
    assert_eq!(told_available().presses(AVAILABLE_YES, "Sí"), queues);
    assert_eq!(told_available().after(9_999).until("2026-06-09 10:00").presses(AVAILABLE_YES, "Sí"), queues);
    for no in ["No", "Não"] {
        let mut talk = told_available();
        assert_eq!(talk.presses(no, no), bye);
        assert_eq!(talk.state.stage, Stage::Idle);
    }
    assert_eq!(told_available().presses(AVAILABLE_NO, "No"), bye);
    assert_eq!(told_available().says("no"), bye);
}

#[test]
fn anything_else_after_the_template_is_a_new_message() {
    assert_eq!(told_available().says("¿cuánto cuesta?"), ["return", "faq [Precios|Atención]"]);
}

#[test]
fn a_late_yes_meets_the_next_closed_period() {
    let asked = ["closed", "call? [Sí|No]", "[listed closed since 04 18:00, asked]"];
    assert_eq!(told_available().until("2026-06-04 21:00").presses("Sí", "Sí"), asked);
}

#[test]
fn questions_are_answered_at_night_too() {
    let mut settings = with_notify();
    settings.chatbot.faq = with_faq(&["Precios"]).chatbot.faq;
    let mut talk = night(settings);
    assert_eq!(talk.says("hola"), ["faq [Precios|Atención]"]);
    assert_eq!(talk.says("1"), ["about Precios", "faq [Precios|Atención]"]);
    let questions = talk.menu.clone();
    assert_eq!(talk.says("quiero viajar"), ASKED);
    assert_eq!(talk.presses(&questions[0].id, "Precios"), ["about Precios", "faq [Precios|Atención]"]);
    assert_eq!(talk.presses(&questions[1].id, "Atención"), NOTHING, "told once");
}

#[test]
fn closing_time_between_the_menu_and_the_choice_counts() {
    let mut settings = with_queues(&["Ventas"]);
    settings.chatbot.hours = with_hours().chatbot.hours;
    let mut talk = Talk::at(settings, "2026-06-03 17:59");
    talk.says("hola");
    assert_eq!(talk.after(1).taps("Ventas"), ["closed", "[listed closed since 03 18:00]"]);
    assert_eq!(talk.state.stage, Stage::Idle);
}

#[test]
fn hours_follow_the_wall_over_the_change_of_the_clock() {
    // In Santiago, 09:00 is 13:00 UTC until 2026-09-05 and 12:00 UTC from the 6th on.
    let mut talk = Talk::at(with_notify(), "2026-09-05 23:30");
    talk.settings.time_zone = chrono_tz::America::Santiago;
    talk.settings.chatbot.conversation_flow.first_greeting.on = false;
    assert_eq!(talk.says("hola")[2], "[listed closed since 05 22:00, asked]");
    assert_eq!(talk.taps("Sí")[2], "[next_opening in 750 min]");
    assert_eq!(talk.until("2026-09-06 12:00").fires(Timer::NextOpening), ["[available]"]);
}

#[test]
fn questions_are_answered_at_any_hour_also_after_it_was_said_that_attendance_is_closed() {
    let mut settings = with_faq(&["Uno", "Dos"]);
    settings.chatbot.hours = with_hours().chatbot.hours;
    let mut talk = night(settings);
    talk.says("hola");
    assert!(talk.says("necesito a alguien").contains(&"closed".to_owned()));
    let again = talk.says("hola");
    assert!(again.last().is_some_and(|said| said.contains("Uno")), "{again:?}");
}

#[test]
fn an_old_yes_pressed_while_attendance_is_open_opens_it_at_once() {
    let mut talk = night(with_notify());
    talk.says("hola");
    let said = talk.until("2026-06-04 10:00").presses("callback:yes", "Sí");
    assert_eq!(said.last().map(String::as_str), Some("[ticket]"), "{said:?}");
}
