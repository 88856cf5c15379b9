//! The table of members.

#![expect(unreachable_pub, reason = "the derive makes items as public as the model, and the module is private")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub profile_id: Option<Uuid>,
    pub name: String,
    pub email: String,
    /// Name and e-mail as they are searched and sorted.
    pub search_key: String,
    pub password_hash: Option<String>,
    pub language: String,
    pub agent_status: String,
    pub deactivated_at: Option<i64>,
    pub created_at: i64,
    /// Counts changes of name, e-mail, profile and state.
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
