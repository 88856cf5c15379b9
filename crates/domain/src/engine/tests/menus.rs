//! Questions and queues: menus of every size, and what counts as an answer.

use super::*;

const ELEVEN: [&str; 10] = ["Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez"];

#[test]
fn a_question_is_answered_and_the_menu_comes_again() {
    let mut talk = Talk::new(with_faq(&["Precios", "Envíos"]));
    let menu = "faq [Precios|Envíos|Atención]";
    assert_eq!(talk.says("hola"), ["first", menu]);
    for answer in ["Envíos", "envios", " ENVÍOS ", "¿Envíos?", "2", "2.", "2)", "¿ENVIOS?"] {
        assert_eq!(talk.says(answer), ["about Envíos", menu], "{answer}");
    }
    assert_eq!(talk.taps("Precios"), ["about Precios", menu]);
    for attendance in ["3", "atencion"] {
        let mut talk = Talk { menu: vec![], settings: talk.settings.clone(), ..talk };
        assert_eq!(talk.says(attendance), ["pre", "[ticket]"], "{attendance}");
    }
    assert_eq!(talk.taps("Atención"), ["pre", "[ticket]"]);
}

#[test]
fn any_other_text_goes_from_the_questions_to_attendance_at_once() {
    for other in ["quiero viajar", "4", "0", "precios envíos", "👍"] {
        let mut talk = Talk::new(with_faq(&["Precios", "Envíos"]));
        talk.says("hola");
        assert_eq!(talk.says(other), ["pre", "[ticket]"], "{other}");
    }
    let mut talk = Talk::new(with_faq(&["Precios"]));
    talk.says("hola");
    assert_eq!(talk.after(1).sends_photo(), ["pre", "[ticket]"]);
}

#[test]
fn up_to_three_short_and_different_titles_are_buttons_up_to_ten_a_list() {
    let long = "Más de veinte letras van";
    for (labels, menu) in [
        (&["Uno"][..], "faq [Uno|Atención]"),
        (&["Uno", "Dos"], "faq [Uno|Dos|Atención]"),
        (&["Uno", long], "faq (Uno|Más de veinte letras van|Atención)"),
        (&["Uno", "Atención"], "faq (Uno|Atención|Atención)"),
        (&["Uno", "Dos", "Tres"], "faq (Uno|Dos|Tres|Atención)"),
        (&ELEVEN[..9], "faq (Uno|Dos|Tres|Cuatro|Cinco|Seis|Siete|Ocho|Nueve|Atención)"),
    ] {
        assert_eq!(Talk::new(with_faq(labels)).says("hola")[1], menu);
    }
}

#[test]
fn a_list_has_the_full_question_under_its_label() {
    let mut talk = Talk::new(with_faq(&["Uno", "Dos", "Tres"]));
    talk.says("hola");
    assert_eq!(talk.menu[1].description.as_deref(), Some("¿Dos?"));
    assert_eq!(talk.menu[3].description, None);
}

#[test]
fn eleven_options_are_two_lists_and_the_numbering_goes_on() {
    let mut talk = Talk::new(with_faq(&ELEVEN));
    let first = "faq (Uno|Dos|Tres|Cuatro|Cinco|Seis|Siete|Ocho|Nueve|Más opciones)";
    let second = "faq (Diez|Atención)";
    assert_eq!(talk.says("hola"), ["first", first]);
    assert_eq!(talk.taps("Más opciones"), [second]);
    assert_eq!(talk.says("10"), ["about Diez", first]);
    assert_eq!(talk.says("mas opciones"), [second]);
    assert_eq!(talk.taps("Diez"), ["about Diez", first]);
    assert_eq!(talk.says("Diez"), ["about Diez", first], "though its page is not shown");
    assert_eq!(talk.says("1"), ["about Uno", first]);
    assert_eq!(talk.taps("Más opciones"), [second]);
    assert_eq!(talk.says("más opciones"), [first], "the last page leads back");
    assert_eq!(talk.says("11"), ["pre", "[ticket]"]);
}

#[test]
fn a_queue_menu_of_eleven_ends_with_the_default_queue() {
    let mut talk = Talk::new(with_queues(&ELEVEN));
    let first = "which? (Uno|Dos|Tres|Cuatro|Cinco|Seis|Siete|Ocho|Nueve|Más opciones)";
    assert_eq!(talk.says("hola"), ["first", first]);
    assert_eq!(talk.taps("Más opciones"), ["which? (Diez|Otros asuntos)"]);
    assert_eq!(talk.taps("Diez"), ["pre", "[ticket in 10]"]);
    let answer = |answer| {
        let mut talk = Talk::new(with_queues(&ELEVEN));
        talk.says("hola");
        talk.says(answer).pop().unwrap()
    };
    assert_eq!(answer("10"), "[ticket in 10]");
    assert_eq!(answer("11"), "[ticket]");
    assert_eq!(answer("otros asuntos"), "[ticket]");
    assert_eq!(answer("DIEZ"), "[ticket in 10]");
}

#[test]
fn every_language_has_its_word_for_the_rest() {
    for (language, menu) in [
        (Language::Es, "which? [Ventas|Otros asuntos]"),
        (Language::Pt, "which? [Ventas|Outros assuntos]"),
        (Language::En, "which? [Ventas|Other matters]"),
    ] {
        let settings = Settings { language, ..with_queues(&["Ventas"]) };
        assert_eq!(Talk::new(settings).says("hola")[1], menu);
    }
}

#[test]
fn the_queue_prompt_repeats_once_then_the_default_queue_takes_it() {
    let mut talk = Talk::new(with_queues(&["Ventas", "Soporte"]));
    let menu = "which? [Ventas|Soporte|Otros asuntos]";
    assert_eq!(talk.says("hola"), ["first", menu]);
    assert_eq!(talk.says("no sé"), [menu]);
    assert_eq!(talk.says("ni idea"), ["pre", "[ticket]"]);
    let mut talk = Talk::new(with_queues(&["Ventas", "Soporte"]));
    talk.says("hola");
    assert_eq!(talk.after(1).sends_photo(), [menu]);
    assert_eq!(talk.says("2"), ["pre", "[ticket in 2]"]);
}

#[test]
fn turning_a_page_is_no_miss_and_forgives_none() {
    let mut talk = Talk::new(with_queues(&ELEVEN));
    talk.says("hola");
    talk.says("no sé");
    assert_eq!(talk.taps("Más opciones"), ["which? (Diez|Otros asuntos)"]);
    assert_eq!(talk.says("no sé"), ["pre", "[ticket]"]);
}

#[test]
fn queues_are_chosen_after_the_questions() {
    let mut settings = with_queues(&["Ventas"]);
    settings.chatbot.faq = with_faq(&["Precios"]).chatbot.faq;
    let mut talk = Talk::new(settings);
    assert_eq!(talk.says("hola"), ["first", "faq [Precios|Atención]"]);
    assert_eq!(talk.says("quiero viajar"), ["which? [Ventas|Otros asuntos]"]);
    assert_eq!(talk.says("ventas"), ["pre", "[ticket in 1]"]);
}

#[test]
fn a_menu_that_was_left_for_too_long_is_a_new_conversation() {
    let mut talk = Talk::new(with_queues(&["Ventas"]));
    talk.says("hola");
    assert_eq!(talk.after(60).says("1"), ["return", "which? [Ventas|Otros asuntos]"]);
    assert_eq!(talk.after(59).says("1"), ["pre", "[ticket in 1]"]);
}

#[test]
fn a_tap_on_an_old_menu_is_understood_whenever_it_comes() {
    let mut talk = Talk::new(with_faq(&["Precios"]));
    talk.says("hola");
    let old = talk.menu.clone();
    talk.taps("Atención");
    assert_eq!(talk.presses(&old[0].id, "Precios"), NOTHING, "while a ticket is open");
    talk.closed_by(CloseReason::Agent);
    assert_eq!(talk.after(9_999).presses(&old[0].id, "Precios"), ["about Precios", "faq [Precios|Atención]"]);
    let mut talk = Talk::new(with_queues(&["Ventas"]));
    talk.says("hola");
    let old = talk.menu.clone();
    talk.taps("Otros asuntos");
    talk.closed_by(CloseReason::Agent);
    assert_eq!(talk.after(9_999).presses(&old[0].id, "Ventas"), ["pre", "[ticket in 1]"]);
}

#[test]
fn ids_that_are_not_ours_are_words() {
    for id in
        ["", "x", "faq", "queue:9", "queue:default:1", "more:faq:999", "more:x:1", "survey:7:yes", "survey:x", ":"]
    {
        let mut talk = Talk::new(with_queues(&["Ventas"]));
        talk.says("hola");
        assert_eq!(talk.presses(id, "Ventas"), ["pre", "[ticket in 1]"], "{id}");
    }
}

#[test]
fn an_empty_menu_is_no_menu_and_an_empty_prompt_has_words_of_ours() {
    let mut settings = with_faq(&[]);
    settings.chatbot.queues.centre_on = true;
    assert_eq!(Talk::new(settings).says("hola"), ["first", "pre", "[ticket]"]);
    let mut settings = with_faq(&["Precios"]);
    settings.chatbot.faq.intro = "{{agent.name}}".to_owned();
    assert_eq!(Talk::new(settings).says("hola")[1], "Elige una opción o escríbenos tu consulta. [Precios|Atención]");
    let mut settings = with_queues(&["Ventas"]);
    settings.chatbot.queues.prompt = String::new();
    assert_eq!(Talk::new(settings).says("hola")[1], "¿Sobre qué quieres hablar? [Ventas|Otros asuntos]");
}

#[test]
fn unsaved_queues_of_a_preview_can_be_chosen() {
    let mut settings = with_queues(&["Ventas", "Soporte"]);
    settings.chatbot.queues.own[1].id = None;
    let mut talk = Talk::new(settings);
    talk.says("hola");
    assert_eq!(talk.taps("Soporte"), ["pre", "[ticket]"]);
}

#[test]
fn the_photos_of_an_album_use_up_no_menu() {
    let mut talk = Talk::new(with_faq(&["Uno", "Dos"]));
    let first = talk.sends_photo();
    assert!(first.last().is_some_and(|said| said.contains("Uno")), "{first:?}");
    for _ in 0..5 {
        assert_eq!(talk.sends_photo(), NOTHING);
    }
    assert!(!talk.says("1").is_empty());
    let mut talk = Talk::new(with_queues(&["Ventas", "Pagos"]));
    talk.sends_photo();
    let stage = talk.state.stage;
    assert_eq!(talk.sends_photo(), NOTHING);
    assert_eq!(talk.state.stage, stage, "no miss");
}
