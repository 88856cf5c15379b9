//! One row of the review: its four cells, corrected in place where they are faulty.

use super::model;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    language,
    remote::{Change, Remote},
    ui::{
        button::{Button, IconButton},
        failure::ChangeFailed,
        field::fresh_id,
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::{
    number_imports::{self, ImportColumn, ImportFault, NumberImport, NumberImportRow, NumberImportRowInput},
    words,
};

#[component]
pub fn Row(
    number: u32,
    import: Signal<NumberImport>,
    remote: Remote<NumberImport>,
    may_edit: Memo<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    // A row that was left out is gone from the sheet a moment before it is gone from the page.
    let row = Memo::new(move |before: Option<&Option<NumberImportRow>>| {
        let found = import.with(|import| import.rows.iter().find(|row| row.row == number).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let cells =
        RwSignal::new(row.with_untracked(|row| row.as_ref().map(model::cells)).unwrap_or(NumberImportRowInput {
            country_code: String::new(),
            phone_number: String::new(),
            users_emails: String::new(),
            display_name: String::new(),
        }));
    let faulty = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| !row.faults.is_empty())));
    let editing = RwSignal::new(false);
    // A correction of another row may have made this one faulty: it opens by itself. What is being written stays.
    Effect::new(move || {
        let fresh = row.get();
        if let Some(row) = fresh.filter(|_| !editing.get_untracked()) {
            cells.set(model::cells(&row));
        }
        if faulty.get() && may_edit.get() {
            editing.set(true);
        }
    });
    let (save, leave_out) = (Change::new(), Change::new());
    let id = move || import.with_untracked(|import| import.id);
    let take = move |saved: NumberImport| remote.value.set(Some(saved));
    let submit = move || {
        let (id, input) = (id(), cells.get_untracked());
        let work = async move { api::send(number_imports::UPDATE_NUMBER_IMPORT_ROW, &[&id, &number], &input).await };
        save.run(work, move |saved: NumberImport| {
            let fresh = saved.rows.iter().find(|row| row.row == number);
            editing.set(fresh.is_some_and(|row| !row.faults.is_empty()));
            if let Some(row) = fresh {
                cells.set(model::cells(row));
            }
            take(saved);
        });
    };
    let remove = move |_| {
        leave_out.run(api::ask(number_imports::DELETE_NUMBER_IMPORT_ROW, &[&id(), &number], Query::none()), take);
    };
    let drop_changes = move |_| {
        if let Some(row) = row.get_untracked() {
            cells.set(model::cells(&row));
        }
        editing.set(false);
    };
    let about = Signal::derive(move || t_string!(i18n, number_imports.row_named, row = number));
    view! {
        <tr class:faulty=faulty>
            <td class="figure">{number}</td>
            {model::COLUMNS.into_iter().map(|column| view! {
                <td><Cell column row cells editing about on_enter=Callback::new(move |()| submit()) /></td>
            }).collect_view()}
            <td class="import-tools">
                <Show when=move || may_edit.get()>
                    <div class="row">
                        <Show when=move || editing.get() fallback=move || view! {
                            <IconButton icon=Icon::Edit small=true
                                label=Signal::derive(move || t_string!(i18n, number_imports.edit_row, row = number)) on:click=move |_| editing.set(true) />
                        }>
                            <Button small=true busy=save.busy on:click=move |_| submit()>
                                {t!(i18n, ui.save)}<span class="visually-hidden">" "{about}</span>
                            </Button>
                            <Show when=move || !faulty.get()>
                                <Button small=true on:click=drop_changes>{t!(i18n, ui.cancel)}<span class="visually-hidden">" "{about}</span></Button>
                            </Show>
                        </Show>
                        <IconButton icon=Icon::Trash small=true disabled=leave_out.busy
                            label=Signal::derive(move || t_string!(i18n, number_imports.leave_row_out, row = number)) on:click=remove />
                    </div>
                </Show>
                <ChangeFailed change=save />
                <ChangeFailed change=leave_out />
            </td>
        </tr>
    }
}

#[component]
fn Cell(
    column: ImportColumn,
    row: Memo<Option<NumberImportRow>>,
    cells: RwSignal<NumberImportRowInput>,
    editing: RwSignal<bool>,
    about: Signal<String>,
    on_enter: Callback<()>,
) -> impl IntoView {
    let faults =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| model::faults(row, column)).unwrap_or_default()));
    let id = fresh_id("cell-faults");
    let described_by = StoredValue::new(id.clone());
    let stored = move || {
        row.with(|row| row.as_ref().map(|row| model::cell(&model::cells(row), column).to_owned()).unwrap_or_default())
    };
    view! {
        <Show when=move || editing.get() fallback=move || view! { <span class=format!("import-cell {column}")>{stored}</span> }>
            <input class=format!("input import-input {column}") type="text" autocomplete="off"
                aria-label=move || format!("{}, {}", model::heading(column), about.get())
                aria-invalid=move || faults.with(|faults| !faults.is_empty()).then_some("true") aria-describedby=described_by.get_value()
                prop:value=move || cells.with(|cells| model::cell(cells, column).to_owned())
                on:input:target=move |event| {
                    let value = event.target().value();
                    cells.update(|cells| model::set_cell(cells, column, value));
                }
                on:keydown=move |event| if event.key() == "Enter" {
                    event.prevent_default();
                    on_enter.run(());
                } />
        </Show>
        <div id=id class="import-faults">
            <For each=move || faults.get().into_iter().enumerate() key=|(at, fault)| (*at, fault.reason, fault.about.clone())
                children=|(_, fault)| view! { <Fault fault /> } />
        </div>
    }
}

#[component]
fn Fault(fault: ImportFault) -> impl IntoView {
    let i18n = use_i18n();
    let ImportFault { column: _, reason, about } = fault;
    view! {
        <p class="field-error">
            {Icon::Warning.draw()}
            <span>
                {about.map(|about| view! { <code>{about}</code>" " })}
                {move || words::import_fault(reason, language::of(i18n.get_locale()))}
            </span>
        </p>
    }
}
