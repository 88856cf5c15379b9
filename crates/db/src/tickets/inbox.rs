//! The tabs of the inbox.

use super::{Row, in_scope};
use crate::{
    Result, Scope, cursor,
    sql::{Sql, contains},
    time::Millis,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    ErrorCode, MemberId, Page, PageQuery,
    tickets::{InboxView, Ticket, TicketCounts, TicketCountsFilter, TicketFilter, TicketPriority},
};
use uuid::Uuid;

/// A page of a tab: waiting ones as they are attended, those of high priority and those that wait longest first, mine by their last message, all and closed ones latest first.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    filter: &TicketFilter,
    page: &PageQuery,
) -> Result<Page<Ticket>> {
    let TicketFilter { view, number_id, q } = filter;
    let mut sql = in_scope(scope);
    // Each says `<> 'closed'`: SQLite uses a partial index only where the condition stands as in the index.
    let (condition, column, older) = match view {
        InboxView::Waiting => {
            (" AND t.status = 'waiting' AND t.status <> 'closed'", "t.priority, t.queued_since", false)
        }
        InboxView::Mine => {
            (" AND t.status IN ('assigned', 'answered') AND t.status <> 'closed'", "v.last_message_at", true)
        }
        InboxView::All => (" AND t.status <> 'closed'", "t.created_at", true),
        InboxView::Closed => (" AND t.status = 'closed'", "t.closed_at", true),
    };
    sql.push(condition);
    if *view == InboxView::Mine {
        sql.push(" AND t.assignee_id = ").bind(member.0);
    }
    if let Some(number) = number_id {
        sql.push(" AND t.number_id = ").bind(number.0);
    }
    if let Some(text) = q {
        sql.push(" AND k.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\'");
    }
    let (compare, order) = if older { (" < (", " DESC") } else { (" > (", "") };
    if let Some(cursor) = page.cursor.as_deref() {
        sql.push(" AND (").push(column).push(", t.id)").push(compare);
        let id = if *view == InboxView::Waiting {
            let (priority, since, id) = cursor::read::<(TicketPriority, i64, Uuid)>(Some(cursor))?.ok_or(REFUSED)?;
            sql.bind(priority.to_string()).push(", ").bind(since);
            id
        } else {
            let (at, id) = cursor::read::<(i64, Uuid)>(Some(cursor))?.ok_or(REFUSED)?;
            sql.bind(at);
            id
        };
        sql.push(", ").bind(id).push(")");
    }
    // "high" comes before "normal".
    sql.push(" ORDER BY ").push(column).push(order).push(", t.id").push(order);
    // In the text, so that PostgreSQL can keep its plan: for a limit it does not know it plans anew each time.
    sql.push(" LIMIT ").push(&(page.limit() + 1).to_string());
    let rows = sql.all::<Row>(db).await?.into_iter();
    let items = rows.map(|row| Ok((row.queued_since, row.ticket()?))).collect::<Result<Vec<_>>>()?;
    let page = match view {
        InboxView::Waiting => cursor::page(items, page.limit(), |(since, ticket)| (ticket.priority, *since, ticket.id)),
        InboxView::Mine | InboxView::All | InboxView::Closed => {
            cursor::page(items, page.limit(), |(_, ticket)| (place(*view, ticket), ticket.id))
        }
    };
    Ok(page?.map(|(_, ticket)| ticket))
}

/// What a tab is in the order of, beside the one of those that wait.
fn place(view: InboxView, ticket: &Ticket) -> i64 {
    let at = match view {
        InboxView::Waiting | InboxView::All => Some(ticket.created_at),
        InboxView::Mine => ticket.last_message.as_ref().map(|last| last.at),
        InboxView::Closed => ticket.closed_at,
    };
    at.map_or(0, Millis::millis)
}

/// What a cursor that cannot be read is refused with.
const REFUSED: ErrorCode = ErrorCode::MalformedRequest;

/// What the tabs count: open tickets only, so that the answer does not grow with the history.
pub async fn counts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    filter: &TicketCountsFilter,
) -> Result<TicketCounts> {
    #[derive(FromQueryResult)]
    struct Counts {
        waiting: i64,
        mine: i64,
        total: i64,
        mine_unread: i64,
    }
    let TicketCountsFilter { number_id } = filter;
    let mut sql = Sql::new("SELECT COALESCE(SUM(CASE WHEN t.status = 'waiting' THEN 1 ELSE 0 END), 0) AS waiting, ");
    sql.push("COALESCE(SUM(CASE WHEN t.assignee_id = ").bind(member.0);
    sql.push(" THEN 1 ELSE 0 END), 0) AS mine, COUNT(*) AS total, COALESCE(SUM(CASE WHEN t.assignee_id = ")
        .bind(member.0);
    sql.push(" AND v.unread > 0 THEN 1 ELSE 0 END), 0) AS mine_unread FROM tickets t JOIN conversations v ON v.id = t.conversation_id WHERE ");
    scope.conditions(&mut sql, "t.organization_id", "t.number_id");
    sql.push(" AND t.status <> 'closed'");
    if let Some(number) = number_id {
        sql.push(" AND t.number_id = ").bind(number.0);
    }
    let counts = sql.one::<Counts>(db).await?.unwrap_or(Counts { waiting: 0, mine: 0, total: 0, mine_unread: 0 });
    Ok(TicketCounts {
        waiting: counts.waiting.unsigned_abs(),
        mine: counts.mine.unsigned_abs(),
        all: counts.total.unsigned_abs(),
        mine_unread: counts.mine_unread.unsigned_abs(),
    })
}
