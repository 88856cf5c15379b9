//! The addresses of the app's pages, spelled here and nowhere else.

use types::{CampaignId, TicketId};

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
pub const SETUP: &str = "/setup";
pub const DESK: &str = "/desk";
pub const QUICK_REPLIES: &str = "/quick-replies";
pub const NEW_CAMPAIGN: &str = "/campaigns/new";
pub const CAMPAIGN_REPORTS: &str = "/campaign-reports";

/// The number all pages follow (`?number=<id>`); absent when it is all of them.
pub const NUMBER: &str = "number";
/// The tab of Desk's inbox (`/desk?view=mine`).
pub const VIEW: &str = "view";
/// Where to go after signing in (`/sign-in?to=/desk`).
pub const TO: &str = "to";

pub fn ticket(id: TicketId) -> String {
    format!("{DESK}/{id}")
}

pub fn campaign(id: CampaignId) -> String {
    format!("/campaigns/{id}")
}
