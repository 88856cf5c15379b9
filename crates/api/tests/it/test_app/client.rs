//! A caller of the API. Every answer of every test is held against the document: its status must be declared.

use crate::guards::document;
use reqwest::{Client, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{fmt::Display, marker::PhantomData};
use types::{Endpoint, ErrorCode, Method, Problem};

/// Someone who calls, with a session or without.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) base: String,
    pub(crate) token: Option<String>,
    language: Option<String>,
    client: Client,
}

impl Caller {
    pub(crate) fn new(base: &str, token: Option<String>) -> Self {
        let client = Client::builder().no_proxy().timeout(std::time::Duration::from_secs(100)).build().unwrap();
        Self { base: base.to_owned(), token, language: None, client }
    }

    /// Call an endpoint without a body.
    pub(crate) async fn call<R>(&self, endpoint: Endpoint<(), R>, at: &[&dyn Display]) -> Answer<R> {
        self.request(endpoint.method, endpoint.path, &endpoint.at(at), None).await
    }

    /// Call an endpoint with a query.
    pub(crate) async fn query<R>(&self, endpoint: Endpoint<(), R>, at: &[&dyn Display], query: &str) -> Answer<R> {
        self.request(endpoint.method, endpoint.path, &format!("{}?{query}", endpoint.at(at)), None).await
    }

    /// Call an endpoint with its body.
    pub(crate) async fn send<B: Serialize, R>(
        &self,
        endpoint: Endpoint<B, R>,
        at: &[&dyn Display],
        body: &B,
    ) -> Answer<R> {
        self.json(endpoint, at, serde_json::to_value(body).unwrap()).await
    }

    /// Call an endpoint with any JSON as its body.
    pub(crate) async fn json<B, R>(&self, endpoint: Endpoint<B, R>, at: &[&dyn Display], body: Value) -> Answer<R> {
        self.request(endpoint.method, endpoint.path, &endpoint.at(at), Some(body)).await
    }

    pub(crate) async fn request<R>(
        &self,
        method: Method,
        template: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer<R> {
        let mut request = self.raw(method, path);
        if let Some(body) = &body {
            request = request.json(body);
        }
        Self::finish(method, template, body.is_some(), request).await
    }

    /// Upload a file as a form's only part.
    pub(crate) async fn upload<B, R>(&self, endpoint: Endpoint<B, R>, name: &str, bytes: &[u8]) -> Answer<R> {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
        self.form(endpoint, "multipart/form-data; boundary=cut", body).await
    }

    /// Upload a file to an endpoint with parameters.
    pub(crate) async fn upload_at<B, R>(
        &self,
        endpoint: Endpoint<B, R>,
        at: &[&dyn Display],
        name: &str,
        bytes: &[u8],
    ) -> Answer<R> {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
        let request =
            self.raw(endpoint.method, &endpoint.at(at)).header("content-type", "multipart/form-data; boundary=cut");
        Self::finish(endpoint.method, endpoint.path, true, request.body(body)).await
    }

    /// Send a body of another content type.
    pub(crate) async fn form<B, R>(&self, endpoint: Endpoint<B, R>, content_type: &str, body: Vec<u8>) -> Answer<R> {
        let request = self.raw(endpoint.method, endpoint.path).header("content-type", content_type).body(body);
        Self::finish(endpoint.method, endpoint.path, true, request).await
    }

    /// The same caller, speaking another language.
    pub(crate) fn speaking(&self, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..self.clone() }
    }

    async fn finish<R>(method: Method, template: &str, with_body: bool, request: RequestBuilder) -> Answer<R> {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let stream = response.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let text = if stream { String::new() } else { response.text().await.unwrap() };
        document::saw(method, template, status, with_body);
        Answer { status, text, reply: PhantomData }
    }

    /// A request to be finished by hand.
    pub(crate) fn raw(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method.as_str().parse().unwrap(), format!("{}{path}", self.base));
        if let Some(language) = &self.language {
            request = request.header("accept-language", language);
        }
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// What came back.
pub(crate) struct Answer<R> {
    pub(crate) status: u16,
    pub(crate) text: String,
    reply: PhantomData<R>,
}

impl<R: DeserializeOwned> Answer<R> {
    /// The reply of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> R {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        serde_json::from_str(if self.text.is_empty() { "null" } else { &self.text }).unwrap()
    }
}

impl<R> Answer<R> {
    /// The problem of a refusal.
    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        let problem: Problem =
            serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {}", self.status, self.text));
        assert_eq!(problem.status, self.status);
        problem
    }

    /// Assert that it was refused with a code.
    #[track_caller]
    pub(crate) fn refused(&self, code: ErrorCode) {
        assert_eq!((self.problem().code, self.status), (code, code.status()), "{}", self.text);
    }

    /// The fields that were refused, as `pointer code`.
    #[track_caller]
    pub(crate) fn wrong_fields(&self) -> Vec<String> {
        self.refused(ErrorCode::ValidationFailed);
        self.problem().errors.iter().map(|error| format!("{} {}", error.pointer, error.code)).collect()
    }
}
