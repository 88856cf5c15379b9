//! How mail goes out, and whether it does.

use crate::{
    api::{self, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    language,
    remote::{Change, Remote},
    ui::{
        button::{Button, Kind},
        dialog::Confirm,
        failure::ChangeFailed,
        field::{PasswordField, Select, TextField, required_when},
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::{
    FieldCode,
    organizations::{self, MailSecurity, MailSettings, MailSettingsInput, MailTest},
    validate, words,
};

#[component]
pub fn Mail(current: Signal<Option<MailSettings>>, settings: Remote<Option<MailSettings>>) -> impl IntoView {
    let i18n = use_i18n();
    let on = Memo::new(move |_| current.with(|current| current.as_ref().map(|settings| settings.host.clone())));
    let state = move || match on.get() {
        Some(host) => t_string!(i18n, organizations.mail_on, host = host).to_string(),
        None => t_string!(i18n, organizations.mail_off).to_owned(),
    };
    // What is saved by whomever is what the form shows from then on.
    let saved_at = Memo::new(move |_| current.with(|current| current.as_ref().map(|settings| settings.updated_at)));
    view! {
        <section class="card" aria-labelledby="mail-settings">
            <div class="card-head">
                <div>
                    <h2 id="mail-settings">{t!(i18n, organizations.mail)}</h2>
                    <p class="small">{t!(i18n, organizations.mail_text)}</p>
                </div>
            </div>
            <div class="card-body">
                <p class="row">
                    {move || if on.with(Option::is_some) { Icon::Mail.draw() } else { Icon::Info.draw() }}
                    <span>{state}</span>
                </p>
                {move || {
                    saved_at.track();
                    view! { <Form current=current.get_untracked() settings /> }
                }}
                <Show when=move || on.with(Option::is_some)><Tested /><Remove on settings /></Show>
            </div>
        </section>
    }
}

#[component]
fn Form(current: Option<MailSettings>, settings: Remote<Option<MailSettings>>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let has_password = current.as_ref().is_some_and(|current| current.has_password);
    let of = |what: fn(&MailSettings) -> String| RwSignal::new(current.as_ref().map(what).unwrap_or_default());
    let (host, username) = (of(|mail| mail.host.clone()), of(|mail| mail.username.clone().unwrap_or_default()));
    let (from_address, from_name) = (of(|mail| mail.from_address.clone()), of(|mail| mail.from_name.clone()));
    let port = RwSignal::new(current.as_ref().map_or_else(|| "587".to_owned(), |mail| mail.port.to_string()));
    let security = RwSignal::new(current.as_ref().map(|mail| mail.security).unwrap_or_default().to_string());
    let password = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        MailSecurity::iter().map(|one| (one.to_string(), security_words(locale, one).to_owned())).collect::<Vec<_>>()
    });
    let trimmed = |value: RwSignal<String>| value.with(|value| value.trim().to_owned());
    let input = move || {
        let input = MailSettingsInput {
            host: trimmed(host),
            port: port.with(|port| port.trim().parse().ok()).filter(|port| *port > 0)?,
            security: security.with(|security| security.parse().ok())?,
            username: Some(trimmed(username)).filter(|username| !username.is_empty()),
            password: Some(password.get()).filter(|password| !password.is_empty()),
            from_address: trimmed(from_address),
            from_name: trimmed(from_name),
        };
        (!input.host.is_empty() && validate::email(&input.from_address).is_ok()).then_some(input)
    };
    let submit = move || {
        pressed.set(true);
        let Some(input) = untrack(input) else { return };
        change.run(async move { api::send(organizations::UPDATE_MAIL_SETTINGS, &[], &input).await }, move |saved| {
            toasts.success(t_string!(i18n, organizations.mail_saved));
            settings.value.set(Some(Some(saved)));
        });
    };
    let host_missing = required_when(move || pressed.get() && host.with(|host| host.trim().is_empty()));
    let no_port = move || {
        let fits = port.with(|port| port.trim().parse::<u16>().is_ok_and(|port| port > 0));
        (pressed.get() && !fits).then(|| t_string!(i18n, organizations.port_wrong).to_owned())
    };
    let no_address = move || {
        let wrong = pressed.get() && from_address.with(|address| validate::email(address.trim()).is_err());
        wrong.then(|| words::field(FieldCode::NotAnEmail, None, language::of(i18n.get_locale())))
    };
    let (host_wrong, port_wrong, address_wrong) =
        (change.field("host"), change.field("port"), change.field("from_address"));
    let password_hint = Signal::derive(move || {
        if has_password {
            t_string!(i18n, organizations.password_kept).to_owned()
        } else {
            t_string!(i18n, organizations.password_none).to_owned()
        }
    });
    view! {
        <form class="stack" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <ChangeFailed change />
            <div class="two">
                <TextField label=say!(i18n, organizations.host) value=host
                    error=Signal::derive(move || host_missing.get().or_else(|| host_wrong.get())) />
                <TextField label=say!(i18n, organizations.port) value=port kind="number"
                    error=Signal::derive(move || no_port().or_else(|| port_wrong.get())) />
                <Select label=say!(i18n, organizations.security) value=security choices />
                <TextField label=say!(i18n, organizations.username) value=username autocomplete="off"
                    hint=say!(i18n, organizations.username_hint) error=change.field("username") />
                <PasswordField label=say!(i18n, organizations.password) value=password autocomplete="new-password"
                    hint=password_hint error=change.field("password") />
                <TextField label=say!(i18n, organizations.from_address) value=from_address kind="email"
                    error=Signal::derive(move || no_address().or_else(|| address_wrong.get())) />
                <TextField label=say!(i18n, organizations.from_name) value=from_name max=100 error=change.field("from_name") />
            </div>
            <div class="row row-end"><Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, ui.save)}</Button></div>
        </form>
    }
}

fn security_words(locale: Locale, security: MailSecurity) -> &'static str {
    match security {
        MailSecurity::Tls => td_string!(locale, organizations.security_tls),
        MailSecurity::Starttls => td_string!(locale, organizations.security_starttls),
        MailSecurity::None => td_string!(locale, organizations.security_none),
    }
}

/// Sends a mail to whoever presses the button, and says what the mail server answered.
#[component]
fn Tested() -> impl IntoView {
    let i18n = use_i18n();
    let change = Change::new();
    let answer = RwSignal::new(None::<MailTest>);
    let test = move |_| {
        answer.set(None);
        change.run(api::ask(organizations::TEST_MAIL_SETTINGS, &[], Query::none()), move |test| answer.set(Some(test)));
    };
    view! {
        <div class="mail-line">
            <p class="muted">{t!(i18n, organizations.test_hint)}</p>
            <Button icon=Icon::Mail busy=change.busy on:click=test>{t!(i18n, organizations.test)}</Button>
        </div>
        <ChangeFailed change />
        <div role="status">
            {move || answer.get().map(|MailTest { sent, to, detail }| if sent {
                view! {
                    <div class="notice success">{Icon::Check.draw()}
                        <div><p>{move || t_string!(i18n, organizations.test_sent, to = to.clone()).to_string()}</p></div></div>
                }.into_any()
            } else {
                view! {
                    <div class="notice danger">{Icon::Warning.draw()}
                        <div>
                            <p class="strong">{t!(i18n, organizations.test_failed)}</p>
                            {match detail {
                                Some(detail) => view! {
                                    <p class="notice-text">{t!(i18n, organizations.test_answer)}" "<q>{detail}</q></p>
                                }.into_any(),
                                None => view! { <p class="notice-text">{t!(i18n, organizations.test_silent)}</p> }.into_any(),
                            }}
                        </div></div>
                }.into_any()
            })}
        </div>
    }
}

#[component]
fn Remove(on: Memo<Option<String>>, settings: Remote<Option<MailSettings>>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let asking = RwSignal::new(false);
    let remove = move |()| {
        change.run(api::ask(organizations::DELETE_MAIL_SETTINGS, &[], Query::none()), move |()| {
            asking.set(false);
            toasts.success(t_string!(i18n, organizations.mail_removed));
            settings.value.set(Some(None));
        });
    };
    let title = Signal::derive(move || {
        t_string!(i18n, organizations.mail_remove_title, host = on.get().unwrap_or_default()).to_string()
    });
    view! {
        <div class="row row-end">
            <Button kind=Kind::Danger icon=Icon::Trash on:click=move |_| asking.set(true)>{t!(i18n, organizations.mail_remove)}</Button>
        </div>
        <Confirm open=asking title change on_confirm=Callback::new(remove)
            consequence=say!(i18n, organizations.mail_remove_text) action=say!(i18n, organizations.mail_remove) />
    }
}
