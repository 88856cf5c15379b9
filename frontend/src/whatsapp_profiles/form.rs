//! The fields with their limits, the save, and what happens when somebody saved in between.

use super::{
    model::{self, Field, Texts},
    picture::Picture,
    preview::Preview,
    unsaved::Unsaved,
    verticals,
};
use crate::{
    api::{self, Failed, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    language,
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        conflict::{Conflict, Side},
        failure::FailureNote,
        field::{Select, TextArea, TextField},
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, Permission, validate,
    whatsapp_profiles::{
        self, ABOUT_MAX, ADDRESS_MAX, DESCRIPTION_MAX, EMAIL_MAX, VERTICALS, WEBSITE_MAX, WhatsappProfile,
    },
};

/// A signal for each text.
#[derive(Clone, Copy)]
struct Fields {
    about: RwSignal<String>,
    description: RwSignal<String>,
    address: RwSignal<String>,
    email: RwSignal<String>,
    first_website: RwSignal<String>,
    second_website: RwSignal<String>,
    vertical: RwSignal<String>,
}

impl Fields {
    fn new(texts: Texts) -> Self {
        let Texts { about, description, address, email, first_website, second_website, vertical } = texts;
        Self {
            about: RwSignal::new(about),
            description: RwSignal::new(description),
            address: RwSignal::new(address),
            email: RwSignal::new(email),
            first_website: RwSignal::new(first_website),
            second_website: RwSignal::new(second_website),
            vertical: RwSignal::new(vertical),
        }
    }

    fn set(self, texts: Texts) {
        let Texts { about, description, address, email, first_website, second_website, vertical } = texts;
        self.about.set(about);
        self.description.set(description);
        self.address.set(address);
        self.email.set(email);
        self.first_website.set(first_website);
        self.second_website.set(second_website);
        self.vertical.set(vertical);
    }

    /// Followed.
    fn texts(self) -> Texts {
        Texts {
            about: self.about.get(),
            description: self.description.get(),
            address: self.address.get(),
            email: self.email.get(),
            first_website: self.first_website.get(),
            second_website: self.second_website.get(),
            vertical: self.vertical.get(),
        }
    }
}

#[component]
pub fn Form(profile: Signal<WhatsappProfile>, remote: Remote<WhatsappProfile>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::use_here(), Toasts::use_here());
    let unsaved = expect_context::<Unsaved>();
    let may_edit = Memo::new(move |_| session.can(Permission::EditWhatsappProfiles));
    let id = profile.with_untracked(|profile| profile.number.id);
    // What the editing started from.
    let base = RwSignal::new(profile.get_untracked());
    let fields = Fields::new(base.with_untracked(Texts::of));
    let texts = Memo::new(move |_| fields.texts());
    let dirty = Memo::new(move |_| base.with(|base| texts.with(|mine| *mine != Texts::of(base))));
    Effect::new(move || unsaved.dirty.set(dirty.get()));
    on_cleanup(move || {
        unsaved.dirty.try_set(false);
    });
    // A newer state fills the form, unless somebody is writing in it.
    Effect::new(move || {
        let fresh = profile.get();
        if base.with_untracked(|base| *base != fresh) && !dirty.get_untracked() {
            fields.set(Texts::of(&fresh));
            base.set(fresh);
        }
    });
    let change = Change::new();
    let theirs = RwSignal::new(None::<WhatsappProfile>);
    let pressed = RwSignal::new(false);
    let took = move |saved: WhatsappProfile| {
        pressed.set(false);
        theirs.set(None);
        fields.set(Texts::of(&saved));
        base.set(saved.clone());
        remote.value.set(Some(saved));
    };
    let save_from = move |version: String| {
        pressed.set(true);
        let input = texts.get_untracked().input(&version);
        if validate::check(&input, language::current()).is_err() {
            return;
        }
        let work = async move { api::send(whatsapp_profiles::UPDATE_WHATSAPP_PROFILE, &[&id], &input).await };
        change.run(work, move |saved| {
            toasts.success(untrack(|| t_string!(i18n, whatsapp_profiles.saved)));
            took(saved);
        });
    };
    let is_conflict = move |failed: &Failed| failed.code() == Some(ErrorCode::VersionConflict);
    let read = Change::new();
    // Both sides are shown, so the other one is read first.
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref().is_some_and(is_conflict)) {
            read.run(api::ask(whatsapp_profiles::GET_WHATSAPP_PROFILE, &[&id], Query::none()), move |stored| {
                theirs.set(Some(stored));
            });
        }
    });
    let sides = Signal::derive(move || {
        let locale = i18n.get_locale();
        let stored = theirs.with(|theirs| theirs.as_ref().map(Texts::of).unwrap_or_default());
        let mine = texts.get();
        let side = |field| Side {
            field: field_name(locale, field).to_owned(),
            yours: readable(locale, &mine, field),
            theirs: readable(locale, &stored, field),
        };
        model::differing(&mine, &stored).into_iter().map(side).collect::<Vec<_>>()
    });
    let keep = move |()| {
        if let Some(stored) = theirs.get_untracked() {
            save_from(stored.version);
        }
    };
    let take = move |()| {
        if let Some(stored) = theirs.get_untracked() {
            change.failed.set(None);
            took(stored);
        }
    };
    let wrong = Memo::new(move |_| {
        if !pressed.get() {
            return Vec::new();
        }
        let input = base.with(|base| texts.with(|texts| texts.input(&base.version)));
        validate::check(&input, language::of(i18n.get_locale())).err().unwrap_or_default()
    });
    let error = move |name: &'static str| {
        let refused = change.field(name);
        Signal::derive(move || {
            let own = wrong.with(|wrong| {
                wrong
                    .iter()
                    .find(|error| error.pointer.trim_start_matches('/') == name)
                    .map(|error| error.detail.clone())
            });
            own.or_else(|| refused.get())
        })
    };
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let mut all: Vec<(String, String)> =
            VERTICALS.iter().map(|key| ((*key).to_owned(), verticals::words(locale, key))).collect();
        let current = fields.vertical.get();
        if !all.iter().any(|(key, _)| *key == current) {
            all.insert(0, (current.clone(), verticals::words(locale, &current)));
        }
        all
    });
    let refusal = move || change.failed.get().filter(|failed| !is_conflict(failed)).or_else(|| read.failed.get());
    view! {
        <div class="campaign-columns">
            <form class="card" novalidate on:submit=move |event| {
                event.prevent_default();
                save_from(base.with_untracked(|base| base.version.clone()));
            }>
                <div class="card-head"><div>
                    <h2>{move || profile.with(|profile| profile.number.name.clone())}</h2>
                    <p class="small numeric">{move || profile.with(|profile| profile.number.phone.clone())}</p>
                </div></div>
                <div class="card-body">
                    {move || refusal().map(|failed| view! { <FailureNote failed /> })}
                    <Show when=move || theirs.with(Option::is_some)>
                        <Conflict sides busy=change.busy on_keep=Callback::new(keep) on_take=Callback::new(take) />
                    </Show>
                    <Picture profile remote may_edit took_version=Callback::new(move |fresh: WhatsappProfile| {
                        // The picture may be part of the version; the texts that are being written stay.
                        base.set(fresh);
                    }) />
                    <fieldset class="stack" disabled=move || !may_edit.get()>
                        <legend class="visually-hidden">{t!(i18n, whatsapp_profiles.texts)}</legend>
                        <TextField label=say!(i18n, whatsapp_profiles.about) value=fields.about max=ABOUT_MAX
                            hint=say!(i18n, whatsapp_profiles.about_hint) error=error("about") />
                        <div class="counted">
                            <TextArea label=say!(i18n, whatsapp_profiles.description) value=fields.description rows=4
                                hint=Signal::derive(move || t_string!(i18n, ui.left, count = fields.description.with(|text| text.chars().count()), max = DESCRIPTION_MAX))
                                error=error("description") />
                        </div>
                        <TextField label=say!(i18n, whatsapp_profiles.address) value=fields.address max=ADDRESS_MAX error=error("address") />
                        <TextField label=say!(i18n, whatsapp_profiles.email) value=fields.email kind="email" autocomplete="off" max=EMAIL_MAX error=error("email") />
                        <div class="two">
                            <TextField label=say!(i18n, whatsapp_profiles.first_website) value=fields.first_website kind="url" max=WEBSITE_MAX
                                hint=say!(i18n, whatsapp_profiles.website_hint) error=error("websites") />
                            <TextField label=say!(i18n, whatsapp_profiles.second_website) value=fields.second_website kind="url" max=WEBSITE_MAX />
                        </div>
                        <Select label=say!(i18n, whatsapp_profiles.vertical) value=fields.vertical choices error=error("vertical") />
                    </fieldset>
                    {move || if may_edit.get() {
                        view! {
                            <div class="row row-end">
                                {move || dirty.get().then(|| view! { <span class="muted small">{t!(i18n, whatsapp_profiles.unsaved)}</span> })}
                                <Button disabled=Signal::derive(move || !dirty.get()) on:click=move |_| {
                                    pressed.set(false);
                                    fields.set(base.with_untracked(Texts::of));
                                }>{t!(i18n, whatsapp_profiles.discard)}</Button>
                                <Button kind=Kind::Primary submit=true busy=change.busy disabled=Signal::derive(move || !dirty.get())>{t!(i18n, ui.save)}</Button>
                            </div>
                        }.into_any()
                    } else {
                        view! { <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, whatsapp_profiles.view_only)}</p></div> }.into_any()
                    }}
                </div>
            </form>
            <Preview profile texts />
        </div>
    }
}

/// The words of a field, for the comparison of two states.
fn field_name(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::About => td_string!(locale, whatsapp_profiles.about),
        Field::Description => td_string!(locale, whatsapp_profiles.description),
        Field::Address => td_string!(locale, whatsapp_profiles.address),
        Field::Email => td_string!(locale, whatsapp_profiles.email),
        Field::FirstWebsite => td_string!(locale, whatsapp_profiles.first_website),
        Field::SecondWebsite => td_string!(locale, whatsapp_profiles.second_website),
        Field::Vertical => td_string!(locale, whatsapp_profiles.vertical),
    }
}

/// A field's text as people read it.
fn readable(locale: Locale, texts: &Texts, field: Field) -> String {
    match field {
        Field::Vertical => verticals::words(locale, &texts.vertical),
        Field::About
        | Field::Description
        | Field::Address
        | Field::Email
        | Field::FirstWebsite
        | Field::SecondWebsite => texts.field(field).to_owned(),
    }
}
