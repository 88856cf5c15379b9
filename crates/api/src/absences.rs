//! Ausencia del agente: the absence of one number, by itself (spec A1).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_: &mut ServiceConfig<'_>) {}
