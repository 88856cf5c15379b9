//! Register the verified number with its PIN.

use super::{digits::DigitsField, model, one::Work};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    language,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    FieldCode,
    verifications::{self, PinInput},
    words,
};

#[component]
pub fn Register(work: Work) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let Work { verification, may_edit, change, .. } = work;
    let (pin, repeated) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let pressed = RwSignal::new(false);
    let left = Memo::new(move |_| verification.with(|one| one.registrations_left));
    let refused = change.field("pin");
    let short = move || pressed.get() && pin.with(|pin| !model::is_complete(pin));
    let error = Signal::derive(move || {
        let own = short().then(|| words::field(FieldCode::SixDigits, None, language::of(i18n.get_locale())));
        own.or_else(|| refused.get())
    });
    let differs = move || pin.with(|pin| repeated.with(|repeated| pin != repeated));
    let other = Signal::derive(move || {
        (pressed.get() && !short() && differs()).then(|| t_string!(i18n, verifications.pin_differs).to_owned())
    });
    let register = move || {
        pressed.set(true);
        let (id, input) = (work.id(), PinInput { pin: pin.get_untracked() });
        if !model::is_complete(&input.pin) || untrack(differs) {
            return;
        }
        let request = async move { api::send(verifications::REGISTER_NUMBER, &[&id], &input).await };
        change.run(request, move |fresh| {
            toasts.success(untrack(|| t_string!(i18n, verifications.registered_toast)));
            work.take(fresh);
        });
    };
    view! {
        <form novalidate class="stack" on:submit=move |event| {
            event.prevent_default();
            register();
        }>
            <h3>{t!(i18n, verifications.register_title)}</h3>
            <div class="notice">{Icon::Key.draw()}<div>
                <p class="notice-text">{t!(i18n, verifications.pin_text)}</p>
                <p class="notice-text">{t!(i18n, verifications.pin_before)}</p>
            </div></div>
            <ChangeFailed change />
            <div class="two">
                <DigitsField label=say!(i18n, verifications.pin) value=pin autocomplete="off" hint=say!(i18n, verifications.pin_hint) error />
                <DigitsField label=say!(i18n, verifications.pin_again) value=repeated autocomplete="off" hint=say!(i18n, verifications.pin_again_hint) error=other />
            </div>
            <div class="row">
                <Button kind=Kind::Primary submit=true busy=change.busy
                    disabled=Signal::derive(move || left.get() == 0 || !may_edit.get())>{t!(i18n, verifications.register)}</Button>
                <span class="muted small">{move || t_string!(i18n, verifications.registrations_left, count = left.get())}</span>
            </div>
        </form>
    }
}
