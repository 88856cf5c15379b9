//! Questions about connected WhatsApp Business Accounts. Their tokens come and go sealed; this crate cannot read them.

mod entity;
mod state;

pub use state::{
    WabaNumber, WabaState, delete_templates, due, hold, list_numbers, make_due, mark_heard, set_read_number, set_state,
    template_keys,
};

use crate::{
    Error, Result, Scope, cursor,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use types::{
    ErrorCode, OrganizationId, Page, PageQuery, WabaId,
    wabas::{Waba, WabaRef},
};
use uuid::Uuid;

/// A WABA to be connected.
#[derive(Clone, Debug)]
pub struct NewWaba<'a> {
    pub id: WabaId,
    pub organization_id: OrganizationId,
    pub name: &'a str,
    pub waba_id: &'a str,
    pub app_id: &'a str,
    pub base_url: &'a str,
    pub graph_version: &'a str,
    pub token_sealed: Vec<u8>,
    /// Whether it is played by the sandbox of this server.
    pub sandbox: bool,
}

/// `WabaAlreadyConnected` when any organization of the installation has it: its webhooks name no organization.
pub async fn create(db: &impl ConnectionTrait, new: &NewWaba<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewWaba { id, organization_id, name, waba_id, app_id, base_url, graph_version, token_sealed, sandbox } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        name: Set((*name).to_owned()),
        waba_id: Set((*waba_id).to_owned()),
        app_id: Set((*app_id).to_owned()),
        base_url: Set((*base_url).to_owned()),
        graph_version: Set((*graph_version).to_owned()),
        token_sealed: Set(token_sealed.clone()),
        created_at: Set(now.millis()),
        version: Set(1),
        sandbox: Set(*sandbox),
        checked_at: Set(None),
        trouble: Set(None),
        subscribed: Set(false),
        synchronized_at: Set(None),
        last_event_at: Set(None),
        deleted_at: Set(None),
    };
    let inserted = entity::Entity::insert(active).exec_without_returning(db).await;
    inserted.map_err(Error::unique(ErrorCode::WabaAlreadyConnected))?;
    Ok(())
}

/// How an account is reached.
#[derive(Clone, Debug)]
pub struct WabaAccess {
    pub id: WabaId,
    pub organization_id: OrganizationId,
    pub name: String,
    pub waba_id: String,
    pub app_id: String,
    pub base_url: String,
    pub graph_version: String,
    pub token_sealed: Vec<u8>,
    pub sandbox: bool,
    pub version: u64,
}

/// What is changed of an account.
#[derive(Clone, Debug)]
pub struct WabaChange<'a> {
    pub name: &'a str,
    pub app_id: &'a str,
    pub base_url: &'a str,
    pub graph_version: &'a str,
    pub token_sealed: &'a [u8],
    pub sandbox: bool,
    /// The version the change started from.
    pub version: u64,
}

/// A page of the connected accounts by name.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, page: &PageQuery) -> Result<Page<Waba>> {
    let mut sql = connected(scope);
    after(&mut sql, page)?;
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::waba).collect::<Result<_>>()?;
    cursor::page(items, page.limit(), |waba: &Waba| (waba.name.clone(), waba.id))
}

/// A page of their names.
pub async fn list_refs(db: &impl ConnectionTrait, scope: &Scope, page: &PageQuery) -> Result<Page<WabaRef>> {
    #[derive(FromQueryResult)]
    struct Named {
        id: Uuid,
        name: String,
    }
    let mut sql = Sql::new("SELECT w.id, w.name FROM wabas w WHERE w.deleted_at IS NULL AND w.organization_id = ");
    sql.bind(scope.organization_id().0);
    after(&mut sql, page)?;
    let items = sql.all::<Named>(db).await?;
    let items = items.into_iter().map(|Named { id, name }| WabaRef { id: WabaId(id), name }).collect();
    cursor::page(items, page.limit(), |waba: &WabaRef| (waba.name.clone(), waba.id))
}

/// One connected account.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: WabaId) -> Result<Waba> {
    let mut sql = connected(scope);
    sql.push(" AND w.id = ").bind(id.0);
    sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.waba()
}

/// How one is reached.
pub async fn access(db: &impl ConnectionTrait, scope: &Scope, id: WabaId) -> Result<WabaAccess> {
    let found = entity::Entity::find_by_id(id.0)
        .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
        .filter(entity::Column::DeletedAt.is_null())
        .one(db)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok(WabaAccess {
        id,
        organization_id: OrganizationId(found.organization_id),
        name: found.name,
        waba_id: found.waba_id,
        app_id: found.app_id,
        base_url: found.base_url,
        graph_version: found.graph_version,
        token_sealed: found.token_sealed,
        sandbox: found.sandbox,
        version: u64::try_from(found.version).unwrap_or(0),
    })
}

/// Change an account; `VersionConflict` when somebody else has in the meantime.
pub async fn update(db: &impl ConnectionTrait, scope: &Scope, id: WabaId, change: &WabaChange<'_>) -> Result<()> {
    let WabaChange { name, app_id, base_url, graph_version, token_sealed, sandbox, version } = change;
    let mut sql = Sql::new("UPDATE wabas SET version = version + 1, name = ");
    sql.bind(*name).push(", app_id = ").bind(*app_id).push(", base_url = ").bind(*base_url);
    sql.push(", graph_version = ").bind(*graph_version).push(", token_sealed = ").bind(token_sealed.to_vec());
    sql.push(", sandbox = ").bind(*sandbox).push(" WHERE deleted_at IS NULL AND id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND version = ").bind(i64::try_from(*version).unwrap_or(0));
    match sql.execute(db).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(ErrorCode::VersionConflict.into()),
    }
}

/// Disconnect an account; what was said through it stays.
pub async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: WabaId, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE wabas SET version = version + 1, deleted_at = ");
    sql.bind(now.millis()).push(" WHERE deleted_at IS NULL AND id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

fn connected(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT w.id, w.name, w.waba_id, w.app_id, w.base_url, w.graph_version, w.sandbox, w.checked_at, w.trouble, \
         w.subscribed, w.synchronized_at, w.last_event_at, w.version, \
         (SELECT COUNT(*) FROM numbers n WHERE n.waba_id = w.id AND n.deleted_at IS NULL) AS number_count, \
         (SELECT COUNT(*) FROM templates t WHERE t.waba_id = w.id) AS template_count \
         FROM wabas w WHERE w.deleted_at IS NULL AND w.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    sql
}

fn after(sql: &mut Sql, page: &PageQuery) -> Result<()> {
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (w.name, w.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY w.name, w.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    waba_id: String,
    app_id: String,
    base_url: String,
    graph_version: String,
    sandbox: bool,
    checked_at: Option<i64>,
    trouble: Option<serde_json::Value>,
    subscribed: bool,
    synchronized_at: Option<i64>,
    last_event_at: Option<i64>,
    version: i64,
    number_count: i64,
    template_count: i64,
}

impl Row {
    fn waba(self) -> Result<Waba> {
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        Ok(Waba {
            id: WabaId(self.id),
            name: self.name,
            waba_id: self.waba_id,
            app_id: self.app_id,
            base_url: self.base_url,
            graph_version: self.graph_version,
            sandbox: self.sandbox,
            number_count: count(self.number_count),
            template_count: count(self.template_count),
            checked_at: self.checked_at.map(time),
            trouble: self.trouble.map(serde_json::from_value).transpose()?.flatten(),
            subscribed: self.subscribed,
            synchronized_at: self.synchronized_at.map(time),
            last_event_at: self.last_event_at.map(time),
            version: count(self.version),
        })
    }
}

/// What WhatsApp calls every connected account of the installation.
pub async fn list_connected(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let living = entity::Entity::find().filter(entity::Column::DeletedAt.is_null());
    Ok(living.select_only().column(entity::Column::WabaId).into_tuple().all(db).await?)
}

/// Whether the sandbox is of use: an account of it is connected, or none but the named one is connected at all.
pub async fn needs_sandbox(db: &impl ConnectionTrait, waba_id: &str) -> Result<bool> {
    let connected = || entity::Entity::find().filter(entity::Column::DeletedAt.is_null()).limit(1);
    if connected().filter(entity::Column::Sandbox.eq(true)).one(db).await?.is_some() {
        return Ok(true);
    }
    Ok(connected().filter(entity::Column::WabaId.ne(waba_id)).one(db).await?.is_none())
}

/// Reach a WABA at another address from now on.
pub async fn move_to(db: &impl ConnectionTrait, waba_id: &str, base_url: &str) -> Result<()> {
    entity::Entity::update_many()
        .set(entity::ActiveModel { base_url: Set(base_url.to_owned()), ..Default::default() })
        .filter(entity::Column::WabaId.eq(waba_id))
        .exec(db)
        .await?;
    Ok(())
}
