//! The sectors WhatsApp knows, in words.

use crate::i18n::{Locale, td_string};

/// A sector that is newer than this page is shown as it came.
pub fn words(locale: Locale, vertical: &str) -> String {
    let known = match vertical {
        "UNDEFINED" => td_string!(locale, whatsapp_profiles.vertical_undefined),
        "OTHER" => td_string!(locale, whatsapp_profiles.vertical_other),
        "AUTO" => td_string!(locale, whatsapp_profiles.vertical_auto),
        "BEAUTY" => td_string!(locale, whatsapp_profiles.vertical_beauty),
        "APPAREL" => td_string!(locale, whatsapp_profiles.vertical_apparel),
        "EDU" => td_string!(locale, whatsapp_profiles.vertical_edu),
        "ENTERTAIN" => td_string!(locale, whatsapp_profiles.vertical_entertain),
        "EVENT_PLAN" => td_string!(locale, whatsapp_profiles.vertical_event_plan),
        "FINANCE" => td_string!(locale, whatsapp_profiles.vertical_finance),
        "GROCERY" => td_string!(locale, whatsapp_profiles.vertical_grocery),
        "GOVT" => td_string!(locale, whatsapp_profiles.vertical_govt),
        "HOTEL" => td_string!(locale, whatsapp_profiles.vertical_hotel),
        "HEALTH" => td_string!(locale, whatsapp_profiles.vertical_health),
        "NONPROFIT" => td_string!(locale, whatsapp_profiles.vertical_nonprofit),
        "PROF_SERVICES" => td_string!(locale, whatsapp_profiles.vertical_prof_services),
        "RETAIL" => td_string!(locale, whatsapp_profiles.vertical_retail),
        "TRAVEL" => td_string!(locale, whatsapp_profiles.vertical_travel),
        "RESTAURANT" => td_string!(locale, whatsapp_profiles.vertical_restaurant),
        newer => return newer.to_owned(),
    };
    known.to_owned()
}
