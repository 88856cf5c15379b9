//! The table of contacts.

#![expect(unreachable_pub, reason = "the derive makes items as public as the model, and the module is private")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub wa_id: Option<String>,
    pub user_id: Option<String>,
    pub phone: Option<String>,
    pub phone_key: Option<String>,
    pub name: Option<String>,
    pub search_key: String,
    pub attributes: Json,
    pub opted_out: bool,
    pub created_at: i64,
    pub last_interaction_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
