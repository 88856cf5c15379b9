//! The templates of one number, or of many at once.

use super::{
    confirm::ConfirmTemplates,
    load::{self, Edited, Start},
    model,
    table::Templates,
};
use crate::{
    api::{self, Result},
    i18n::{t, t_string, use_i18n},
    remote::{Change, Remote},
    routes,
    session::Session,
    settings_changes::{editing::EditingLabel, model::Choice, store},
    ui::{
        button::{Button, Kind},
        conflict::{Conflict, Side},
        failure::ChangeFailed,
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
        toast::Toasts,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map},
};
use std::collections::BTreeSet;
use types::{
    Endpoint, ErrorCode, NumberId, Permission, TemplateId,
    template_activations::{
        PREVIEW_TEMPLATE_ACTIVATIONS, TemplateActivationsInput, TemplateActivationsPlan, UPDATE_TEMPLATE_ACTIVATIONS,
    },
};
use uuid::Uuid;

/// `/template-activations/<id>`, or `/template-activations/many`.
#[component]
pub fn NumberTemplatesPage() -> impl IntoView {
    let session = Session::use_here();
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let many = routes::MANY_TEMPLATE_ACTIVATIONS.rsplit('/').next().unwrap_or_default();
    let navigate = StoredValue::new_local(use_navigate());
    move || {
        if wanted.with(|wanted| wanted != many) {
            // An address that is no id is an id nobody has.
            let id = wanted.get().parse().unwrap_or(NumberId(Uuid::nil()));
            return view! { <EditTemplates edited=Edited::One(id) /> }.into_any();
        }
        let may_edit = untrack(|| session.can(Permission::EditTemplateActivations));
        match store::kept(store::TEMPLATE_ACTIVATIONS).filter(|_| may_edit) {
            Some(choice) => view! { <EditTemplates edited=Edited::Many(choice) /> }.into_any(),
            // Without a choice there is nothing to edit.
            None => {
                request_animation_frame(move || {
                    let back = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    navigate.try_with_value(|navigate| navigate(routes::TEMPLATE_ACTIVATIONS, back));
                });
                ().into_any()
            }
        }
    }
}

#[component]
fn EditTemplates(edited: Edited) -> impl IntoView {
    let i18n = use_i18n();
    let (many, reference) = match &edited {
        Edited::One(_) => (false, None),
        Edited::Many(Choice { reference, .. }) => (true, reference.clone()),
    };
    let edited = StoredValue::new(edited);
    let started = Remote::new(move || load::load(edited.get_value()));
    let numbers = Signal::derive(move || started.value.with(|start| start.as_ref().map(|start| start.numbers.clone())));
    let title = Signal::derive(move || {
        if many {
            return t_string!(i18n, template_activations.many_title).to_owned();
        }
        let name = started.value.with(|start| start.as_ref()?.numbers.first().map(|number| number.name.clone()));
        name.unwrap_or_else(|| t_string!(i18n, template_activations.title).to_owned())
    });
    let sentence = Signal::derive(move || {
        if many {
            t_string!(i18n, template_activations.many_sentence).to_owned()
        } else {
            t_string!(i18n, template_activations.one_sentence).to_owned()
        }
    });
    view! {
        <div class="page">
            <A href=routes::TEMPLATE_ACTIVATIONS attr:class="back-link">{Icon::Back.draw()}{t!(i18n, settings_changes.back)}</A>
            <PageHead title sentence />
            {many.then(|| view! { <EditingLabel reference numbers /> })}
            <Loaded remote=started lines=10 children=Callback::new(move |(start,): (Signal<Start>,)| {
                let start = start.get_untracked();
                if start.numbers.is_empty() {
                    return view! {
                        <section class="card"><Empty icon=Icon::Phone title=say!(i18n, template_activations.not_found) text=say!(i18n, template_activations.no_target) /></section>
                    }.into_any();
                }
                if start.templates.is_empty() {
                    return view! {
                        <section class="card"><Empty icon=Icon::Document title=say!(i18n, template_activations.none) text=say!(i18n, template_activations.none_hint) /></section>
                    }.into_any();
                }
                view! { <Form edited start /> }.into_any()
            }) />
        </div>
    }
}

/// What came of a call that names a version.
enum Outcome {
    Plan(TemplateActivationsPlan),
    /// Somebody was faster; this is what holds now.
    Conflict(Start),
}

async fn put(
    endpoint: Endpoint<TemplateActivationsInput, TemplateActivationsPlan>,
    edited: Edited,
    input: TemplateActivationsInput,
) -> Result<Outcome> {
    match api::send(endpoint, &[], &input).await {
        Err(failed) if failed.code() == Some(ErrorCode::VersionConflict) => {
            load::load(edited).await.map(Outcome::Conflict)
        }
        answer => answer.map(Outcome::Plan),
    }
}

#[component]
fn Form(edited: StoredValue<Edited>, start: Start) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let toasts = Toasts::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let may_edit = Memo::new(move |_| session.can(Permission::EditTemplateActivations));
    let many = edited.with_value(|edited| matches!(edited, Edited::Many(_)));
    let saved = RwSignal::new(model::inactive(&start.templates));
    let inactive = RwSignal::new(saved.get_untracked());
    let version = RwSignal::new(start.version);
    let templates = RwSignal::new(start.templates);
    let conflict = RwSignal::new(None::<Start>);
    let plan = RwSignal::new(None::<TemplateActivationsPlan>);
    let (open, done) = (RwSignal::new(false), RwSignal::new(false));
    let (preview, apply) = (Change::new(), Change::new());
    let dirty = Memo::new(move |_| !done.get() && inactive.with(|inactive| saved.with(|saved| inactive != saved)));
    let input = move || {
        let version = version.get_untracked();
        edited.with_value(|edited| inactive.with_untracked(|inactive| load::input(edited, inactive, version)))
    };
    let clash = move |theirs: Start| {
        open.set(false);
        conflict.set(Some(theirs));
    };
    let save = move || {
        let work = put(PREVIEW_TEMPLATE_ACTIVATIONS, edited.get_value(), input());
        preview.run(work, move |outcome| match outcome {
            Outcome::Plan(wanted) => {
                apply.failed.set(None);
                plan.set(Some(wanted));
                open.set(true);
            }
            Outcome::Conflict(theirs) => clash(theirs),
        });
    };
    let carry_out = move |()| {
        let work = put(UPDATE_TEMPLATE_ACTIVATIONS, edited.get_value(), input());
        apply.run(work, move |outcome| match outcome {
            Outcome::Plan(made) => {
                done.set(true);
                open.set(false);
                store::forget(store::TEMPLATE_ACTIVATIONS);
                let count = made.numbers.iter().filter(|number| model::is_changed(number)).count();
                toasts.success(untrack(|| match count {
                    1 => t_string!(i18n, template_activations.done_one).to_owned(),
                    count => t_string!(i18n, template_activations.done, count = count).to_string(),
                }));
                navigate.with_value(|navigate| navigate(routes::TEMPLATE_ACTIVATIONS, NavigateOptions::default()));
            }
            Outcome::Conflict(theirs) => clash(theirs),
        });
    };
    // Whatever holds from now on, the next save starts from what is there.
    let settle = move |keep: bool| {
        let Some(theirs) = conflict.get_untracked() else { return };
        let theirs_inactive = model::inactive(&theirs.templates);
        version.set(theirs.version);
        templates.set(theirs.templates);
        if !keep {
            inactive.set(theirs_inactive.clone());
        }
        saved.set(theirs_inactive);
        conflict.set(None);
        if keep {
            save();
        }
    };
    // Many may be given what the reference has without a touch; one number only what is not so yet.
    let nothing = Signal::derive(move || !many && !dirty.get());
    view! {
        <Clash conflict inactive busy=preview.busy on_keep=Callback::new(move |()| settle(true)) on_take=Callback::new(move |()| settle(false)) />
        <Templates templates inactive may_edit />
        <ChangeFailed change=preview />
        <div class="save-bar">
            <p role="status">{move || templates.with(|templates| inactive.with(|inactive| {
                let active = model::active_count(templates, inactive);
                t_string!(i18n, template_activations.active_count, active = active, total = templates.len()).to_string()
            }))}</p>
            <Show when=move || may_edit.get() fallback=move || view! { <span class="muted small">{t!(i18n, settings_changes.only_view)}</span> }>
                <Button kind=Kind::Primary busy=preview.busy disabled=nothing on:click=move |_| save()>{t!(i18n, template_activations.save)}</Button>
            </Show>
        </div>
        <ConfirmTemplates open plan apply many on_apply=Callback::new(carry_out) />
        <UnsavedGuard dirty />
    }
}

/// Somebody saved the number's templates meanwhile: both sides.
#[component]
fn Clash(
    conflict: RwSignal<Option<Start>>,
    inactive: RwSignal<BTreeSet<TemplateId>>,
    #[prop(into)] busy: Signal<bool>,
    on_keep: Callback<()>,
    on_take: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sides = Signal::derive(move || {
        let words = |active: bool| {
            if active { t_string!(i18n, template_activations.on) } else { t_string!(i18n, template_activations.off) }
        };
        let differences = conflict.with(|theirs| {
            theirs.as_ref().map(|theirs| inactive.with(|mine| model::differences(&theirs.templates, mine)))
        });
        let side = |one: model::Difference| Side {
            field: format!("{} ({})", one.name, one.language),
            yours: words(one.mine).to_owned(),
            theirs: words(!one.mine).to_owned(),
        };
        differences.unwrap_or_default().into_iter().map(side).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || conflict.with(Option::is_some)>
            <Conflict sides busy on_keep on_take />
        </Show>
    }
}
