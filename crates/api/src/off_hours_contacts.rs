//! Who wrote while attendance was closed or the agent away, and writing back to them (spec A4).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_: &mut ServiceConfig<'_>) {}
