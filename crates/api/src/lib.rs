//! The front door: HTTP in, one call into the house, HTTP out. No SQL and no rule is here.

mod absences;
pub mod access;
mod attention_settings;
mod audit_log;
mod body;
mod campaigns;
mod chatbots;
mod contacts;
mod conversations;
mod error;
mod events;
mod getting_started;
mod groups;
mod health;
mod member_links;
mod members;
mod number_imports;
mod numbers;
mod off_hours_contacts;
pub mod openapi;
mod organizations;
mod problems;
mod profiles;
mod quick_replies;
mod search;
mod sessions;
mod settings_copies;
mod setup;
mod template_activations;
mod templates;
mod tickets;
mod token;
mod upload;
mod verifications;
mod wabas;
mod webhooks;
mod whatsapp_profiles;

pub use error::{Error, Result};

use actix_web::{middleware::from_fn, web};
use app::App;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

/// Bytes of a JSON body at most.
const JSON_MAX: usize = 1024 * 1024;

/// Every route of the app's own API, each with its document.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        scope("/api/v1")
            .wrap(from_fn(access::authenticate))
            .configure(setup::configure)
            .configure(sessions::configure)
            .configure(member_links::configure)
            .configure(organizations::configure)
            .configure(profiles::configure)
            .configure(members::configure)
            .configure(numbers::configure)
            .configure(groups::configure)
            .configure(wabas::configure)
            .configure(number_imports::configure)
            .configure(verifications::configure)
            .configure(whatsapp_profiles::configure)
            .configure(getting_started::configure)
            .configure(audit_log::configure)
            .configure(quick_replies::configure)
            .configure(tickets::configure)
            .configure(conversations::configure)
            .configure(search::configure)
            .configure(contacts::configure)
            .configure(chatbots::configure)
            .configure(absences::configure)
            .configure(attention_settings::configure)
            .configure(template_activations::configure)
            .configure(settings_copies::configure)
            .configure(off_hours_contacts::configure)
            .configure(templates::configure)
            .configure(campaigns::configure)
            .configure(events::configure),
    );
}

/// What every route shares: the application, the limits, and how input that cannot be read is answered.
pub fn shared(app: App) -> impl FnOnce(&mut web::ServiceConfig) + Clone {
    move |config| {
        config
            .app_data(web::Data::new(app))
            .app_data(web::JsonConfig::default().limit(JSON_MAX))
            .app_data(web::QueryConfig::default().error_handler(|error, _| Error::from(error).into()))
            .app_data(web::PathConfig::default().error_handler(|_, _| Error::from(types::ErrorCode::NotFound).into()))
            .configure(health::configure)
            .configure(webhooks::configure)
            .configure(openapi::configure);
    }
}

pub use problems::{answer as answer_problems, not_found};
