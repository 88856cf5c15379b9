//! The table of messages.

#![expect(unreachable_pub, reason = "the derive makes items as public as the model, and the module is private")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub number_id: Uuid,
    pub contact_id: Uuid,
    pub conversation_id: Uuid,
    pub ticket_id: Option<Uuid>,
    pub author: String,
    pub member_id: Option<Uuid>,
    pub campaign_id: Option<Uuid>,
    pub campaign_row: Option<i64>,
    pub content: Json,
    pub status: String,
    pub wamid: Option<String>,
    pub reply_to_id: Option<Uuid>,
    pub attempt_id: Option<Uuid>,
    pub attempts: i64,
    pub due_at: Option<i64>,
    pub failure_code: Option<i64>,
    pub failure_reason: Option<String>,
    pub failure_detail: Option<String>,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub delivered_at: Option<i64>,
    pub read_at: Option<i64>,
    pub answered_at: Option<i64>,
    pub origin: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
