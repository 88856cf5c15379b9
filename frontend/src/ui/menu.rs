//! A button that opens a panel: it closes by Escape, by a choice, and by pressing or focusing elsewhere.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub fn Menu(
    open: RwSignal<bool>,
    #[prop(into)] label: Signal<String>,
    #[prop(default = "button quiet")] class: &'static str,
    /// Opens towards the right instead of the left.
    #[prop(optional)]
    left: bool,
    #[prop(into)] trigger: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let outside = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        !node.get_untracked().is_some_and(|menu| menu.contains(target.as_ref()))
    };
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked() && outside(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || pressed.remove());
    let children = StoredValue::new(children);
    view! {
        <div class="menu" node_ref=node
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    event.stop_propagation();
                    open.set(false);
                    if let Some(button) = button.get_untracked() {
                        let _ = button.focus();
                    }
                }
            }
            on:focusout=move |event| {
                if event.related_target().is_some() && outside(event.related_target()) {
                    open.set(false);
                }
            }>
            <button node_ref=button type="button" class=class aria-label=label title=label
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)>
                {trigger.run()}
            </button>
            <Show when=move || open.get()>
                <div class="menu-panel" class:left=left>{children.with_value(|children| children())}</div>
            </Show>
        </div>
    }
}
