//! Members of the organization (spec O2, P1).

mod people;
mod status;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(people::configure).configure(status::configure);
}
