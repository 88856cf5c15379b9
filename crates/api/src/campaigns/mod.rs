//! Campaigns of active messages (spec C1, C2).

mod change;
mod look;
mod upload;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(upload::configure).configure(look::configure).configure(change::configure);
}
