//! Chatbots: the settings of one number or of many (spec S3).

mod changes;
mod one;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    one::configure(config);
    changes::configure(config);
}
