//! The Graph side: `/sandbox/graph/{version}/{node}[/{edge}]`, routed by what the node's id is, like Meta's.

mod account;
mod check;
mod management;
pub(crate) mod media;
mod messages;
mod numbers;
pub(crate) mod refusal;
mod template_check;
mod templates;

use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE};
use actix_web::web::{self, Bytes, Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use crate::{Sandbox, demo_world};
pub(crate) use numbers::written as numbers_written;
use refusal::Refusal;
pub(crate) use templates::written as templates_written;

/// A document may have 100 MB, and a form around it.
pub(crate) const LARGEST_BODY: usize = 101 * 1_024 * 1_024;

pub(crate) fn configure(service: &mut ServiceConfig) {
    service
        .route("/graph/{version}/{node}", web::route().to(node))
        .route("/graph/{version}/{node}/{edge}", web::route().to(edge))
        .route("/graph/{tail:.*}", web::route().to(nowhere));
}

/// A request to Graph: its parts as the handlers need them.
pub(crate) struct Call<'request> {
    pub(crate) sandbox: &'request Sandbox,
    pub(crate) request: &'request HttpRequest,
    pub(crate) query: Map<String, Value>,
    pub(crate) body: Bytes,
}

impl Call<'_> {
    /// The parameters: those of the JSON body over those of the query, as Graph mixes them.
    pub(crate) fn parameters(&self) -> Result<Map<String, Value>, Refusal> {
        let mut parameters = self.query.clone();
        if self.body.is_empty() {
            return Ok(parameters);
        }
        let kind = self.request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let form: Vec<(String, String)> =
                Query::from_query(&String::from_utf8_lossy(&self.body)).map(Query::into_inner).unwrap_or_default();
            parameters.extend(form.into_iter().map(|(key, value)| (key, Value::from(value))));
            return Ok(parameters);
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(body)) => {
                parameters.extend(body);
                Ok(parameters)
            }
            Ok(_) | Err(_) => Err(Refusal::invalid("The body is not a JSON object")),
        }
    }

    /// A parameter of the query as text.
    pub(crate) fn asked(&self, key: &str) -> Option<&str> {
        self.query.get(key).and_then(Value::as_str)
    }

    /// What links begin with.
    pub(crate) fn base(&self) -> String {
        self.sandbox.inner.config.public_base.clone().unwrap_or_else(|| {
            let connection = self.request.connection_info();
            format!("{}://{}/sandbox", connection.scheme(), connection.host())
        })
    }
}

async fn node(
    request: HttpRequest,
    sandbox: Data<Sandbox>,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Refusal> {
    let (version, node) = path.into_inner();
    answer(&request, &sandbox, &version, &node, "", body).await
}

async fn edge(
    request: HttpRequest,
    sandbox: Data<Sandbox>,
    path: Path<(String, String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Refusal> {
    let (version, node, edge) = path.into_inner();
    answer(&request, &sandbox, &version, &node, &edge, body).await
}

async fn nowhere(request: HttpRequest) -> Result<HttpResponse, Refusal> {
    Err(Refusal::unknown_node(request.method(), ""))
}

async fn answer(
    request: &HttpRequest,
    sandbox: &Sandbox,
    version: &str,
    node: &str,
    edge: &str,
    body: Bytes,
) -> Result<HttpResponse, Refusal> {
    let is_version = version.strip_prefix('v').is_some_and(|version| version.parse::<f64>().is_ok());
    if !is_version {
        return Err(Refusal::unknown_node(request.method(), version));
    }
    authorized(request)?;
    let pairs: Vec<(String, String)> =
        Query::from_query(request.query_string()).map(Query::into_inner).unwrap_or_default();
    let query = pairs.into_iter().map(|(key, value)| (key, Value::from(value))).collect();
    let call = Call { sandbox, request, query, body };
    let kind = sandbox.inner.with(|kept| {
        let world = &kept.world;
        if world.numbers.contains_key(node) {
            Node::Number
        } else if world.wabas.contains_key(node) {
            Node::Waba
        } else if world.templates.iter().any(|template| template.id == node) {
            Node::Template
        } else if kept.find_media(node).is_some() {
            Node::Media
        } else if node == demo_world().app_id || node.starts_with("upload:") {
            Node::App
        } else {
            Node::None
        }
    });
    let method = request.method();
    match (kind, method, edge) {
        (Node::Number, &Method::POST, "messages") => return messages::post(&call, node).await,
        (Node::Number, &Method::POST, "media") => return media::upload(&call).await,
        _ => {}
    }
    match management::planned(&call, node, edge) {
        Some(management::Planned::Refused(refusal)) => Err(refusal),
        Some(management::Planned::Unanswered) => {
            manage(&call, kind, node, edge).await?;
            Ok(HttpResponse::Ok().body(messages::Broken))
        }
        None => manage(&call, kind, node, edge).await,
    }
}

/// Everything but messages and media.
async fn manage(call: &Call<'_>, kind: Node, node: &str, edge: &str) -> Result<HttpResponse, Refusal> {
    let method = call.request.method();
    match (kind, method, edge) {
        (Node::Number, _, _) => numbers::answer(call, node, edge),
        (Node::Waba, _, "message_templates") => templates::answer(call, node),
        (Node::Waba, _, _) => account::answer(call, node, edge).await,
        (Node::Template, _, "") => templates::one(call, node),
        (Node::Media, _, "") => media::node(call, node),
        (Node::App, &Method::POST, _) => media::resumable(call, node, edge),
        (Node::Template | Node::Media | Node::App | Node::None, _, _) => Err(Refusal::unknown_node(method, node)),
    }
}

#[derive(Clone, Copy)]
enum Node {
    Number,
    Waba,
    Template,
    Media,
    App,
    None,
}

/// The sandbox has one token.
pub(crate) fn authorized(request: &HttpRequest) -> Result<(), Refusal> {
    let header = request.headers().get(AUTHORIZATION).and_then(|header| header.to_str().ok());
    match header.and_then(|header| header.split_once(' ')) {
        // Resumable uploads want the token in a scheme of their own.
        Some((scheme, token))
            if ["bearer", "oauth"].contains(&scheme.to_lowercase().as_str()) && token == demo_world().access_token =>
        {
            Ok(())
        }
        Some(_) | None => Err(Refusal::token()),
    }
}

/// `{"success": true}`.
pub(crate) fn success() -> HttpResponse {
    HttpResponse::Ok().json(json!({"success": true}))
}

/// A page of a list with Graph's cursors, which are the place of an element in base64.
pub(crate) fn paged(call: &Call<'_>, all: Vec<Value>, path: &str) -> HttpResponse {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let limit = call.asked("limit").and_then(|limit| limit.parse().ok()).unwrap_or(25_usize).clamp(1, 1_000);
    let place = |cursor: &str| -> Option<usize> { String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?.parse().ok() };
    let from = call.asked("after").and_then(place).map_or(0, |place| place + 1);
    let count = all.len();
    let fields = call.asked("fields").map(|fields| fields.split(',').map(str::trim).collect::<Vec<_>>());
    let data: Vec<Value> = all.into_iter().skip(from).take(limit).map(|item| chosen(item, fields.as_deref())).collect();
    let last = (from + data.len()).saturating_sub(1);
    let mut reply = json!({"data": data});
    if let (false, Some(fields)) = (data.is_empty(), reply.as_object_mut()) {
        let after = STANDARD.encode(last.to_string());
        let mut paging = json!({"cursors": {"before": STANDARD.encode(from.to_string()), "after": after}});
        if let (true, Some(paging)) = (last + 1 < count, paging.as_object_mut()) {
            let next = format!("{}/graph/{path}?limit={limit}&after={after}", call.base());
            paging.insert("next".into(), Value::from(next));
        }
        fields.insert("paging".into(), paging);
    }
    HttpResponse::Ok().json(reply)
}

/// Only the asked fields, and always the id.
pub(crate) fn chosen(mut item: Value, fields: Option<&[&str]>) -> Value {
    if let (Some(fields), Some(object)) = (fields, item.as_object_mut()) {
        // `throughput{level}` asks for a part; the whole is given.
        let wanted = |key: &str| fields.iter().any(|field| field.split('{').next() == Some(key));
        object.retain(|key, _| key == "id" || wanted(key));
    }
    item
}
