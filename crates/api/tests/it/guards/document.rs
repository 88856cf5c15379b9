//! The document as the tests read it.

use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use types::{Method, Permission};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(api::openapi::app()).unwrap());
/// Read once, for every answer of every test is held against them.
static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(read);

/// One operation of the document.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// Its operationId.
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    /// What it demands; `None` when it needs no session.
    pub(crate) permissions: Option<Vec<Permission>>,
    /// A body that fits its schema, when it takes JSON.
    pub(crate) example: Option<Value>,
    statuses: Vec<String>,
    takes_body: bool,
}

impl Operation {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }
}

/// Every operation, in the document's order.
pub(crate) fn operations() -> &'static [Operation] {
    &OPERATIONS
}

fn read() -> Vec<Operation> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().iter().filter_map(move |(method, op)| operation(path, method, op))
        })
        .collect()
}

/// Hold an answer against the document.
#[track_caller]
pub(crate) fn saw(method: Method, path: &str, status: u16, with_body: bool) {
    let known = operations().iter().find(|operation| operation.method == method && operation.path == path);
    let Some(operation) = known else { panic!("{} {path} is not in the document", method.as_str()) };
    assert!(
        operation.statuses.contains(&status.to_string()),
        "{} answers {status}, which it does not declare",
        operation.name()
    );
    assert!(!with_body || operation.takes_body, "{} was sent a body, which it does not declare", operation.name());
}

fn operation(path: &str, method: &str, op: &Value) -> Option<Operation> {
    let method = match method {
        "get" => Method::Get,
        "post" => Method::Post,
        "put" => Method::Put,
        "delete" => Method::Delete,
        _ => return None,
    };
    let schema = &op["requestBody"]["content"]["application/json"]["schema"];
    let scopes = op["security"].as_array().and_then(|list| list.iter().find_map(|entry| entry["session"].as_array()));
    Some(Operation {
        id: op["operationId"].as_str().unwrap().to_owned(),
        method,
        path: path.to_owned(),
        permissions: scopes.map(|scopes| scopes.iter().map(|name| name.as_str().unwrap().parse().unwrap()).collect()),
        example: (!schema.is_null()).then(|| example(schema)),
        statuses: op["responses"].as_object().map(|responses| responses.keys().cloned().collect()).unwrap_or_default(),
        takes_body: op["requestBody"].is_object(),
    })
}

/// The smallest value that fits a schema well enough to be read; its fields may still be refused.
fn example(schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return example(&DOCUMENT["components"]["schemas"][name.rsplit('/').next().unwrap()]);
    }
    if !schema["example"].is_null() {
        return schema["example"].clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    // What may be null is given, so that all of a body is read.
    let present = |choice: &&Value| choice["type"] != "null";
    if let Some(choice) = schema["oneOf"].as_array().and_then(|choices| choices.iter().find(present)) {
        return example(choice);
    }
    let kinds = schema["type"].as_array().and_then(|kinds| kinds.iter().find(|kind| **kind != "null"));
    let kind = kinds.unwrap_or(&schema["type"]);
    match (kind.as_str(), schema["format"].as_str()) {
        (Some("object"), _) => {
            let fields = schema["properties"].as_object().cloned().unwrap_or_default();
            Value::Object(fields.iter().map(|(name, field)| (name.clone(), example(field))).collect::<Map<_, _>>())
        }
        (Some("array"), _) => json!([]),
        (Some("integer" | "number"), _) => json!(1),
        (Some("boolean"), _) => json!(true),
        (Some("string"), Some("uuid")) => json!("00000000-0000-7000-8000-000000000000"),
        _ => json!("something long"),
    }
}
