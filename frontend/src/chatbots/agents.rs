//! Agents of a queue, by their e-mails: Enter confirms each.

use super::{
    controls::Below,
    editing::{Editing, Part},
    typed_text,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    session::Session,
    ui::{field::fresh_id, icon::Icon},
};
use leptos::{ev, html, prelude::*};
use leptos_router::components::A;
use types::{Permission, chatbots::QUEUE_AGENTS_MAX};

#[component]
pub fn AgentTags(
    #[prop(into)] label: Signal<String>,
    part: Part<Vec<String>>,
    #[prop(into)] pointer: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let id = fresh_id("agents");
    let (below, list) = (format!("{id}-below"), format!("{id}-list"));
    let served = editing.fault_within(pointer.clone());
    let typed = RwSignal::new(String::new());
    // What was confirmed and is no e-mail.
    let refused = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    let take = move |text: &str| {
        let (agents, rest) = typed_text::with_agents(&part.value.get_untracked(), text);
        refused.set(!rest.is_empty());
        typed.set(rest);
        if agents != part.value.get_untracked() {
            part.set(agents);
        }
    };
    let error =
        Signal::derive(
            move || {
                if refused.get() { Some(t_string!(i18n, chatbots.no_email).to_owned()) } else { served.get() }
            },
        );
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            take(&typed.get_untracked());
        }
        "Backspace" if typed.with_untracked(String::is_empty) => {
            let mut agents = part.value.get_untracked();
            if agents.pop().is_some() {
                part.set(agents);
            }
        }
        _ => {}
    };
    let remove = move |email: &str| {
        let mut agents = part.value.get_untracked();
        agents.retain(|agent| agent != email);
        part.set(agents);
        if let Some(input) = node.get_untracked() {
            let _ = input.focus();
        }
    };
    let strangers = Memo::new(move |_| {
        editing.about.with(|about| {
            let people = about.people.as_deref()?;
            Some(part.value.with(|agents| typed_text::strangers(agents, people)))
        })
    });
    let over = move || part.value.with(Vec::len) > QUEUE_AGENTS_MAX;
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                <span>{label}</span>
                <span class="field-count" class:over=over>
                    {move || t_string!(i18n, chatbots.agents_count, count = part.value.with(Vec::len))}
                </span>
            </label>
            <ul class="tags" aria-label=label>
                <For each=move || part.get() key=Clone::clone children=move |email| {
                    let own = StoredValue::new(email.clone());
                    let strange = move || strangers.with(|strangers| strangers.as_ref().is_some_and(|all| own.with_value(|own| all.contains(own))));
                    let name = move || t_string!(i18n, chatbots.remove_named, name = own.get_value()).to_string();
                    view! {
                        <li class="tag" class:warning=strange>
                            <span>{email}</span>
                            <button type="button" class="tag-remove" aria-label=name title=name on:click=move |_| remove(&own.get_value())>{Icon::Close.draw()}</button>
                        </li>
                    }
                } />
            </ul>
            <input node_ref=node class="input" id=id type="text" inputmode="email" autocomplete="off" list=list.clone() prop:value=typed data-pointer=pointer
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:keydown=on_key
                on:blur=move |_| if typed.with_untracked(|typed| !typed.trim().is_empty()) { take(&typed.get_untracked()) }
                on:paste=move |event: ev::ClipboardEvent| {
                    let pasted = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
                    // A field of one line would run several lines together.
                    if typed_text::is_several(&pasted) {
                        event.prevent_default();
                        take(&format!("{} {pasted}", typed.get_untracked()));
                    }
                }
                on:input:target=move |event| {
                    let text = event.target().value();
                    refused.set(false);
                    let known = editing.about.with_untracked(|about| about.people.iter().flatten().any(|person| person.email == text));
                    // What is chosen from the list is confirmed by that.
                    if text.ends_with([',', ';']) || known { take(&text) } else { typed.set(text) }
                } />
            <datalist id=list>
                {move || editing.about.with(|about| {
                    let taken = part.get();
                    let free = about.people.iter().flatten().filter(|person| !taken.contains(&person.email));
                    free.map(|person| view! { <option value=person.email.clone()>{person.name.clone()}</option> }).collect_view()
                })}
            </datalist>
            <Below id=below hint=say!(i18n, chatbots.agents_hint).into() error />
            <Strangers strangers />
        </div>
    }
}

/// Who cannot attend here yet, and what to do about it.
#[component]
fn Strangers(strangers: Memo<Option<Vec<String>>>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let session = Session::use_here();
    let names = move || strangers.get().unwrap_or_default().join(", ");
    let some = move || strangers.with(|strangers| strangers.as_ref().is_some_and(|all| !all.is_empty()));
    let link = move || {
        let id = editing.about.with(|about| about.number_id).filter(|_| session.can(Permission::ViewNumbers))?;
        Some(view! { <A href=routes::number(id)>{t!(i18n, chatbots.to_number)}</A> })
    };
    view! {
        <div role="status">
            <Show when=some>
                <p class="notice warning">
                    {Icon::Warning.draw()}
                    <span class="notice-text">{move || t_string!(i18n, chatbots.strangers, names = names()).to_string()}" "{link}</span>
                </p>
            </Show>
        </div>
    }
}
