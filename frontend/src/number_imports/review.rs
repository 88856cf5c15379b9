//! The review of a draft: every cell as it was read, what is wrong with it, and "Crear números".

use super::{
    model::{self, Hindrance},
    row_form::Row,
    targets::{Chosen, Targets},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::{Change, Remote},
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::{Button, Kind},
        dialog::Confirm,
        failure::ChangeFailed,
        icon::Icon,
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::{
    Permission,
    number_imports::{self, NumberImport, NumberImportStart},
};

#[component]
pub fn Review(import: Signal<NumberImport>, remote: Remote<NumberImport>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let may_edit = Memo::new(move |_| session.can(Permission::EditNumberImports));
    let faulty = Memo::new(move |_| import.with(model::faulty));
    let count = Memo::new(move |_| import.with(|import| import.rows.len()));
    view! {
        <div role="status">
            {move || match faulty.get() {
                0 => view! {
                    <div class="notice success">{Icon::Check.draw()}<p class="notice-text">{move || t_string!(i18n, number_imports.no_faults, count = count.get())}</p></div>
                }.into_any(),
                faulty => view! {
                    <div class="notice warning">{Icon::Warning.draw()}<p class="notice-text">{move || t_string!(i18n, number_imports.some_faults, faulty = faulty, count = count.get())}</p></div>
                }.into_any(),
            }}
        </div>
        <section class="card" aria-labelledby="review">
            <div class="card-head"><h2 id="review">{t!(i18n, number_imports.review)}</h2></div>
            <TableBox label=say!(i18n, number_imports.review)>
                <thead><tr>
                    <th scope="col" class="figure">{t!(i18n, number_imports.row)}</th>
                    {model::COLUMNS.into_iter().map(|column| view! { <th scope="col">{model::heading(column)}</th> }).collect_view()}
                    <th scope="col"><span class="visually-hidden">{t!(i18n, number_imports.row_tools)}</span></th>
                </tr></thead>
                <tbody>
                    <For each=move || import.with(|import| import.rows.iter().map(|row| row.row).collect::<Vec<_>>()) key=|row| *row
                        children=move |number| view! { <Row number import remote may_edit /> } />
                </tbody>
            </TableBox>
        </section>
        <Show when=move || may_edit.get()>
            <Targets />
            <Begin import remote />
        </Show>
    }
}

#[component]
fn Begin(import: Signal<NumberImport>, remote: Remote<NumberImport>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = expect_context::<Chosen>();
    let numbers = Numbers::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let (change, discard) = (Change::new(), Change::new());
    let asking = RwSignal::new(false);
    let hindrance = Memo::new(move |_| {
        import.with(|import| model::hindrance(import, chosen.waba_id().is_some(), chosen.profile_id().is_some()))
    });
    let why = move || {
        hindrance.get().map(|hindrance| match hindrance {
            Hindrance::Empty => t_string!(i18n, number_imports.hindrance_empty),
            Hindrance::FaultyRows => t_string!(i18n, number_imports.hindrance_faulty),
            Hindrance::WabaMissing => t_string!(i18n, number_imports.hindrance_waba),
            Hindrance::ProfileMissing => t_string!(i18n, number_imports.hindrance_profile),
        })
    };
    let id = move || import.with_untracked(|import| import.id);
    let begin = move |_| {
        let (Some(waba_id), Some(profile_id)) = untrack(|| (chosen.waba_id(), chosen.profile_id())) else { return };
        let (id, input) = (id(), NumberImportStart { waba_id, profile_id });
        let work = async move { api::send(number_imports::START_NUMBER_IMPORT, &[&id], &input).await };
        change.run(work, move |started| remote.value.set(Some(started)));
    };
    let delete = move |()| {
        discard.run(api::ask(number_imports::DELETE_NUMBER_IMPORT, &[&id()], Query::none()), move |()| {
            asking.set(false);
            let target = untrack(|| numbers.address(routes::NUMBER_IMPORTS));
            navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
        });
    };
    view! {
        <ChangeFailed change />
        <div class="campaign-foot">
            {move || why().map(|why| view! { <p class="field-hint" id="hindrance">{why}</p> })}
            <Button icon=Icon::Trash on:click=move |_| asking.set(true)>{t!(i18n, number_imports.discard)}</Button>
            <Button kind=Kind::Primary busy=change.busy disabled=Signal::derive(move || hindrance.get().is_some()) on:click=begin>
                {t!(i18n, number_imports.create_numbers)}
            </Button>
        </div>
        <Confirm open=asking change=discard on_confirm=Callback::new(delete)
            title=Signal::derive(move || t_string!(i18n, number_imports.discard_title, name = import.with(|import| import.file_name.clone())))
            consequence=say!(i18n, number_imports.discard_text) action=say!(i18n, number_imports.discard) />
    }
}
