//! How people attend a number: tags, distribution, limits, what agents may do (spec S1).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_: &mut ServiceConfig<'_>) {}
