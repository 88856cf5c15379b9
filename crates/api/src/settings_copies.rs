//! Copying settings from one number to many, and taking it back (spec S5).

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(_: &mut ServiceConfig<'_>) {}
