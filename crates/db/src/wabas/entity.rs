//! The table of connected WhatsApp Business Accounts.

#![expect(unreachable_pub, reason = "the derive makes items as public as the model, and the module is private")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wabas")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub name: String,
    pub waba_id: String,
    pub app_id: String,
    pub base_url: String,
    pub graph_version: String,
    pub token_sealed: Vec<u8>,
    pub created_at: i64,
    pub version: i64,
    pub sandbox: bool,
    pub checked_at: Option<i64>,
    pub trouble: Option<Json>,
    pub subscribed: bool,
    pub synchronized_at: Option<i64>,
    pub last_event_at: Option<i64>,
    pub deleted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
