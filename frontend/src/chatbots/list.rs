//! The list of chatbots: one to be edited, or many at once, and what was done to many.

use super::list_table::Table;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    settings_changes::{
        model::Choice,
        past::{CHATBOT_CHANGES, PastChanges},
        reference::{Asking, ReferenceDialog},
        selection::{Filters, SelectionBar},
        store,
    },
    ui::{
        debounced::debounced,
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Empty, Loaded},
        tabs::{Tab, Tabs},
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::{
    Page, PageQuery, Permission,
    audit_log::AuditSubject,
    chatbots::{self, ChatbotCard, ChatbotFilter},
    numbers::NumberRef,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Numbers,
    Changes,
}

#[component]
pub fn Chatbots() -> impl IntoView {
    let i18n = use_i18n();
    let section = RwSignal::new(Section::Numbers);
    let selection = RwSignal::new(Choice::default());
    let made = RwSignal::new(0_u32);
    let tabs = Signal::derive(move || {
        vec![
            Tab { key: Section::Numbers, words: t_string!(i18n, chatbots.list_tab_numbers).to_owned(), count: None },
            Tab { key: Section::Changes, words: t_string!(i18n, chatbots.list_tab_changes).to_owned(), count: None },
        ]
    });
    view! {
        <div class="page">
            <PageHead title=say!(i18n, chatbots.title) sentence=say!(i18n, chatbots.list_sentence) />
            <section class="card" aria-label=move || t_string!(i18n, chatbots.title)>
                <div class="list-tabs"><Tabs label=say!(i18n, chatbots.list_tabs) tabs chosen=section panel="chatbots-panel" /></div>
                <div id="chatbots-panel" role="tabpanel" aria-label=move || match section.get() {
                    Section::Numbers => t_string!(i18n, chatbots.list_tab_numbers),
                    Section::Changes => t_string!(i18n, chatbots.list_tab_changes),
                }>
                    {move || match section.get() {
                        Section::Numbers => view! { <List selection /> }.into_any(),
                        Section::Changes => view! {
                            <PastChanges past=CHATBOT_CHANGES label=say!(i18n, chatbots.list_tab_changes)
                                none=say!(i18n, chatbots.list_past_text) made />
                        }.into_any(),
                    }}
                </div>
            </section>
        </div>
    }
}

#[component]
fn List(selection: RwSignal<Choice>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let may_edit = Memo::new(move |_| session.can(Permission::EditChatbots));
    let (search, group) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wanted = debounced(search);
    let filter = Memo::new(move |_| ChatbotFilter {
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        group_id: group.with(|group| group.parse().ok()),
    });
    let ask =
        move |page: PageQuery| api::ask(chatbots::LIST_CHATBOTS, &[], filter.with_untracked(Query::of).and(&page));
    // The rows that are shown stay when something changes; another filter starts at the top.
    let shown = StoredValue::new(0_usize);
    let cards = Remote::new(move || {
        filter.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || {
        filter.track();
        shown.set_value(0);
    });
    Effect::new(move || shown.set_value(cards.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    reload_on(
        &[
            AuditSubject::Chatbot,
            AuditSubject::SettingsCopy,
            AuditSubject::Absence,
            AuditSubject::Number,
            AuditSubject::Group,
        ],
        cards,
    );
    let narrowed = move || filter.with(|filter| *filter != ChatbotFilter::default());
    let asking = RwSignal::new(false);
    view! {
        <Filters search group />
        <Loaded remote=cards children=Callback::new(move |(page,): (Signal<Page<ChatbotCard>>,)| view! {
            <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || if narrowed() {
                view! { <Empty icon=Icon::Search title=say!(i18n, chatbots.list_not_found) text=say!(i18n, chatbots.list_not_found_text) /> }
            } else {
                view! { <Empty icon=Icon::Chat title=say!(i18n, chatbots.list_empty) text=say!(i18n, chatbots.list_empty_text) /> }
            }>
                <Table page selection may_edit />
                <More remote=cards ask />
            </Show>
        }.into_any()) />
        <p class="visually-hidden" role="status">{move || {
            let count = cards.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()));
            narrowed().then(|| t_string!(i18n, chatbots.list_found, count = count).to_string())
        }}</p>
        <Show when=move || may_edit.get() fallback=move || view! { <p class="muted small list-note">{t!(i18n, settings_changes.only_view)}</p> }>
            <SelectionBar selection on_edit=Callback::new(move |()| asking.set(true)) />
        </Show>
        <AskReference open=asking selection />
    }
}

/// Which number is the model, and then to the page of many.
#[component]
fn AskReference(open: RwSignal<bool>, selection: RwSignal<Choice>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let go = move |reference: Option<NumberRef>| {
        let choice = Choice { reference, ..selection.get_untracked() };
        store::keep(store::CHATBOTS, &choice);
        open.set(false);
        navigate(routes::MANY_CHATBOTS, NavigateOptions::default());
    };
    let go = StoredValue::new_local(go);
    let asking =
        Asking { text: say!(i18n, chatbots.many_reference_text), none_text: Some(say!(i18n, chatbots.many_none_text)) };
    view! {
        <ReferenceDialog open asking change=Change::new()
            on_choose=Callback::new(move |(reference,)| go.with_value(|go| go(reference))) />
    }
}
