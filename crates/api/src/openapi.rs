//! The documents: what is served is what the routes declare; `openapi/` keeps a snapshot that a test compares.

use crate::Error;
use actix_web::{App as ActixApp, HttpResponse, web};
use std::collections::BTreeMap;
use types::Problem;
use utoipa::{
    IntoResponses, OpenApi, PartialSchema,
    openapi::{
        ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder,
        Server,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_actix_web::AppExt;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/openapi/app.json", web::get().to(app_document))
        .route("/openapi/growth.json", web::get().to(growth_document));
}

/// The document of the app's own API, under `/api/v1`.
pub fn app() -> Document {
    let (_, mut document) = ActixApp::new().into_utoipa_app().configure(crate::routes).split_for_parts();
    document.info = InfoBuilder::new()
        .title("Cercano")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("The API of the browser app. Sessions are opened by `POST /api/v1/sessions`."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    finish(document)
}

/// The document of the Growth API, under `/growth/v1`.
pub fn growth() -> Document {
    #[derive(OpenApi)]
    struct Growth;
    let mut document = Growth::openapi();
    document.info = InfoBuilder::new()
        .title("Cercano Growth API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("The API customers' own systems build on, under `/growth/v1`. It has no operations yet."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    finish(document)
}

/// A document as it is written and served.
pub fn text(document: &Document) -> Result<String, Error> {
    document.to_pretty_json().map(|json| json + "\n").map_err(|error| app::Error::from(error).into())
}

async fn app_document() -> Result<HttpResponse, Error> {
    Ok(HttpResponse::Ok().content_type("application/json").body(text(&app())?))
}

async fn growth_document() -> Result<HttpResponse, Error> {
    Ok(HttpResponse::Ok().content_type("application/json").body(text(&growth())?))
}

fn finish(mut document: Document) -> Document {
    document.servers = Some(vec![Server::new("/")]);
    let components = document.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), Problem::schema());
    for (name, schema) in [
        ("ErrorCode", types::ErrorCode::schema()),
        ("FieldError", types::FieldError::schema()),
        ("FieldCode", types::FieldCode::schema()),
        ("GraphTrouble", types::graph::GraphTrouble::schema()),
        ("GraphReason", types::graph::GraphReason::schema()),
    ] {
        components.schemas.insert(name.to_owned(), schema);
    }
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(types::sessions::SESSION_COOKIE)));
    components.security_schemes.insert("session".to_owned(), RefOr::T(cookie));
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.bearer_format = Some("JWT".to_owned());
    components.security_schemes.insert("bearer".to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
    document
}

/// What an operation may refuse with, by status. An operation lists those it can answer; a test sees that it lists all.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident { $($status:literal $what:literal),+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(($status.to_owned(), problem($what))),+])
            }
        }
    )+};
}

refusals! {
    /// Of every operation that needs a session.
    Authenticated { "401" "There is no living session", "403" "The request comes from another site" }
    /// Of every operation that needs a permission.
    Permitted { "403" "The profile lacks the permission" }
    /// Of every operation on one thing.
    Found { "404" "It does not exist, or is not within reach" }
    /// Of every operation that takes input.
    Validated {
        "400" "The request cannot be read",
        "413" "The body is too large",
        "415" "The content type is not the one expected",
        "422" "Some fields are wrong; `errors` names them"
    }
    /// Of every operation that what already is can stand in the way of.
    Conflicts { "409" "What already is stands in the way; `code` says what" }
    /// Of every operation that asks WhatsApp for something.
    AsksWhatsapp { "409" "WhatsApp refused; `whatsapp` says why and what to do", "503" "WhatsApp was not reached" }
    /// Of every operation that may only be done so often.
    Throttled { "429" "Too often; wait" }
    /// Of every operation that stores a password.
    Hashing { "503" "Too many choose a password at this moment" }
    /// Of signing in.
    SignInRefused { "401" "The e-mail or the password is not right", "429" "Too many failures; wait", "503" "Too many sign in at this moment" }
}

fn problem(description: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().description(description).content("application/problem+json", content).build())
}
