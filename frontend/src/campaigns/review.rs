//! Step 1, after the upload: what was recognised and what is wrong.

use super::{faults::Faults, new::Step};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
    remote::Change,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::campaigns::{self, Campaign};

#[component]
pub fn Review(draft: RwSignal<Option<Campaign>>, step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(campaign) = draft.get_untracked() else { return ().into_any() };
    let rows = campaign.rows;
    let discard = Change::new();
    let id = campaign.id;
    let fault_tone = if rows.faulty > 0 { "bad" } else { "" };
    let other = move |_| {
        discard.run(api::ask(campaigns::DELETE_CAMPAIGN, &[&id], Query::none()), move |()| draft.set(None));
    };
    view! {
        <section class="card file-card" aria-label=move || t_string!(i18n, campaigns.review)>
            <span class="file-icon">{Icon::Document.draw()}</span>
            <div class="file-name"><p class="strong">{campaign.name.clone()}</p><p class="muted small"><RowCount count=rows.total /></p></div>
            <Button busy=discard.busy on:click=other>{t!(i18n, campaigns.other_file)}</Button>
        </section>
        <ChangeFailed change=discard />
        <div class="campaign-columns">
            <div class="stack">
                <ul class="figures">
                    <Total words=say!(i18n, campaigns.rows_total) count=rows.total tone="" />
                    <Total words=say!(i18n, campaigns.rows_valid) count=rows.valid tone="good" />
                    <Total words=say!(i18n, campaigns.rows_faulty) count=rows.faulty tone=fault_tone />
                </ul>
                {if rows.faulty > 0 {
                    view! { <Faults campaign=id /> }.into_any()
                } else {
                    view! { <div class="notice success" role="status">{Icon::Check.draw()}<p class="notice-text">{t!(i18n, campaigns.no_faults)}</p></div> }.into_any()
                }}
            </div>
            <Recognised campaign=campaign.clone() />
        </div>
        <div class="campaign-foot">
            {(rows.valid == 0).then(|| view! { <p class="field-error">{Icon::Warning.draw()}{t!(i18n, campaigns.nothing_valid)}</p> })}
            <Button kind=Kind::Primary disabled=rows.valid == 0 on:click=move |_| step.set(Step::Send)>{t!(i18n, campaigns.go_on)}</Button>
        </div>
    }
    .into_any()
}

#[component]
fn Total(words: Signal<String>, count: u64, tone: &'static str) -> impl IntoView {
    let writer = use_writer();
    view! {
        <li class=format!("figure-card {tone}")>
            <span class="figure-words">{words}</span>
            <span class="figure-count">{move || writer.with(|writer| writer.count(count))}</span>
        </li>
    }
}

/// "37 rows".
#[component]
pub fn RowCount(count: u64) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    move || match count {
        1 => t_string!(i18n, campaigns.rows_count_one).to_owned(),
        count => t_string!(i18n, campaigns.rows_count, count = writer.with(|writer| writer.count(count))),
    }
}

/// The right column: senders, templates and recipients as they were understood.
#[component]
pub fn Recognised(campaign: Campaign) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let valid = campaign.rows.valid;
    let (senders, models) = (campaign.senders.len(), campaign.templates.len());
    view! {
        <aside class="card" aria-labelledby="recognised">
            <div class="card-head"><h2 id="recognised">{t!(i18n, campaigns.recognised)}</h2></div>
            <div class="card-body">
                <section class="found">
                    <h3 id="recognised-senders">{t!(i18n, campaigns.senders)}<span class="tab-count">{senders}</span></h3>
                    <ul tabindex="0" aria-labelledby="recognised-senders">{campaign.senders.into_iter().map(|sender| view! {
                        <li><span class="clip">{sender.number.name}<small class="muted numeric">{sender.number.phone}</small></span>
                            <span class="muted small nowrap"><RowCount count=sender.rows /></span></li>
                    }).collect_view()}</ul>
                </section>
                <section class="found">
                    <h3 id="recognised-models">{t!(i18n, campaigns.models)}<span class="tab-count">{models}</span></h3>
                    <ul tabindex="0" aria-labelledby="recognised-models">{campaign.templates.into_iter().map(|template| view! {
                        <li><span class="clip"><code>{template.name}</code><small class="muted">{template.language}</small></span>
                            <span class="muted small nowrap"><RowCount count=template.rows /></span></li>
                    }).collect_view()}</ul>
                </section>
                <section class="found">
                    <h3>{t!(i18n, campaigns.recipients)}<span class="tab-count">{move || writer.with(|writer| writer.count(valid))}</span></h3>
                </section>
            </div>
        </aside>
    }
}
