//! Including numbers from a sheet (spec O1).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_config: &mut ServiceConfig<'_>) {}
