//! Where somebody is signed in.

use super::model;
use crate::{
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    ui::{button::Button, table::TableBox},
};
use leptos::prelude::*;
use types::{SessionId, sessions::SessionInfo};

/// The sessions, the latest used first; with a button to end each that is not this one, where `on_end` is given.
#[component]
pub fn SessionTable(
    list: Signal<Vec<SessionInfo>>,
    label: Signal<String>,
    #[prop(optional)] on_end: Option<Callback<SessionId>>,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let some = Memo::new(move |_| list.with(|list| !list.is_empty()));
    view! {
        <Show when=move || some.get() fallback=move || view! { <p class="card-body muted">{t!(i18n, members.no_sessions)}</p> }>
            <TableBox label>
                <thead><tr>
                    <th scope="col">{t!(i18n, members.device)}</th>
                    <th scope="col">{t!(i18n, members.used)}</th>
                    <th scope="col">{t!(i18n, members.started)}</th>
                    {on_end.map(|_| view! { <th scope="col"><span class="visually-hidden">{t!(i18n, account.actions)}</span></th> })}
                </tr></thead>
                <tbody>
                    <For each=move || list.get() key=|one| (one.id, one.last_seen_at, one.current)
                        children=move |one| view! { <Line one on_end busy /> } />
                </tbody>
            </TableBox>
        </Show>
    }
}

#[component]
fn Line(one: SessionInfo, on_end: Option<Callback<SessionId>>, busy: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let SessionInfo { id, created_at, last_seen_at, expires_at: _, user_agent, current } = one;
    let known = StoredValue::new(model::device(&user_agent));
    let device = move || known.get_value().unwrap_or_else(|| t_string!(i18n, members.device_unknown).to_owned());
    view! {
        <tr>
            <td title=user_agent>
                {device}
                {current.then(|| view! { " "<span class="badge accent">{t!(i18n, members.current)}</span> })}
            </td>
            <td class="nowrap">{move || writer.with(|writer| writer.time(last_seen_at, Style::DateTime))}</td>
            <td class="nowrap muted">{move || writer.with(|writer| writer.time(created_at, Style::DateTime))}</td>
            {on_end.map(|on_end| view! {
                <td class="figure">
                    {(!current).then(|| view! {
                        <Button small=true disabled=busy on:click=move |_| on_end.run(id)>
                            <span aria-hidden="true">{t!(i18n, account.end)}</span>
                            <span class="visually-hidden">{move || t_string!(i18n, account.end_named, device = device()).to_string()}</span>
                        </Button>
                    })}
                </td>
            })}
        </tr>
    }
}
