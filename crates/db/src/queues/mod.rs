//! Questions about queues and who serves them. A number's default queue has the number's own id and no row here.

mod agents;
mod store;

pub use agents::{agents, remove_agent, remove_of_number, remove_without_access};
pub use store::{NumberAgents, NumberQueues, store_agents, store_all, to_default};

use crate::{Result, Tx, contacts::CHUNK, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashSet;
use types::{NumberId, QueueId};
use uuid::Uuid;

/// A queue of a number's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    pub id: QueueId,
    pub number_id: NumberId,
    pub name: String,
}

/// Of these queues of numbers' own, those that live. Ask it while the numbers are held, as whoever changes their queues holds
/// them.
pub async fn living(tx: &Tx, queues: &[QueueId]) -> Result<HashSet<QueueId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let mut found = HashSet::new();
    for chunk in queues.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id FROM queues WHERE deleted_at IS NULL AND id IN ");
        sql.bind_list(chunk.iter().map(|queue| queue.0));
        found.extend(sql.all::<Row>(tx).await?.into_iter().map(|row| QueueId(row.id)));
    }
    Ok(found)
}

/// The id of a number's default queue.
pub fn default_of(number: NumberId) -> QueueId {
    QueueId(number.0)
}

/// The queues of these numbers, or of all living numbers of the installation for the channel, in the order of the menus.
pub async fn list(db: &impl ConnectionTrait, numbers: Option<&[NumberId]>) -> Result<Vec<Queue>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        number_id: Uuid,
        name: String,
    }
    let mut found = Vec::new();
    let mut ask = async |chunk: Option<&[NumberId]>| -> Result<()> {
        let mut sql = Sql::new("SELECT id, number_id, name FROM queues WHERE deleted_at IS NULL");
        if let Some(chunk) = chunk {
            sql.push(" AND number_id IN ").bind_list(chunk.iter().map(|id| id.0));
        }
        sql.push(" ORDER BY number_id, position, id");
        let rows = sql.all::<Row>(db).await?.into_iter();
        found.extend(rows.map(|row| Queue { id: QueueId(row.id), number_id: NumberId(row.number_id), name: row.name }));
        Ok(())
    };
    match numbers {
        None => ask(None).await?,
        Some(numbers) => {
            for chunk in numbers.chunks(CHUNK) {
                ask(Some(chunk)).await?;
            }
        }
    }
    Ok(found)
}
