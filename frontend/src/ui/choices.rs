//! Several of many: boxes to check, with a search above them.

use crate::ui::field::SearchField;
use leptos::prelude::*;
use std::{collections::BTreeSet, hash::Hash};

/// Items shown at a time; the search finds the others.
const SHOWN: usize = 200;

/// One item to choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Choice<K> {
    pub key: K,
    pub words: String,
    /// A second line, to tell namesakes apart.
    pub detail: String,
    /// What one should know before choosing it.
    pub mark: Option<String>,
    /// It cannot be chosen; `mark` says why.
    pub disabled: bool,
}

/// The items, found by their words or their detail; what is chosen stays chosen while the search changes.
#[component]
pub fn Choices<K: Copy + Ord + Hash + Send + Sync + 'static>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] search_label: Signal<String>,
    #[prop(into)] items: Signal<Vec<Choice<K>>>,
    chosen: RwSignal<BTreeSet<K>>,
    /// Says that nothing is there to be chosen, or that nothing matches.
    #[prop(into)]
    none: Signal<String>,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = search.with(|wanted| wanted.trim().to_lowercase());
        let holds = |text: &str| text.to_lowercase().contains(&wanted);
        items.with(|items| {
            let found = items.iter().filter(|item| holds(&item.words) || holds(&item.detail));
            found.take(SHOWN).cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <div class="choices">
            <SearchField label=search_label value=search />
            <div class="choice-list" role="group" aria-label=label tabindex="0">
                <For each=move || found.get() key=|item| item.clone() children=move |item| {
                    let key = item.key;
                    view! {
                        <label class="check choice">
                            <input type="checkbox" disabled=item.disabled prop:checked=move || chosen.with(|chosen| chosen.contains(&key))
                                on:change:target=move |event| {
                                    let on = event.target().checked();
                                    chosen.update(|chosen| if on { chosen.insert(key); } else { chosen.remove(&key); });
                                } />
                            <span class="choice-words">
                                <span>{item.words}</span>
                                <span class="muted small">{item.detail}</span>
                            </span>
                            {item.mark.map(|mark| view! { <span class="badge">{mark}</span> })}
                        </label>
                    }
                } />
                {move || found.with(Vec::is_empty).then(|| view! { <p class="muted choice-none">{none}</p> })}
            </div>
        </div>
    }
}
