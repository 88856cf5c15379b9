//! Where the numbers go, and what their new agents get.

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    routes,
    session::Session,
    ui::{field::Select, icon::Icon, state::Loaded},
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Permission, ProfileId, WabaId,
    profiles::{self, Profile},
    wabas::{self, WabaRef},
};

const WABA_KEY: &str = "cercano.number_imports.waba";
const PROFILE_KEY: &str = "cercano.number_imports.profile";

/// The choice, as the parts of a page share it. What was chosen last is chosen again.
#[derive(Clone, Copy)]
pub struct Chosen {
    pub waba: RwSignal<String>,
    pub profile: RwSignal<String>,
}

impl Chosen {
    pub fn provide() -> Self {
        let chosen = Self { waba: remembered(WABA_KEY), profile: remembered(PROFILE_KEY) };
        provide_context(chosen);
        chosen
    }

    pub fn waba_id(self) -> Option<WabaId> {
        self.waba.with(|id| id.parse().ok())
    }

    pub fn profile_id(self) -> Option<ProfileId> {
        self.profile.with(|id| id.parse().ok())
    }
}

fn remembered(key: &'static str) -> RwSignal<String> {
    let storage = || window().local_storage().ok().flatten();
    let before = storage().and_then(|storage| storage.get_item(key).ok().flatten()).unwrap_or_default();
    let value = RwSignal::new(before);
    Effect::new(move || {
        let value = value.get();
        if let Some(storage) = storage() {
            // A browser that keeps nothing asks again on the next page.
            let _ = storage.set_item(key, &value);
        }
    });
    value
}

#[component]
pub fn Targets() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let sees_profiles = Memo::new(move |_| session.can(Permission::ViewMembers));
    view! {
        <section class="card" aria-labelledby="targets">
            <div class="card-head"><h2 id="targets">{t!(i18n, number_imports.targets)}</h2></div>
            <div class="card-body">
                <WabaChoice />
                {move || if sees_profiles.get() {
                    view! { <ProfileChoice /> }.into_any()
                } else {
                    view! {
                        <div class="notice warning">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, number_imports.profiles_hidden)}</p></div>
                    }.into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn WabaChoice() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let chosen = expect_context::<Chosen>();
    let remote = Remote::new(|| api::every(|page| api::ask(wabas::LIST_WABA_REFS, &[], Query::of(&page))));
    // What was chosen may be gone; where there is only one there is nothing to choose.
    Effect::new(move || {
        let Some(all) = remote.value.get() else { return };
        let known = chosen.waba.with_untracked(|id| all.iter().any(|waba| waba.id.to_string() == *id));
        if !known {
            let only = all.first().filter(|_| all.len() == 1).map(|waba| waba.id.to_string());
            chosen.waba.set(only.unwrap_or_default());
        }
    });
    view! {
        <Loaded remote lines=2 children=Callback::new(move |(all,): (Signal<Vec<WabaRef>>,)| view! {
            <Show when=move || all.with(|all| !all.is_empty()) fallback=move || view! {
                <div class="notice warning">{Icon::Warning.draw()}<div>
                    <p class="notice-text">{t!(i18n, number_imports.no_waba)}</p>
                    {move || session.can(Permission::Administer).then(|| view! {
                        <p><A href=routes::WABAS>{t!(i18n, number_imports.connect_waba)}</A></p>
                    })}
                </div></div>
            }>
                <Select label=say!(i18n, number_imports.waba) value=chosen.waba hint=say!(i18n, number_imports.waba_hint)
                    choices=Signal::derive(move || {
                        let first = (String::new(), t_string!(i18n, number_imports.choose_waba).to_owned());
                        std::iter::once(first).chain(all.get().into_iter().map(|waba| (waba.id.to_string(), waba.name))).collect::<Vec<_>>()
                    }) />
            </Show>
        }.into_any()) />
    }
}

#[component]
fn ProfileChoice() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = expect_context::<Chosen>();
    let remote = Remote::new(|| api::every(|page| api::ask(profiles::LIST_PROFILES, &[], Query::of(&page))));
    Effect::new(move || {
        let Some(all) = remote.value.get() else { return };
        let known = chosen.profile.with_untracked(|id| all.iter().any(|profile| profile.id.to_string() == *id));
        if !known {
            chosen.profile.set(String::new());
        }
    });
    view! {
        <Loaded remote lines=2 children=Callback::new(move |(all,): (Signal<Vec<Profile>>,)| view! {
            <Select label=say!(i18n, number_imports.profile) value=chosen.profile hint=say!(i18n, number_imports.profile_hint)
                choices=Signal::derive(move || {
                    let first = (String::new(), t_string!(i18n, number_imports.choose_profile).to_owned());
                    std::iter::once(first).chain(all.get().into_iter().map(|profile| (profile.id.to_string(), profile.name))).collect::<Vec<_>>()
                }) />
        }.into_any()) />
    }
}
