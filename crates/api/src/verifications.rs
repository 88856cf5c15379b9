//! Verifying and registering numbers (spec S7).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_config: &mut ServiceConfig<'_>) {}
