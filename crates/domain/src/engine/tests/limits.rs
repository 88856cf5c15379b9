//! What WhatsApp takes (whatsapp.md § Limits), written down once more: the engine does not know the crate that sends.

use super::*;

/// What is wrong with a message, if anything.
pub(super) fn broken(content: &MessageContent) -> Option<String> {
    let chars = |text: &str| text.chars().count();
    let body = |body: &str, most: usize| (body.trim().is_empty() || chars(body) > most).then(|| "body".to_owned());
    let twice = |values: Vec<&str>| {
        let mut sorted = values.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() != values.len()
    };
    let wrong = |choices: &[Choice], title: usize| {
        let ill = |choice: &Choice| {
            choice.id.is_empty()
                || chars(&choice.id) > 200
                || choice.title.trim().is_empty()
                || chars(&choice.title) > title
                || choice.description.as_deref().is_some_and(|text| text.trim().is_empty() || chars(text) > 72)
        };
        choices.is_empty() || choices.iter().any(ill) || twice(choices.iter().map(|c| c.id.as_str()).collect())
    };
    match content {
        MessageContent::Text { body: text } => body(text, 4096),
        MessageContent::Buttons { body: text, buttons } => body(text, 1024).or_else(|| {
            let titles = buttons.iter().map(|button| button.title.as_str()).collect();
            (buttons.len() > 3 || wrong(buttons, 20) || twice(titles)).then(|| "buttons".to_owned())
        }),
        MessageContent::List { body: text, button, rows } => body(text, 1024).or_else(|| {
            let opens = (1..=20).contains(&chars(button));
            (!opens || rows.len() > 10 || wrong(rows, 24)).then(|| "rows".to_owned())
        }),
        MessageContent::Link { body: text, button, url } => body(text, 1024).or_else(|| {
            let fits = (1..=20).contains(&chars(button)) && url.starts_with("https://wa.me/") && url.len() < 40;
            (!fits).then(|| "link".to_owned())
        }),
        MessageContent::Template { .. }
        | MessageContent::Choice { .. }
        | MessageContent::Media { .. }
        | MessageContent::Location { .. }
        | MessageContent::ContactCards { .. }
        | MessageContent::Reaction { .. }
        | MessageContent::HandedOver { .. }
        | MessageContent::Unsupported { .. } => Some("not the bot's to say".to_owned()),
    }
}

#[test]
fn the_fixed_words_fit_in_every_language() {
    for language in [Language::Es, Language::Pt, Language::En] {
        let words = words::of(language);
        let pressed = [
            words.yes,
            words.no,
            words.see_options,
            words.more_options,
            words.cancel,
            words.write_now,
            words.attendance,
        ];
        for word in pressed {
            assert!((1..=20).contains(&word.chars().count()), "{word}");
        }
        assert!(words.default_queue.chars().count() <= 20);
        assert!(words.scores.iter().all(|score| score.chars().count() + 4 <= 24));
        assert_eq!(understand::yes_or_no(words.yes), Some(true));
        assert_eq!(understand::yes_or_no(words.no), Some(false));
    }
}

#[test]
fn a_text_that_its_values_make_too_long_is_cut() {
    let name = "ñ".repeat(300);
    let facts = Facts { contact_name: Some(&name), ..FACTS };
    let mut settings = with_faq(&["Precios"]);
    settings.chatbot.conversation_flow.first_greeting.text = "{{contact.name}}".repeat(20);
    settings.chatbot.faq.intro = "{{contact.name}}".repeat(20);
    let writes = Event::Inbound { text: Some("hola"), reply_id: None, answered_active_message: false };
    let (_, effects) = step(&settings, &facts, State::default(), writes, time("2026-06-03 12:00"));
    let lengths: Vec<usize> = effects
        .iter()
        .map(|effect| {
            let Effect::Send(MessageContent::Text { body } | MessageContent::Buttons { body, .. }) = effect else {
                panic!("{effect:?}")
            };
            assert!(body.ends_with('…'));
            body.chars().count()
        })
        .collect();
    assert_eq!(lengths, [4096, 1024]);
}
