//! Which templates of its account a number may send (spec S2).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_: &mut ServiceConfig<'_>) {}
