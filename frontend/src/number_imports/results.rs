//! The actions of every number, live while they run, and kept afterwards.

use super::{
    action::ActionCell,
    model::{self, Progress},
};
use crate::{
    api,
    i18n::{t, t_string, use_i18n},
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        icon::Icon,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Permission,
    number_imports::{self, NumberImport, NumberImportRetry, NumberImportRow, NumberImportStatus},
};

#[component]
pub fn Results(import: Signal<NumberImport>, remote: Remote<NumberImport>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Total import remote />
        <section aria-labelledby="results" class="stack">
            <h2 id="results" class="visually-hidden">{t!(i18n, number_imports.results)}</h2>
            <ul class="import-rows">
                <For each=move || import.with(|import| import.rows.iter().map(|row| row.row).collect::<Vec<_>>()) key=|row| *row
                    children=move |number| view! { <Line number import remote /> } />
            </ul>
        </section>
    }
}

/// All actions together, and the way to try what failed.
#[component]
fn Total(import: Signal<NumberImport>, remote: Remote<NumberImport>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let change = Change::new();
    let progress = Memo::new(move |_| import.with(model::progress));
    let status = Memo::new(move |_| import.with(|import| import.status));
    let place = Memo::new(move |_| {
        import.with(|import| {
            let name = |name: Option<&str>| name.unwrap_or("—").to_owned();
            (
                name(import.waba.as_ref().map(|waba| waba.name.as_str())),
                name(import.profile.as_ref().map(|profile| profile.name.as_str())),
            )
        })
    });
    let retry = move |_| {
        let (id, input) = (import.with_untracked(|import| import.id), NumberImportRetry::default());
        let work = async move { api::send(number_imports::RETRY_NUMBER_IMPORT, &[&id], &input).await };
        change.run(work, move |fresh| remote.value.set(Some(fresh)));
    };
    let count = move || {
        let Progress { total, .. } = progress.get();
        t_string!(i18n, number_imports.progress_of, done = progress.get().ended(), total = total)
    };
    let outcome = move || {
        let Progress { failed, ready, .. } = progress.get();
        match (status.get(), failed) {
            (NumberImportStatus::Draft | NumberImportStatus::Running, _) => String::new(),
            (NumberImportStatus::Finished, 0) => t_string!(i18n, number_imports.all_ready, count = ready),
            (NumberImportStatus::Finished, failed) => {
                t_string!(i18n, number_imports.some_failed, ready = ready, failed = failed)
            }
        }
    };
    let may_retry = move || progress.get().failed > 0 && session.can(Permission::EditNumberImports);
    view! {
        <section class="card" aria-label=move || t_string!(i18n, number_imports.progress)>
            <div class="card-body">
                <div class="progress-line">
                    <span class="strong numeric">{count}</span>
                    <span class="muted">{move || t_string!(i18n, number_imports.place, waba = place.get().0, profile = place.get().1)}</span>
                    <span>
                        <Show when=may_retry>
                            <Button kind=Kind::Primary icon=Icon::Refresh busy=change.busy on:click=retry>{t!(i18n, number_imports.retry_all)}</Button>
                        </Show>
                    </span>
                </div>
                <progress max=move || progress.get().total.max(1) prop:value=move || progress.get().ended().to_string()
                    aria-label=move || t_string!(i18n, number_imports.progress)></progress>
                <p role="status" class="muted">{outcome}</p>
                <Show when=move || status.get() == NumberImportStatus::Finished && session.can(Permission::ViewMembers)>
                    <p class="muted small">
                        {t!(i18n, number_imports.invited_hint)}" "<A href=routes::MEMBERS>{t!(i18n, number_imports.invited_link)}</A>
                    </p>
                </Show>
                <ChangeFailed change />
            </div>
        </section>
    }
}

#[component]
fn Line(number: u32, import: Signal<NumberImport>, remote: Remote<NumberImport>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let row = Memo::new(move |before: Option<&Option<NumberImportRow>>| {
        let found = import.with(|import| import.rows.iter().find(|row| row.row == number).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let name = move || row.with(|row| row.as_ref().map(|row| row.display_name.clone()));
    let phone = Signal::derive(move || row.with(|row| row.as_ref().map(model::phone).unwrap_or_default()));
    let ready = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(model::is_ready)));
    let verify = Memo::new(move |_| {
        let id = row.with(|row| row.as_ref().filter(|row| model::can_verify(row)).and_then(|row| row.number_id));
        id.filter(|_| session.can(Permission::ViewVerifications))
    });
    view! {
        <li class="card import-row" class:ready=ready>
            <div class="import-row-head">
                <div>
                    <h3>{name}</h3>
                    <p class="muted small numeric">{phone}</p>
                </div>
                {move || verify.get().map(|id| view! {
                    <A href=routes::of_number(routes::VERIFICATIONS, id) attr:class="button secondary small">
                        {Icon::Shield.draw()}{t!(i18n, number_imports.verify)}<span class="visually-hidden">" "{phone}</span>
                    </A>
                })}
            </div>
            <ul class="import-actions">
                {model::ACTIONS.into_iter().map(|kind| view! { <ActionCell kind number row import remote phone /> }).collect_view()}
            </ul>
        </li>
    }
}
