//! The head of a page: what it is, what it is for, and its main action.

use leptos::prelude::*;

#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] sentence: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    use_title(title);
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{title}</h1>
                <p>{sentence}</p>
            </div>
            {children.map(|children| view! { <div class="page-head-actions">{children()}</div> })}
        </header>
    }
}

/// Keep the name of the browser's tab.
pub fn use_title(title: Signal<String>) {
    Effect::new(move || title.with(|title| document().set_title(&format!("{title} · Cercano"))));
}
