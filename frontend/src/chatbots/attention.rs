//! Tab "Atención": what is said before and after attendance, while nobody is there, and before the next opening.

use super::{
    controls::{Section, Toggle},
    editing::Editing,
    suggested::Suggested,
    template::Template,
    words_box::{ShownWords, Standard, SwitchedWords, offering},
};
use crate::i18n::use_i18n;
use leptos::prelude::*;
use types::{
    chatbots::{AvailabilityState, ChatbotSettings, INTERACTIVE_MAX},
    messages::TEXT_MAX,
    settings_changes::SettingsField as F,
};

#[component]
pub fn AttentionTab() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    // For many numbers the template is looked up number by number.
    let refused = Signal::derive(move || {
        let missing =
            editing.about.with(|about| about.number_id.is_some() && about.availability != AvailabilityState::Approved);
        // What is on can always be switched off.
        missing && editing.settings.with(|settings| !settings.attention.notify_next_hours.on)
    });
    view! {
        <Section field=F::PreAttendance title=say!(i18n, chatbots.field_pre_attendance) hint=say!(i18n, chatbots.pre_hint)>
            <PreAttendance />
        </Section>
        <Section field=F::PostAttendance title=say!(i18n, chatbots.field_post_attendance) hint=say!(i18n, chatbots.post_hint)>
            <SwitchedWords field=F::PostAttendance switch=say!(i18n, chatbots.post_on) label=say!(i18n, chatbots.message)
                read=|settings| &settings.attention.post_attendance write=|settings| &mut settings.attention.post_attendance
                pointer="/attention/post_attendance" max=TEXT_MAX />
        </Section>
        <Section field=F::Absence title=say!(i18n, chatbots.field_absence) hint=say!(i18n, chatbots.absence_hint)>
            <Absence />
        </Section>
        <Section field=F::NotifyNextHours title=say!(i18n, chatbots.field_notify_next_hours) hint=say!(i18n, chatbots.notify_hint)>
            <Template />
            <SwitchedWords field=F::NotifyNextHours switch=say!(i18n, chatbots.notify_on) label=say!(i18n, chatbots.message)
                read=|settings| &settings.attention.notify_next_hours write=|settings| &mut settings.attention.notify_next_hours
                pointer="/attention/notify_next_hours" max=INTERACTIVE_MAX disabled=refused />
        </Section>
    }
}

#[component]
fn PreAttendance() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on = editing.part(
        F::PreAttendance,
        |settings| settings.attention.pre_attendance.on,
        |settings, on| settings.attention.pre_attendance.on = on,
    );
    let text = editing.part(
        F::PreAttendance,
        |settings| settings.attention.pre_attendance.text.clone(),
        |settings, text| settings.attention.pre_attendance.text = text,
    );
    let cancel = editing.part(
        F::PreAttendance,
        |settings| settings.attention.pre_attendance.cancel_button,
        |settings, cancel| settings.attention.pre_attendance.cancel_button = cancel,
    );
    let standard = |settings: &ChatbotSettings| settings.attention.pre_attendance.text.clone();
    let max = Signal::derive(move || if cancel.get() { INTERACTIVE_MAX } else { TEXT_MAX });
    view! {
        <Toggle label=say!(i18n, chatbots.pre_on) part=offering(editing, on, text, standard) pointer="/attention/pre_attendance" />
        <ShownWords shown=on.value label=say!(i18n, chatbots.message) text pointer="/attention/pre_attendance/text".to_owned() max
            standard=Standard::new(standard) />
        <Show when=move || on.get()>
            <Toggle label=say!(i18n, chatbots.cancel_button) hint=say!(i18n, chatbots.cancel_button_hint) part=cancel
                pointer="/attention/pre_attendance/cancel_button" />
        </Show>
    }
}

#[component]
fn Absence() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on = editing.part(
        F::Absence,
        |settings| settings.attention.absence.on,
        |settings, on| settings.attention.absence.on = on,
    );
    let text = editing.part(
        F::Absence,
        |settings| settings.attention.absence.text.clone(),
        |settings, text| settings.attention.absence.text = text,
    );
    let standard = |settings: &ChatbotSettings| settings.attention.absence.text.clone();
    let max = Signal::derive(move || {
        let suggests = editing.settings.with(|settings| settings.attention.absence.suggested.is_some());
        if suggests { INTERACTIVE_MAX } else { TEXT_MAX }
    });
    let wrong = editing.fault_within("/attention/absence/suggested");
    let shown = Memo::new(move |_| on.get() || wrong.with(Option::is_some));
    view! {
        <Toggle label=say!(i18n, chatbots.absence_on) part=offering(editing, on, text, standard) pointer="/attention/absence" />
        <ShownWords shown=on.value label=say!(i18n, chatbots.message) text pointer="/attention/absence/text".to_owned() max
            standard=Standard::new(standard) />
        <Show when=move || shown.get()><Suggested /></Show>
    }
}
