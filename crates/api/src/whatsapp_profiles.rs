//! Business profiles on WhatsApp (spec S6).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_config: &mut ServiceConfig<'_>) {}
