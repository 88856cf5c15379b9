//! Enter the code that came, or ask for another.

use super::{ask::Ask, digits::DigitsField, model, one::Work};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    language,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::{
    FieldCode,
    verifications::{self, CodeInput, CodeMethod},
    words,
};

#[component]
pub fn Check(work: Work) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let Work { verification, now, may_edit, change, .. } = work;
    let code = RwSignal::new(String::new());
    let pressed = RwSignal::new(false);
    let guesses = Memo::new(move |_| verification.with(|one| one.guesses_left));
    let refused = change.field("code");
    let error = Signal::derive(move || {
        let short = pressed.get() && code.with(|code| !model::is_complete(code));
        let own = short.then(|| words::field(FieldCode::SixDigits, None, language::of(i18n.get_locale())));
        own.or_else(|| refused.get())
    });
    let sent = move || {
        let code = verification.with(|one| one.code.clone())?;
        let time = writer.with(|writer| writer.time(code.sent_at, Style::Time));
        Some(match code.method {
            CodeMethod::Sms => t_string!(i18n, verifications.sent_sms, time = time),
            CodeMethod::Voice => t_string!(i18n, verifications.sent_voice, time = time),
        })
    };
    let left = move || {
        let until = verification.with(|one| one.code.as_ref().map(|code| code.expires_at));
        let seconds = model::seconds_until(until, now.get())?;
        Some(t_string!(i18n, verifications.code_holds, time = model::clock(seconds)))
    };
    let check = move || {
        pressed.set(true);
        let (id, input) = (work.id(), CodeInput { code: code.get_untracked() });
        if !model::is_complete(&input.code) {
            return;
        }
        let request = async move { api::send(verifications::CHECK_CODE, &[&id], &input).await };
        change.run(request, move |fresh| work.take(fresh));
    };
    view! {
        <form novalidate class="stack" on:submit=move |event| {
            event.prevent_default();
            check();
        }>
            <h3>{t!(i18n, verifications.enter)}</h3>
            <div class="notice success" role="status">{Icon::Check.draw()}<p class="notice-text">{sent}</p></div>
            <ChangeFailed change />
            <DigitsField label=say!(i18n, verifications.code) value=code autocomplete="one-time-code" hint=say!(i18n, verifications.code_hint) error />
            <div class="row">
                <Button kind=Kind::Primary submit=true busy=change.busy
                    disabled=Signal::derive(move || guesses.get() == 0 || !may_edit.get())>{t!(i18n, verifications.check)}</Button>
                <span class="muted small">{move || t_string!(i18n, verifications.guesses_left, count = guesses.get())}</span>
                <span class="muted small numeric" role="timer">{left}</span>
            </div>
        </form>
        <details class="verification-again">
            <summary>{t!(i18n, verifications.not_come)}</summary>
            <p class="muted">{t!(i18n, verifications.not_come_text)}</p>
            <Ask work again=true />
        </details>
    }
}
