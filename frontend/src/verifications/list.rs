//! Choose the account, then the number: those that are not registered come first.

use super::model::{self, Step};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        debounced::debounced,
        field::{SearchField, Select},
        icon::Icon,
        more::More,
        state::{Empty, Loaded, Tone},
        table::TableBox,
    },
};
use leptos::prelude::*;
use types::{
    Page,
    audit_log::AuditSubject,
    verifications::{self, Verification, VerificationFilter, VerificationStage},
    wabas,
};

#[component]
pub fn List(step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    step.set(Step::Number);
    let (waba, search) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let pending = RwSignal::new(false);
    let accounts = Remote::new(|| api::every(|page| api::ask(wabas::LIST_WABA_REFS, &[], Query::of(&page))));
    let wanted = debounced(search);
    let filter = move || VerificationFilter {
        waba_id: waba.with(|id| id.parse().ok()),
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        pending: pending.get().then_some(true),
    };
    let asked = Memo::new(move |_| filter());
    let first = Remote::new(move || api::ask(verifications::LIST_VERIFICATIONS, &[], Query::of(&asked.get())));
    reload_on(&[AuditSubject::Verification, AuditSubject::Number, AuditSubject::Waba], first);
    let choices = Signal::derive(move || {
        let all = (String::new(), t_string!(i18n, verifications.waba_all).to_owned());
        let known = accounts.value.get().unwrap_or_default();
        std::iter::once(all).chain(known.into_iter().map(|waba| (waba.id.to_string(), waba.name))).collect::<Vec<_>>()
    });
    view! {
        <section class="card" aria-labelledby="choose-number">
            <div class="card-head"><h2 id="choose-number">{t!(i18n, verifications.choose)}</h2></div>
            <div class="card-body">
                <div class="two">
                    <Select label=say!(i18n, verifications.waba) value=waba choices />
                    <div class="field">
                        <span class="field-label" aria-hidden="true">{t!(i18n, verifications.search)}</span>
                        <SearchField label=say!(i18n, verifications.search_by) value=search />
                    </div>
                </div>
                <label class="check">
                    <input type="checkbox" prop:checked=pending on:change:target=move |event| pending.set(event.target().checked()) />
                    <span>{t!(i18n, verifications.pending_only)}</span>
                </label>
            </div>
            <Loaded remote=first children=Callback::new(move |(page,): (Signal<Page<Verification>>,)| view! {
                <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Phone title=say!(i18n, verifications.empty) text=say!(i18n, verifications.empty_text) />
                }>
                    <TableBox label=say!(i18n, verifications.choose)>
                        <thead><tr>
                            <th scope="col">{t!(i18n, verifications.number)}</th>
                            <th scope="col">{t!(i18n, verifications.phone)}</th>
                            <th scope="col">{t!(i18n, verifications.waba)}</th>
                            <th scope="col">{t!(i18n, verifications.stage)}</th>
                            <th scope="col"><span class="visually-hidden">{t!(i18n, verifications.choose_one)}</span></th>
                        </tr></thead>
                        <tbody>
                            <For each=move || page.get().items key=|one| (one.number.id, one.stage, one.number.name.clone())
                                children=|one| view! { <Line one /> } />
                        </tbody>
                    </TableBox>
                    <More remote=first ask=move |page| api::ask(verifications::LIST_VERIFICATIONS, &[], Query::of(&asked.get_untracked()).and(&page)) />
                </Show>
            }.into_any()) />
        </section>
    }
}

#[component]
fn Line(one: Verification) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let id = one.number.id;
    view! {
        <tr>
            <td class="strong">{one.number.name.clone()}</td>
            <td class="numeric nowrap">{one.number.phone}</td>
            <td>{one.waba.name}</td>
            <td><StageBadge stage=one.stage /></td>
            <td class="figure">
                <Button small=true on:click=move |_| numbers.chosen.set(Some(id))>
                    {t!(i18n, verifications.choose_one)}<span class="visually-hidden">" "{one.number.name}</span>
                </Button>
            </td>
        </tr>
    }
}

#[component]
pub fn StageBadge(#[prop(into)] stage: Signal<VerificationStage>) -> impl IntoView {
    let i18n = use_i18n();
    let tone = move || match stage.get() {
        VerificationStage::NotIncluded => Tone::Plain,
        VerificationStage::Unverified => Tone::Warning,
        VerificationStage::Verified => Tone::Accent,
        VerificationStage::Registered => Tone::Success,
    };
    view! { <span class=move || format!("badge {}", tone().class())>{move || model::stage_words(i18n.get_locale(), stage.get())}</span> }
}
