//! Connecting an account, changing it, disconnecting it.

use super::{
    reach::{Reached, reached, read_trouble},
    synchronize,
};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    channel,
};
use db::{
    Scope,
    wabas::{NewWaba, WabaAccess, WabaChange, WabaState},
};
use types::{
    ErrorCode, FieldCode, Language, WabaId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    graph::GraphTrouble,
    validate,
    wabas::{GRAPH_VERSION, META_GRAPH, Waba, WabaInput},
};
use whatsapp::{GraphEndpoint, client::WebhookOverride};

/// Characters of an account's name.
const NAME_MAX: usize = 100;
/// The names of numbers that are told when they stand in the way.
const NAMED_MAX: usize = 5;

/// Where an account is, and with which token, as it was given.
struct Wanted {
    name: String,
    waba_id: String,
    app_id: String,
    base_url: String,
    graph_version: String,
    token: String,
}

/// Connect an account: Graph is asked for it first; then its webhooks are subscribed, its templates and numbers read.
/// What fails after Graph has answered is kept as the account's trouble.
pub async fn connect(app: &App, scope: &Scope, by: &By, input: &WabaInput, language: Language) -> Result<Waba> {
    let WabaInput { name, waba_id, app_id, token, base_url, graph_version, version: _ } = input;
    let Some(token) = token.clone().filter(|token| !token.trim().is_empty()) else {
        return Err(wrong("/token", FieldCode::Required, language));
    };
    let wanted = Wanted {
        name: name.trim().to_owned(),
        waba_id: waba_id.clone(),
        app_id: app_id.clone(),
        base_url: address(app, base_url.as_deref().unwrap_or(META_GRAPH), language)?,
        graph_version: version(graph_version.as_deref().unwrap_or(GRAPH_VERSION), language)?,
        token: token.trim().to_owned(),
    };
    connect_to(app, scope, by, wanted).await
}

/// Connect the account of this server's sandbox; `SandboxUnavailable` where there is none.
pub async fn connect_sandbox(app: &App, scope: &Scope, by: &By) -> Result<Waba> {
    let sandbox = app.settings.sandbox.clone().ok_or(ErrorCode::SandboxUnavailable)?;
    let crate::SandboxAccess { name, waba_id, app_id, token, base_url, graph_version } = sandbox;
    connect_to(app, scope, by, Wanted { name, waba_id, app_id, base_url, graph_version, token }).await
}

async fn connect_to(app: &App, scope: &Scope, by: &By, wanted: Wanted) -> Result<Waba> {
    let Wanted { name, waba_id, app_id, base_url, graph_version, token } = wanted;
    let endpoint = GraphEndpoint { base_url: base_url.clone(), version: graph_version.clone() };
    let found = app.whatsapp.get_waba(&endpoint, &token, &waba_id).await;
    let found = found.map_err(|error| Error::whatsapp(read_trouble(&error, app.clock.now())))?;
    let own = if found.name.trim().is_empty() { waba_id.clone() } else { found.name.trim().to_owned() };
    let name: String = if name.is_empty() { own } else { name }.chars().take(NAME_MAX).collect();
    let id: WabaId = app.ids.make();
    let new = NewWaba {
        id,
        organization_id: scope.organization_id(),
        name: &name,
        waba_id: &waba_id,
        app_id: &app_id,
        base_url: &base_url,
        graph_version: &graph_version,
        token_sealed: app.keys.seal(token.as_bytes(), id.0.as_bytes())?,
        sandbox: is_sandbox(app, &base_url),
    };
    let tx = db::begin(&app.db).await?;
    db::wabas::create(&tx, &new, app.clock.now()).await?;
    let mut changes = Changes::default();
    let fields = [
        AuditChange::to("waba_id", &waba_id),
        AuditChange::to("app_id", &app_id),
        AuditChange::to("base_url", &base_url),
    ];
    changes.record(AuditSubject::Waba, id, &name, AuditAction::Connected, fields);
    changes.store(app, &tx, scope, Some(by)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();

    let access = db::wabas::access(app.db.read(), scope, id).await?;
    let subscription = subscribe(app, &reached(app, access)?).await;
    match synchronize(app, scope, id, None).await {
        // Graph's answers are kept as the account's trouble, and it stays connected.
        Ok(_) | Err(Error::Refused(_)) => {}
        Err(broken @ (Error::Database(_) | Error::Broken(_))) => return Err(broken),
    }
    if let Err(trouble) = subscription {
        let state = WabaState { trouble: Some(&trouble), subscribed: Some(false), synchronized: false };
        let tx = db::begin(&app.db).await?;
        db::wabas::set_state(&tx, scope, id, &state, app.clock.now()).await?;
        tx.commit().await.map_err(db::Error::from)?;
    }
    Ok(db::wabas::get(app.db.read(), scope, id).await?)
}

/// Change an account. What it is reached by is tried before it is stored; a new address needs the token again, so that a
/// stored token never goes anywhere it was not given for.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: WabaId,
    input: &WabaInput,
    language: Language,
) -> Result<Waba> {
    let WabaInput { name, waba_id, app_id, token, base_url, graph_version, version: started } = input;
    let known = reached(app, db::wabas::access(app.db.read(), scope, id).await?)?;
    let before = &known.access;
    if *waba_id != before.waba_id {
        return Err(wrong("/waba_id", FieldCode::Invalid, language));
    }
    let started = started.ok_or_else(|| wrong("/version", FieldCode::Required, language))?;
    if started != before.version {
        return Err(ErrorCode::VersionConflict.into());
    }
    let base_url = address(app, base_url.as_deref().unwrap_or(META_GRAPH), language)?;
    let graph_version = version(graph_version.as_deref().unwrap_or(GRAPH_VERSION), language)?;
    let token = token.as_deref().map(str::trim).filter(|token| !token.is_empty());
    if base_url != before.base_url && token.is_none() {
        return Err(wrong("/token", FieldCode::Required, language));
    }
    if token.is_some() || base_url != before.base_url || graph_version != before.graph_version {
        let endpoint = GraphEndpoint { base_url: base_url.clone(), version: graph_version.clone() };
        let found = app.whatsapp.get_waba(&endpoint, token.unwrap_or(&known.token), waba_id).await;
        found.map_err(|error| Error::whatsapp(read_trouble(&error, app.clock.now())))?;
    }
    let name = if name.trim().is_empty() { before.name.clone() } else { name.trim().to_owned() };
    let change = WabaChange {
        name: &name,
        app_id,
        base_url: &base_url,
        graph_version: &graph_version,
        token_sealed: &match token {
            Some(token) => app.keys.seal(token.as_bytes(), id.0.as_bytes())?,
            None => before.token_sealed.clone(),
        },
        sandbox: is_sandbox(app, &base_url),
        version: started,
    };
    let tx = db::begin(&app.db).await?;
    db::wabas::update(&tx, scope, id, &change).await?;
    let fields = [
        AuditChange::between("name", &before.name, &name),
        AuditChange::between("app_id", &before.app_id, app_id),
        AuditChange::between("base_url", &before.base_url, &base_url),
        AuditChange::between("graph_version", &before.graph_version, &graph_version),
        // That there is a new one is worth an entry; what it is, is not.
        token.map(|_| AuditChange { field: "token".to_owned(), from: "***".into(), to: "***".into() }),
    ];
    let mut changes = Changes::default();
    changes.record(AuditSubject::Waba, id, &name, AuditAction::Updated, fields.into_iter().flatten());
    changes.store(app, &tx, scope, Some(by)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    app.directory.refresh(app).await?;
    super::check(app, scope, id).await
}

/// Disconnect an account; `WabaHasNumbers` while numbers here are in it.
pub async fn disconnect(app: &App, scope: &Scope, by: &By, id: WabaId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let access = db::wabas::access(&tx, scope, id).await?;
    db::wabas::hold(&tx, &[&access.waba_id]).await?;
    let numbers = db::wabas::list_numbers(&tx, scope, id).await?;
    if !numbers.is_empty() {
        let named: Vec<&str> = numbers.iter().take(NAMED_MAX).map(|number| number.name.as_str()).collect();
        let more = if numbers.len() > NAMED_MAX { "…" } else { "" };
        return Err(Error::about(ErrorCode::WabaHasNumbers, format!("{}{more}", named.join(", "))));
    }
    let templates = db::wabas::template_keys(&tx, id).await?;
    let templates: Vec<_> = templates.into_iter().map(|(id, ..)| id).collect();
    db::wabas::delete_templates(&tx, id, &templates).await?;
    db::wabas::delete(&tx, scope, id, app.clock.now()).await?;
    let mut changes = Changes::default();
    let field = AuditChange::from("waba_id", &access.waba_id);
    changes.record(AuditSubject::Waba, id, &access.name, AuditAction::Disconnected, [field]);
    changes.store(app, &tx, scope, Some(by)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    unsubscribe(app, access).await;
    Ok(())
}

/// It is gone here whether or not Graph hears of it; events of an account nobody has are kept and passed.
async fn unsubscribe(app: &App, access: WabaAccess) {
    let Ok(Reached { access, endpoint, token }) = reached(app, access) else { return };
    if let Err(error) = app.whatsapp.unsubscribe_app(&endpoint, &token, &access.waba_id).await {
        tracing::warn!(%error, waba = %access.id, "a disconnected account stays subscribed at Graph");
    }
}

/// Subscribe an account's events, to our own address where Meta can reach it.
async fn subscribe(app: &App, reached: &Reached) -> std::result::Result<(), GraphTrouble> {
    let Reached { access, endpoint, token } = reached;
    let trouble = |error| channel::trouble(&error, app.clock.now());
    let instead =
        WebhookOverride { callback_uri: callback(app), verify_token: app.settings.whatsapp_verify_token.clone() };
    if app.settings.public_url.starts_with("https://") {
        return app.whatsapp.subscribe_app(endpoint, token, &access.waba_id, Some(&instead)).await.map_err(trouble);
    }
    if access.sandbox && app.whatsapp.subscribe_app(endpoint, token, &access.waba_id, Some(&instead)).await.is_ok() {
        return Ok(());
    }
    // Meta takes no address without https; the app's own, set in its dashboard, gets the events then.
    app.whatsapp.subscribe_app(endpoint, token, &access.waba_id, None).await.map_err(trouble)
}

/// Where our webhook is.
pub(super) fn callback(app: &App) -> String {
    format!("{}/webhooks/whatsapp", app.settings.public_url)
}

fn is_sandbox(app: &App, base_url: &str) -> bool {
    app.settings.sandbox.as_ref().is_some_and(|sandbox| sandbox.base_url == base_url)
}

/// An address that may be called, without a slash at its end: an administrator chooses among those the operator trusts.
fn address(app: &App, base_url: &str, language: Language) -> Result<String> {
    let base_url = base_url.trim().trim_end_matches('/');
    if base_url == META_GRAPH || is_sandbox(app, base_url) || app.settings.graph_urls.iter().any(|url| url == base_url)
    {
        Ok(base_url.to_owned())
    } else {
        Err(wrong("/base_url", FieldCode::NotAnAddress, language))
    }
}

/// `v23.0` and the like: it becomes part of an address.
fn version(version: &str, language: Language) -> Result<String> {
    let number = version.strip_prefix('v').unwrap_or_default();
    let parts: Vec<&str> = number.split('.').collect();
    let right =
        parts.len() <= 2 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if right { Ok(version.to_owned()) } else { Err(wrong("/graph_version", FieldCode::Invalid, language)) }
}

fn wrong(pointer: &str, code: FieldCode, language: Language) -> Error {
    Error::fields(vec![validate::field(pointer, code, None, language)])
}
