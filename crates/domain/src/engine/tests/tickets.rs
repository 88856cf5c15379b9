//! While a ticket is open: silence, with four exceptions.

use super::*;

const CANCELLED: &str = "Cerramos tu conversación, como pediste. Escríbenos cuando quieras.";
const UNWATCHED: [&str; 2] = ["[no inactivity_warning]", "[no inactivity_close]"];

#[test]
fn a_contact_ends_by_a_word_without_survey_or_thanks() {
    for word in ["salir", "SAIR", " Exit. ", "salír"] {
        let mut talk = Talk::new(with_survey(SurveyKind::Csat));
        talk.says("hola");
        assert_eq!(talk.says(word), ["[closed by contact]", CANCELLED], "{word}");
        assert_eq!(talk.state.stage, Stage::Idle);
        assert_eq!(talk.state.survey.attendances_since, 0);
    }
    let mut talk = Talk::new(settings());
    talk.says("hola");
    for other in ["quiero salir", "salirse", ""] {
        assert_eq!(talk.says(other), NOTHING, "{other}");
    }
}

#[test]
fn a_contact_ends_by_the_button_of_the_pre_attendance_message() {
    let mut settings = settings();
    settings.chatbot.attention.pre_attendance.cancel_button = true;
    let mut talk = Talk::new(settings);
    assert_eq!(talk.says("hola"), ["first", "pre [Cancelar]", "[ticket]"]);
    assert_eq!(talk.taps("Cancelar"), ["[closed by contact]", CANCELLED]);
    assert_eq!(talk.taps("Cancelar"), NOTHING, "there is nothing to cancel any more");
    assert_eq!(talk.says("hola"), ["pre [Cancelar]", "[ticket]"]);
    talk.settings.chatbot.attention.pre_attendance.text = String::new();
    talk.taps("Cancelar");
    assert_eq!(talk.says("hola"), ["Enseguida te atendemos. [Cancelar]", "[ticket]"]);
}

#[test]
fn a_word_that_ends_ends_nothing_where_there_is_no_ticket() {
    assert_eq!(Talk::new(settings()).says("salir"), ["first", "pre", "[ticket]"]);
}

#[test]
fn an_open_ticket_meets_absence_once_per_conversation() {
    let mut talk = Talk::new(settings());
    talk.says("hola");
    talk.settings = with_absence(talk.settings);
    assert_eq!(talk.says("¿hola?"), ["away", "[listed absence since 03 12:00]"]);
    assert_eq!(talk.after(59).says("¿hola?"), NOTHING);
    assert_eq!(talk.after(60).says("¿hola?")[0], "away");
    assert_eq!(talk.state.stage, Stage::InAttendance);
    assert_eq!(talk.says("salir"), ["[closed by contact]", CANCELLED]);
}

#[test]
fn an_open_ticket_meets_closed_hours_once_per_conversation_and_is_listed_every_night() {
    let mut talk = Talk::new(with_notify());
    talk.settings.chatbot.conversation_flow.return_greeting.inactivity_minutes = 24 * 60;
    talk.says("hola");
    assert_eq!(talk.until("2026-06-03 18:00").says("¿hola?"), ["closed", "[listed closed since 03 18:00]"]);
    assert_eq!(talk.after(30).says("¿hola?"), NOTHING);
    assert_eq!(talk.until("2026-06-04 10:00").says("¿hola?"), NOTHING);
    assert_eq!(talk.until("2026-06-04 20:00").says("¿hola?"), ["[listed closed since 04 18:00]"]);
    assert_eq!(talk.after(24 * 60).says("¿hola?"), ["closed", "[listed closed since 05 18:00]"], "a day of silence");
    assert_eq!(talk.state.stage, Stage::InAttendance);
}

#[test]
fn absence_comes_before_closed_hours_in_a_ticket_too() {
    let mut talk = Talk::new(with_hours());
    talk.says("hola");
    talk.settings = with_absence(talk.settings);
    assert_eq!(talk.until("2026-06-03 20:00").says("¿hola?"), ["away", "[listed absence since 03 20:00]"]);
    talk.settings.chatbot.attention.absence.on = false;
    assert_eq!(talk.says("¿hola?"), ["closed", "[listed closed since 03 18:00]"]);
}

#[test]
fn who_does_not_answer_is_warned_and_then_the_ticket_closes() {
    let mut talk = Talk::new(with_inactivity());
    talk.says("hola");
    assert_eq!(talk.agent_writes(), ["[inactivity_warning in 50 min]", "[inactivity_close in 60 min]"]);
    assert_eq!(talk.after(50).fires(Timer::InactivityWarning), ["still there?"]);
    assert_eq!(talk.fires(Timer::InactivityWarning), NOTHING, "once");
    assert_eq!(
        talk.after(10).fires(Timer::InactivityClose),
        ["[closed by inactivity]", UNWATCHED[0], UNWATCHED[1], "post"]
    );
    assert_eq!(talk.fires(Timer::InactivityClose), NOTHING);
    assert_eq!(talk.state.stage, Stage::Idle);
}

#[test]
fn a_ticket_never_closes_while_the_contact_is_the_one_who_waits() {
    let mut talk = Talk::new(with_inactivity());
    talk.says("hola");
    assert_eq!(talk.after(9_999).fires(Timer::InactivityClose), NOTHING, "nobody has answered yet");
    talk.agent_writes();
    assert_eq!(talk.after(30).says("gracias"), UNWATCHED);
    assert_eq!(talk.after(30).fires(Timer::InactivityWarning), NOTHING);
    assert_eq!(talk.after(30).fires(Timer::InactivityClose), NOTHING);
    assert_eq!(talk.says("¿hola?"), NOTHING, "nothing is left to cancel");
}

#[test]
fn a_transfer_makes_the_contact_wait() {
    let mut talk = Talk::new(with_inactivity());
    talk.says("hola");
    talk.agent_writes();
    assert_eq!(talk.closed_by(CloseReason::Transferred), UNWATCHED);
    assert_eq!(talk.after(60).fires(Timer::InactivityClose), NOTHING);
    assert_eq!(talk.state.stage, Stage::InAttendance);
}

#[test]
fn every_answer_of_the_agent_starts_the_time_again() {
    let mut talk = Talk::new(with_inactivity());
    talk.says("hola");
    talk.agent_writes();
    talk.after(50).fires(Timer::InactivityWarning);
    talk.after(5).agent_writes();
    assert_eq!(talk.after(5).fires(Timer::InactivityClose), ["[inactivity_close in 55 min]"]);
    assert_eq!(talk.after(45).fires(Timer::InactivityWarning), ["still there?"]);
}

#[test]
fn a_warning_that_is_too_late_is_not_said() {
    let mut talk = Talk::new(with_inactivity());
    talk.says("hola");
    talk.agent_writes();
    assert_eq!(talk.after(120).fires(Timer::InactivityWarning), NOTHING);
    assert_eq!(talk.fires(Timer::InactivityClose)[0], "[closed by inactivity]");
}

#[test]
fn with_the_window_shut_it_closes_without_a_word() {
    let mut talk = Talk::new(with_inactivity());
    talk.settings.chatbot.conversation_flow.survey = with_survey(SurveyKind::Nps).chatbot.conversation_flow.survey;
    talk.settings.attention.inactivity.close_after_minutes = 3 * 24 * 60;
    talk.says("hola");
    talk.agent_writes();
    assert_eq!(talk.after(3 * 24 * 60 - 10).fires(Timer::InactivityWarning), NOTHING);
    assert_eq!(talk.after(10).fires(Timer::InactivityClose), ["[closed by inactivity]", UNWATCHED[0], UNWATCHED[1]]);
    assert_eq!(talk.state.survey.last_shown_at, None);
}

#[test]
fn a_close_by_inactivity_is_followed_by_the_survey() {
    let mut talk = Talk::new(with_inactivity());
    talk.settings.chatbot.conversation_flow.survey = with_survey(SurveyKind::Nps).chatbot.conversation_flow.survey;
    talk.says("hola");
    talk.agent_writes();
    let said = talk.after(60).fires(Timer::InactivityClose);
    assert_eq!(said[3..], ["post", "how?", "[nps shown]", "[survey_expiry in 1440 min]"]);
    assert_eq!(talk.says("9")[0], "[score 9]");
}

#[test]
fn who_was_closed_on_before_their_ticket_ends_keeps_no_timers() {
    let mut talk = Talk::new(with_inactivity());
    talk.says("hola");
    talk.agent_writes();
    assert_eq!(talk.closed_by(CloseReason::Agent), [UNWATCHED[0], UNWATCHED[1], "post"]);
    talk.says("hola");
    talk.agent_writes();
    assert_eq!(talk.says("salir"), [UNWATCHED[0], UNWATCHED[1], "[closed by contact]", CANCELLED]);
}

#[test]
fn an_agent_who_writes_first_has_a_ticket() {
    let mut talk = Talk::new(settings());
    assert_eq!(talk.agent_writes(), NOTHING);
    assert_eq!(talk.says("hola"), NOTHING, "the answer joins it");
}

#[test]
fn the_button_of_an_attendance_that_is_over_ends_no_later_one() {
    let mut settings = settings();
    settings.chatbot.attention.pre_attendance.cancel_button = true;
    let mut talk = Talk::new(settings);
    talk.says("hola");
    let old = format!("cancel:{}", talk.now.timestamp());
    talk.closed_by(CloseReason::Agent);
    talk.after(5).says("otra cosa");
    assert_eq!(talk.presses(&old, "Cancelar"), NOTHING);
    assert_eq!(talk.state.stage, Stage::InAttendance);
    assert_eq!(talk.taps("Cancelar"), ["[closed by contact]", CANCELLED]);
}
