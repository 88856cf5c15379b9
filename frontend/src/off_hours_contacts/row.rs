//! One contact of the list: when, who, whether they want to be called, and whether somebody wrote to them.

use super::{
    model::{self, SentState},
    send::Sending,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    messages,
    ui::{button::Button, icon::Icon},
};
use leptos::prelude::*;
use types::off_hours_contacts::{OffHoursCause, OffHoursContact};

#[component]
pub fn Row(contact: OffHoursContact, of_all: Memo<bool>, may_send: Memo<bool>, sending: Sending) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let at = contact.at;
    let name = StoredValue::new(contact.contact.name.clone().filter(|name| !name.trim().is_empty()));
    let shown_name = move || name.get_value().unwrap_or_else(|| t_string!(i18n, off_hours_contacts.no_name).to_owned());
    let phone = contact.contact.phone.clone();
    let number = StoredValue::new((contact.number.name.clone(), contact.number.phone.clone()));
    let absent = contact.cause == OffHoursCause::Absence;
    let callback = contact.callback;
    let whole = StoredValue::new(contact.clone());
    view! {
        <tr>
            <td class="numeric nowrap">{move || writer.with(|writer| writer.time(at, Style::DateTime))}</td>
            <td class="off-hours-who">
                <span class="strong">{shown_name}</span>
                {absent.then(|| view! { " "<span class="badge warning">{Icon::Away.draw()}{t!(i18n, off_hours_contacts.absence)}</span> })}
                <p class="muted small">{contact.preview.clone()}</p>
            </td>
            <td class="numeric nowrap">{match phone {
                Some(phone) => view! { {phone} }.into_any(),
                None => view! { <span class="muted">{t!(i18n, desk.phone_hidden)}</span> }.into_any(),
            }}</td>
            <Show when=move || of_all.get()>
                <td><span>{number.get_value().0}</span><br /><span class="muted small numeric">{number.get_value().1}</span></td>
            </Show>
            <td>{match callback {
                Some(true) => view! { <span class="badge accent">{t!(i18n, ui.yes)}</span> }.into_any(),
                Some(false) => view! { <span class="badge">{t!(i18n, ui.no)}</span> }.into_any(),
                None => view! {
                    <abbr title=move || t_string!(i18n, off_hours_contacts.not_asked)>{t!(i18n, off_hours_contacts.not_available)}</abbr>
                }.into_any(),
            }}</td>
            <td><Sent contact=contact.clone() /></td>
            <Show when=move || may_send.get()>
                <td class="figure">
                    <Button small=true icon=Icon::Send on:click=move |_| sending.ask(whole.get_value())>
                        {t!(i18n, off_hours_contacts.send)}<span class="visually-hidden">" "{shown_name}</span>
                    </Button>
                </td>
            </Show>
        </tr>
    }
}

/// Whether somebody wrote, who and when; or why the last message did not arrive.
#[component]
fn Sent(contact: OffHoursContact) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    match model::sent_state(&contact) {
        SentState::Sent => {
            let details = contact.sent.map(|sent| {
                let (at, by) = (sent.at, sent.by.map(|member| member.name));
                let who = move || {
                    by.clone().unwrap_or_else(|| t_string!(i18n, off_hours_contacts.sent_by_itself).to_owned())
                };
                view! { <p class="small muted">{who}" · "{move || writer.with(|writer| writer.time(at, Style::DateTime))}</p> }
            });
            view! { <span class="badge success">{Icon::Check.draw()}{t!(i18n, ui.yes)}</span>{details} }.into_any()
        }
        SentState::Failed => {
            let reason = contact.failure.map(|failure| {
                view! { <p class="recipient-failure small">{move || messages::failure(i18n.get_locale(), &failure)}</p> }
            });
            view! { <span class="badge danger">{Icon::Warning.draw()}{t!(i18n, off_hours_contacts.failed)}</span>{reason} }.into_any()
        }
        SentState::Unsent => view! { <span class="badge">{t!(i18n, ui.no)}</span> }.into_any(),
    }
}
