//! Attention settings: what a new number starts with, and what is wrong with some (spec S1).

use crate::chatbots::{Fault, faults::Faults};
use types::{
    Language,
    attention_settings::{
        AttentionSettings, CANCEL_WORD_MAX, CANCEL_WORDS_MAX, INACTIVITY_CLOSE_MINUTES, InactivityClose,
        InactivityWarning, RETURN_MINUTES, TAG_MAX, TAGS_MAX, TICKETS_AT_A_TIME,
    },
    messages::TEXT_MAX,
};

/// What a new number starts with. What is off has a text all the same, to be switched on.
pub fn defaults(language: Language) -> AttentionSettings {
    let mut settings = AttentionSettings::default();
    let warning = match language {
        Language::Es => "¿Sigues ahí? Si no nos respondes, dentro de un rato cerraremos esta conversación.",
        Language::Pt => "Você ainda está aí? Se não responder, daqui a pouco encerraremos esta conversa.",
        Language::En => "Are you still there? If we do not hear from you, we will close this conversation in a while.",
    };
    warning.clone_into(&mut settings.inactivity.warning.text);
    settings
}

/// Every fault, in the order of the page. A part that is off may be unfinished, but never too long.
pub fn check(settings: &AttentionSettings) -> Vec<Fault> {
    let AttentionSettings {
        tags,
        mandatory_tag: _,
        distribution: _,
        tickets_at_a_time,
        inactivity,
        return_to_queue_minutes,
        customer_signals: _,
        active_answers_first: _,
        cancel_words,
        agent_may: _,
    } = settings;
    let mut faults = Faults::default();
    check_words(&mut faults, "/tags", tags, (TAGS_MAX, TAG_MAX));
    faults.range("/tickets_at_a_time", *tickets_at_a_time, &TICKETS_AT_A_TIME);
    let InactivityClose { on, close_after_minutes, warning } = inactivity;
    let InactivityWarning { on: warns, text, lead_minutes } = warning;
    if *on {
        faults.range("/inactivity/close_after_minutes", *close_after_minutes, &INACTIVITY_CLOSE_MINUTES);
    }
    faults.text("/inactivity/warning/text", *on && *warns, text, TEXT_MAX);
    if *on && *warns {
        let most = close_after_minutes.saturating_sub(1).max(1);
        faults.range("/inactivity/warning/lead_minutes", *lead_minutes, &(1..=most));
    }
    faults.range("/return_to_queue_minutes", *return_to_queue_minutes, &RETURN_MINUTES);
    check_words(&mut faults, "/cancel_words", cancel_words, (CANCEL_WORDS_MAX, CANCEL_WORD_MAX));
    faults.all()
}

/// Words that were confirmed one by one: none blank, none twice.
fn check_words(faults: &mut Faults, pointer: &str, words: &[String], (count, length): (usize, usize)) {
    faults.at_most(pointer, words.len(), count);
    let place = |index: usize| format!("{pointer}/{index}");
    for (index, word) in words.iter().enumerate() {
        faults.line(&place(index), true, word, length);
    }
    faults.unique(words.iter().enumerate().map(|(index, word)| (place(index), word.as_str())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{FieldCode, attention_settings::DistributionRule};

    fn faults(change: impl FnOnce(&mut AttentionSettings)) -> Vec<(String, FieldCode, Option<i64>)> {
        let mut settings = defaults(Language::Es);
        change(&mut settings);
        check(&settings).into_iter().map(|fault| (fault.pointer, fault.code, fault.limit)).collect()
    }

    fn one(pointer: &str, code: FieldCode, limit: Option<i64>) -> Vec<(String, FieldCode, Option<i64>)> {
        vec![(pointer.to_owned(), code, limit)]
    }

    #[test]
    fn what_a_number_starts_with_is_right_and_can_be_switched_on() {
        for language in [Language::Es, Language::Pt, Language::En] {
            let mut settings = defaults(language);
            assert!(check(&settings).is_empty());
            assert_eq!(settings.distribution, DistributionRule::FewestTickets);
            (settings.inactivity.on, settings.inactivity.warning.on) = (true, true);
            assert!(check(&settings).is_empty());
        }
    }

    #[test]
    fn tags_and_cancel_words_are_short_few_and_each_once() {
        use FieldCode as C;
        let tag = |tags: &[&str]| {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            faults(|settings| settings.tags = tags)
        };
        assert_eq!(tag(&["Venta", " "]), one("/tags/1", C::Required, None));
        assert_eq!(tag(&["Venta", "x", "VENTA "]), one("/tags/2", C::Repeated, None));
        assert_eq!(tag(&["a\nb"]), one("/tags/0", C::Invalid, None));
        assert_eq!(tag(&[&"ñ".repeat(40)]), []);
        assert_eq!(tag(&[&"ñ".repeat(41)]), one("/tags/0", C::TooLong, Some(40)));
        let many: Vec<String> = (0..101).map(|index| index.to_string()).collect();
        assert_eq!(faults(|settings| settings.tags = many), one("/tags", C::TooMany, Some(100)));
        let words = |words: Vec<String>| faults(|settings| settings.cancel_words = words);
        assert_eq!(words(vec!["x".repeat(21)]), one("/cancel_words/0", C::TooLong, Some(20)));
        assert_eq!(words(vec!["fin".into(), "Fin".into()]), one("/cancel_words/1", C::Repeated, None));
        assert_eq!(words((0..11).map(|i| i.to_string()).collect()), one("/cancel_words", C::TooMany, Some(10)));
        assert_eq!(words(vec![]), []);
    }

    #[test]
    fn numbers_stay_within_their_range_and_the_fault_names_the_bound() {
        use FieldCode::OutOfRange;
        for (value, bound) in [(0, Some(1)), (1, None), (50, None), (51, Some(50))] {
            let found = faults(|settings| settings.tickets_at_a_time = value);
            assert_eq!(
                found,
                bound.map(|bound| one("/tickets_at_a_time", OutOfRange, Some(bound))).unwrap_or_default()
            );
        }
        for (value, bound) in [(0, Some(1)), (120, None), (121, Some(120))] {
            let found = faults(|settings| settings.return_to_queue_minutes = value);
            assert_eq!(
                found,
                bound.map(|bound| one("/return_to_queue_minutes", OutOfRange, Some(bound))).unwrap_or_default()
            );
        }
    }

    #[test]
    fn an_inactivity_that_is_off_may_be_unfinished() {
        use FieldCode as C;
        let with = |on, close, warns, text: &str, lead| {
            faults(|settings| {
                let warning = InactivityWarning { on: warns, text: text.to_owned(), lead_minutes: lead };
                settings.inactivity = InactivityClose { on, close_after_minutes: close, warning };
            })
        };
        assert_eq!(with(false, 0, true, "", 0), []);
        assert_eq!(with(true, 5, true, "hola", 4), []);
        assert_eq!(with(true, 4, false, "", 0), one("/inactivity/close_after_minutes", C::OutOfRange, Some(5)));
        assert_eq!(
            with(true, 10_081, false, "", 0),
            one("/inactivity/close_after_minutes", C::OutOfRange, Some(10_080))
        );
        assert_eq!(with(true, 60, true, " ", 5), one("/inactivity/warning/text", C::Required, None));
        assert_eq!(with(true, 60, true, "{{x}}", 5), one("/inactivity/warning/text", C::UnknownVariable, None));
        assert_eq!(with(true, 60, true, "a", 60), one("/inactivity/warning/lead_minutes", C::OutOfRange, Some(59)));
        assert_eq!(with(true, 60, true, "a", 0), one("/inactivity/warning/lead_minutes", C::OutOfRange, Some(1)));
        let long = "a".repeat(4097);
        assert_eq!(with(false, 0, false, &long, 0), one("/inactivity/warning/text", C::TooLong, Some(4096)));
    }
}
