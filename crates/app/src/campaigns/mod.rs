//! Campaigns: from a sheet to a draft, from a draft to messages, and how far they came (spec C1).

mod change;
mod prepare;
mod upload;
mod watch;

pub use change::{auto_pause, cancel, delete, pause, resume, send};
pub use prepare::run as prepare;
pub use upload::upload;
pub use watch::run as watch;

use domain::campaigns::CampaignState;
use types::campaigns::Campaign;

fn state(campaign: &Campaign) -> CampaignState {
    CampaignState {
        status: campaign.status,
        pause_reason: campaign.pause_reason.clone(),
        started_at: campaign.started_at,
        finished_at: campaign.finished_at,
    }
}
