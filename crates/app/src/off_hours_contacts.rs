//! Writing by template to those who wrote off hours (spec A4).

use crate::{
    App, Error, Refusal, Result,
    changes::{By, Changes},
};
use db::{
    Scope,
    conversations::Conversation,
    events::{Audience, NewEvent},
    messages::{NewAuthor, NewMessage, Stored},
    templates::StoredTemplate,
};
use domain::templates::{TemplateFault, TemplateShape};
use std::collections::HashSet;
use types::{
    ErrorCode, FieldCode, Language, MessageId, NumberId, OffHoursContactId, OrganizationId, Permission, TicketId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    events::Event,
    messages::{Message, MessageContent, MessageStatus, Origin, TemplateVariable},
    off_hours_contacts::{OffHoursContact, OffHoursMessageInput},
    validate,
};

/// Send a template to a contact of the list. The same `client_id` twice is one message; of two who write at the same time one
/// is told that it was done (`MessageAlreadySent`).
pub async fn send(
    app: &App,
    scope: &Scope,
    by: &By,
    id: OffHoursContactId,
    input: &OffHoursMessageInput,
    language: Language,
) -> Result<OffHoursContact> {
    let OffHoursMessageInput { client_id, template_id, variables, again } = input;
    let now = app.clock.now();
    let lines = app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    let listed = db::off_hours_contacts::get(&tx, scope, id, now).await?;
    let held = db::conversations::hold_all(&tx, &[listed.conversation_id]).await?;
    let conversation = held.into_iter().next().ok_or(ErrorCode::NotFound)?;
    // Somebody may have written while it was waited for.
    let listed = db::off_hours_contacts::get(&tx, scope, id, now).await?;
    if let Some(stored) = db::messages::find(&tx, scope, MessageId(*client_id)).await? {
        return if is_same(&tx, scope, &stored, (&conversation, by, input)).await? {
            Ok(listed)
        } else {
            Err(ErrorCode::IdempotencyKeyReused.into())
        };
    }
    let line = lines.get(listed.number.id).ok_or(ErrorCode::NumberNotIncluded)?;
    if !line.number.bot.attention.agent_may.start_conversations && !by.permissions.contains(&Permission::EditMonitoring)
    {
        return Err(ErrorCode::AgentMayNotStart.into());
    }
    let template = sendable(&tx, scope, listed.number.id, *template_id, language).await?;
    let content = content(&template, variables, language)?;
    let contact = db::contacts::find(&tx, &[conversation.contact_id]).await?.pop().ok_or(ErrorCode::NotFound)?;
    if contact.opted_out {
        return Err(ErrorCode::ContactOptedOut.into());
    }
    if listed.sent.is_some() && !again {
        return Err(ErrorCode::MessageAlreadySent.into());
    }
    let ticket = db::tickets::find_open(&tx, &[conversation.id]).await?.pop().map(|ticket| ticket.id);
    let message = NewMessage {
        id: MessageId(*client_id),
        organization_id: conversation.organization_id,
        number_id: conversation.number_id,
        contact_id: conversation.contact_id,
        conversation_id: conversation.id,
        ticket_id: ticket,
        author: NewAuthor::Member(by.member.id),
        origin: Some(Origin::OffHours),
        content,
        status: MessageStatus::Queued,
        wamid: None,
        reply_to: None,
        created_at: now,
    };
    store(&tx, conversation, &message).await?;
    let mut changes = Changes::default();
    tell(&tx, &mut changes, &message.shown(&by.member.name), &listed, (scope.organization_id(), ticket)).await?;
    let named = listed.contact.name.as_deref().or(listed.contact.phone.as_deref()).unwrap_or_default();
    let fields = [AuditChange::to("template", &template.name), AuditChange::to("number", &listed.number.name)];
    changes.record(AuditSubject::OffHoursContact, id, named, AuditAction::Sent, fields);
    let sent = db::off_hours_contacts::get(&tx, scope, id, now).await?;
    changes.commit(app, tx, scope, Some(by)).await?;
    app.signals.outbox.notify_one();
    Ok(sent)
}

/// Pages that list who wrote off hours show an active message that came further. A campaign's thousands are left out: each
/// of them would have every open page load its list anew.
pub(crate) fn came_further<'a>(stored: impl IntoIterator<Item = &'a Stored>) -> Vec<NewEvent> {
    let numbers: HashSet<_> = stored
        .into_iter()
        .filter(|stored| stored.origin.is_some() && stored.campaign_id.is_none())
        .map(|stored| (stored.organization_id, stored.number_id))
        .collect();
    numbers.into_iter().map(|(organization, number)| changed(organization, number)).collect()
}

fn changed(organization_id: OrganizationId, number_id: NumberId) -> NewEvent {
    NewEvent {
        organization_id,
        number_id: Some(number_id),
        audience: Audience::Permitted(Permission::ViewOffHoursContacts),
        event: Event::OffHoursContactsChanged { number_id },
    }
}

/// Whether a message is the one this member already wrote in this conversation under the id: the same template with the
/// same values.
async fn is_same(
    tx: &db::Tx,
    scope: &Scope,
    stored: &Stored,
    (conversation, by, input): (&Conversation, &By, &OffHoursMessageInput),
) -> Result<bool> {
    if stored.message.conversation_id != conversation.id
        || stored.origin != Some(Origin::OffHours)
        || stored.member() != Some(by.member.id)
    {
        return Ok(false);
    }
    let found = db::template_activations::find_template(tx, scope, conversation.number_id, input.template_id).await?;
    let Some((template, _)) = found else { return Ok(false) };
    let shape = TemplateShape::parse(&template.components);
    let again = domain::templates::render(&shape, &template.name, &template.language, &input.variables);
    Ok(again.is_ok_and(|again| again == stored.message.content))
}

/// A template the number may send now, or why it may not.
async fn sendable(
    tx: &db::Tx,
    scope: &Scope,
    number: NumberId,
    id: types::TemplateId,
    language: Language,
) -> Result<StoredTemplate> {
    let found = db::template_activations::find_template(tx, scope, number, id).await?;
    let Some((template, active)) = found else {
        return Err(Error::fields(vec![validate::field("/template_id", FieldCode::NotFound, None, language)]));
    };
    if template.status != "APPROVED" {
        return Err(Error::about(ErrorCode::TemplateNotApproved, template.name));
    }
    if !active {
        return Err(Error::about(ErrorCode::TemplateNotActive, template.name));
    }
    Ok(template)
}

/// The message as the contact reads it; `TemplateVariablesWrong` names each variable by its place among those given, or
/// among those of the template where it was not given.
fn content(template: &StoredTemplate, values: &[TemplateVariable], language: Language) -> Result<MessageContent> {
    let shape = TemplateShape::parse(&template.components);
    let place = |variable: &str| {
        let given = values.iter().position(|value| value.name == variable);
        given.or_else(|| shape.variables.iter().position(|known| known == variable)).unwrap_or_default()
    };
    let faults = shape.check(values);
    if faults.is_empty() {
        let rendered = domain::templates::render(&shape, &template.name, &template.language, values);
        return rendered.map_err(|fault| Error::broken(fault.to_string()));
    }
    let fields = faults.iter().map(|fault| {
        let code = match fault {
            TemplateFault::Unsupported(_) => FieldCode::Invalid,
            TemplateFault::VariableMissing(_) => FieldCode::Required,
            TemplateFault::VariableTooLong(_) => FieldCode::TooLong,
            TemplateFault::NotALink(_) => FieldCode::NotAnAddress,
        };
        let pointer = fault
            .variable()
            .map_or_else(|| "/template_id".to_owned(), |variable| format!("/variables/{}/value", place(variable)));
        validate::field(pointer, code, None, language)
    });
    let refusal = Refusal { fields: fields.collect(), ..ErrorCode::TemplateVariablesWrong.into() };
    Err(Error::Refused(Box::new(refusal)))
}

async fn store(tx: &db::Tx, mut conversation: Conversation, message: &NewMessage) -> Result<()> {
    db::messages::create_own(tx, message).await?;
    (conversation.last_message_id, conversation.last_message_at) = (Some(message.id), Some(message.created_at));
    Ok(db::conversations::save_all(tx, &[&conversation]).await?)
}

/// The row turns to sent for everybody; Desk shows the message.
async fn tell(
    tx: &db::Tx,
    changes: &mut Changes,
    message: &Message,
    listed: &OffHoursContact,
    (organization_id, ticket): (OrganizationId, Option<TicketId>),
) -> Result<()> {
    let number_id = listed.number.id;
    let desk = |event| NewEvent {
        organization_id,
        number_id: Some(number_id),
        audience: Audience::Permitted(Permission::ViewDesk),
        event,
    };
    changes.event(desk(Event::MessageChanged { number_id, message: message.clone() }));
    if let Some(id) = ticket {
        for ticket in db::tickets::find(tx, &[id]).await? {
            changes.event(desk(Event::TicketChanged { ticket }));
        }
    }
    changes.event(changed(organization_id, number_id));
    Ok(())
}
