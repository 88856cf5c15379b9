//! What numbers still need to be operative (spec S4).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_config: &mut ServiceConfig<'_>) {}
