//! What a contact's words mean, whatever the case, the accents and the blanks and marks around them.

use crate::letters;

/// Without what surrounds the words: "¡Sí!" is "Sí", "2." is "2". Only marks stay as they are.
fn core(text: &str) -> &str {
    if begins_and_ends_plainly(text) {
        return text;
    }
    let text = text.trim();
    let core = text.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() { text } else { core }
}

/// Whether there is nothing around the words, by a look at two bytes: most texts are such, and every option of a menu is
/// looked at.
fn begins_and_ends_plainly(text: &str) -> bool {
    let plain = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    plain(text.bytes().next()) && plain(text.bytes().next_back())
}

/// The letters that count, of a core.
fn folded(core: &str) -> impl Iterator<Item = char> + '_ {
    letters::plain(core).map(|c| if c.is_whitespace() { ' ' } else { c })
}

/// Whether the two say the same.
pub(super) fn same(said: &str, meant: &str) -> bool {
    same_as(said)(meant)
}

/// Whether a text says the same as `said`, for asking about many.
pub(super) fn same_as(said: &str) -> impl Fn(&str) -> bool {
    let said = core(said);
    move |meant| alike(said, core(meant), |said, meant| folded(said).eq(folded(meant)))
}

/// Whether two texts have the same letters by `equal`, which takes the letters one by one and does not mind the case. It
/// is slow, and only asked from where the texts are not plain ASCII any more. Each option of a menu is compared with all
/// others, which often begin alike ("Fila 1", "Fila 2"), so the last letter is looked at first.
pub(super) fn alike(one: &str, other: &str, equal: impl FnOnce(&str, &str) -> bool) -> bool {
    let unlike = |(one, other): (u8, u8)| {
        one.is_ascii_graphic() && other.is_ascii_graphic() && !one.eq_ignore_ascii_case(&other)
    };
    if one.bytes().next_back().zip(other.bytes().next_back()).is_some_and(unlike) {
        return false;
    }
    let both = || one.bytes().zip(other.bytes());
    let begin_alike = both().take_while(|(one, other)| one.is_ascii() && one.eq_ignore_ascii_case(other)).count();
    match both().nth(begin_alike) {
        Some(letters) if unlike(letters) => false,
        None if one.len() == other.len() => true,
        _ => equal(one.get(begin_alike..).unwrap_or_default(), other.get(begin_alike..).unwrap_or_default()),
    }
}

/// Sí or No, in any of the languages.
pub(super) fn yes_or_no(said: &str) -> Option<bool> {
    let said = core(said);
    let any = |words: &[&str]| words.iter().any(|word| folded(said).eq(word.chars()));
    if any(&["si", "s", "sim", "yes", "y"]) {
        Some(true)
    } else if any(&["no", "nao", "n"]) {
        Some(false)
    } else {
        None
    }
}

/// A number and nothing else: "2", "2.", "2)", " 2 ".
pub(super) fn number(said: &str) -> Option<usize> {
    let said = core(said);
    // As "2️⃣" is written.
    let digits = said.trim_end_matches(letters::is_mark);
    (digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// A score from `least` to `most`: "9", " 9. ", "9/10". "-1" is none.
pub(super) fn score(said: &str, least: u8, most: u8) -> Option<u8> {
    if said.trim_start().starts_with(['-', '−', '–']) {
        return None;
    }
    let said = match said.split_once('/') {
        Some((score, of)) if number(of) == Some(most.into()) => score,
        Some(_) => return None,
        None => said,
    };
    let score = u8::try_from(number(said)?).ok()?;
    (least..=most).contains(&score).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::{super::taps, *};
    use proptest::prelude::*;

    /// Letters that fold into each other, or into several, among plain ones.
    const LETTERS: &str = "[aAbiIkKs1áÁñßΣσςİıſ\u{212a}\u{301}\u{307}\u{fe0f}¿?. \t\u{a0}👍]{0,5}";

    proptest! {
        /// The quick looks at the ends say what the letters say one by one.
        #[test]
        fn texts_are_alike_when_their_letters_are(one in LETTERS, other in LETTERS, begin in "[aA á]{0,2}") {
            let small = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
            let said = |text: &str| {
                let text = text.trim();
                let core = text.trim_matches(|c: char| !c.is_alphanumeric());
                folded(if core.is_empty() { text } else { core }).collect::<String>()
            };
            let (one, other) = (begin.clone() + &one, begin + &other);
            prop_assert_eq!(same(&one, &other), said(&one) == said(&other));
            prop_assert_eq!(taps::same_name(&one, &other), small(&one) == small(&other));
            prop_assert!(same(&one, &small(&one)) == (said(&one) == said(&small(&one))));
        }
    }

    #[test]
    fn case_accents_blanks_and_marks_around_do_not_count() {
        for (said, meant) in [
            ("  VENTAS ", "ventas"),
            ("atencion", "Atención"),
            ("ATENCIÓN", "atencion"),
            ("atencio\u{301}n", "Atención"),
            ("¿precios?", "Precios"),
            ("anos", "Años"),
            ("informacao", "Informação"),
            ("mas\u{a0}opciones", "Más opciones"),
            ("👍", "👍"),
        ] {
            assert!(same(said, meant), "{said} is {meant}");
        }
        for (said, meant) in [("", "ventas"), ("ventas 2", "ventas"), ("!", "?"), ("👍", "👎"), ("2.5", "25")] {
            assert!(!same(said, meant), "{said} is not {meant}");
        }
    }

    #[test]
    fn yes_and_no_are_understood_in_three_languages() {
        for yes in ["Sí", "si", "SI", "s", "¡Sí!", "sim", "Yes", "y", " sí. "] {
            assert_eq!(yes_or_no(yes), Some(true), "{yes}");
        }
        for no in ["No", "no.", "n", "Não", "nao", "NO!"] {
            assert_eq!(yes_or_no(no), Some(false), "{no}");
        }
        for neither in ["", "sino", "no sé", "quizás", "si no"] {
            assert_eq!(yes_or_no(neither), None, "{neither}");
        }
    }

    #[test]
    fn a_number_may_be_written_as_people_write_it() {
        for (said, meant) in
            [("2", 2), ("2.", 2), ("2)", 2), (" 2 ", 2), ("#2", 2), ("2\u{fe0f}\u{20e3}", 2), ("11", 11), ("02", 2)]
        {
            assert_eq!(number(said), Some(meant), "{said}");
        }
        for said in ["", "dos", "2 y 3", "2.5", "12345", "²", "٣"] {
            assert_eq!(number(said), None, "{said}");
        }
    }

    #[test]
    fn a_score_is_a_number_within_its_bounds() {
        for (said, meant) in [("10", 10), ("10/10", 10), (" 9 ", 9), ("0", 0), ("7 / 10", 7), ("8.", 8)] {
            assert_eq!(score(said, 0, 10), Some(meant), "{said}");
        }
        for said in ["11", "-1", "diez", "", "9/5", "5,5", "10 de 10", "300"] {
            assert_eq!(score(said, 0, 10), None, "{said}");
        }
        assert_eq!(score("0", 1, 5), None);
        assert_eq!(score("5/5", 1, 5), Some(5));
    }
}
