//! The numbers in the member's reach, and the one that all pages follow.

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    routes,
    ui::{field::SearchField, icon::Icon, menu::Menu},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use types::{
    NumberId,
    numbers::{self, Number},
};

/// The numbers, as a context of the signed-in app.
#[derive(Clone, Copy)]
pub struct Numbers {
    pub all: Remote<Vec<Number>>,
    /// The chosen one; none means all of them.
    pub chosen: RwSignal<Option<NumberId>>,
}

impl Numbers {
    /// The choice is in the address, so that it survives a reload and can be sent to a colleague. A page that is gone
    /// to without it gets it back.
    pub fn provide() -> Self {
        let location = use_location();
        let navigate = use_navigate();
        let in_address =
            Memo::new(move |_| location.query.with(|query| query.get(routes::NUMBER)?.parse::<NumberId>().ok()));
        let numbers = Self { all: Remote::new(every_number), chosen: RwSignal::new(in_address.get_untracked()) };
        provide_context(numbers);
        Effect::new(move |before: Option<Option<NumberId>>| {
            let (address, chosen) = (in_address.get(), numbers.chosen.get());
            let path = location.pathname.get();
            let moved_address = before.is_some_and(|before| before != address) && address.is_some();
            if moved_address {
                numbers.chosen.set(address);
            } else if address != chosen {
                let target = chosen.map_or_else(|| path.clone(), |id| format!("{path}?{}={id}", routes::NUMBER));
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
        self.chosen.get().map_or_else(|| path.to_owned(), |id| format!("{path}?{}={id}", routes::NUMBER))
    }

    /// The chosen number's card.
    pub fn current(self) -> Option<Number> {
        let chosen = self.chosen.get()?;
        self.all.value.with(|all| all.as_ref()?.iter().find(|number| number.id == chosen).cloned())
    }
}

async fn every_number() -> api::Result<Vec<Number>> {
    api::every(|page| api::ask(numbers::LIST_NUMBERS, &[], Query::of(&page))).await
}

/// The selector in the header.
#[component]
pub fn NumberMenu() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let open = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let name = move || numbers.current().map(|number| number.name);
    let label = Signal::derive(move || {
        let chosen = name().unwrap_or_else(|| t_string!(i18n, shell.number_all).to_owned());
        format!("{}: {chosen}", t_string!(i18n, shell.number))
    });
    let found = move || {
        let wanted = search.get();
        numbers.all.value.with(|all| {
            all.iter().flatten().filter(|number| matches(number, &wanted)).take(100).cloned().collect::<Vec<_>>()
        })
    };
    let choose = move |id: Option<NumberId>| {
        numbers.chosen.set(id);
        open.set(false);
        search.set(String::new());
    };
    let chosen_is = move |id: Option<NumberId>| if numbers.chosen.get() == id { "true" } else { "false" };
    view! {
        <div class="number-menu">
            <Menu open label left=true class="number-button" trigger=move || view! {
                {Icon::Phone.draw()}
                <span class="clip">{move || name().unwrap_or_else(|| t_string!(i18n, shell.number_all).to_owned())}</span>
                <span class="number-phone">{move || numbers.current().map(|number| number.phone)}</span>
                {Icon::Down.draw()}
            }>
                <div class="number-panel">
                    <SearchField label=say!(i18n, shell.number_search) value=search />
                    <div class="number-list" role="group" aria-label=move || t_string!(i18n, shell.number_choose)>
                        <button type="button" class="menu-item" aria-pressed=move || chosen_is(None) on:click=move |_| choose(None)>
                            <span>{t!(i18n, shell.number_all)}</span>
                            {move || numbers.chosen.get().is_none().then(|| Icon::Check.draw())}
                        </button>
                        <For each=found key=|number| number.id children=move |number| {
                            let id = number.id;
                            view! {
                                <button type="button" class="menu-item" aria-pressed=move || chosen_is(Some(id)) on:click=move |_| choose(Some(id))>
                                    <span><span class="clip">{number.name}</span><small class="numeric">{number.phone}</small></span>
                                    {move || (numbers.chosen.get() == Some(id)).then(|| Icon::Check.draw())}
                                </button>
                            }
                        } />
                        {move || (found().is_empty() && !search.with(String::is_empty))
                            .then(|| view! { <p class="menu-head muted">{t!(i18n, shell.number_none)}</p> })}
                    </div>
                </div>
            </Menu>
        </div>
    }
}

/// By a part of the name, whatever its case, or of the phone, however it is spaced.
fn matches(number: &Number, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    number.name.to_lowercase().contains(&wanted) || (!digits.is_empty() && number.phone.contains(&digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_number_is_found_by_name_and_by_phone() {
        let number = Number {
            id: Uuid::nil().into(),
            waba_id: Uuid::nil().into(),
            name: "Camila · Norte".into(),
            phone: "+56911112222".into(),
            owner_id: None,
            group_id: None,
            throughput: 80,
            paused_reason: None,
            whatsapp_status: None,
        };
        for wanted in ["", "camila", "NORTE", "9 1111", "+569"] {
            assert!(matches(&number, wanted), "{wanted}");
        }
        assert!(!matches(&number, "sur") && !matches(&number, "777"));
    }
}
