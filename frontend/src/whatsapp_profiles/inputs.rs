//! The fields of the profile with their limits.

use super::{model::Texts, verticals};
use crate::{
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::field::{Select, TextArea, TextField},
};
use leptos::prelude::*;
use types::{
    FieldError,
    whatsapp_profiles::{ABOUT_MAX, ADDRESS_MAX, DESCRIPTION_MAX, EMAIL_MAX, VERTICALS, WEBSITE_MAX},
};

/// A signal for each text.
#[derive(Clone, Copy)]
pub struct Fields {
    about: RwSignal<String>,
    description: RwSignal<String>,
    address: RwSignal<String>,
    email: RwSignal<String>,
    first_website: RwSignal<String>,
    second_website: RwSignal<String>,
    vertical: RwSignal<String>,
}

impl Fields {
    pub fn new(texts: Texts) -> Self {
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

    pub fn set(self, texts: Texts) {
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
    pub fn texts(self) -> Texts {
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
pub fn Inputs(fields: Fields, wrong: Memo<Vec<FieldError>>, change: Change, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
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
    view! {
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
    }
}
