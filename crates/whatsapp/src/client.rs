//! The calls we make to Graph. Each tells apart what Graph refused, what never left, and what nobody knows.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response, header::RETRY_AFTER, redirect};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::errors::GraphError;
use crate::outgoing::OutgoingMessage;

const PAGE: usize = 100;
/// A WABA holds at most 6,000 templates; a server that pages for ever must not hold us for ever.
const MOST_PAGES: usize = 100;

/// Where a WABA's Graph is: Meta's, or another that speaks its protocol.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GraphEndpoint {
    /// Such as `https://graph.facebook.com`, with or without a slash at the end.
    pub base_url: String,
    /// Such as `v23.0`.
    pub version: String,
}

/// Graph took a message. It means nothing more: delivery is told by statuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The wamid.
    pub message_id: String,
    /// May differ from the phone that was asked for, as with Brazil's ninth digit.
    pub wa_id: Option<String>,
}

/// How a call ended without an answer to use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Graph answered, and the answer was no.
    #[error(transparent)]
    Refused(#[from] GraphError),
    /// The request provably never left: it may be made again.
    #[error("the request was not sent: {0}")]
    NotSent(String),
    /// The request left and no readable answer came: a message may or may not have gone out, so it is never
    /// blindly repeated.
    #[error("the outcome is unknown: {0}")]
    Unknown(String),
}

/// A business number as Graph describes it; values Meta may add to stay text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PhoneNumberInfo {
    pub id: String,
    #[serde(default)]
    pub display_phone_number: String,
    #[serde(default)]
    pub verified_name: String,
    /// GREEN, YELLOW, RED or UNKNOWN.
    #[serde(default)]
    pub quality_rating: Option<String>,
    /// VERIFIED, `NOT_VERIFIED` or EXPIRED.
    #[serde(default)]
    pub code_verification_status: Option<String>,
    /// CONNECTED, PENDING, FLAGGED, RESTRICTED and others.
    #[serde(default)]
    pub status: Option<String>,
    #[serde(default)]
    pub name_status: Option<String>,
    /// Shared by every number of the business portfolio, such as `TIER_2K`.
    #[serde(default)]
    pub whatsapp_business_manager_messaging_limit: Option<String>,
    #[serde(default)]
    pub throughput: Option<Throughput>,
}

/// How fast a number may send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Throughput {
    /// STANDARD (80/s), HIGH (1,000/s) or `NOT_APPLICABLE`.
    #[serde(default)]
    pub level: Option<String>,
}

/// A template as Graph describes it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct TemplateInfo {
    pub id: String,
    pub name: String,
    pub language: String,
    /// APPROVED, PENDING, REJECTED, PAUSED, DISABLED and others.
    pub status: String,
    /// MARKETING, UTILITY or AUTHENTICATION.
    #[serde(default)]
    pub category: String,
    /// POSITIONAL or NAMED.
    #[serde(default)]
    pub parameter_format: Option<String>,
    #[serde(default)]
    pub rejected_reason: Option<String>,
    /// As Graph gave them, for the preview and the count of variables.
    #[serde(default)]
    pub components: Vec<Value>,
}

/// Sends one WABA's webhooks to an address of its own instead of the app's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookOverride {
    pub callback_uri: String,
    pub verify_token: String,
}

/// A client of Graph; cheap to clone, one pool of connections.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
}

impl Client {
    /// Wraps an HTTP client; [`Client::http`] builds a fitting one.
    pub fn new(http: reqwest::Client) -> Self {
        Self { http }
    }

    /// An HTTP client for Graph. Connecting has a time limit of its own, shorter than the whole, because only a
    /// failure to connect proves that nothing was sent. Redirects are not followed: the token stays here.
    ///
    /// # Errors
    /// When the system offers no TLS.
    pub fn http(connect: Duration, whole: Duration) -> Result<reqwest::Client, reqwest::Error> {
        reqwest::Client::builder()
            .connect_timeout(connect)
            .timeout(whole)
            .pool_idle_timeout(Duration::from_mins(1))
            .tcp_nodelay(true)
            .redirect(redirect::Policy::none())
            .build()
    }

    /// Sends a message from a number.
    ///
    /// # Errors
    /// See [`SendError`]; only `NotSent`, and what [`GraphError::remedy`] says to retry, may be tried again.
    pub async fn send(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
        message: &OutgoingMessage,
    ) -> Result<Accepted, SendError> {
        let request = self.request(Method::POST, endpoint, token, &[phone_number_id, "messages"])?;
        let reply: SendReply = answered(request.json(&message.graph_body())).await?;
        let wa_id = reply.contacts.into_iter().find_map(|contact| contact.wa_id);
        match reply.messages.into_iter().next() {
            Some(message) => Ok(Accepted { message_id: message.id, wa_id }),
            None => Err(SendError::Unknown("the answer names no message".into())),
        }
    }

    /// Shows the customer blue ticks, and with `typing` that an answer is being written (up to 25 s).
    pub async fn mark_read(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
        wamid: &str,
        typing: bool,
    ) -> Result<(), SendError> {
        let mut body = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": wamid });
        if let (Some(fields), true) = (body.as_object_mut(), typing) {
            fields.insert("typing_indicator".into(), json!({ "type": "text" }));
        }
        let request = self.request(Method::POST, endpoint, token, &[phone_number_id, "messages"])?;
        answered::<Value>(request.json(&body)).await.map(drop)
    }

    /// One number with its quality, limits and state.
    pub async fn get_phone_number(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        phone_number_id: &str,
    ) -> Result<PhoneNumberInfo, SendError> {
        let request = self.request(Method::GET, endpoint, token, &[phone_number_id])?;
        answered(request.query(&[("fields", NUMBER_FIELDS)])).await
    }

    /// Every number of a WABA, all pages.
    pub async fn list_phone_numbers(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        waba_id: &str,
    ) -> Result<Vec<PhoneNumberInfo>, SendError> {
        self.list(endpoint, token, &[waba_id, "phone_numbers"], NUMBER_FIELDS).await
    }

    /// Every template of a WABA in every state, all pages.
    pub async fn list_templates(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        waba_id: &str,
    ) -> Result<Vec<TemplateInfo>, SendError> {
        self.list(endpoint, token, &[waba_id, "message_templates"], TEMPLATE_FIELDS).await
    }

    async fn list<T: DeserializeOwned>(
        &self,
        endpoint: &GraphEndpoint,
        token: &str,
        path: &[&str],
        fields: &str,
    ) -> Result<Vec<T>, SendError> {
        let (mut found, mut after) = (Vec::new(), None::<String>);
        for _ in 0..MOST_PAGES {
            let mut request = self
                .request(Method::GET, endpoint, token, path)?
                .query(&[("fields", fields), ("limit", &PAGE.to_string())]);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let page: Page<T> = answered(request).await?;
            found.extend(page.data);
            // The cursor is used and not the whole `next` address, which would take our token wherever it points.
            match page.paging {
                Some(Paging { next: Some(_), cursors: Some(Cursors { after: Some(cursor) }) })
                    if Some(&cursor) != after.as_ref() =>
                {
                    after = Some(cursor);
                }
                Some(_) | None => break,
            }
        }
        Ok(found)
    }

    pub(crate) fn http_client(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn request(
        &self,
        method: Method,
        endpoint: &GraphEndpoint,
        token: &str,
        path: &[&str],
    ) -> Result<RequestBuilder, SendError> {
        Ok(self.bare(method, endpoint, path)?.bearer_auth(token))
    }

    /// A request that does not name our token yet.
    pub(crate) fn bare(
        &self,
        method: Method,
        endpoint: &GraphEndpoint,
        path: &[&str],
    ) -> Result<RequestBuilder, SendError> {
        let mut url = reqwest::Url::parse(&endpoint.base_url).map_err(|error| SendError::NotSent(error.to_string()))?;
        match url.path_segments_mut() {
            // Pushing segments escapes them, so an id cannot lead to another path.
            Ok(mut segments) => drop(segments.pop_if_empty().push(&endpoint.version).extend(path)),
            Err(()) => return Err(SendError::NotSent("the base address cannot have a path".into())),
        }
        Ok(self.http.request(method, url))
    }
}

const NUMBER_FIELDS: &str = "id,display_phone_number,verified_name,quality_rating,code_verification_status,status,\
                             name_status,throughput,whatsapp_business_manager_messaging_limit";
const TEMPLATE_FIELDS: &str = "id,name,language,status,category,parameter_format,rejected_reason,components";

#[derive(Deserialize)]
struct SendReply {
    #[serde(default)]
    contacts: Vec<SentContact>,
    messages: Vec<SentMessage>,
}

#[derive(Deserialize)]
struct SentContact {
    wa_id: Option<String>,
}

#[derive(Deserialize)]
struct SentMessage {
    id: String,
}

#[derive(Deserialize)]
struct Page<T> {
    data: Vec<T>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct Paging {
    cursors: Option<Cursors>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Cursors {
    after: Option<String>,
}

#[derive(Deserialize)]
struct ErrorReply {
    error: ErrorBody,
}

#[derive(Deserialize)]
struct ErrorBody {
    code: i64,
    error_subcode: Option<i64>,
    #[serde(default)]
    message: String,
    error_data: Option<Value>,
    /// Management calls explain themselves here.
    error_user_msg: Option<String>,
    fbtrace_id: Option<String>,
    #[serde(default)]
    is_transient: bool,
}

pub(crate) async fn answered<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, SendError> {
    let response = request.send().await.map_err(lost)?;
    if !response.status().is_success() {
        return Err(SendError::Refused(refusal(response).await));
    }
    let body = response.bytes().await.map_err(|error| SendError::Unknown(bare(error)))?;
    serde_json::from_slice(&body).map_err(|error| SendError::Unknown(format!("unreadable answer: {error}")))
}

/// Only a failure to connect, or to build the request, proves that nothing left.
pub(crate) fn lost(error: reqwest::Error) -> SendError {
    if error.is_connect() || error.is_builder() {
        SendError::NotSent(bare(error))
    } else {
        SendError::Unknown(bare(error))
    }
}

/// The error's chain without its address, which holds ids.
fn bare(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}

pub(crate) async fn refusal(response: Response) -> GraphError {
    let http_status = response.status().as_u16();
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.trim().parse().ok())
        .map(Duration::from_secs);
    // An answer that breaks off is still an answer: the status alone says it was refused.
    let body = response.bytes().await.unwrap_or_default();
    match serde_json::from_slice::<ErrorReply>(&body) {
        Ok(ErrorReply { error }) => GraphError {
            code: error.code,
            error_subcode: error.error_subcode,
            message: error.message,
            details: error.error_data.as_ref().and_then(details).or(error.error_user_msg),
            fbtrace_id: error.fbtrace_id,
            is_transient: error.is_transient,
            http_status,
            retry_after,
        },
        Err(_) => GraphError {
            code: GraphError::NO_CODE,
            message: "the answer has no error object".into(),
            http_status,
            retry_after,
            ..GraphError::default()
        },
    }
}

/// Mostly an object with `details`; some calls answer a plain text.
fn details(data: &Value) -> Option<String> {
    data.get("details").or(Some(data)).and_then(Value::as_str).map(Into::into)
}
