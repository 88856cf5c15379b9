//! What of a message can be found, and how what was found is shown (spec A2: search across conversations).
//!
//! The words are the same on both databases because they are made here: without case and accents, and written in plain
//! letters and digits, so that no database's own idea of a word comes between.

use crate::letters;
use std::collections::BTreeSet;
use std::fmt::Write;
use types::{conversations::SnippetPart, messages::MessageContent};

/// Words of one message that can be found at most.
const WORDS_MAX: usize = 600;
/// Letters of a word that count.
const LETTERS_MAX: usize = 40;
/// Words of a question at most.
const ASKED_MAX: usize = 10;
/// Characters shown before the first hit.
const BEFORE: usize = 40;
/// Characters shown from the first hit on.
const AFTER: usize = 120;

/// What is looked for: all of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    words: Vec<String>,
    /// Whether the last word may be a beginning: somebody is typing.
    beginning: bool,
}

impl Question {
    /// None where there is no word in it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words: Vec<_> = parts(text).into_iter().map(|part| folded(part.text)).collect();
        words.retain(|word| !word.is_empty());
        // A letter alone begins too much, and what was cut off was not the last word.
        let is_begun = words.len() <= ASKED_MAX && words.last().is_some_and(|word| word.chars().nth(1).is_some());
        words.truncate(ASKED_MAX);
        let beginning = is_begun && text.chars().next_back().is_some_and(char::is_alphanumeric);
        (!words.is_empty()).then_some(Self { words, beginning })
    }

    /// The words as they are kept, the last one with whether it may be a beginning.
    pub fn terms(&self) -> impl Iterator<Item = (String, bool)> + '_ {
        let last = self.words.len().saturating_sub(1);
        self.words.iter().enumerate().map(move |(at, word)| (written(word), at == last && self.beginning))
    }

    fn finds(&self, word: &str) -> bool {
        let last = self.words.len().saturating_sub(1);
        let found =
            |(at, asked): (usize, &String)| word == asked || (at == last && self.beginning && word.starts_with(asked));
        self.words.iter().enumerate().any(found)
    }
}

/// What is said in a message, in words; empty where there are none.
pub fn text_of(content: &MessageContent) -> String {
    match content {
        MessageContent::Text { body }
        | MessageContent::Buttons { body, .. }
        | MessageContent::List { body, .. }
        | MessageContent::Link { body, .. } => body.clone(),
        MessageContent::Template { header, body, footer, .. } => {
            [header.as_deref(), Some(body), footer.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        MessageContent::Choice { title, .. } => title.clone(),
        MessageContent::Media { caption, filename, .. } => {
            [caption.as_deref(), filename.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        MessageContent::Location { name, address, .. } => {
            [name.as_deref(), address.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        MessageContent::ContactCards { names } => names.join("\n"),
        MessageContent::Reaction { .. } | MessageContent::HandedOver { .. } | MessageContent::Unsupported { .. } => {
            String::new()
        }
    }
}

/// The words of a text, each once, as they are kept: only letters a–z and digits.
pub fn words(text: &str) -> Vec<String> {
    let found: BTreeSet<_> = parts(text).into_iter().map(|part| written(&folded(part.text))).collect();
    found.into_iter().filter(|word| !word.is_empty()).take(WORDS_MAX).collect()
}

/// The words around the first hit; what was asked for is marked. The beginning of the text where nothing is a hit, as when
/// it was changed since.
pub fn snippet(text: &str, question: &Question) -> Vec<SnippetPart> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let hits: Vec<_> = parts(&line).into_iter().filter(|part| question.finds(&folded(part.text))).collect();
    let first = hits.first().map_or(0, |hit| hit.from);
    let begin = place(&line, first, BEFORE, false);
    let end = place(&line, first, AFTER, true);
    let mut shown = Vec::new();
    let mut add = |text: &str, hit: bool| {
        if !text.is_empty() {
            shown.push(SnippetPart { text: text.to_owned(), hit });
        }
    };
    if begin > 0 {
        add("… ", false);
    }
    let mut at = begin;
    for hit in hits.iter().filter(|hit| hit.from >= begin && hit.from + hit.text.len() <= end) {
        add(line.get(at..hit.from).unwrap_or_default(), false);
        add(hit.text, true);
        at = hit.from + hit.text.len();
    }
    add(line.get(at..end).unwrap_or_default(), false);
    if end < line.len() {
        add(" …", false);
    }
    shown
}

/// A word where it stands.
struct Part<'a> {
    /// Bytes before it.
    from: usize,
    text: &'a str,
}

/// The words of a text in order. Where a script writes no blanks between words, each sign is one.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    let mut end = |from: Option<usize>, to: usize| {
        if let Some(from) = from
            && let Some(word) = text.get(from..to)
        {
            found.push(Part { from, text: word });
        }
    };
    for (at, c) in text.char_indices() {
        if stands_alone(c) {
            end(begun.take(), at);
            end(Some(at), at + c.len_utf8());
        } else if c.is_alphanumeric() || (begun.is_some() && letters::is_mark(c)) {
            begun.get_or_insert(at);
        } else {
            end(begun.take(), at);
        }
    }
    end(begun, text.len());
    found
}

/// Kana, Han and Hangul.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

fn folded(word: &str) -> String {
    letters::plain(word).filter(|c| c.is_alphanumeric()).take(LETTERS_MAX).collect()
}

/// In letters a–z and digits: another letter by its number. What begins a word also begins its written form.
fn written(word: &str) -> String {
    let mut written = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            written.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(written, "zx{:x}z", u32::from(c));
        }
    }
    written
}

/// So many characters before or after a byte, at a blank where one is near.
fn place(line: &str, from: usize, count: usize, forward: bool) -> usize {
    let (before, after) = line.split_at_checked(from).unwrap_or(("", line));
    if forward {
        let Some((cut, _)) = after.char_indices().nth(count) else { return line.len() };
        let blank = after.get(..cut).and_then(|shown| shown.rfind(' ')).filter(|blank| *blank > cut / 2);
        return from + blank.unwrap_or(cut);
    }
    let Some((cut, _)) = before.char_indices().rev().nth(count) else { return 0 };
    let blank = before.get(cut..).and_then(|shown| shown.find(' ')).map(|blank| cut + blank + 1);
    blank.unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, asked: &str) -> bool {
        let kept = words(text);
        let question = Question::parse(asked).unwrap();
        question
            .terms()
            .all(|(term, beginning)| kept.iter().any(|word| *word == term || (beginning && word.starts_with(&term))))
    }

    #[test]
    fn case_and_accents_do_not_count() {
        for (text, asked) in [
            ("¿Cuándo llega mi AVIÓN?", "avion "),
            ("Amanha\u{303} às 9h", "amanhã as"),
            ("niño", "NINO "),
            ("Ångström", "angstrom "),
            ("Привет, мир", "привет "),
            ("日本語を話します", "日本 "),
            ("pedido #4471-B", "4471 b "),
        ] {
            assert!(found(text, asked), "{text} / {asked}");
        }
    }

    #[test]
    fn all_words_are_asked_for_and_only_the_last_may_be_a_beginning() {
        let text = "El vuelo sale mañana";
        assert!(found(text, "manana vue"));
        assert!(!found(text, "vue manana"), "only the last");
        assert!(!found(text, "vue "), "a blank ends the word");
        assert!(!found(text, "vuelo ayer"));
    }

    #[test]
    fn a_letter_alone_and_a_word_that_was_cut_off_begin_nothing() {
        assert!(!found("hola amigo", "hola a") && found("hola a todos", "hola a"));
        let many = "uno dos tres cuatro cinco seis siete ocho nueve diez";
        assert!(found(many, &format!("{many} once")), "ten words count");
        assert!(!found("uno dos tres cuatro cinco seis siete ocho nueve diezmil", &format!("{many} once")));
    }

    #[test]
    fn a_beginning_of_letters_of_other_scripts_is_found_too() {
        assert!(found("smørrebrød", "smø") && found("Здравствуйте", "здра"));
        assert!(!found("smorgas", "smø"));
    }

    #[test]
    fn a_question_without_a_word_is_none() {
        for asked in ["", "  ", "¿?", "👍"] {
            assert_eq!(Question::parse(asked), None, "{asked:?}");
        }
    }

    #[test]
    fn the_words_around_the_first_hit_are_shown_and_the_hits_marked() {
        let text = format!("{} Mi avión llega tarde\ny otro avión más", "palabra ".repeat(30));
        let shown = snippet(&text, &Question::parse("avion").unwrap());
        let hits: Vec<_> = shown.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
        assert_eq!(hits, ["avión", "avión"]);
        let whole: String = shown.iter().map(|part| part.text.as_str()).collect();
        assert!(whole.starts_with("… palabra") && whole.ends_with("Mi avión llega tarde y otro avión más"), "{whole}");
    }

    proptest! {
        #[test]
        fn whatever_is_written_its_words_are_plain_and_the_snippet_is_of_the_text(text in "\\PC{0,400}", asked in "\\PC{0,20}") {
            for word in words(&text) {
                prop_assert!(word.chars().all(|c| c.is_ascii_alphanumeric()), "{}", word);
            }
            if let Some(question) = Question::parse(&asked) {
                let shown: String = snippet(&text, &question).into_iter().map(|part| part.text).collect();
                let core = shown.trim_start_matches("… ").trim_end_matches(" …");
                let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                prop_assert!(line.contains(core.trim()) || core.is_empty());
            }
        }
    }
}
