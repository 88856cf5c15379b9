//! Keeping messages by their words, as each database does it.

use super::{Place, apart, term};
use crate::{Error, Result, Tx, contacts::CHUNK, sql::Sql};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use std::collections::HashMap;
use types::{ContactId, MessageId, NumberId, OrganizationId, messages::MessageContent};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Indexable {
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub content: MessageContent,
}

/// A message with its words; None where there are none to be found.
#[derive(Clone, Debug)]
pub struct Indexed {
    pub id: MessageId,
    pub found: Option<(Indexable, Vec<String>)>,
}

/// Index messages by their words; without words they are not found any more. A message keeps its place in the index.
pub async fn index(tx: &Tx, messages: &[Indexed]) -> Result<()> {
    let gone: Vec<_> = messages.iter().filter(|message| message.found.is_none()).map(|message| message.id).collect();
    delete(tx, &gone).await?;
    let there = messages.iter().filter_map(|Indexed { id, found }| found.as_ref().map(|(of, words)| (*id, of, words)));
    let there: Vec<_> = there.collect();
    for chunk in there.chunks(CHUNK) {
        match tx.get_database_backend() {
            DatabaseBackend::Postgres => index_postgresql(tx, chunk).await?,
            DatabaseBackend::Sqlite | _ => index_sqlite(tx, chunk).await?,
        }
    }
    Ok(())
}

async fn index_postgresql(tx: &Tx, messages: &[(MessageId, &Indexable, &Vec<String>)]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO message_search (organization_id, message_id, number_id, words) VALUES ");
    for (at, (id, of, words)) in messages.iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", (" }).bind(of.organization_id.0);
        sql.push(", ").bind(id.0).push(", ").bind(of.number_id.0);
        sql.push(", CAST(")
            .bind(format!("{} {}", of.scope().map(apart).join(" "), words.join(" ")))
            .push(" AS tsvector))");
    }
    sql.push(" ON CONFLICT (message_id) DO UPDATE SET number_id = excluded.number_id, words = excluded.words");
    sql.execute(tx).await?;
    Ok(())
}

async fn index_sqlite(tx: &Tx, messages: &[(MessageId, &Indexable, &Vec<String>)]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO message_search (organization_id, message_id, number_id) VALUES ");
    for (at, (id, of, _)) in messages.iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", (" }).bind(of.organization_id.0);
        sql.push(", ").bind(id.0).push(", ").bind(of.number_id.0).push(")");
    }
    sql.push(" ON CONFLICT (message_id) DO UPDATE SET number_id = excluded.number_id RETURNING id, message_id");
    let places = places(sql.all::<Known>(tx).await?);
    // The words of those that were there before.
    remove_words(tx, &places.values().copied().collect::<Vec<_>>()).await?;
    let mut sql = Sql::new("INSERT INTO message_words (rowid, scope, words) VALUES ");
    for (at, (id, of, words)) in messages.iter().enumerate() {
        let place = places.get(id).copied().ok_or(Error::Missing("place of a message"))?;
        sql.push(if at == 0 { "(" } else { ", (" }).bind(place);
        sql.push(", ").bind(of.scope().join(" ")).push(", ").bind(words.join(" ")).push(")");
    }
    sql.execute(tx).await?;
    Ok(())
}

impl Indexable {
    /// What it belongs to, as words of the index.
    fn scope(&self) -> [String; 3] {
        let Self { organization_id, number_id, contact_id, content: _ } = self;
        [term('o', organization_id.0), term('n', number_id.0), term('c', contact_id.0)]
    }
}

/// Take messages out of the index, because they are erased.
pub async fn delete(tx: &Tx, messages: &[MessageId]) -> Result<()> {
    for chunk in messages.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM message_search WHERE message_id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0)).push(" RETURNING id");
        let gone: Vec<_> = sql.all::<Place>(tx).await?.into_iter().map(|place| place.id).collect();
        if tx.get_database_backend() == DatabaseBackend::Sqlite {
            remove_words(tx, &gone).await?;
        }
    }
    Ok(())
}

async fn remove_words(tx: &Tx, places: &[i64]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM message_words WHERE rowid IN ");
    sql.bind_list(places.iter().copied());
    sql.execute(tx).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Known {
    id: i64,
    message_id: Uuid,
}

fn places(known: Vec<Known>) -> HashMap<MessageId, i64> {
    known.into_iter().map(|known| (MessageId(known.message_id), known.id)).collect()
}
