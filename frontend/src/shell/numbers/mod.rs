//! The number that all pages follow, and how it is chosen among the many in the member's reach.

pub mod choose;
mod model;
mod panel;
pub mod unsaved;

use crate::{
    api::{self, Query},
    i18n::{t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    routes,
    session::Session,
    ui::{icon::Icon, menu::Menu},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use panel::Panel;
use types::{
    ErrorCode, MemberId, NumberId,
    audit_log::AuditSubject,
    numbers::{self, Number, NumberRef},
};

/// The chosen number, as a context of the signed-in app. The others are asked for when somebody chooses.
#[derive(Clone, Copy)]
pub struct Numbers {
    /// The chosen one; none means all of them.
    pub chosen: RwSignal<Option<NumberId>>,
    card: Remote<Option<Number>>,
}

impl Numbers {
    /// The choice is in the address, so that it survives a reload and can be sent to a colleague. A page that is gone
    /// to without it gets it back.
    pub fn provide() -> Self {
        let location = use_location();
        let navigate = use_navigate();
        let in_address =
            Memo::new(move |_| location.query.with(|query| query.get(routes::NUMBER)?.parse::<NumberId>().ok()));
        let chosen = RwSignal::new(in_address.get_untracked());
        let card = Remote::new(move || {
            let id = chosen.get();
            async move {
                match id {
                    Some(id) => api::ask(numbers::GET_NUMBER, &[&id], Query::none()).await.map(Some),
                    None => Ok(None),
                }
            }
        });
        let numbers = Self { chosen, card };
        provide_context(numbers);
        reload_on(&[AuditSubject::Number], card);
        // A number that is out of reach by now cannot be followed.
        Effect::new(move || {
            if card.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::NotFound) {
                chosen.set(None);
            }
        });
        Effect::new(move |before: Option<Option<NumberId>>| {
            let (address, chosen) = (in_address.get(), numbers.chosen.get());
            let path = location.pathname.get();
            let moved_address = before.is_some_and(|before| before != address) && address.is_some();
            if moved_address {
                numbers.chosen.set(address);
            } else if address != chosen {
                let target = chosen.map_or_else(|| path.clone(), |id| routes::of_number(&path, id));
                navigate(&target, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
            }
            address
        });
        numbers
    }

    pub fn use_here() -> Self {
        expect_context::<Self>()
    }

    /// The address of a page with the choice in it; followed.
    pub fn address(self, path: &str) -> String {
        self.chosen.get().map_or_else(|| path.to_owned(), |id| routes::of_number(path, id))
    }

    /// The chosen number's card.
    pub fn current(self) -> Option<Number> {
        let chosen = self.chosen.get()?;
        self.card.value.with(|card| card.as_ref()?.as_ref().filter(|number| number.id == chosen).cloned())
    }

    /// Follow this number, and remember it among the recent ones.
    fn choose(self, member: Option<MemberId>, number: &NumberRef) {
        model::remember(member, number);
        self.chosen.set(Some(number.id));
    }
}

/// The selector in the header.
#[component]
pub fn NumberMenu() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let session = Session::use_here();
    let open = RwSignal::new(false);
    let current = Memo::new(move |_| numbers.current().map(|number| (number.name, number.phone)));
    let name = move || match (current.get(), numbers.chosen.get()) {
        (Some((name, _)), _) => name,
        // It is being asked for.
        (None, Some(_)) => "…".to_owned(),
        (None, None) => t_string!(i18n, shell.number_all).to_owned(),
    };
    let label = Signal::derive(move || format!("{}: {}", t_string!(i18n, shell.number), name()));
    // A number that is chosen by a link is a recent one, too.
    Effect::new(move || {
        if let Some(number) = numbers.current() {
            let member = session.me.with_untracked(|me| me.as_ref().map(|me| me.id));
            model::remember(member, &NumberRef { id: number.id, name: number.name, phone: number.phone });
        }
    });
    view! {
        <div class="number-menu">
            <Menu open label left=true class="number-button" trigger=move || view! {
                {Icon::Phone.draw()}
                <span class="clip">{name}</span>
                <span class="number-phone">{move || current.get().map(|(_, phone)| phone)}</span>
                {Icon::Down.draw()}
            }>
                <Panel open />
            </Menu>
        </div>
    }
}
