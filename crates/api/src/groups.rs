//! Groups of numbers and of groups (spec O4).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_config: &mut ServiceConfig<'_>) {}
