//! Graph's errors: one shape, and the HTTP status and title Meta's table gives each code.

use std::fmt;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Value, json};

use crate::clock;

/// An error as Graph answers it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: i64,
    kind: &'static str,
    subcode: Option<i64>,
    message: String,
    details: Option<String>,
    transient: bool,
}

impl Refusal {
    /// A code of Meta's table, with the details that say what exactly is wrong.
    pub(crate) fn of(code: i64, details: impl Into<String>) -> Self {
        let (status, title) = known(code);
        Self {
            status,
            code,
            kind: "OAuthException",
            subcode: None,
            message: format!("(#{code}) {title}"),
            details: Some(details.into()),
            transient: matches!(code, 2 | 4 | 130_429 | 131_000 | 131_016 | 131_056 | 131_057 | 133_004 | 80_007),
        }
    }

    /// A parameter that is wrong in itself.
    pub(crate) fn invalid(details: impl Into<String>) -> Self {
        Self::of(100, details)
    }

    /// A parameter that is not there.
    pub(crate) fn missing(parameter: &str) -> Self {
        let mut refusal = Self::of(100, format!("The parameter {parameter} is required."));
        refusal.message = format!("(#100) The parameter {parameter} is required.");
        refusal
    }

    pub(crate) fn with_subcode(mut self, subcode: i64) -> Self {
        self.subcode = Some(subcode);
        self
    }

    /// The token is none of ours.
    pub(crate) fn token() -> Self {
        Self {
            message: "Invalid OAuth access token - Cannot parse access token".into(),
            details: None,
            ..Self::of(190, "")
        }
    }

    /// There is no such object, or it cannot do that: code 100 with subcode 33.
    pub(crate) fn unknown_node(method: &Method, node: &str) -> Self {
        let method = method.as_str().to_lowercase();
        Self {
            kind: "GraphMethodException",
            subcode: Some(33),
            message: format!(
                "Unsupported {method} request. Object with ID '{node}' does not exist, cannot be loaded due to missing \
                 permissions, or does not support this operation"
            ),
            details: None,
            ..Self::of(100, "")
        }
    }

    /// A fault: Graph itself is broken.
    pub(crate) fn broken() -> Self {
        Self {
            status: 500,
            message: "An unknown error has occurred.".into(),
            details: None,
            transient: true,
            ..Self::of(1, "")
        }
    }

    /// A fault: too many requests, answered as such.
    pub(crate) fn busy() -> Self {
        Self { status: 429, ..Self::of(130_429, "Message failed to send because there were too many messages") }
    }

    fn body(&self) -> Value {
        let mut error = json!({
            "message": self.message, "type": self.kind, "code": self.code, "fbtrace_id": clock::trace(),
        });
        if let Some(fields) = error.as_object_mut() {
            if let Some(details) = &self.details {
                fields.insert("error_data".into(), json!({"messaging_product": "whatsapp", "details": details}));
            }
            if let Some(subcode) = self.subcode {
                fields.insert("error_subcode".into(), Value::from(subcode));
            }
            if self.transient {
                fields.insert("is_transient".into(), Value::from(true));
            }
        }
        json!({"error": error})
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(self.body())
    }
}

/// The error of a `failed` status.
pub(crate) fn in_webhook(code: i64) -> Value {
    let (_, title) = known(code);
    json!({
        "code": code, "title": title, "message": title, "error_data": {"details": title},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    })
}

/// Meta accepts these messages and reports the failure by webhook.
pub(crate) fn comes_later(code: i64) -> bool {
    matches!(code, 131_026 | 131_047 | 131_049 | 131_050 | 131_052 | 131_053 | 130_472 | 131_042)
}

fn known(code: i64) -> (u16, &'static str) {
    match code {
        0 => (401, "AuthException"),
        1 => (400, "API Unknown"),
        2 => (503, "API Service"),
        3 => (500, "API Method"),
        4 => (400, "API Too Many Calls"),
        10 => (403, "Permission Denied"),
        100 => (400, "Invalid parameter"),
        190 => (401, "Access token has expired"),
        200..=299 => (403, "API Permission"),
        368 => (403, "Temporarily blocked for policies violations"),
        2_200 => (400, "Callback verification failed"),
        80_007 => (400, "Rate limit issues"),
        130_429 => (400, "Rate limit hit"),
        130_472 => (400, "User's number is part of an experiment"),
        131_000 => (500, "Something went wrong"),
        131_005 => (403, "Access denied"),
        131_008 => (400, "Required parameter is missing"),
        131_009 => (400, "Parameter value is not valid"),
        131_016 => (500, "Service unavailable"),
        131_021 => (400, "Recipient cannot be sender"),
        131_026 => (400, "Message undeliverable"),
        131_030 => (400, "Recipient phone number not in allowed list"),
        131_031 => (403, "Account has been locked"),
        131_042 => (400, "Business eligibility payment issue"),
        131_044 => (400, "Payment method missing"),
        131_047 => (400, "Re-engagement message"),
        131_048 => (400, "Spam rate limit hit"),
        131_049 => (400, "This message was not delivered to maintain healthy ecosystem engagement."),
        131_050 => (400, "User has stopped receiving marketing messages from this business"),
        131_051 => (400, "Unsupported message type"),
        131_052 => (400, "Media download error"),
        131_053 => (400, "Media upload error"),
        131_056 => (400, "(Business Account, Consumer Account) pair rate limit hit"),
        131_057 => (500, "Account in maintenance mode"),
        132_000 => (400, "Number of parameters does not match the expected number of params"),
        132_001 => (404, "Template name does not exist in the translation"),
        132_005 => (400, "Translated text too long"),
        132_007 => (400, "Template format character policy violated"),
        132_012 => (400, "Parameter format does not match format in the created template"),
        132_015 => (400, "Template is paused"),
        132_016 => (400, "Template is disabled"),
        132_018 => (400, "There is an issue with the parameters in your template"),
        133_004 => (503, "Server temporarily unavailable"),
        133_000 => (500, "Incomplete deregistration"),
        133_005 => (400, "Two step verification PIN mismatch"),
        133_006 => (400, "Phone number needs to be verified before registering"),
        133_008 => (400, "Too many two step verification PIN guesses"),
        133_009 => (400, "Two step verification PIN guessed too fast"),
        133_010 => (400, "Phone number not registered"),
        133_015 => (400, "Please wait a few minutes before attempting to register this phone number"),
        133_016 => (400, "Account register deregister rate limit exceeded"),
        136_024 => (400, "Request code error"),
        136_025 => (400, "Verify code error"),
        _ => (400, "An error occurred"),
    }
}
