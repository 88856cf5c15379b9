//! Somebody saved in between: both sides, field by field, and the choice.

use super::{
    form::{FieldName, readable},
    model::{self, Texts},
};
use crate::{
    i18n::{t, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        table::TableBox,
    },
};
use leptos::prelude::*;
use types::whatsapp_profiles::WhatsappProfile;

#[component]
pub fn Conflict(
    open: RwSignal<bool>,
    mine: Memo<Texts>,
    theirs: RwSignal<Option<WhatsappProfile>>,
    change: Change,
    on_keep: Callback<()>,
    on_take: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let stored = Memo::new(move |_| theirs.with(|theirs| theirs.as_ref().map(Texts::of).unwrap_or_default()));
    let fields = move || mine.with(|mine| stored.with(|stored| model::differing(mine, stored)));
    view! {
        <Dialog open wide=true title=say!(i18n, ui.conflict_title)>
            <div class="dialog-body">
                <TableBox label=say!(i18n, ui.conflict_title)>
                    <thead><tr>
                        <th scope="col">{t!(i18n, whatsapp_profiles.field)}</th>
                        <th scope="col">{t!(i18n, ui.conflict_yours)}</th>
                        <th scope="col">{t!(i18n, ui.conflict_theirs)}</th>
                    </tr></thead>
                    <tbody>
                        {move || fields().into_iter().map(|field| view! {
                            <tr>
                                <th scope="row"><FieldName field /></th>
                                <td class="conflict-text">{move || mine.with(|mine| readable(i18n.get_locale(), mine, field))}</td>
                                <td class="conflict-text">{move || stored.with(|stored| readable(i18n.get_locale(), stored, field))}</td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </TableBox>
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| on_take.run(())>{t!(i18n, ui.conflict_take)}</Button>
                <Button kind=Kind::Primary busy=change.busy on:click=move |_| on_keep.run(())>{t!(i18n, ui.conflict_keep)}</Button>
            </div>
        </Dialog>
    }
}
