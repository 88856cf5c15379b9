//! WhatsApp's word on templates: the stored one is brought up to date at once, and what only Graph can tell is asked there.

use crate::{App, Result, changes::Changes, wabas};
use chrono::{DateTime, Utc};
use db::{
    Scope,
    templates::{TemplateTold, Told},
};
use std::collections::{BTreeSet, HashSet};
use types::audit_log::AuditSubject;
use whatsapp::{TemplateChange, TemplateUpdate, WebhookItem};

/// What is to be told once it is committed.
#[derive(Debug, Default)]
pub(super) struct Touched {
    changed: bool,
    unknown: bool,
}

impl Touched {
    pub(super) async fn tell(self, app: &App) {
        if self.changed {
            app.signals.events.notify_one();
            // It is committed: a channel that could not be told yet reads it by itself within seconds.
            if let Err(error) = app.directory.refresh(app).await {
                tracing::warn!(%error, "the channel's templates could not be read anew");
            }
        }
        if self.unknown {
            app.signals.wabas.notify_one();
        }
    }
}

/// Take in what a batch says of templates, in its order.
pub(super) async fn receive(app: &App, tx: &db::Tx, items: &[WebhookItem], now: DateTime<Utc>) -> Result<Touched> {
    let (mut organizations, mut unknown) = (HashSet::new(), BTreeSet::new());
    for item in items {
        let WebhookItem::Template(update) = item else { continue };
        let Some(told) = told(update, now) else {
            unknown.insert(update.waba_id.as_str());
            continue;
        };
        match db::templates::tell(tx, &told, now).await? {
            Told::Changed(organization) => drop(organizations.insert(organization)),
            Told::Known => {}
            Told::Unknown => drop(unknown.insert(update.waba_id.as_str())),
        }
    }
    if !unknown.is_empty() {
        wabas::make_due(tx, &unknown.iter().copied().collect::<Vec<_>>(), now).await?;
    }
    let touched = Touched { changed: !organizations.is_empty(), unknown: !unknown.is_empty() };
    for organization in organizations {
        let mut changes = Changes::default();
        changes.list(AuditSubject::TemplateActivation);
        changes.store(app, tx, &Scope::of_organization(organization), None).await?;
    }
    Ok(touched)
}

/// An update as it is stored; none where what follows from it is Graph's to say.
fn told(update: &TemplateUpdate, now: DateTime<Utc>) -> Option<TemplateTold<'_>> {
    let TemplateUpdate { waba_id, template_id, name, language, at, change } = update;
    let (status, category) = match change {
        TemplateChange::Status(event) => match event.as_str() {
            "REINSTATED" => (Some("APPROVED"), None),
            // Warnings and moves, not states.
            "FLAGGED" | "LOCKED" | "UNLOCKED" | "UNARCHIVED" => return None,
            status => (Some(status), None),
        },
        TemplateChange::Category(category) => (None, Some(category.as_str())),
        // It is nowhere shown; that the template is there is known.
        TemplateChange::Quality(_) => (None, None),
    };
    Some(TemplateTold {
        waba_id,
        template_id: template_id.as_deref(),
        name: name.as_deref(),
        language: language.as_deref(),
        status,
        category,
        at: at.unwrap_or(now),
    })
}
