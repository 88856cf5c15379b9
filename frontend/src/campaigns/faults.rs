//! The faulty rows of a sheet, by row, column and reason.

use crate::{
    api::{self, Query},
    i18n::{t, use_i18n},
    language,
    remote::{Change, Remote},
    ui::{button::Button, failure::ChangeFailed, state::Loaded, table::TableBox},
};
use leptos::prelude::*;
use types::{
    CampaignId, Page, PageQuery,
    campaigns::{self, RowFault},
    words,
};

#[component]
pub fn Faults(campaign: CampaignId) -> impl IntoView {
    let i18n = use_i18n();
    let first = Remote::new(move || api::ask(campaigns::LIST_CAMPAIGN_FAULTS, &[&campaign], Query::none()));
    let more = Change::new();
    let load_more = move |_| {
        let Some(cursor) = first.value.with_untracked(|page| page.as_ref()?.next_cursor.clone()) else { return };
        let page = PageQuery { limit: None, cursor: Some(cursor) };
        more.run(api::ask(campaigns::LIST_CAMPAIGN_FAULTS, &[&campaign], Query::of(&page)), move |next| {
            first.value.update(|page| {
                if let Some(page) = page {
                    page.items.extend(next.items);
                    page.next_cursor = next.next_cursor;
                }
            });
        });
    };
    view! {
        <section class="card" aria-labelledby="faults">
            <div class="card-head"><div><h2 id="faults">{t!(i18n, campaigns.faults)}</h2><p class="small">{t!(i18n, campaigns.faults_text)}</p></div></div>
            <Loaded remote=first lines=4 children=Callback::new(move |(page,): (Signal<Page<RowFault>>,)| view! {
                <TableBox label=say!(i18n, campaigns.faults) short=true>
                    <thead><tr>
                        <th scope="col" class="figure">{t!(i18n, campaigns.fault_row)}</th>
                        <th scope="col">{t!(i18n, campaigns.fault_column)}</th>
                        <th scope="col">{t!(i18n, campaigns.fault_value)}</th>
                        <th scope="col">{t!(i18n, campaigns.fault_reason)}</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || page.get().items key=|fault| (fault.row, fault.column.clone(), fault.reason)
                            children=move |fault| view! { <Fault fault /> } />
                    </tbody>
                </TableBox>
                <Show when=move || page.with(|page| page.next_cursor.is_some())>
                    <div class="inbox-more"><Button small=true busy=more.busy on:click=load_more>{t!(i18n, ui.more)}</Button></div>
                </Show>
            }.into_any()) />
            <ChangeFailed change=more />
        </section>
    }
}

#[component]
fn Fault(fault: RowFault) -> impl IntoView {
    let i18n = use_i18n();
    let reason = fault.reason;
    let value = if fault.value.trim().is_empty() {
        view! { <span class="muted">{t!(i18n, campaigns.fault_empty)}</span> }.into_any()
    } else {
        view! { <code>{fault.value}</code> }.into_any()
    };
    view! {
        <tr class="fault">
            <td class="figure">{fault.row}</td>
            <td><code>{fault.column}</code></td>
            <td class="fault-value">{value}</td>
            <td>{move || words::row_fault(reason, language::of(i18n.get_locale()))}</td>
        </tr>
    }
}
