//! The table of chatbots.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl::{Style, use_writer},
    routes,
    settings_changes::selection::{SelectPage, SelectRow, Selection},
    ui::{icon::Icon, table::TableBox},
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Page,
    chatbots::{ChatbotCard, SurveyKind},
};

#[component]
pub fn Table(page: Signal<Page<ChatbotCard>>, selection: Selection, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    // A number that is still being included has no chatbot to change.
    let numbers = Signal::derive(move || {
        page.with(|page| {
            page.items.iter().filter(|card| card.version.is_some()).map(|card| card.number.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <TableBox label=say!(i18n, chatbots.title)>
            <thead><tr>
                <Show when=move || may_edit.get()><th scope="col"><SelectPage selection numbers /></th></Show>
                <th scope="col">{t!(i18n, settings_changes.number)}</th>
                <th scope="col">{t!(i18n, chatbots.list_on)}</th>
                <th scope="col" class="figure">{t!(i18n, chatbots.list_agents)}</th>
                <th scope="col">{t!(i18n, chatbots.list_changed)}</th>
                <th scope="col"><span class="visually-hidden">{t!(i18n, chatbots.list_actions)}</span></th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone()) key=|card| format!("{card:?}")
                    children=move |card| view! { <Row card selection may_edit /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Row(card: ChatbotCard, selection: Selection, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let ChatbotCard { number, version, changed_at, queue_agents, .. } = card.clone();
    let made = version.is_some();
    let changed = move || match changed_at {
        Some(at) => writer.with(|writer| writer.time(at, Style::DateTime)),
        None => t_string!(i18n, chatbots.list_never).to_owned(),
    };
    let picked = number.clone();
    let name = number.name.clone();
    let edit = move || t_string!(i18n, settings_changes.edit_named, name = name.clone()).to_string();
    view! {
        <tr>
            <Show when=move || may_edit.get()><td><SelectRow selection number=picked.clone() disabled=!made /></td></Show>
            <td>
                <span class="strong">{number.name.clone()}</span>
                <p class="muted small numeric nowrap">{number.phone.clone()}</p>
            </td>
            <td>{move || badges(i18n.get_locale(), &card).into_iter().map(|(words, tone)| view! {
                <span class=format!("badge {tone}")>{words}</span>" "
            }).collect_view()}</td>
            <td class="figure">{move || if made && queue_agents == 0 {
                view! { <span class="badge warning">{t!(i18n, chatbots.list_no_agents)}</span> }.into_any()
            } else {
                writer.with(|writer| writer.count(queue_agents)).into_any()
            }}</td>
            <td class="nowrap muted">{changed}</td>
            <td>{made.then(|| view! {
                <A href=routes::chatbot(number.id) attr:class="button quiet icon-only small" attr:title=edit.clone() attr:aria-label=edit>{Icon::Edit.draw()}</A>
            })}</td>
        </tr>
    }
}

/// What is on, and how it is coloured.
fn badges(locale: Locale, card: &ChatbotCard) -> Vec<(&'static str, &'static str)> {
    if card.version.is_none() {
        return vec![(td_string!(locale, chatbots.list_not_made), "warning")];
    }
    let survey = match card.survey {
        SurveyKind::None => None,
        SurveyKind::Csat => Some((td_string!(locale, chatbots.list_csat), "")),
        SurveyKind::Nps => Some((td_string!(locale, chatbots.list_nps), "")),
    };
    let on = [
        card.absence.then(|| (td_string!(locale, chatbots.list_absence), "warning")),
        card.faq.then(|| (td_string!(locale, chatbots.list_faq), "accent")),
        card.attendance_centre.then(|| (td_string!(locale, chatbots.list_centre), "accent")),
        card.always_open.then(|| (td_string!(locale, chatbots.list_always), "")),
        survey,
    ];
    let on: Vec<_> = on.into_iter().flatten().collect();
    if on.is_empty() { vec![(td_string!(locale, chatbots.list_nothing), "")] } else { on }
}
