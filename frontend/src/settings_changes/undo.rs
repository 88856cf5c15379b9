//! Undoing a change: what follows, and what to do when others changed the numbers since.

use super::past::{Past, kept_words, names};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode,
    settings_changes::{SettingsChange, SettingsUndo},
};

#[component]
pub fn UndoDialog(
    past: Past,
    undoing: RwSignal<Option<SettingsChange>>,
    open: RwSignal<bool>,
    /// Gets the change as it is then.
    on_done: Callback<(SettingsChange,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let change = Change::new();
    Effect::new(move || {
        if open.get() {
            change.failed.set(None);
        }
    });
    let text = move || {
        undoing.with(|undoing| {
            let undoing = undoing.as_ref()?;
            let names = names(i18n, undoing);
            Some(match undoing.numbers {
                1 => t_string!(i18n, settings_changes.undo_text_one, names = names).to_string(),
                count => t_string!(i18n, settings_changes.undo_text, count = count, names = names).to_string(),
            })
        })
    };
    let refused = Memo::new(move |_| {
        change.failed.with(|failed| failed.as_ref().and_then(api::Failed::code))
            == Some(ErrorCode::SettingsChangedSince)
    });
    let undo = move |skip_changed: bool| {
        let Some(id) = undoing.with_untracked(|undoing| undoing.as_ref().map(|undoing| undoing.id)) else { return };
        let work = async move { api::send(past.undo, &[&id], &SettingsUndo { skip_changed }).await };
        change.run(work, move |undone: SettingsChange| {
            open.set(false);
            let words = untrack(|| match undone.kept {
                0 => t_string!(i18n, settings_changes.undo_done).to_owned(),
                kept => t_string!(i18n, settings_changes.undo_done_kept, kept = kept_words(i18n, kept)).to_string(),
            });
            toasts.success(words);
            on_done.run((undone,));
        });
    };
    view! {
        <Dialog open title=say!(i18n, settings_changes.undo_title)>
            <div class="dialog-body">
                <p>{text}</p>
                <ChangeFailed change />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Show when=move || refused.get() fallback=move || view! {
                    <Button kind=Kind::Danger busy=change.busy on:click=move |_| undo(false)>{t!(i18n, settings_changes.undo)}</Button>
                }>
                    <Button kind=Kind::Danger busy=change.busy on:click=move |_| undo(true)>{t!(i18n, settings_changes.undo_without)}</Button>
                </Show>
            </div>
        </Dialog>
    }
}
