//! The template that tells of the next opening, as the accounts have it.

use crate::{Result, Scope, contacts::CHUNK, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{WabaId, chatbots::AVAILABILITY_TEMPLATE};
use uuid::Uuid;

/// One language's.
#[derive(Clone, Debug)]
pub struct StoredAvailability {
    pub language: String,
    pub status: String,
    pub components: serde_json::Value,
}

/// By account, in the order of their languages.
pub async fn availability_templates(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wabas: &[WabaId],
) -> Result<HashMap<WabaId, Vec<StoredAvailability>>> {
    #[derive(FromQueryResult)]
    struct Row {
        waba_id: Uuid,
        language: String,
        status: String,
        components: serde_json::Value,
    }
    let mut found: HashMap<WabaId, Vec<StoredAvailability>> = HashMap::new();
    for chunk in wabas.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT waba_id, language, status, components FROM templates WHERE name = ");
        sql.bind(AVAILABILITY_TEMPLATE).push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND waba_id IN ").bind_list(chunk.iter().map(|id| id.0)).push(" ORDER BY language, id");
        for Row { waba_id, language, status, components } in sql.all::<Row>(db).await? {
            found.entry(WabaId(waba_id)).or_default().push(StoredAvailability { language, status, components });
        }
    }
    Ok(found)
}
