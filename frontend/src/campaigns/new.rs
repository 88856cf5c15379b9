//! Mensajes activos: a sheet becomes a campaign in two steps.

use super::{review::Review, send::SendStep, templates::TemplatesDialog, upload::Upload};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{button::Button, icon::Icon, page::PageHead},
};
use leptos::prelude::*;
use types::campaigns::{Campaign, GET_CAMPAIGN_SAMPLE_PATH};

/// Where the work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Sheet,
    Send,
}

#[component]
pub fn NewCampaign() -> impl IntoView {
    let i18n = use_i18n();
    let draft = RwSignal::new(None::<Campaign>);
    let step = RwSignal::new(Step::Sheet);
    let templates = RwSignal::new(false);
    let has_draft = Memo::new(move |_| draft.with(Option::is_some));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, campaigns.title) sentence=say!(i18n, campaigns.sentence)>
                <Button icon=Icon::Document on:click=move |_| templates.set(true)>{t!(i18n, campaigns.templates)}</Button>
            </PageHead>
            <Steps step />
            {move || match (has_draft.get(), step.get()) {
                (false, _) => view! {
                    <div class="campaign-columns">
                        <div class="stack"><Upload draft /></div>
                        <HowTo />
                    </div>
                }.into_any(),
                (true, Step::Sheet) => view! { <Review draft step /> }.into_any(),
                (true, Step::Send) => view! { <SendStep draft step /> }.into_any(),
            }}
            <TemplatesDialog open=templates />
        </div>
    }
}

#[component]
fn Steps(step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    let current = move |own| if step.get() == own { Some("step") } else { None };
    view! {
        <ol class="steps">
            <li aria-current=move || current(Step::Sheet)><span class="step-number" aria-hidden="true">"1"</span>
                <span class="visually-hidden">{move || t_string!(i18n, campaigns.step_of, step = 1)}": "</span>{t!(i18n, campaigns.step_upload)}</li>
            <li aria-current=move || current(Step::Send)><span class="step-number" aria-hidden="true">"2"</span>
                <span class="visually-hidden">{move || t_string!(i18n, campaigns.step_of, step = 2)}": "</span>{t!(i18n, campaigns.step_send)}</li>
        </ol>
    }
}

/// The columns of a sheet, and one to start from.
#[component]
fn HowTo() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <aside class="card" aria-labelledby="how-to">
            <div class="card-head"><h2 id="how-to">{t!(i18n, campaigns.columns_title)}</h2></div>
            <div class="card-body">
                <p>{t!(i18n, campaigns.columns_text)}</p>
                <dl class="columns">
                    <div><dt><code>{t!(i18n, campaigns.column_sender)}</code></dt><dd>{t!(i18n, campaigns.column_sender_text)}</dd></div>
                    <div><dt><code>{t!(i18n, campaigns.column_recipient)}</code></dt><dd>{t!(i18n, campaigns.column_recipient_text)}</dd></div>
                    <div><dt><code>{t!(i18n, campaigns.column_template)}</code></dt><dd>{t!(i18n, campaigns.column_template_text)}</dd></div>
                    <div><dt><code>{t!(i18n, campaigns.column_language)}</code></dt><dd>{t!(i18n, campaigns.column_language_text)}</dd></div>
                    <div><dt><code>{t!(i18n, campaigns.column_variables)}</code></dt><dd>{t!(i18n, campaigns.column_variables_text)}</dd></div>
                </dl>
                <a class="button secondary" href=GET_CAMPAIGN_SAMPLE_PATH download="" rel="external">{Icon::Download.draw()}{t!(i18n, campaigns.sample)}</a>
            </div>
        </aside>
    }
}
