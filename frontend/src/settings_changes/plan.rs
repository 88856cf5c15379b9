//! What a change would do: before and after, number by number, and what is left out.

use super::{model, words};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{button::Button, field::fresh_id, icon::Icon, table::TableBox},
};
use leptos::prelude::*;
use types::settings_changes::{NumberPlan, SettingsFieldChange, SettingsPlan};

/// Numbers shown at a time.
const SHOWN: usize = 50;
/// With so few numbers, what changes on them is open from the start.
const OPEN: usize = 3;

#[component]
pub fn PlanView(plan: SettingsPlan) -> impl IntoView {
    let i18n = use_i18n();
    let changed = model::changed(&plan);
    let by_field = model::by_field(&plan);
    let (told, same): (Vec<_>, Vec<_>) = plan.numbers.into_iter().partition(model::is_told);
    let left_out = told.iter().any(|number| !number.left_out.is_empty());
    let same_count = same.len();
    let same_names = same.into_iter().map(|number| number.number.name).collect::<Vec<_>>().join(", ");
    let headline = move || match changed {
        0 => t_string!(i18n, settings_changes.plan_nothing).to_owned(),
        1 => t_string!(i18n, settings_changes.plan_changes_one).to_owned(),
        count => t_string!(i18n, settings_changes.plan_changes, count = count).to_string(),
    };
    let same_words = move || match same_count {
        1 => t_string!(i18n, settings_changes.plan_same_one).to_owned(),
        count => t_string!(i18n, settings_changes.plan_same, count = count).to_string(),
    };
    view! {
        <div class="plan stack">
            <p class="strong" role="status">{headline}</p>
            {(changed > 1).then(|| view! {
                <div>
                    <p class="muted small">{t!(i18n, settings_changes.plan_by_field)}</p>
                    <ul class="plan-fields">{by_field.into_iter().map(|(field, count)| view! {
                        <li class="badge">{move || crate::chatbots::words::field(i18n.get_locale(), field)}" · "{count}</li>
                    }).collect_view()}</ul>
                </div>
            })}
            {left_out.then(|| view! {
                <div class="notice warning">{Icon::Warning.draw()}<div><p class="notice-text">{t!(i18n, settings_changes.plan_left_out)}</p></div></div>
            })}
            <Numbers numbers=told />
            {(same_count > 0).then(|| view! {
                <details class="plan-same">
                    <summary>{same_words}</summary>
                    <p class="muted">{same_names}</p>
                </details>
            })}
        </div>
    }
}

#[component]
fn Numbers(numbers: Vec<NumberPlan>) -> impl IntoView {
    let i18n = use_i18n();
    let open = numbers.len() <= OPEN;
    let total = numbers.len();
    let numbers = StoredValue::new(numbers);
    let shown = RwSignal::new(SHOWN);
    let rows = move || {
        let count = shown.get().min(total);
        numbers.with_value(|numbers| numbers.iter().take(count).cloned().collect::<Vec<_>>())
    };
    (total > 0).then(|| {
        view! {
            <ul class="plan-numbers" aria-label=move || t_string!(i18n, settings_changes.plan_numbers)>
                <For each=rows key=|plan| plan.number.id children=move |plan| view! { <One plan open /> } />
            </ul>
            <Show when=move || { shown.get() < total }>
                <div class="more"><Button small=true on:click=move |_| shown.update(|shown| *shown += SHOWN)>{t!(i18n, settings_changes.plan_more)}</Button></div>
            </Show>
        }
    })
}

#[component]
fn One(plan: NumberPlan, open: bool) -> impl IntoView {
    let i18n = use_i18n();
    let opened = RwSignal::new(open);
    let NumberPlan { number, version: _, changes, left_out } = plan;
    let (name, id) = (StoredValue::new(number.name.clone()), fresh_id("plan"));
    let count = changes.len();
    let changes = StoredValue::new(changes);
    let panel = id.clone();
    let fields = move || match count {
        1 => t_string!(i18n, settings_changes.plan_fields_one).to_owned(),
        count => t_string!(i18n, settings_changes.plan_fields, count = count).to_string(),
    };
    let label = move || {
        let name = name.get_value();
        if opened.get() {
            t_string!(i18n, settings_changes.plan_hide, name = name).to_string()
        } else {
            t_string!(i18n, settings_changes.plan_show, name = name).to_string()
        }
    };
    view! {
        <li class="plan-number">
            <div class="plan-head">
                <span class="plan-words"><span class="strong">{number.name}</span><span class="muted small numeric">{number.phone}</span></span>
                {(count > 0).then(|| view! {
                    <span class="badge accent">{fields}</span>
                    <button type="button" class="button quiet icon-only small" aria-label=label title=label aria-controls=id
                        aria-expanded=move || if opened.get() { "true" } else { "false" } on:click=move |_| opened.update(|open| *open = !*open)>
                        {move || if opened.get() { Icon::Minus.draw() } else { Icon::Plus.draw() }}
                    </button>
                })}
            </div>
            {(!left_out.is_empty()).then(|| view! {
                <ul class="plan-left">{left_out.into_iter().map(|one| view! {
                    <li>{Icon::Warning.draw()}<span>{move || words::left_out(i18n.get_locale(), &one)}</span></li>
                }).collect_view()}</ul>
            })}
            <div id=panel>
                <Show when=move || opened.get() && { count > 0 }>
                    <Table name=name.get_value() changes=changes.get_value() />
                </Show>
            </div>
        </li>
    }
}

#[component]
fn Table(name: String, changes: Vec<SettingsFieldChange>) -> impl IntoView {
    let i18n = use_i18n();
    let label = Signal::derive(move || t_string!(i18n, settings_changes.plan_of, name = name.clone()).to_string());
    view! {
        <TableBox label>
            <thead><tr>
                <th scope="col">{t!(i18n, settings_changes.field)}</th>
                <th scope="col">{t!(i18n, settings_changes.before)}</th>
                <th scope="col">{t!(i18n, settings_changes.after)}</th>
            </tr></thead>
            <tbody>{changes.into_iter().map(|change| {
                let SettingsFieldChange { field, from, to } = change;
                view! {
                    <tr>
                        <th scope="row">{move || crate::chatbots::words::field(i18n.get_locale(), field)}</th>
                        <td>{move || words::value(i18n.get_locale(), field, &from)}</td>
                        <td>{move || words::value(i18n.get_locale(), field, &to)}</td>
                    </tr>
                }
            }).collect_view()}</tbody>
        </TableBox>
    }
}
