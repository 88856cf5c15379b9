//! The words of permissions: the menu's own, so that an editor and the menu call a thing the same.

use crate::i18n::{Locale, td_string};
use types::{Permission, permission::Area};

pub fn area(locale: Locale, area: Area) -> &'static str {
    match area {
        Area::Attention => td_string!(locale, shell.area_attention),
        Area::Campaigns => td_string!(locale, shell.area_campaigns),
        Area::Data => td_string!(locale, shell.area_data),
        Area::Organization => td_string!(locale, shell.area_organization),
        Area::Settings => td_string!(locale, shell.area_settings),
    }
}

/// The menu entry a permission is about.
pub fn entry(locale: Locale, permission: Permission) -> &'static str {
    use Permission as P;
    match permission {
        P::ViewAbsences | P::EditAbsences => td_string!(locale, shell.absences),
        P::ViewDesk | P::EditDesk => td_string!(locale, shell.desk),
        P::ViewContacts | P::EditContacts => td_string!(locale, shell.contacts),
        P::ViewOffHoursContacts | P::EditOffHoursContacts => td_string!(locale, shell.off_hours_contacts),
        P::ViewHistory | P::EditHistory => td_string!(locale, shell.history),
        P::ViewMonitoring | P::EditMonitoring => td_string!(locale, shell.monitoring),
        P::ViewQuickReplies | P::EditQuickReplies => td_string!(locale, shell.quick_replies),
        P::ViewCampaigns | P::EditCampaigns => td_string!(locale, shell.campaigns),
        P::ViewCampaignReports | P::EditCampaignReports => td_string!(locale, shell.campaign_reports),
        P::ViewReports | P::EditReports => td_string!(locale, shell.reports),
        P::ViewNumberHealth | P::EditNumberHealth => td_string!(locale, shell.number_health),
        P::ViewMembers | P::EditMembers => td_string!(locale, shell.members),
        P::ViewNumbers | P::EditNumbers => td_string!(locale, shell.numbers),
        P::ViewGroups | P::EditGroups => td_string!(locale, shell.groups),
        P::ViewNumberImports | P::EditNumberImports => td_string!(locale, shell.number_imports),
        P::ViewAttentionSettings | P::EditAttentionSettings => td_string!(locale, shell.attention_settings),
        P::ViewTemplateActivations | P::EditTemplateActivations => td_string!(locale, shell.template_activations),
        P::ViewChatbots | P::EditChatbots => td_string!(locale, shell.chatbots),
        P::ViewGettingStarted | P::EditGettingStarted => td_string!(locale, shell.getting_started),
        P::ViewSettingsCopies | P::EditSettingsCopies => td_string!(locale, shell.settings_copies),
        P::ViewWhatsappProfiles | P::EditWhatsappProfiles => td_string!(locale, shell.whatsapp_profiles),
        P::ViewVerifications | P::EditVerifications => td_string!(locale, shell.verifications),
        P::Administer => td_string!(locale, shell.area_administration),
    }
}

/// A permission by itself: the entry, and whether it is seen or changed.
pub fn permission(locale: Locale, permission: Permission) -> String {
    let entry = entry(locale, permission);
    if permission == Permission::Administer {
        return entry.to_owned();
    }
    let what =
        if is_edit(permission) { td_string!(locale, profiles.edit_box) } else { td_string!(locale, profiles.view_box) };
    format!("{entry} ({})", what.to_lowercase())
}

fn is_edit(permission: Permission) -> bool {
    use strum::IntoEnumIterator;
    Area::iter().flat_map(Area::entries).any(|entry| entry.edit == permission)
}
