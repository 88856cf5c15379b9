//! Menus of any length, in messages as WhatsApp takes them: up to 3 short options are buttons, up to 10 a list, more are
//! lists with "Más opciones" (conversation.md § 2).

use super::{say::cut, understand, words::Words};
use types::{
    chatbots::{BUTTON_MAX, FAQ_QUESTION_MAX, LABEL_MAX},
    messages::{Choice, MessageContent},
};

/// Buttons of a message at most.
const BUTTONS: usize = 3;
/// Rows of a list at most.
const ROWS: usize = 10;
/// Options of a page that is not the last: one row leads on.
const PAGE: usize = ROWS - 1;

/// Something that can be chosen.
pub(super) trait Entry {
    /// Names what it means; unlike any other of the menu.
    fn id(&self) -> String;
    /// What it is called; never blank.
    fn label(&self) -> &str;
    /// What it is called at length; blank for none.
    fn question(&self) -> &str;
}

/// The message that shows a page of a menu. `more` is the id that leads to a page, less its number. A page that is not
/// there is the first.
pub(super) fn show(words: &Words, entries: &[impl Entry], page: u8, more: &str, body: String) -> MessageContent {
    if entries.len() <= BUTTONS && fit_buttons(entries) {
        let buttons = entries.iter().map(|entry| Choice { description: None, ..choice(entry) }).collect();
        return MessageContent::Buttons { body, buttons };
    }
    let page = if usize::from(page) < pages(entries.len()) { page } else { 0 };
    let start = usize::from(page) * PAGE;
    let left = entries.len().saturating_sub(start);
    let shown = if left > ROWS { PAGE } else { left };
    let mut rows: Vec<Choice> = Vec::with_capacity(ROWS);
    rows.extend(entries.iter().skip(start).take(shown).map(choice));
    if left > shown {
        let id = format!("more:{more}:{}", page.saturating_add(1));
        rows.push(Choice { id, title: words.more_options.to_owned(), description: None });
    }
    MessageContent::List { body, button: words.see_options.to_owned(), rows }
}

/// Whether all titles are short enough for buttons, and no two are the same.
fn fit_buttons(entries: &[impl Entry]) -> bool {
    let unlike = |index: usize, label: &str| entries.iter().skip(index + 1).all(|other| other.label() != label);
    let mut labels = entries.iter().map(Entry::label).enumerate();
    labels.all(|(index, label)| label.chars().count() <= BUTTON_MAX && unlike(index, label))
}

/// How many pages a menu of so many options has.
pub(super) fn pages(options: usize) -> usize {
    if options <= ROWS { 1 } else { 1 + (options - ROWS).div_ceil(PAGE) }
}

/// The place of the option that somebody's words mean: its label, its question, or its number.
pub(super) fn pick(entries: &[impl Entry], said: &str) -> Option<usize> {
    if said.trim().is_empty() {
        return None;
    }
    let is = understand::same_as(said);
    let called = |entry: &_| is(Entry::label(entry)) || is(Entry::question(entry));
    entries.iter().position(called).or_else(|| {
        let place = understand::number(said)?.checked_sub(1)?;
        (place < entries.len()).then_some(place)
    })
}

fn choice(entry: &impl Entry) -> Choice {
    let (label, question) = (entry.label(), entry.question().trim());
    Choice {
        id: entry.id(),
        title: cut(label, LABEL_MAX),
        description: (!question.is_empty() && question != label).then(|| cut(question, FAQ_QUESTION_MAX)),
    }
}
