//! Ask for a code: by SMS or by a call, in a language, and not before Meta allows another.

use super::{model, one::Work};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    language,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::Select,
        icon::Icon,
    },
};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::{
    Language,
    verifications::{self, CodeMethod, CodeRequest},
};

#[component]
pub fn Ask(
    work: Work,
    /// A code was sent already; this asks for another.
    again: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let Work { verification, now, may_edit, change, .. } = work;
    let method = RwSignal::new(CodeMethod::Sms);
    let spoken = RwSignal::new(untrack(|| language::of(i18n.get_locale())).to_string());
    let wait = Memo::new(move |_| model::seconds_until(verification.with(|one| one.next_code_at), now.get()));
    let left = Memo::new(move |_| verification.with(|one| one.codes_left));
    let ask = move || {
        let Ok(language) = spoken.with_untracked(|language| language.parse::<Language>()) else { return };
        let (id, input) = (work.id(), CodeRequest { method: method.get_untracked(), language });
        let request = async move { api::send(verifications::REQUEST_CODE, &[&id], &input).await };
        change.run(request, move |fresh| work.take(fresh));
    };
    let choices = Signal::derive(|| {
        Language::iter().map(|one| (one.to_string(), language::own_name(one).to_owned())).collect::<Vec<_>>()
    });
    let option = move |own: CodeMethod, words: Signal<String>, hint: Signal<String>| {
        view! {
            <label class="check method">
                <input type="radio" name="method" prop:checked=move || method.get() == own on:change=move |_| method.set(own) />
                <span><span class="strong">{words}</span><br /><span class="muted small">{hint}</span></span>
            </label>
        }
    };
    view! {
        <form novalidate class="stack" on:submit=move |event| {
            event.prevent_default();
            ask();
        }>
            <h3>{move || if again { t_string!(i18n, verifications.ask_again) } else { t_string!(i18n, verifications.ask) }}</h3>
            {(!again).then(|| view! {
                <div class="notice">{Icon::Info.draw()}<div>
                    <p class="strong">{t!(i18n, verifications.hints)}</p>
                    <ul class="verification-hints">
                        <li>{t!(i18n, verifications.hint_phone)}</li>
                        <li>{t!(i18n, verifications.hint_menu)}</li>
                    </ul>
                </div></div>
            })}
            {(!again).then(|| view! { <ChangeFailed change /> })}
            <fieldset class="stack">
                <legend class="field-label">{t!(i18n, verifications.method)}</legend>
                <div class="two">
                    {option(CodeMethod::Sms, say!(i18n, verifications.method_sms), say!(i18n, verifications.method_sms_hint))}
                    {option(CodeMethod::Voice, say!(i18n, verifications.method_voice), say!(i18n, verifications.method_voice_hint))}
                </div>
            </fieldset>
            <div class="two"><Select label=say!(i18n, verifications.language) value=spoken choices /></div>
            <div class="row">
                <Button kind=if again { Kind::Secondary } else { Kind::Primary } submit=true busy=change.busy
                    disabled=Signal::derive(move || wait.get().is_some() || left.get() == 0 || !may_edit.get())>
                    {move || if again { t_string!(i18n, verifications.send_again) } else { t_string!(i18n, verifications.send) }}
                </Button>
                <span class="muted small">{move || t_string!(i18n, verifications.codes_left, count = left.get())}</span>
                {move || wait.get().map(|seconds| view! {
                    <span class="muted small numeric" role="timer">{t_string!(i18n, verifications.wait, time = model::clock(seconds))}</span>
                })}
            </div>
        </form>
    }
}
