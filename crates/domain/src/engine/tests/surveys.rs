//! Surveys: when they are asked, what counts as an answer, and how they end.

use super::*;

const CSAT: &str = "how? (1 · Muy mala|2 · Mala|3 · Regular|4 · Buena|5 · Excelente)";
const EXPIRY: &str = "[survey_expiry in 1440 min]";
const NO_EXPIRY: &str = "[no survey_expiry]";

fn asked(kind: SurveyKind) -> Talk {
    let mut talk = Talk::new(with_survey(kind));
    talk.is_attended();
    talk
}

fn scored(score: u8) -> Vec<String> {
    vec![format!("[score {score}]"), NO_EXPIRY.to_owned(), "thanks".to_owned()]
}

#[test]
fn csat_is_a_list_of_five() {
    let mut talk = Talk::new(with_survey(SurveyKind::Csat));
    assert_eq!(talk.is_attended(), ["post", CSAT, "[csat shown]", EXPIRY]);
    assert_eq!(talk.taps("4 · Buena"), scored(4));
    assert_eq!(talk.says("hola"), ["pre", "[ticket]"]);
    for (answer, score) in [("5", 5), (" 1 ", 1), ("3.", 3), ("5/5", 5), ("excelente", 5), ("2 · Mala", 2)] {
        assert_eq!(asked(SurveyKind::Csat).says(answer), scored(score), "{answer}");
    }
}

#[test]
fn nps_is_a_text_with_a_free_answer() {
    let mut talk = Talk::new(with_survey(SurveyKind::Nps));
    assert_eq!(talk.is_attended(), ["post", "how?", "[nps shown]", EXPIRY]);
    for (answer, score) in [("10", 10), ("10/10", 10), (" 9 ", 9), ("0", 0)] {
        assert_eq!(asked(SurveyKind::Nps).says(answer), scored(score), "{answer}");
    }
}

#[test]
fn what_is_no_score_repeats_the_question_once_and_then_is_a_new_message() {
    for wrong in ["muy bien", "11", "-1", ""] {
        let mut talk = asked(SurveyKind::Nps);
        assert_eq!(talk.says(wrong), ["how?"], "{wrong}");
        assert_eq!(talk.says(wrong), ["[survey expired]", NO_EXPIRY, "pre", "[ticket]"][..], "{wrong}");
    }
    for wrong in ["6", "0"] {
        let mut talk = asked(SurveyKind::Csat);
        assert_eq!(talk.says(wrong), [CSAT], "{wrong}");
        assert_eq!(talk.says("5"), scored(5));
    }
}

#[test]
fn the_invitation_comes_first_and_its_no_ends() {
    let invited = || {
        let mut settings = with_survey(SurveyKind::Csat);
        settings.chatbot.conversation_flow.survey.invitation = on("may we?");
        let mut talk = Talk::new(settings);
        assert_eq!(talk.is_attended(), ["post", "may we? [Sí|No]", EXPIRY]);
        talk
    };
    assert_eq!(invited().taps("Sí"), [NO_EXPIRY, CSAT, "[csat shown]", EXPIRY]);
    assert_eq!(invited().says("sim"), [NO_EXPIRY, CSAT, "[csat shown]", EXPIRY]);
    for no in ["No", "não"] {
        let mut talk = invited();
        assert_eq!(talk.says(no), [NO_EXPIRY]);
        assert_eq!(talk.state.stage, Stage::Idle);
        assert_eq!(talk.state.survey.last_shown_at, None, "an invitation is not a question");
    }
    assert_eq!(invited().says("una cosa más"), [NO_EXPIRY, "pre", "[ticket]"]);
    let mut late = invited();
    assert_eq!(late.after(24 * 60).taps("Sí"), [NO_EXPIRY], "too late");
    let mut late = invited();
    assert_eq!(late.after(24 * 60).fires(Timer::SurveyExpiry), [NO_EXPIRY]);
    assert_eq!(late.taps("Sí"), NOTHING, "too late");
}

#[test]
fn the_first_attendance_always_gets_it_and_then_its_frequency_counts() {
    let shown = |frequency, days_between: &[i64]| {
        let mut settings = with_survey(SurveyKind::Nps);
        settings.chatbot.conversation_flow.survey.frequency = frequency;
        let mut talk = Talk::new(settings);
        let mut attend = |days: i64| {
            talk.after(days * 24 * 60);
            let shown = talk.is_attended().contains(&"[nps shown]".to_owned());
            if shown {
                talk.says("9");
            }
            shown
        };
        [0].iter().chain(days_between).map(|days| attend(*days)).collect::<Vec<_>>()
    };
    assert_eq!(shown(SurveyFrequency::Attendance, &[1, 1]), [true, true, true]);
    assert_eq!(shown(SurveyFrequency::Days { days: 7 }, &[1, 5, 1, 1]), [true, false, false, true, false]);
    let third = SurveyFrequency::Attendances { attendances: 3 };
    assert_eq!(shown(third, &[1, 1, 1, 1, 1, 1]), [true, false, false, true, false, false, true]);
}

#[test]
fn with_the_window_shut_it_is_neither_asked_nor_counted_as_shown() {
    for (minutes, said) in [(24 * 60 - 1, true), (24 * 60, false)] {
        let mut talk = Talk::new(with_survey(SurveyKind::Nps));
        talk.says("hola");
        assert_eq!(!talk.after(minutes).closed_by(CloseReason::Agent).is_empty(), said);
        assert_eq!(talk.state.survey.last_shown_at.is_some(), said);
    }
    // An agent opened the conversation by template and the contact never answered.
    assert_eq!(Talk::new(with_survey(SurveyKind::Nps)).closed_by(CloseReason::Agent), NOTHING);
}

#[test]
fn what_nobody_answers_expires_after_a_day() {
    let mut talk = asked(SurveyKind::Csat);
    assert_eq!(talk.after(24 * 60 - 1).fires(Timer::SurveyExpiry), ["[survey_expiry in 1 min]"]);
    assert_eq!(talk.after(1).fires(Timer::SurveyExpiry), ["[survey expired]", NO_EXPIRY]);
    assert_eq!(talk.fires(Timer::SurveyExpiry), NOTHING);
    assert_eq!(talk.taps("5 · Excelente"), NOTHING, "too late");
    // The timer may be late: the answer is too late all the same.
    let mut talk = asked(SurveyKind::Csat);
    assert_eq!(talk.after(24 * 60).says("5"), ["[survey expired]", NO_EXPIRY, "return", "pre", "[ticket]"]);
}

#[test]
fn a_score_counts_once() {
    let mut talk = asked(SurveyKind::Csat);
    talk.taps("5 · Excelente");
    assert_eq!(talk.taps("1 · Muy mala"), NOTHING);
}

#[test]
fn the_same_closing_twice_asks_once() {
    let mut talk = asked(SurveyKind::Csat);
    assert_eq!(talk.closed_by(CloseReason::Agent), NOTHING);
}

#[test]
fn social_links_follow_the_post_attendance_message() {
    let mut settings = settings();
    let links = &mut settings.chatbot.social_links;
    (links.on, links.instagram, links.web) =
        (true, "https://instagram.com/cercano".to_owned(), "https://cercano.example".to_owned());
    let mut talk = Talk::new(settings);
    let offered = "post\n\nInstagram: https://instagram.com/cercano\nSitio web: https://cercano.example";
    assert_eq!(talk.is_attended(), [offered]);
    talk.settings.chatbot.attention.post_attendance.text = "ñ".repeat(4096);
    let said = talk.is_attended().remove(0);
    assert_eq!(said.chars().count(), 4096, "the text is cut, the links are not");
    assert!(said.ends_with("…\n\nInstagram: https://instagram.com/cercano\nSitio web: https://cercano.example"));
    talk.settings.chatbot.social_links.on = false;
    talk.settings.chatbot.attention.post_attendance = on("post");
    assert_eq!(talk.is_attended(), ["post"]);
}

#[test]
fn whoever_declines_the_invitation_is_asked_again_by_the_frequency_and_no_sooner() {
    let mut settings = with_survey(SurveyKind::Csat);
    let survey = &mut settings.chatbot.conversation_flow.survey;
    survey.invitation = on("may we?");
    survey.frequency = SurveyFrequency::Days { days: 30 };
    let mut talk = Talk::new(settings);
    assert!(talk.is_attended().iter().any(|said| said.starts_with("may we?")));
    talk.says("no");
    assert!(!talk.after(60).is_attended().iter().any(|said| said.starts_with("may we?")));
    assert!(talk.after(31 * 24 * 60).is_attended().iter().any(|said| said.starts_with("may we?")));
}
