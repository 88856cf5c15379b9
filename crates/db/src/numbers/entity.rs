//! The table of numbers.

#![expect(unreachable_pub, reason = "the derive makes items as public as the model, and the module is private")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "numbers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub waba_id: Uuid,
    pub group_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub phone_number_id: Option<String>,
    pub phone: String,
    pub name: String,
    pub language: String,
    pub throughput: i64,
    pub chatbot: Json,
    pub ticket_count: i64,
    pub paused_reason: Option<String>,
    pub created_at: i64,
    pub deleted_at: Option<i64>,
    pub version: i64,
    pub chatbot_created_at: Option<i64>,
    pub whatsapp_status: Option<String>,
    pub verified_at: Option<i64>,
    pub registered_at: Option<i64>,
    pub quality: Option<String>,
    pub messaging_limit: Option<String>,
    pub whatsapp_read_at: Option<i64>,
    pub profile_filled_at: Option<i64>,
    pub search_key: String,
    pub chatbot_version: i64,
    pub chatbot_changed_at: Option<i64>,
    pub attention: Option<Json>,
    pub attention_version: i64,
    pub attention_changed_at: Option<i64>,
    pub templates_version: i64,
    pub templates_changed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
