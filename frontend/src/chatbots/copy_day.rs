//! The hours of one weekday given to others.

use super::{
    editing::Editing,
    hours::{day_of, set_day, weekday},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        button::{Button, IconButton, Kind},
        dialog::Dialog,
        icon::Icon,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::settings_changes::SettingsField as F;

#[component]
pub fn CopyDay(day: usize) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(BTreeSet::<usize>::new());
    let name =
        Signal::derive(move || t_string!(i18n, chatbots.copy_day, day = weekday(i18n.get_locale(), day)).to_string());
    let copy = move |_| {
        let days = chosen.get_untracked();
        editing.change(F::OpeningHours, |settings| {
            let intervals = day_of(settings, day);
            for other in days {
                set_day(settings, other, intervals.clone());
            }
        });
        open.set(false);
    };
    view! {
        <IconButton icon=Icon::Copy small=true label=name on:click=move |_| {
            // From a working day to the other working days is what most want.
            chosen.set((0..5).filter(|other| day < 5 && *other != day).collect());
            open.set(true);
        } />
        <Dialog open title=name>
            <fieldset class="dialog-body">
                <legend class="visually-hidden">{t!(i18n, chatbots.copy_to)}</legend>
                {(0..7_usize).filter(|other| *other != day).map(|other| view! {
                    <label class="check">
                        <input type="checkbox" prop:checked=move || chosen.with(|chosen| chosen.contains(&other))
                            on:change:target=move |event| {
                                let on = event.target().checked();
                                chosen.update(|chosen| if on { chosen.insert(other); } else { chosen.remove(&other); });
                            } />
                        <span>{move || weekday(i18n.get_locale(), other)}</span>
                    </label>
                }).collect_view()}
            </fieldset>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary disabled=Signal::derive(move || chosen.with(BTreeSet::is_empty)) on:click=copy>{t!(i18n, ui.copy)}</Button>
            </div>
        </Dialog>
    }
}
