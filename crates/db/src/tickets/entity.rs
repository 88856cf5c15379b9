//! The table of tickets.

#![expect(unreachable_pub, reason = "the derive makes items as public as the model, and the module is private")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub number_id: Uuid,
    pub contact_id: Uuid,
    pub conversation_id: Uuid,
    pub ticket_number: i64,
    pub status: String,
    pub close_reason: Option<String>,
    pub assignee_id: Option<Uuid>,
    pub created_at: i64,
    pub assigned_at: Option<i64>,
    pub first_response_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub queue_id: Option<Uuid>,
    pub priority: String,
    pub parent_id: Option<Uuid>,
    pub queued_since: i64,
    pub tags: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
