//! Several short texts in one field: Enter, a comma or a paste adds, each can be taken out again.

use crate::{
    i18n::{t_string, use_i18n},
    ui::{field::fresh_id, icon::Icon},
};
use leptos::{html, prelude::*};

/// Why a value was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    Duplicate(String),
    Full(usize),
    /// In the words of the page.
    Wrong(String),
}

/// A field for tags. What is typed and not yet added stays in the field, so that nothing is lost by a refusal.
#[component]
pub fn TagInput(
    values: RwSignal<Vec<String>>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    /// What is wrong with a value, in words; it is not added then.
    #[prop(optional)]
    check: Option<Callback<(String,), Option<String>>>,
    /// How many there may be.
    max: usize,
    /// Values to choose from while typing.
    #[prop(optional, into)]
    suggestions: Signal<Vec<String>>,
    /// What is wrong with the whole.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// What a value looks like in its chip, where it is not just its text (a mark, say).
    #[prop(optional)]
    mark: Option<Callback<(String,), Option<String>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("tags");
    let (below, list) = (format!("{id}-below"), format!("{id}-list"));
    let (described_by, list_id) = (below.clone(), list.clone());
    let node = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Refused>);
    let said = RwSignal::new(String::new());
    // Everything up to the last separator is added; what cannot be stays to be mended.
    let add = move |text: &str| {
        let mut left = Vec::new();
        refused.set(None);
        for piece in pieces(text) {
            let wrong = check.and_then(|check| check.run((piece.clone(),))).map(Refused::Wrong);
            let wrong = wrong.or_else(|| values.with_untracked(|values| refusal(values, &piece, max)));
            if let Some(wrong) = wrong {
                refused.set(Some(wrong));
                left.push(piece);
            } else {
                said.set(untrack(|| t_string!(i18n, ui.tag_added, name = piece.clone())));
                values.update(|values| values.push(piece));
            }
        }
        typed.set(left.join(", "));
    };
    let remove = move |value: &str| {
        values.update(|values| values.retain(|other| other != value));
        refused.set(None);
        said.set(untrack(|| t_string!(i18n, ui.tag_removed, name = value.to_owned())));
        if let Some(input) = node.get_untracked() {
            // The chip that had the focus is gone.
            let _ = input.focus();
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        // While a character is being composed, Enter belongs to the composition.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" => {
                // Enter adds and never submits the form around it.
                event.prevent_default();
                add(&typed.get_untracked());
            }
            "," | ";" => {
                event.prevent_default();
                add(&typed.get_untracked());
            }
            "Backspace" if typed.with_untracked(String::is_empty) => {
                if let Some(last) = values.with_untracked(|values| values.last().cloned()) {
                    event.prevent_default();
                    remove(&last);
                }
            }
            _ => {}
        }
    };
    let on_paste = move |event: web_sys::ClipboardEvent| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if several(&text) {
            event.prevent_default();
            add(&format!("{}{text}", typed.get_untracked()));
        }
    };
    let wrong = Memo::new(move |_| {
        let own = refused.get().map(|refused| match refused {
            Refused::Duplicate(name) => t_string!(i18n, ui.tag_duplicate, name = name),
            Refused::Full(max) => t_string!(i18n, ui.tag_full, max = max),
            Refused::Wrong(words) => words,
        });
        own.or_else(|| error.get())
    });
    let offered = Memo::new(move |_| suggestions.with(|all| values.with(|taken| offered(all, taken))));
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                <span>{label}</span>
                <span class="field-count" aria-hidden="true">{move || values.with(Vec::len)}" / "{max}</span>
            </label>
            <div class="tag-input" class:disabled=disabled>
                <ul class="tag-list" aria-label=label>
                    <For each=move || values.get() key=Clone::clone children=move |value| {
                        let (name, shown) = (value.clone(), value.clone());
                        let mark = mark.and_then(|mark| mark.run((value.clone(),)));
                        let (marked, tip) = (mark.is_some(), mark.clone());
                        view! {
                            <li class="tag" class:marked=marked title=tip>
                                <span>{shown}</span>
                                {mark.map(|mark| view! { <span class="visually-hidden">": "{mark}</span> })}
                                <button type="button" class="tag-remove" disabled=disabled
                                    aria-label=move || t_string!(i18n, ui.tag_remove, name = name.clone())
                                    on:click=move |_| remove(&value)>{Icon::Close.draw()}</button>
                            </li>
                        }
                    } />
                </ul>
                <input node_ref=node class="tag-typed" id=id type="text" autocomplete="off" list=list
                    enterkeyhint="enter" prop:value=typed disabled=disabled
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true") aria-describedby=described_by
                    on:input:target=move |event| {
                        refused.set(None);
                        typed.set(event.target().value());
                    }
                    on:keydown=on_key on:paste=on_paste
                    // What was typed and left is not lost: it is added as Enter would.
                    on:blur=move |_| if typed.with_untracked(|typed| !typed.trim().is_empty()) { add(&typed.get_untracked()) } />
                <datalist id=list_id>
                    {move || offered.get().into_iter().map(|value| view! { <option value=value></option> }).collect_view()}
                </datalist>
            </div>
            <div id=below>
                {move || match wrong.get() {
                    Some(error) => Some(view! { <p class="field-error" role="alert">{Icon::Warning.draw()}{error}</p> }.into_any()),
                    None => hint.map(|hint| view! { <p class="field-hint">{hint}</p> }.into_any()),
                }}
            </div>
            <div class="visually-hidden" role="status" aria-live="polite">{said}</div>
        </div>
    }
}

/// What is typed or pasted, taken apart: blanks around a value are no part of it, and blanks within are one.
fn pieces(text: &str) -> Vec<String> {
    let apart = text.split([',', ';', '\n', '\r', '\t']);
    apart
        .map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Whether a paste holds more than one value.
fn several(text: &str) -> bool {
    pieces(text).len() > 1
}

fn refusal(values: &[String], piece: &str, max: usize) -> Option<Refused> {
    let key = piece.to_lowercase();
    if values.iter().any(|other| other.to_lowercase() == key) {
        Some(Refused::Duplicate(piece.to_owned()))
    } else if values.len() >= max {
        Some(Refused::Full(max))
    } else {
        None
    }
}

/// What can still be chosen.
fn offered(all: &[String], taken: &[String]) -> Vec<String> {
    let taken: Vec<_> = taken.iter().map(|value| value.to_lowercase()).collect();
    all.iter().filter(|value| !taken.contains(&value.to_lowercase())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn what_is_pasted_is_taken_apart_at_commas_semicolons_and_lines() {
        assert_eq!(pieces("Venta,  Post   venta;\nReclamo\r\n,, "), ["Venta", "Post venta", "Reclamo"]);
        assert!(!several("Post venta") && several("a\nb"));
    }

    #[test]
    fn a_value_is_there_once_whatever_its_case_and_not_more_than_fit() {
        let values = owned(&["Venta"]);
        assert_eq!(refusal(&values, "VENTA", 5), Some(Refused::Duplicate("VENTA".to_owned())));
        assert_eq!(refusal(&values, "Reclamo", 1), Some(Refused::Full(1)));
        assert_eq!(refusal(&values, "Reclamo", 2), None);
    }

    #[test]
    fn what_was_chosen_is_not_offered_again() {
        assert_eq!(offered(&owned(&["a@x.com", "b@x.com"]), &owned(&["A@x.com"])), ["b@x.com"]);
    }
}
