//! The confirmation: which numbers are modified, and what is activated and deactivated on each.

use super::model;
use crate::{
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::template_activations::{TemplateActivationsChange, TemplateActivationsPlan};

#[component]
pub fn ConfirmTemplates(
    open: RwSignal<bool>,
    plan: RwSignal<Option<TemplateActivationsPlan>>,
    apply: Change,
    many: bool,
    on_apply: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let nothing = Signal::derive(move || {
        plan.with(|plan| plan.as_ref().is_none_or(|plan| !plan.numbers.iter().any(model::is_changed)))
    });
    let action = move || {
        if many { t_string!(i18n, template_activations.apply) } else { t_string!(i18n, template_activations.apply_one) }
    };
    view! {
        <Dialog open title=say!(i18n, template_activations.confirm) wide=many>
            <div class="dialog-body">
                <ChangeFailed change=apply />
                {move || plan.get().map(|plan| view! { <Numbers plan /> })}
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary busy=apply.busy disabled=nothing on:click=move |_| on_apply.run(())>{action}</Button>
            </div>
        </Dialog>
    }
}

#[component]
fn Numbers(plan: TemplateActivationsPlan) -> impl IntoView {
    let i18n = use_i18n();
    let (changed, same): (Vec<_>, Vec<_>) = plan.numbers.into_iter().partition(model::is_changed);
    let (changed_count, same_count) = (changed.len(), same.len());
    let same_names = same.into_iter().map(|one| one.number.name).collect::<Vec<_>>().join(", ");
    let headline = move || match changed_count {
        0 => t_string!(i18n, settings_changes.plan_nothing).to_owned(),
        1 => t_string!(i18n, settings_changes.plan_changes_one).to_owned(),
        count => t_string!(i18n, settings_changes.plan_changes, count = count).to_string(),
    };
    let same_words = move || match same_count {
        1 => t_string!(i18n, settings_changes.plan_same_one).to_owned(),
        count => t_string!(i18n, settings_changes.plan_same, count = count).to_string(),
    };
    view! {
        <p class="strong" role="status">{headline}</p>
        {(changed_count > 0).then(|| view! {
            <ul class="plan-numbers" aria-label=move || t_string!(i18n, settings_changes.plan_numbers)>
                {changed.into_iter().map(|change| view! { <One change /> }).collect_view()}
            </ul>
        })}
        {(same_count > 0).then(|| view! {
            <details class="plan-same">
                <summary>{same_words}</summary>
                <p class="muted">{same_names}</p>
            </details>
        })}
    }
}

#[component]
fn One(change: TemplateActivationsChange) -> impl IntoView {
    let i18n = use_i18n();
    let TemplateActivationsChange { number, activated, deactivated } = change;
    let (activated, deactivated) = (activated.join(", "), deactivated.join(", "));
    let (some_on, some_off) = (!activated.is_empty(), !deactivated.is_empty());
    let on = move || t_string!(i18n, template_activations.activated, names = activated.clone()).to_string();
    let off = move || t_string!(i18n, template_activations.deactivated, names = deactivated.clone()).to_string();
    view! {
        <li class="plan-number">
            <div class="plan-head">
                <span class="plan-words"><span class="strong">{number.name}</span><span class="muted small numeric">{number.phone}</span></span>
            </div>
            <ul class="template-changes">
                {some_on.then(|| view! { <li class="on">{Icon::Plus.draw()}<span>{on}</span></li> })}
                {some_off.then(|| view! { <li class="off">{Icon::Minus.draw()}<span>{off}</span></li> })}
            </ul>
        </li>
    }
}
