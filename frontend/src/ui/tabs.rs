//! Tabs by the ARIA practice: one stop of the Tab key, arrows between them.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// One tab: its key, its words, and a count beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab<K> {
    pub key: K,
    pub words: String,
    pub count: Option<String>,
}

#[component]
pub fn Tabs<K: Copy + PartialEq + Send + Sync + 'static>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] tabs: Signal<Vec<Tab<K>>>,
    chosen: RwSignal<K>,
    /// The id of what the tabs switch.
    panel: &'static str,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let step = move |by: usize| {
        let keys: Vec<K> = tabs.with_untracked(|tabs| tabs.iter().map(|tab| tab.key).collect());
        let at = keys.iter().position(|key| *key == chosen.get_untracked()).unwrap_or(0);
        let next = (at + by) % keys.len().max(1);
        if let Some(key) = keys.get(next) {
            chosen.set(*key);
        }
        let nodes = list.get_untracked().map(|list| list.children());
        let node = nodes.and_then(|nodes| nodes.item(u32::try_from(next).unwrap_or(0)));
        if let Some(node) = node.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = node.focus();
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label node_ref=list
            on:keydown=move |event| match event.key().as_str() {
                "ArrowRight" => step(1),
                "ArrowLeft" => step(tabs.with_untracked(Vec::len).saturating_sub(1)),
                _ => {}
            }>
            <For each=move || tabs.with(|tabs| (0..tabs.len()).collect::<Vec<_>>()) key=|at| *at
                children=move |at| {
                    let tab = Memo::new(move |_| tabs.with(|tabs| tabs.get(at).cloned()));
                    let on = Memo::new(move |_| tab.with(|tab| tab.as_ref().is_some_and(|tab| tab.key == chosen.get())));
                    view! {
                        <button type="button" class="tab" role="tab" aria-controls=panel
                            aria-selected=move || if on.get() { "true" } else { "false" }
                            tabindex=move || if on.get() { "0" } else { "-1" }
                            on:click=move |_| if let Some(tab) = tab.get_untracked() { chosen.set(tab.key) }>
                            {move || tab.with(|tab| tab.as_ref().map(|tab| tab.words.clone()))}
                            {move || tab.with(|tab| tab.as_ref().and_then(|tab| tab.count.clone()))
                                .map(|count| view! { <span class="tab-count">{count}</span> })}
                        </button>
                    }
                } />
        </div>
    }
}
