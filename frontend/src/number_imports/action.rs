//! One action of one number: its state, what went wrong, and the way to try it again.

use super::model;
use crate::{
    api,
    i18n::{Locale, t, t_string, use_i18n},
    language,
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::Button,
        failure::{ChangeFailed, GraphNote},
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, Permission,
    number_imports::{
        self, ImportAction, ImportActionKind, ImportActionStatus, NumberImport, NumberImportRetry, NumberImportRow,
    },
    words,
};

#[component]
pub fn ActionCell(
    kind: ImportActionKind,
    number: u32,
    row: Memo<Option<NumberImportRow>>,
    import: Signal<NumberImport>,
    remote: Remote<NumberImport>,
    /// Tells the buttons of one number from those of another, for those who do not see them.
    phone: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let change = Change::new();
    let action = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| model::action(row, kind)).cloned()));
    let status = Memo::new(move |_| {
        action.with(|action| action.as_ref().map_or(ImportActionStatus::Waiting, |action| action.status))
    });
    let failed = move || status.get() == ImportActionStatus::Failed;
    let words = move || model::action_words(i18n.get_locale(), kind);
    let retry = move |_| {
        let id = import.with_untracked(|import| import.id);
        let input = NumberImportRetry { row: Some(number), action: Some(kind) };
        let work = async move { api::send(number_imports::RETRY_NUMBER_IMPORT, &[&id], &input).await };
        change.run(work, move |fresh| remote.value.set(Some(fresh)));
    };
    view! {
        <li class=move || format!("import-action {}", status.get())>
            <p class="import-action-head">
                <span class="strong">{words}</span>
                <span class="import-state">{move || icon(status.get()).draw()}{move || model::state_words(i18n.get_locale(), status.get())}</span>
            </p>
            {move || action.get().filter(|action| action.status == ImportActionStatus::Failed).map(|action| view! { <Why action /> })}
            <Show when=move || failed() && session.can(Permission::EditNumberImports)>
                <div><Button small=true icon=Icon::Refresh busy=change.busy on:click=retry>
                    {t!(i18n, ui.retry)}<span class="visually-hidden">" "{words}" "{phone}</span>
                </Button></div>
            </Show>
            <ChangeFailed change />
        </li>
    }
}

/// What WhatsApp refused, or what Cercano refused.
#[component]
fn Why(action: ImportAction) -> impl IntoView {
    let i18n = use_i18n();
    let ImportAction { kind: _, status: _, attempts, finished_at: _, trouble, code } = action;
    let tried = move || (attempts > 1).then(|| t_string!(i18n, number_imports.attempts, count = attempts));
    view! {
        <div class="import-why">
            {match (trouble, code) {
                (Some(trouble), _) => view! { <GraphNote trouble /> }.into_any(),
                (None, code) => view! { <Refusal code=code.unwrap_or(ErrorCode::Internal) /> }.into_any(),
            }}
            <p class="muted small">{tried}</p>
        </div>
    }
}

#[component]
fn Refusal(code: ErrorCode) -> impl IntoView {
    let i18n = use_i18n();
    let title = move |locale: Locale| words::error(code, language::of(locale)).title;
    let detail = move |locale: Locale| words::detail(code, None, language::of(locale));
    view! {
        <div class="graph-note">
            <p class="strong">{move || title(i18n.get_locale())}</p>
            <p>{move || detail(i18n.get_locale())}</p>
        </div>
    }
}

fn icon(status: ImportActionStatus) -> Icon {
    match status {
        ImportActionStatus::Waiting => Icon::Clock,
        ImportActionStatus::Running => Icon::Refresh,
        ImportActionStatus::Done => Icon::Check,
        ImportActionStatus::Failed => Icon::Warning,
    }
}
