//! The addresses of the app's pages, spelled here and nowhere else.

use types::{CampaignId, GroupId, MemberId, NumberId, NumberImportId, ProfileId, TicketId};

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SETUP: &str = "/setup";
pub const DESK: &str = "/desk";
pub const QUICK_REPLIES: &str = "/quick-replies";
pub const NEW_CAMPAIGN: &str = "/campaigns/new";
pub const CAMPAIGN_REPORTS: &str = "/campaign-reports";
pub const NUMBER_IMPORTS: &str = "/number-imports";
pub const PROFILES: &str = "/profiles";
/// Where a profile is made: the word stands where an id would.
pub const NEW_PROFILE: &str = "/profiles/new";
pub const MEMBERS: &str = "/members";
pub const NUMBERS: &str = "/numbers";
pub const GROUPS: &str = "/groups";
pub const GETTING_STARTED: &str = "/getting-started";
pub const WHATSAPP_PROFILES: &str = "/whatsapp-profiles";
pub const VERIFICATIONS: &str = "/verifications";
pub const ABSENCES: &str = "/absences";
pub const OFF_HOURS_CONTACTS: &str = "/off-hours-contacts";
pub const ATTENTION_SETTINGS: &str = "/attention-settings";
pub const TEMPLATE_ACTIVATIONS: &str = "/template-activations";
/// Where those of many numbers are changed at once: the word stands where an id would.
pub const MANY_TEMPLATE_ACTIVATIONS: &str = "/template-activations/many";
pub const CHATBOTS: &str = "/chatbots";
/// Where many are changed at once: the word stands where an id would. Which ones is kept in the page's own state.
pub const MANY_CHATBOTS: &str = "/chatbots/many";
pub const SETTINGS_COPIES: &str = "/settings-copies";
pub const ORGANIZATION: &str = "/organization";
pub const WABAS: &str = "/wabas";
pub const AUDIT_LOG: &str = "/audit-log";
pub const ACCOUNT: &str = "/account";
/// Where an invitation or a password reset leads; its secret is behind the `#`, which no server sees.
pub const MEMBER_LINK: &str = "/link";

/// The number all pages follow (`?number=<id>`); absent when it is all of them.
pub const NUMBER: &str = "number";
/// The tab of Desk's inbox (`/desk?view=mine`).
pub const VIEW: &str = "view";
/// The tab of a page whose tabs are part of its address (`/chatbots/<id>?tab=hours`).
pub const TAB: &str = "tab";
/// Where to go after signing in (`/sign-in?to=/desk`).
pub const TO: &str = "to";

pub fn ticket(id: TicketId) -> String {
    format!("{DESK}/{id}")
}

pub fn campaign(id: CampaignId) -> String {
    format!("/campaigns/{id}")
}

pub fn profile(id: ProfileId) -> String {
    format!("{PROFILES}/{id}")
}

pub fn member(id: MemberId) -> String {
    format!("{MEMBERS}/{id}")
}

pub fn number_import(id: NumberImportId) -> String {
    format!("{NUMBER_IMPORTS}/{id}")
}

pub fn number(id: NumberId) -> String {
    format!("{NUMBERS}/{id}")
}

pub fn group(id: GroupId) -> String {
    format!("{GROUPS}/{id}")
}

pub fn template_activation(id: NumberId) -> String {
    format!("{TEMPLATE_ACTIVATIONS}/{id}")
}

pub fn chatbot(id: NumberId) -> String {
    format!("{CHATBOTS}/{id}")
}

/// A tab of a number's chatbot; the number becomes the chosen one, or the address would lose its tab.
pub fn chatbot_tab(id: NumberId, tab: &str) -> String {
    format!("{}&{TAB}={tab}", of_number(&chatbot(id), id))
}

/// A page about one number: it becomes the chosen one.
pub fn of_number(path: &str, id: NumberId) -> String {
    format!("{path}?{NUMBER}={id}")
}
