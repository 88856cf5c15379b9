//! From what is wanted to what is done: the plan, its confirmation, and the answer when others were faster.

use super::{model, plan::PlanView};
use crate::{
    api::{self, Failed, Result},
    i18n::{t, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        icon::Icon,
    },
};
use leptos::prelude::*;
use serde::Serialize;
use types::{
    Endpoint, ErrorCode,
    settings_changes::{NumberVersion, SettingsChange, SettingsPlan},
};

/// A change between wish and deed.
#[derive(Clone, Copy)]
pub struct Confirming {
    pub open: RwSignal<bool>,
    pub plan: RwSignal<Option<SettingsPlan>>,
    /// The plan is another one than was looked at first, because somebody changed the numbers meanwhile.
    pub stale: RwSignal<bool>,
    pub preview: Change,
    pub apply: Change,
    pub done: RwSignal<Option<SettingsChange>>,
}

/// What came of applying.
enum Outcome {
    Done(SettingsChange),
    Stale(SettingsPlan),
}

impl Confirming {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            plan: RwSignal::new(None),
            stale: RwSignal::new(false),
            preview: Change::new(),
            apply: Change::new(),
            done: RwSignal::new(None),
        }
    }

    /// Numbers that the plan changes.
    pub fn count(self) -> usize {
        self.plan.with(|plan| plan.as_ref().map_or(0, model::changed))
    }

    /// Ask what it would do, and show it.
    pub fn ask<I: Serialize + 'static>(self, preview: Endpoint<I, SettingsPlan>, input: I) {
        let work = async move { api::send(preview, &[], &input).await };
        self.preview.run(work, move |plan| {
            self.stale.set(false);
            self.apply.failed.set(None);
            self.plan.set(Some(plan));
            self.open.set(true);
        });
    }

    /// Do what was looked at. When somebody was faster, look again. `input` takes the versions that were looked at.
    pub fn apply<I: Serialize + 'static>(
        self,
        preview: Endpoint<I, SettingsPlan>,
        create: Endpoint<I, SettingsChange>,
        input: impl Fn(Option<Vec<NumberVersion>>) -> I + 'static,
    ) {
        let Some(expected) = self.plan.with_untracked(|plan| plan.as_ref().map(model::expected)) else { return };
        let work = async move {
            match api::send(create, &[], &input(Some(expected))).await {
                Err(failed) if failed.code() == Some(ErrorCode::VersionConflict) => {
                    api::send(preview, &[], &input(None)).await.map(Outcome::Stale)
                }
                answer => answer.map(Outcome::Done),
            }
        };
        self.apply.run(work, move |outcome| match outcome {
            Outcome::Done(change) => {
                self.open.set(false);
                self.done.set(Some(change));
            }
            Outcome::Stale(plan) => {
                self.stale.set(true);
                self.plan.set(Some(plan));
            }
        });
    }

    /// The faults the server found in what was sent, wherever it found them.
    pub fn faults(self) -> Vec<types::FieldError> {
        let of = |change: Change| {
            change.failed.with(|failed| match failed {
                Some(Failed::Refused(problem)) => problem.errors.clone(),
                Some(Failed::Unreachable) | None => Vec::new(),
            })
        };
        let found = of(self.preview);
        if found.is_empty() { of(self.apply) } else { found }
    }
}

/// The plan in a dialog, and the button that carries it out.
#[component]
pub fn ConfirmDialog(
    confirming: Confirming,
    #[prop(into)] title: Signal<String>,
    /// What the button says.
    #[prop(into)]
    action: Signal<String>,
    on_apply: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Confirming { open, plan, stale, apply, .. } = confirming;
    let nothing = Signal::derive(move || confirming.count() == 0);
    view! {
        <Dialog open title wide=true>
            <div class="dialog-body">
                {move || stale.get().then(|| view! {
                    <div class="notice warning" role="alert">{Icon::Warning.draw()}<div><p class="notice-text">{t!(i18n, settings_changes.plan_stale)}</p></div></div>
                })}
                <ChangeFailed change=apply />
                {move || plan.get().map(|plan| view! { <PlanView plan /> })}
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary busy=apply.busy disabled=nothing on:click=move |_| on_apply.run(())>{action}</Button>
            </div>
        </Dialog>
    }
}

/// The numbers of groups and those chosen one by one, as they are now.
pub async fn resolve(choice: model::Choice) -> Result<Vec<types::numbers::NumberRef>> {
    use types::numbers::{LIST_NUMBERS, NumberFilter, NumberRef};
    let mut found = Vec::new();
    for id in choice.groups.keys() {
        let filter = NumberFilter { group_id: Some(*id), ..NumberFilter::default() };
        let numbers = api::every(|page| api::ask(LIST_NUMBERS, &[], api::Query::of(&filter).and(&page))).await?;
        found.extend(numbers.into_iter().map(|one| NumberRef { id: one.id, name: one.name, phone: one.phone }));
    }
    Ok(choice.resolved(found))
}
