//! Quick replies and their categories (spec A7).

mod categories;
mod replies;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(categories::configure).configure(replies::configure);
}
