//! Many numbers at once, and what each still needs.

use super::{model, organization::Organization};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    remote::Remote,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        debounced::debounced,
        field::{SearchField, Select},
        icon::Icon,
        more::More,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use std::time::Duration;
use strum::IntoEnumIterator;
use types::{
    Page,
    events::Event,
    getting_started::{self, GettingStarted, GettingStartedFilter, StartStep},
    page::DEFAULT_LIMIT,
};

/// Changes come in bursts; the list is asked for once per burst.
const BURST: Duration = Duration::from_millis(400);
/// Messages of many numbers come all the time, and only the first of a number matters.
const CALM: Duration = Duration::from_secs(5);

/// The choice that shows the numbers that need anything at all.
const PENDING: &str = "pending";

#[component]
pub fn List() -> impl IntoView {
    let i18n = use_i18n();
    let (missing, search) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wanted = debounced(search);
    let filter = move || GettingStartedFilter {
        missing: missing.with(|step| step.parse::<StartStep>().ok()),
        pending: missing.with(|step| step == PENDING).then_some(true),
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        number_id: None,
    };
    let asked = Memo::new(move |_| filter());
    let first = Remote::new(move || api::ask(getting_started::LIST_GETTING_STARTED, &[], Query::of(&asked.get())));
    // Once older pages are on screen they stay: a reload would pull the list from under its reader.
    let is_short = move || {
        let shown = first.value.with_untracked(|page| page.as_ref().map_or(0, |page| page.items.len()));
        u64::try_from(shown).is_ok_and(|shown| shown <= DEFAULT_LIMIT)
    };
    use_events(move |event| match event {
        Event::ListChanged { .. } | Event::NumberImportChanged { .. } if is_short() => first.reload_soon(BURST),
        Event::MessageChanged { .. } | Event::AbsenceChanged { .. } | Event::OffHoursContactsChanged { .. }
            if is_short() =>
        {
            first.reload_soon(CALM);
        }
        Event::Reset | Event::AccessChanged => first.reload(),
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::NumberImportChanged { .. }
        | Event::ListChanged { .. } => {}
    });
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let all = (String::new(), t_string!(i18n, getting_started.filter_all).to_owned());
        let pending = (PENDING.to_owned(), t_string!(i18n, getting_started.filter_pending).to_owned());
        let steps = StartStep::iter().map(|step| (step.to_string(), model::title(locale, step).to_owned()));
        [all, pending].into_iter().chain(steps).collect::<Vec<_>>()
    });
    let unfiltered = Memo::new(move |_| asked.with(|asked| *asked == GettingStartedFilter::default()));
    let none = Memo::new(move |_| first.value.with(|page| page.as_ref().is_some_and(|page| page.items.is_empty())));
    let untouched = move || unfiltered.get() && missing.with(String::is_empty) && search.with(String::is_empty);
    // An organization without numbers has other things to do first. While a list is awaited, what stands stays.
    let begins = Memo::new(move |before: Option<&bool>| {
        untouched() && if first.loading.get() { before == Some(&true) } else { none.get() }
    });
    view! {
        {move || begins.get().then(|| view! { <Organization /> })}
        <section class="card" aria-labelledby="start-all" hidden=begins>
            <div class="card-head">
                <h2 id="start-all">{t!(i18n, getting_started.numbers)}</h2>
                <div class="start-filter">
                    <div class="filter"><Select label=say!(i18n, getting_started.filter) value=missing choices /></div>
                    <SearchField label=say!(i18n, shell.number_search) value=search />
                </div>
            </div>
            <Loaded remote=first children=Callback::new(move |(page,): (Signal<Page<GettingStarted>>,)| view! {
                <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Check title=say!(i18n, getting_started.empty) text=say!(i18n, getting_started.empty_text) />
                }>
                    <TableBox label=say!(i18n, getting_started.numbers)>
                        <thead><tr>
                            <th scope="col">{t!(i18n, getting_started.number)}</th>
                            <th scope="col">{t!(i18n, getting_started.progress_label)}</th>
                            <th scope="col">{t!(i18n, getting_started.what_is_missing)}</th>
                            <th scope="col"><span class="visually-hidden">{t!(i18n, getting_started.open)}</span></th>
                        </tr></thead>
                        <tbody>
                            <For each=move || page.get().items key=|one| (one.number.id, one.steps.iter().map(|step| step.done).collect::<Vec<_>>())
                                children=|start| view! { <Line start /> } />
                        </tbody>
                    </TableBox>
                    <More remote=first ask=move |page| api::ask(getting_started::LIST_GETTING_STARTED, &[], Query::of(&asked.get_untracked()).and(&page)) />
                </Show>
            }.into_any()) />
        </section>
    }
}

#[component]
fn Line(start: GettingStarted) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let (done, total) = model::progress(&start);
    let missing = start.steps.iter().filter(|step| !step.done).map(|step| step.step).collect::<Vec<_>>();
    let id = start.number.id;
    view! {
        <tr>
            <td><span class="strong">{start.number.name.clone()}</span><br /><span class="muted small numeric">{start.number.phone}</span></td>
            <td class="start-share">
                <span class="numeric nowrap">{move || t_string!(i18n, getting_started.share, done = done, total = total)}</span>
            </td>
            <td>
                {if missing.is_empty() {
                    view! { <span class="badge success">{Icon::Check.draw()}{t!(i18n, getting_started.nothing_missing)}</span> }.into_any()
                } else {
                    view! {
                        <ul class="start-missing">{missing.into_iter().map(|step| view! {
                            <li class="badge warning">{move || model::title(i18n.get_locale(), step)}</li>
                        }).collect_view()}</ul>
                    }.into_any()
                }}
            </td>
            <td class="figure">
                <Button small=true on:click=move |_| numbers.chosen.set(Some(id))>
                    {t!(i18n, getting_started.open)}<span class="visually-hidden">" "{start.number.name}</span>
                </Button>
            </td>
        </tr>
    }
}
