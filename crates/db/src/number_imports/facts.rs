//! What is there already of what a sheet names, and what its actions put there.

use super::{Job, OpenAction, Steward};
use crate::{Error, Result, Scope, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use domain::{
    number_imports::{EmailHolder, Facts},
    phones::PhoneNumber,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::IntoEnumIterator;
use types::{ErrorCode, MemberId, NumberId, Permission, ProfileId, WabaId, members::MemberRef};
use uuid::Uuid;

/// Which of these phones the organization has, and whose these e-mails are: two questions, however many they are.
pub async fn facts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    phones: &[PhoneNumber],
    emails: &[String],
) -> Result<Facts> {
    #[derive(FromQueryResult)]
    struct Phone {
        phone: String,
    }
    #[derive(FromQueryResult)]
    struct Holder {
        email: String,
        organization_id: Uuid,
        deactivated: bool,
    }
    let mut facts = Facts::default();
    if !phones.is_empty() {
        let mut sql = Sql::new("SELECT phone FROM numbers WHERE deleted_at IS NULL AND organization_id = ");
        sql.bind(scope.organization_id().0).push(" AND phone IN ");
        sql.bind_list(phones.iter().flat_map(|phone| phone.variants()).map(|phone| phone.to_string()));
        facts.phones = sql.all::<Phone>(db).await?.into_iter().filter_map(|row| row.phone.parse().ok()).collect();
    }
    if !emails.is_empty() {
        let mut sql = Sql::new(
            "SELECT email, organization_id, deactivated_at IS NOT NULL AS deactivated FROM members WHERE email IN ",
        );
        sql.bind_list(emails.iter().map(String::as_str));
        let ours = scope.organization_id().0;
        facts.emails = sql
            .all::<Holder>(db)
            .await?
            .into_iter()
            .map(|row| {
                let holder = match (row.organization_id == ours, row.deactivated) {
                    (false, _) => EmailHolder::Theirs,
                    (true, true) => EmailHolder::Deactivated,
                    (true, false) => EmailHolder::Ours,
                };
                (row.email, holder)
            })
            .collect();
    }
    Ok(facts)
}

/// What an action needs to know; nothing when the number or its account is gone.
pub async fn job(db: &impl ConnectionTrait, action: &OpenAction) -> Result<Option<Job>> {
    #[derive(FromQueryResult)]
    struct Row {
        number_id: Uuid,
        name: String,
        phone: String,
        country_code: String,
        users_emails: String,
        language: String,
        without_chatbot: bool,
        phone_number_id: Option<String>,
        waba_id: Uuid,
        account: String,
        base_url: String,
        graph_version: String,
        token_sealed: Vec<u8>,
        profile_id: Option<Uuid>,
        started_by: Uuid,
    }
    let mut sql = Sql::new(
        "SELECT n.id AS number_id, n.name, n.phone, r.country_code, r.users_emails, n.language, n.chatbot_created_at IS NULL AS without_chatbot, \
         n.phone_number_id, w.id AS waba_id, w.waba_id AS account, w.base_url, w.graph_version, w.token_sealed, i.profile_id, \
         COALESCE(i.started_by, i.created_by) AS started_by FROM number_import_rows r JOIN number_imports i ON i.id = r.import_id \
         JOIN numbers n ON n.id = r.number_id JOIN wabas w ON w.id = n.waba_id WHERE n.deleted_at IS NULL AND w.deleted_at IS NULL AND r.import_id = ",
    );
    sql.bind(action.import_id.0).push(" AND r.organization_id = ").bind(action.organization_id.0);
    sql.push(" AND r.sheet_row = ").bind(i64::from(action.row));
    let Some(row) = sql.one::<Row>(db).await? else { return Ok(None) };
    Ok(Some(Job {
        number_id: NumberId(row.number_id),
        name: row.name,
        phone: row.phone.parse().or(Err(Error::Missing("phone of a number")))?,
        country_code: row.country_code,
        users_emails: row.users_emails,
        language: row.language.parse().unwrap_or_default(),
        without_chatbot: row.without_chatbot,
        phone_number_id: row.phone_number_id,
        waba_id: WabaId(row.waba_id),
        account: row.account,
        base_url: row.base_url,
        graph_version: row.graph_version,
        token_sealed: row.token_sealed,
        profile_id: row.profile_id.map(ProfileId),
        started_by: MemberId(row.started_by),
    }))
}

/// Who started an import, with what that member may at this moment: nothing when deactivated since.
pub async fn steward(db: &impl ConnectionTrait, scope: &Scope, id: MemberId) -> Result<Steward> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
        deactivated: bool,
        administrator: Option<bool>,
        permissions: Option<serde_json::Value>,
    }
    let mut sql = Sql::new(
        "SELECT m.name, m.deactivated_at IS NOT NULL AS deactivated, p.administrator, p.permissions FROM members m \
         LEFT JOIN profiles p ON p.id = m.profile_id WHERE m.id = ",
    );
    sql.bind(id.0).push(" AND m.organization_id = ").bind(scope.organization_id().0);
    let row = sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?;
    let administrator = !row.deactivated && row.administrator.unwrap_or(false);
    let permissions = match row.permissions {
        _ if administrator => Permission::iter().collect(),
        Some(permissions) if !row.deactivated => serde_json::from_value(permissions)?,
        Some(_) | None => Vec::new(),
    };
    Ok(Steward { member: MemberRef { id, name: row.name }, administrator, permissions })
}

/// The members of the organization who have these e-mails and are not deactivated: id, e-mail, name.
pub async fn agent_members(
    db: &impl ConnectionTrait,
    scope: &Scope,
    emails: &[String],
) -> Result<Vec<(MemberId, String, String)>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        email: String,
        name: String,
    }
    let mut sql = Sql::new("SELECT id, email, name FROM members WHERE deactivated_at IS NULL AND organization_id = ");
    sql.bind(scope.organization_id().0).push(" AND email IN ").bind_list(emails.iter().map(String::as_str));
    Ok(sql.all::<Row>(db).await?.into_iter().map(|row| (MemberId(row.id), row.email, row.name)).collect())
}

/// Give a number its chatbot, unless it has one.
pub async fn set_chatbot(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberId,
    chatbot: &types::chatbots::ChatbotSettings,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE numbers SET chatbot = ");
    sql.bind(domain::chatbots::write(chatbot)?).push(", chatbot_created_at = ").bind(now.millis());
    sql.push(" WHERE chatbot_created_at IS NULL AND id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// A number in its WhatsApp account.
#[derive(Clone, Debug)]
pub struct WhatsappNumber {
    pub phone_number_id: String,
    /// As WhatsApp says it.
    pub status: String,
    pub verified: bool,
}

/// Note what WhatsApp calls a number. `NumberAlreadyIncluded` when another number here is called so.
pub async fn set_whatsapp_number(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberId,
    found: &WhatsappNumber,
    now: DateTime<Utc>,
) -> Result<()> {
    let WhatsappNumber { phone_number_id, status, verified } = found;
    let registered = *verified && status == "CONNECTED";
    let mut sql = Sql::new("UPDATE numbers SET phone_number_id = ");
    sql.bind(phone_number_id.as_str()).push(", whatsapp_status = ").bind(status.as_str());
    sql.push(", verified_at = ").bind(verified.then(|| now.millis()));
    sql.push(", registered_at = ").bind(registered.then(|| now.millis())).push(" WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute_unique(db, ErrorCode::NumberAlreadyIncluded).await?;
    Ok(())
}

/// Give a number its owner, unless it has one.
pub async fn set_owner(db: &impl ConnectionTrait, scope: &Scope, id: NumberId, owner: MemberId) -> Result<()> {
    let mut sql = Sql::new("UPDATE numbers SET version = version + 1, owner_id = ");
    sql.bind(owner.0).push(" WHERE owner_id IS NULL AND id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// Whether a number is in its account and has its chatbot, so that it can be spoken through.
pub async fn number_is_ready(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Row {
        ready: bool,
    }
    let mut sql = Sql::new(
        "SELECT phone_number_id IS NOT NULL AND chatbot_created_at IS NOT NULL AS ready FROM numbers WHERE id = ",
    );
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    Ok(sql.one::<Row>(db).await?.is_some_and(|row| row.ready))
}
