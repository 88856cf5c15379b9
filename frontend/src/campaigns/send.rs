//! Step 2: name it, look at it once more, send it.

use super::{
    model::{self, Hindrance},
    new::Step,
    review::Recognised,
};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
    remote::Change,
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::{TextField, required_when},
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::{
    Permission,
    campaigns::{self, Campaign, CampaignSendInput, NAME_MAX},
};

#[component]
pub fn SendStep(draft: RwSignal<Option<Campaign>>, step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(campaign) = draft.get_untracked() else { return ().into_any() };
    let (toasts, numbers, session) = (Toasts::use_here(), Numbers::use_here(), Session::use_here());
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let name = RwSignal::new(campaign.name.clone());
    let leave_out = RwSignal::new(false);
    let (id, rows) = (campaign.id, campaign.rows);
    let missing = required_when(move || pressed.get() && name.with(|name| name.trim().is_empty()));
    let refused = change.field("name");
    let needed = move || pressed.get() && model::hindrance(&rows, leave_out.get()) == Some(Hindrance::FaultyRows);
    let submit = move || {
        pressed.set(true);
        let input = CampaignSendInput {
            name: name.get_untracked().trim().to_owned(),
            leave_out_faulty: leave_out.get_untracked(),
        };
        if input.name.is_empty() || model::hindrance(&rows, input.leave_out_faulty).is_some() {
            return;
        }
        change.run(async move { api::send(campaigns::SEND_CAMPAIGN, &[&id], &input).await }, move |sent| {
            toasts.success(untrack(|| t_string!(i18n, campaigns.sent_toast)));
            let target = untrack(|| numbers.address(&routes::campaign(sent.id)));
            navigate.with_value(|navigate| navigate(&target, NavigateOptions::default()));
        });
    };
    view! {
        <form novalidate class="stack" on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="campaign-columns">
                <div class="stack">
                    <section class="card"><div class="card-body">
                        <ChangeFailed change />
                        <TextField label=say!(i18n, campaigns.name) value=name max=NAME_MAX autofocus=true hint=say!(i18n, campaigns.name_hint)
                            error=Signal::derive(move || missing.get().or_else(|| refused.get())) />
                        <Summary campaign=campaign.clone() />
                        {(rows.faulty > 0).then(|| view! {
                            <div class="field">
                                <label class="check">
                                    <input type="checkbox" prop:checked=leave_out aria-describedby="leave-out-error"
                                        on:change:target=move |event| leave_out.set(event.target().checked()) />
                                    <span>{move || t_string!(i18n, campaigns.leave_out, count = rows.faulty)}</span>
                                </label>
                                <p id="leave-out-error" class="field-error" role="alert">
                                    {move || needed().then(|| view! { {Icon::Warning.draw()}{t!(i18n, campaigns.leave_out_needed)} })}
                                </p>
                            </div>
                        })}
                    </div></section>
                </div>
                <Recognised campaign />
            </div>
            <div class="campaign-foot">
                <Button on:click=move |_| step.set(Step::Sheet)>{t!(i18n, campaigns.back)}</Button>
                <Button kind=Kind::Primary submit=true icon=Icon::Send busy=change.busy
                    disabled=Signal::derive(move || !session.can(Permission::EditCampaigns))>{t!(i18n, campaigns.send)}</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Summary(campaign: Campaign) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let part = move |words: Signal<String>, count: usize| {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        view! { <div><dt>{words}</dt><dd class="figure-count">{move || writer.with(|writer| writer.count(count))}</dd></div> }
    };
    view! {
        <section aria-labelledby="summary">
            <h2 id="summary" class="summary-title">{t!(i18n, campaigns.summary)}</h2>
            <dl class="summary">
                {part(say!(i18n, campaigns.senders), campaign.senders.len())}
                {part(say!(i18n, campaigns.recipients), usize::try_from(campaign.rows.valid).unwrap_or(usize::MAX))}
                {part(say!(i18n, campaigns.models), campaign.templates.len())}
            </dl>
        </section>
    }
}
