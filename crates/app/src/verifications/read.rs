//! How far numbers have come.

use super::verification;
use crate::{App, Result, changes::Changes, channel, wabas};
use db::{Scope, numbers::WhatsappNumber};
use domain::verifications::{REGISTRATIONS_WINDOW, limits};
use types::{
    NumberId, Page, PageQuery,
    audit_log::AuditSubject,
    graph::GraphTrouble,
    verifications::{Verification, VerificationFilter},
};

/// A page of the numbers in scope, as they were last known.
pub async fn list(
    app: &App,
    scope: &Scope,
    filter: &VerificationFilter,
    page: &PageQuery,
) -> Result<Page<Verification>> {
    let now = app.clock.now();
    let page = db::numbers::list_whatsapp(app.db.read(), scope, filter, page).await?;
    let ids: Vec<NumberId> = page.items.iter().map(|number| number.number.id).collect();
    let mut attempts = db::verifications::list(app.db.read(), scope, &ids, now - REGISTRATIONS_WINDOW).await?;
    Ok(page.map(|number| {
        let attempts = attempts.remove(&number.number.id).unwrap_or_default();
        verification(number, limits(&attempts, now))
    }))
}

/// One number, with its state read from WhatsApp. When WhatsApp does not answer it is as it was last known, and the trouble
/// says so.
pub async fn get(app: &App, scope: &Scope, id: NumberId) -> Result<Verification> {
    let number = db::numbers::get_whatsapp(app.db.read(), scope, id).await?;
    let (number, unread) = refreshed(app, scope, number).await?;
    let found = known(app, scope, number).await?;
    Ok(Verification { trouble: found.trouble.or(unread), ..found })
}

/// A number with what is known of it now.
pub(super) async fn known(app: &App, scope: &Scope, number: WhatsappNumber) -> Result<Verification> {
    let now = app.clock.now();
    let id = number.number.id;
    let mut attempts = db::verifications::list(app.db.read(), scope, &[id], now - REGISTRATIONS_WINDOW).await?;
    Ok(verification(number, limits(&attempts.remove(&id).unwrap_or_default(), now)))
}

/// A number brought up to what WhatsApp says of it, or what stood in the way.
pub(super) async fn refreshed(
    app: &App,
    scope: &Scope,
    number: WhatsappNumber,
) -> Result<(WhatsappNumber, Option<GraphTrouble>)> {
    let Some(phone_number_id) = number.phone_number_id.clone() else { return Ok((number, None)) };
    let reached = wabas::reached(app, number.waba.clone())?;
    let info = match app.whatsapp.get_phone_number(&reached.endpoint, &reached.token, &phone_number_id).await {
        Ok(info) => info,
        Err(error) => {
            let trouble = wabas::only_read(channel::trouble_of_number(&error, app.clock.now()));
            return Ok((number, Some(trouble)));
        }
    };
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    let before = db::numbers::get_whatsapp(&tx, scope, number.number.id).await?;
    let mut after = before.clone();
    after.whatsapp_status = info.status.clone().or(after.whatsapp_status);
    match info.code_verification_status.as_deref() {
        Some("VERIFIED") => after.verified_at = after.verified_at.or(Some(now)),
        Some("NOT_VERIFIED") => after.verified_at = None,
        Some(_) | None => {}
    }
    if after.whatsapp_status.as_deref() == Some("CONNECTED") {
        after.registered_at = after.registered_at.or(Some(now));
    }
    if super::stage(&before) == super::stage(&after) && before.whatsapp_status == after.whatsapp_status {
        return Ok((after, None));
    }
    db::numbers::set_whatsapp(&tx, &after, now).await?;
    let mut changes = Changes::default();
    changes.list(AuditSubject::Number);
    changes.list(AuditSubject::Verification);
    changes.store(app, &tx, scope, None).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    Ok((after, None))
}
