//! Turning a campaign's rows into queued messages, some hundreds by one commit; after a crash it goes on where it was.

use super::{change::tell, state};
use crate::{App, Result, leases::Lease};
use db::{
    Scope,
    campaigns::Prepared,
    contacts::Identity,
    conversations::Conversation,
    messages::{NewAuthor, NewMessage},
};
use domain::{engine::State, phones::PhoneNumber};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use tokio::time::timeout;
use types::{
    CampaignId, ContactId, ConversationId, NumberId,
    campaigns::CampaignStatus,
    messages::{MessageStatus, Origin},
};

/// Rows that become messages by one commit.
const TOGETHER: u32 = 500;
/// The worker looks by itself after this long without a signal.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// Prepare campaigns for ever; only the replica that holds the lease does.
pub async fn run(app: App) {
    let mut lease = Lease::new(&app, "campaigns");
    loop {
        let outcome = match lease.keep(&app).await {
            Ok(true) => step(&app, &lease).await,
            Ok(false) => Ok(false),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(true) => {}
            Ok(false) => drop(timeout(LOOK_AFTER, app.signals.campaigns.notified()).await),
            Err(error) => {
                tracing::error!(%error, "a campaign could not be prepared; it is tried again");
                tokio::time::sleep(LOOK_AFTER).await;
            }
        }
    }
}

/// Some more rows of each campaign that is being prepared; false when there is none.
async fn step(app: &App, lease: &Lease) -> Result<bool> {
    let running = db::campaigns::list_running(app.db.read()).await?;
    let mut any = false;
    for work in running.iter().filter(|work| work.status == CampaignStatus::Preparing) {
        any = true;
        prepare(app, lease, work.id).await?;
    }
    Ok(any)
}

async fn prepare(app: &App, lease: &Lease, id: CampaignId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    db::campaigns::hold(&tx, id).await?;
    let Some((scope, campaign)) = db::campaigns::find(&tx, id).await? else { return Ok(()) };
    // Cancelled since it was listed.
    if campaign.status != CampaignStatus::Preparing {
        return Ok(());
    }
    let after = db::campaigns::prepared_row(&tx, id).await?;
    let rows = db::campaigns::list_rows(&tx, id, after, TOGETHER).await?;
    match rows.last() {
        Some(last) => {
            queue(app, &tx, &scope, id, &rows).await?;
            db::campaigns::set_prepared_row(&tx, id, last.row).await?;
        }
        None => {
            let decided = domain::campaigns::prepared(state(&campaign))?;
            db::campaigns::store(&tx, &scope, id, &decided).await?;
            if let Some((scope, campaign)) = db::campaigns::find(&tx, id).await? {
                tell(app, &tx, &scope, &campaign).await?;
            }
        }
    }
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.campaign_moved(id);
    app.signals.outbox.notify_one();
    app.signals.events.notify_one();
    Ok(())
}

async fn queue(app: &App, tx: &db::Tx, scope: &Scope, campaign: CampaignId, rows: &[Prepared]) -> Result<()> {
    let contacts = contacts(app, tx, scope, rows).await?;
    let conversations = conversations(app, tx, scope, rows, &contacts).await?;
    let senders: HashSet<_> = rows.iter().map(|row| row.number_id).collect();
    let deleted = db::numbers::find_deleted(tx, &senders.into_iter().collect::<Vec<_>>()).await?;
    let now = app.clock.now();
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        let Some((contact_id, opted_out)) = contacts.get(&row.recipient.canonical()).copied() else { continue };
        let Some(conversation_id) = conversations.get(&(row.number_id, contact_id)).copied() else { continue };
        messages.push(NewMessage {
            id: app.ids.make(),
            organization_id: scope.organization_id(),
            number_id: row.number_id,
            contact_id,
            conversation_id,
            ticket_id: None,
            author: NewAuthor::Campaign { id: campaign, row: row.row },
            origin: Some(Origin::Campaign),
            content: row.content.clone(),
            // Who asked for no more messages since the sheet was checked gets none, and a number that was deleted since
            // sends none.
            status: if opted_out || deleted.contains(&row.number_id) {
                MessageStatus::Cancelled
            } else {
                MessageStatus::Queued
            },
            wamid: None,
            reply_to: None,
            created_at: now,
        });
    }
    Ok(db::messages::create_all(tx, &messages).await?)
}

/// The contacts of the rows by their phones, the missing ones made, names and attributes of the sheet taken over.
async fn contacts(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    rows: &[Prepared],
) -> Result<HashMap<PhoneNumber, (ContactId, bool)>> {
    let phones: HashSet<_> = rows.iter().map(|row| row.recipient.canonical()).collect();
    let phones: Vec<_> = phones.into_iter().collect();
    let found = db::contacts::find_identities(tx, &[scope.organization_id()], &phones, &[]).await?;
    let mut known: HashMap<PhoneNumber, Identity> =
        found.into_iter().filter_map(|contact| Some((contact.phone?.canonical(), contact))).collect();
    let mut changed = HashSet::new();
    for row in rows {
        let key = row.recipient.canonical();
        let contact = known.entry(key).or_insert_with(|| {
            changed.insert(key);
            Identity {
                id: app.ids.make(),
                organization_id: scope.organization_id(),
                wa_id: Some(row.recipient.wa_id()),
                user_id: None,
                phone: Some(row.recipient),
                name: None,
                attributes: Value::Object(serde_json::Map::new()),
                opted_out: false,
                created_at: app.clock.now(),
                last_interaction_at: None,
            }
        });
        if let (None, Some(name)) = (&contact.name, &row.contact_name) {
            contact.name = Some(name.clone());
            changed.insert(key);
        }
        if let (Value::Object(kept), Value::Object(given)) = (&mut contact.attributes, &row.attributes) {
            for (name, value) in given {
                if kept.get(name) != Some(value) {
                    kept.insert(name.clone(), value.clone());
                    changed.insert(key);
                }
            }
        }
    }
    let save: Vec<_> = changed.iter().filter_map(|key| known.get(key)).collect();
    db::contacts::save_all(tx, &save).await?;
    Ok(known.into_iter().map(|(key, contact)| (key, (contact.id, contact.opted_out))).collect())
}

async fn conversations(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    rows: &[Prepared],
    contacts: &HashMap<PhoneNumber, (ContactId, bool)>,
) -> Result<HashMap<(NumberId, ContactId), ConversationId>> {
    let ids: Vec<_> = contacts.values().map(|(id, _)| *id).collect();
    let found = db::conversations::find_of_contacts(tx, &ids).await?;
    let mut known: HashMap<_, _> = found
        .into_iter()
        .map(|conversation| ((conversation.number_id, conversation.contact_id), conversation.id))
        .collect();
    let mut new = Vec::new();
    for row in rows {
        let Some((contact_id, _)) = contacts.get(&row.recipient.canonical()).copied() else { continue };
        known.entry((row.number_id, contact_id)).or_insert_with(|| {
            let id = app.ids.make();
            new.push(Conversation {
                id,
                organization_id: scope.organization_id(),
                number_id: row.number_id,
                contact_id,
                engine_state: State::default(),
                last_inbound_at: None,
                unread: 0,
                last_message_id: None,
                last_message_at: None,
                created_at: app.clock.now(),
            });
            id
        });
    }
    db::conversations::save_all(tx, &new.iter().collect::<Vec<_>>()).await?;
    Ok(known)
}
