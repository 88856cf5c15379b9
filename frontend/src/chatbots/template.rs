//! How the template of the next opening stands, and the way to have it made.

use super::editing::Editing;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    session::Session,
    ui::{button::Button, failure::ChangeFailed, icon::Icon, toast::Toasts},
};
use leptos::prelude::*;
use types::{
    Permission,
    chatbots::{self, AVAILABILITY_TEMPLATE, AvailabilityState, AvailabilityTemplate},
};

#[component]
pub fn Template() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let session = Session::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    // What was answered here is newer than what the page came with.
    let made = RwSignal::new(None::<AvailabilityState>);
    let known = Memo::new(move |_| editing.about.with(|about| about.number_id.map(|id| (id, about.availability))));
    Effect::new(move || {
        known.track();
        made.set(None);
    });
    let state = Memo::new(move |_| {
        let (id, state) = known.get()?;
        Some((id, made.get().unwrap_or(state)))
    });
    let create = move |_| {
        let Some((id, _)) = state.get_untracked() else { return };
        change.run(
            api::ask(chatbots::CREATE_AVAILABILITY_TEMPLATE, &[&id], Query::none()),
            move |template: AvailabilityTemplate| {
                made.set(Some(template.state));
                toasts.success(t_string!(i18n, chatbots.template_created));
            },
        );
    };
    let words = move |state| match state {
        AvailabilityState::Missing => {
            t_string!(i18n, chatbots.template_missing, name = AVAILABILITY_TEMPLATE).to_string()
        }
        AvailabilityState::Pending => {
            t_string!(i18n, chatbots.template_pending, name = AVAILABILITY_TEMPLATE).to_string()
        }
        AvailabilityState::Refused => {
            t_string!(i18n, chatbots.template_refused, name = AVAILABILITY_TEMPLATE).to_string()
        }
        AvailabilityState::WrongButtons => {
            t_string!(i18n, chatbots.template_buttons, name = AVAILABILITY_TEMPLATE).to_string()
        }
        AvailabilityState::Approved => String::new(),
    };
    let may = move || session.can(Permission::EditChatbots);
    view! {
        <div role="status">
            {move || match state.get() {
                // For many it is looked up number by number.
                None => Some(view! { <p class="field-hint">{move || t_string!(i18n, chatbots.template_many, name = AVAILABILITY_TEMPLATE).to_string()}</p> }.into_any()),
                Some((_, AvailabilityState::Approved)) => None,
                Some((_, state)) => Some(view! {
                    <div class="notice warning">
                        {Icon::Warning.draw()}
                        <div><p class="notice-text">{move || words(state)}</p></div>
                        {(state == AvailabilityState::Missing && may()).then(|| view! {
                            <Button small=true busy=change.busy on:click=create>{t!(i18n, chatbots.create_template)}</Button>
                        })}
                    </div>
                }.into_any()),
            }}
        </div>
        <ChangeFailed change />
    }
}
