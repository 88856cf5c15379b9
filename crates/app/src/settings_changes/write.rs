//! Writing settings of numbers with all that hangs on them: queues and who serves them, the tickets of queues that go, the
//! timers that wait for an opening. Every way of changing settings ends here.
//!
//! What is held is held in the order conversations → numbers → timers, as whoever opens or hands over a ticket does.

use crate::{
    App, Result,
    changes::{By, Changes},
};
use db::{
    Scope,
    chatbots::{NumberSettings, People, Stored},
    events::{Audience, NewEvent},
    queues::{NumberAgents, NumberQueues, default_of},
};
use std::collections::HashSet;
use types::{
    NumberId, Permission, QueueId,
    attention_settings::AttentionSettings,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    chatbots::ChatbotSettings,
    events::Event,
    settings_changes::{SettingsField, SettingsFieldChange, SettingsPart},
};

/// A number whose settings change, and what it gets.
#[derive(Clone, Debug)]
pub(crate) struct Rewrite {
    pub(crate) before: NumberSettings,
    pub(crate) chatbot: ChatbotSettings,
    pub(crate) attention: AttentionSettings,
    /// From the one to the other.
    pub(crate) changes: Vec<SettingsFieldChange>,
}

impl Rewrite {
    pub(crate) fn changes_chatbot(&self) -> bool {
        self.changes.iter().any(|change| !is_attention(change.field))
    }

    pub(crate) fn changes_attention(&self) -> bool {
        self.changes.iter().any(|change| is_attention(change.field))
    }

    fn changes_any(&self, fields: &[SettingsField]) -> bool {
        self.changes.iter().any(|change| fields.contains(&change.field))
    }
}

/// Whether a field is the attention settings', not the chatbot's.
pub(crate) fn is_attention(field: SettingsField) -> bool {
    domain::chatbots::fields(SettingsPart::AttentionSettings).contains(&field)
}

const QUEUES: &[SettingsField] = &[SettingsField::DefaultQueueAgents, SettingsField::AttendanceCentre];
const HOURS: &[SettingsField] = &[SettingsField::OpeningHours, SettingsField::Holidays, SettingsField::TimeZone];

/// Write what is changed, within a transaction that holds the organization. Queues get their ids.
pub(crate) async fn write(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    people: &People,
    rewrites: &mut [Rewrite],
    changes: &mut Changes,
) -> Result<()> {
    let now = app.clock.now();
    let mut removed = Vec::new();
    for rewrite in rewrites.iter_mut() {
        removed.extend(identify(app, &rewrite.before.chatbot, &mut rewrite.chatbot));
    }
    let moved = db::queues::to_default(tx, scope, &removed).await?;
    let which = |fields: &[SettingsField]| -> Vec<NumberId> {
        let changed = rewrites.iter().filter(|rewrite| rewrite.changes_any(fields));
        changed.map(|rewrite| rewrite.before.number.id).collect()
    };
    let hours = which(HOURS);
    let stored = |rewrite| {
        let Rewrite { before, chatbot, attention, .. }: &Rewrite = rewrite;
        Stored {
            before,
            chatbot: rewrite.changes_chatbot().then_some(chatbot),
            attention: rewrite.changes_attention().then_some(attention),
        }
    };
    let stored: Vec<_> = rewrites.iter().map(stored).collect();
    db::chatbots::store_all(tx, scope, &stored, now).await?;
    db::chatbots::judge_openings_anew(tx, scope, &hours, now).await?;
    let queued: Vec<_> = rewrites.iter().filter(|rewrite| rewrite.changes_any(QUEUES)).collect();
    db::queues::store_all(tx, scope, &queued.iter().map(|rewrite| queues(rewrite)).collect::<Vec<_>>(), now).await?;
    let serving: Vec<_> = queued.iter().map(|rewrite| agents(rewrite, people)).collect();
    db::queues::store_agents(tx, scope, &serving).await?;
    let told = |number_id, audience, event| NewEvent {
        organization_id: scope.organization_id(),
        number_id: Some(number_id),
        audience,
        event,
    };
    for ticket in db::tickets::find(tx, &moved).await? {
        let audience = Audience::Permitted(Permission::ViewDesk);
        changes.event(told(ticket.number.id, audience, Event::TicketChanged { ticket }));
    }
    for Rewrite { before, chatbot, changes: fields, .. } in &*rewrites {
        if fields.iter().any(|change| change.field == SettingsField::Absence) {
            let event = Event::AbsenceChanged { number_id: before.number.id, on: chatbot.attention.absence.on };
            changes.event(told(before.number.id, Audience::Everyone, event));
            changes.list(AuditSubject::Absence);
        }
    }
    Ok(())
}

/// Give every queue its id: its own where the number has it, else that of the number's queue of the same name, else a new
/// one. Gives the queues that are no more.
fn identify(app: &App, before: &ChatbotSettings, after: &mut ChatbotSettings) -> Vec<QueueId> {
    let known: Vec<(QueueId, String)> =
        before.queues.own.iter().filter_map(|queue| Some((queue.id?, queue.name.to_lowercase()))).collect();
    let mut taken: HashSet<QueueId> = HashSet::new();
    for queue in &mut after.queues.own {
        let own = queue.id.filter(|id| known.iter().any(|(known, _)| known == id));
        queue.id = own.filter(|id| taken.insert(*id));
    }
    for queue in after.queues.own.iter_mut().filter(|queue| queue.id.is_none()) {
        let name = queue.name.to_lowercase();
        let same = known.iter().find(|(id, known)| *known == name && !taken.contains(id)).map(|(id, _)| *id);
        let id = same.unwrap_or_else(|| app.ids.make());
        taken.insert(id);
        queue.id = Some(id);
    }
    known.into_iter().map(|(id, _)| id).filter(|id| !taken.contains(id)).collect()
}

fn queues(rewrite: &Rewrite) -> NumberQueues {
    let own = rewrite.chatbot.queues.own.iter();
    NumberQueues {
        number_id: rewrite.before.number.id,
        queues: own.filter_map(|queue| Some((queue.id?, queue.name.clone()))).collect(),
    }
}

fn agents(rewrite: &Rewrite, people: &People) -> NumberAgents {
    let number_id = rewrite.before.number.id;
    let queues = &rewrite.chatbot.queues;
    let default = queues.default_agents.iter().map(|email| (default_of(number_id), email));
    let own = queues.own.iter().filter_map(|queue| Some((queue.id?, &queue.agents)));
    let own = own.flat_map(|(id, agents)| agents.iter().map(move |email| (id, email)));
    let member = |(queue, email): (QueueId, &String)| Some((queue, people.with_access(number_id, email)?));
    NumberAgents { number_id, agents: default.chain(own).filter_map(member).collect() }
}

/// The entries of one number: what changed of its chatbot, and of its attention settings.
pub(crate) fn record(changes: &mut Changes, rewrite: &Rewrite) {
    let number = &rewrite.before.number;
    let (attention, chatbot): (Vec<_>, Vec<_>) = rewrite.changes.iter().partition(|change| is_attention(change.field));
    for (subject, fields) in [(AuditSubject::Chatbot, chatbot), (AuditSubject::AttentionSettings, attention)] {
        if !fields.is_empty() {
            changes.record(subject, number.id, &number.name, AuditAction::Updated, fields.into_iter().map(entry));
        }
    }
}

/// A field as the audit log has it.
pub(crate) fn entry(change: &SettingsFieldChange) -> AuditChange {
    let SettingsFieldChange { field, from, to } = change;
    AuditChange { field: field.to_string(), from: from.clone(), to: to.clone() }
}

/// Commit, let the channel know, and tell the open pages.
pub(crate) async fn finish(app: &App, tx: db::Tx, scope: &Scope, by: &By, changes: Changes) -> Result<()> {
    changes.commit(app, tx, scope, Some(by)).await?;
    // It is committed: a channel that could not be told yet reads it by itself within seconds.
    if let Err(error) = app.directory.refresh(app).await {
        tracing::warn!(%error, "the channel's numbers could not be read anew");
    }
    // Who serves a queue, or how many tickets at a time, may be another since.
    app.signals.left.notify_one();
    app.signals.distribution.notify_one();
    Ok(())
}
