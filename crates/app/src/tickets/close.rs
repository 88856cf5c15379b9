//! Closing a ticket with its tags (spec A2, S1).

use super::{finish, state};
use crate::{App, Error, Result, conversations};
use db::Scope;
use domain::{
    engine,
    tickets::{Closer, tags},
};
use types::{
    ErrorCode, FieldCode, Language, TicketId,
    tickets::{CloseReason, Ticket, TicketCloseInput},
    validate,
};

/// Close a ticket; the chatbot says goodbye where the settings want it. Refused: `AgentMayNotClose` where the number leaves
/// that to who manages, `TagMissing` where it wants a tag, `not_found` on the place of a tag the number does not have, and by
/// the ticket's rules.
pub async fn close(
    app: &App,
    scope: &Scope,
    closer: Closer,
    id: TicketId,
    input: &TicketCloseInput,
    language: Language,
) -> Result<Ticket> {
    let TicketCloseInput { tags: chosen } = input;
    // Read before the transaction begins, so that it is not read within.
    app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    db::tickets::hold(&tx, id).await?;
    let ticket = db::tickets::get(&tx, scope, id).await?;
    let decided = domain::tickets::close(state(&ticket), closer, app.clock.now())?;
    let settings = db::attention_settings::get(&tx, scope, ticket.number.id).await?.settings;
    if matches!(closer, Closer::Agent(_)) && !settings.agent_may.close {
        return Err(ErrorCode::AgentMayNotClose.into());
    }
    let wrong = |places: Vec<usize>| {
        let field = |place| validate::field(format!("/tags/{place}"), FieldCode::NotFound, None, language);
        Error::fields(places.into_iter().map(field).collect())
    };
    let tags = match chosen {
        None => ticket.tags.clone(),
        Some(chosen) => tags(chosen, &settings.tags, &ticket.tags).map_err(wrong)?,
    };
    // A demand nobody can meet would lock the ticket.
    if settings.mandatory_tag && tags.is_empty() && !settings.tags.is_empty() {
        return Err(ErrorCode::TagMissing.into());
    }
    db::tickets::store(&tx, scope, id, &decided).await?;
    if tags != ticket.tags {
        db::tickets::set_tags(&tx, scope, id, &tags).await?;
    }
    let by = decided.close_reason.unwrap_or(CloseReason::Agent);
    let closed = engine::Event::TicketClosed { by, ticket: id };
    let moved = conversations::happened(app, &tx, ticket.conversation_id, closed).await?;
    let ticket = finish(app, tx, scope, id, Vec::new()).await?;
    moved.tell(app);
    Ok(ticket)
}
