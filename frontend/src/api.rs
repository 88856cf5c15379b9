//! The API as the pages call it: one function over the endpoints of `types`, and what can go wrong.

use crate::language;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::encode_uri_component;
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, fmt::Display};
use types::{Endpoint, ErrorCode, Method, Page, PageQuery, Problem, page::MAX_LIMIT};
use web_sys::{Blob, File, FormData};

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Failed {
    /// The server refused, and says why.
    Refused(Box<Problem>),
    /// The server was not reached, or what answered was not the server.
    Unreachable,
}

impl Failed {
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable => None,
        }
    }

    /// What is wrong with the field of that name, in the reader's language.
    pub fn field(&self, name: &str) -> Option<String> {
        match self {
            Self::Refused(problem) => problem
                .errors
                .iter()
                .find(|error| error.pointer.strip_prefix('/').is_some_and(|pointer| pointer == name))
                .map(|error| error.detail.clone()),
            Self::Unreachable => None,
        }
    }
}

pub type Result<T> = std::result::Result<T, Failed>;

thread_local! {
    static SIGNED_OUT: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// What happens when the server says that nobody is signed in any more.
pub fn on_signed_out(act: impl Fn() + 'static) {
    SIGNED_OUT.with_borrow_mut(|slot| *slot = Some(Box::new(act)));
}

/// Call an endpoint without a body. `parameters` fill its path in order.
pub fn ask<Reply: DeserializeOwned>(
    endpoint: Endpoint<(), Reply>,
    parameters: &[&dyn Display],
    query: Query,
) -> impl Future<Output = Result<Reply>> + use<Reply> {
    let request = request(endpoint.method, &query.after(endpoint.at(parameters)));
    async move { read(request.send().await).await }
}

/// Call an endpoint with its body.
pub async fn send<Body: Serialize, Reply: DeserializeOwned>(
    endpoint: Endpoint<Body, Reply>,
    parameters: &[&dyn Display],
    body: &Body,
) -> Result<Reply> {
    let Ok(request) = request(endpoint.method, &endpoint.at(parameters)).json(body) else {
        return Err(Failed::Unreachable);
    };
    read(request.send().await).await
}

/// Upload one file, as the multipart part `file`.
pub async fn upload<Reply: DeserializeOwned>(endpoint: Endpoint<(), Reply>, file: &File) -> Result<Reply> {
    upload_to(endpoint, &[], file, &file.name()).await
}

/// Upload what may have been made in the browser, under a name. `parameters` fill the path in order.
pub async fn upload_to<Reply: DeserializeOwned>(
    endpoint: Endpoint<(), Reply>,
    parameters: &[&dyn Display],
    content: &Blob,
    name: &str,
) -> Result<Reply> {
    let form =
        FormData::new().and_then(|form| form.append_with_blob_and_filename("file", content, name).map(|()| form));
    let Ok(Ok(request)) = form.map(|form| request(endpoint.method, &endpoint.at(parameters)).body(form)) else {
        return Err(Failed::Unreachable);
    };
    read(request.send().await).await
}

/// All the pages of a list that is short enough to be shown whole.
pub async fn every<T, Asked: Future<Output = Result<Page<T>>>>(
    question: impl Fn(PageQuery) -> Asked,
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    let mut page = PageQuery { limit: Some(MAX_LIMIT), cursor: None };
    loop {
        let answer = question(page.clone()).await?;
        found.extend(answer.items);
        match answer.next_cursor {
            Some(cursor) => page.cursor = Some(cursor),
            None => return Ok(found),
        }
    }
}

/// The first pages of a list, until there are as many items as are shown already: a list that is loaded anew does not
/// shrink under its reader.
pub async fn at_least<T, Asked: Future<Output = Result<Page<T>>>>(
    count: usize,
    question: impl Fn(PageQuery) -> Asked,
) -> Result<Page<T>> {
    let mut found = question(PageQuery::default()).await?;
    while found.items.len() < count {
        let Some(cursor) = found.next_cursor.take() else { break };
        let next = question(PageQuery { limit: Some(MAX_LIMIT), cursor: Some(cursor) }).await?;
        found.items.extend(next.items);
        found.next_cursor = next.next_cursor;
    }
    Ok(found)
}

/// The query of a call, put together from filters.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Every field of a filter that is set.
    pub fn of(filter: &impl Serialize) -> Self {
        Self::none().and(filter)
    }

    pub fn and(mut self, filter: &impl Serialize) -> Self {
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(filter) {
            self.0.extend(fields.into_iter().filter_map(|(name, value)| match value {
                serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => None,
                serde_json::Value::String(text) => Some((name, text)),
                serde_json::Value::Bool(on) => Some((name, on.to_string())),
                serde_json::Value::Number(number) => Some((name, number.to_string())),
            }));
        }
        self
    }

    /// The address with the query behind it, for a link.
    pub fn after(&self, path: String) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{name}={}", encode_uri_component(value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}

fn request(method: Method, path: &str) -> RequestBuilder {
    let builder = match method {
        Method::Get => Request::get(path),
        Method::Post => Request::post(path),
        Method::Put => Request::put(path),
        Method::Delete => Request::delete(path),
    };
    builder.header("Accept", "application/json").header("Accept-Language", language::current().as_ref())
}

async fn read<Reply: DeserializeOwned>(answer: std::result::Result<Response, gloo_net::Error>) -> Result<Reply> {
    let Ok(response) = answer else { return Err(Failed::Unreachable) };
    let Ok(text) = response.text().await else { return Err(Failed::Unreachable) };
    if response.ok() {
        let text = if text.is_empty() { "null" } else { &text };
        return serde_json::from_str(text).map_err(|error| garbled(&error));
    }
    let failed = serde_json::from_str::<Problem>(&text)
        .map_or(Failed::Unreachable, |problem| Failed::Refused(Box::new(problem)));
    if failed.code() == Some(ErrorCode::Unauthenticated) {
        SIGNED_OUT.with_borrow(|act| act.iter().for_each(|act| act()));
    }
    Err(failed)
}

/// An answer that is not what `types` says is a fault of ours; the console is where a developer sees it.
fn garbled(error: &serde_json::Error) -> Failed {
    leptos::logging::error!("an answer could not be read: {error}");
    Failed::Unreachable
}
