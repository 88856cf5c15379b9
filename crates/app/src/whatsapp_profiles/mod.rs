//! Business profiles on WhatsApp (spec S6): read from there, written there, and read back.
//!
//! WhatsApp knows no versions, so whoever saves reads first: what differs from what the change started from is somebody
//! else's change, here or in Meta's own tools. Writers of one number take turns by a lease in the database.

mod picture;
mod turn;

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    channel, outside,
    wabas::{self, Reached},
};
use db::{Scope, numbers::WhatsappNumber};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::{sync::Semaphore, time::timeout};
use turn::Turn;
use types::{
    ErrorCode, NumberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    numbers::NumberRef,
    whatsapp_profiles::{PICTURE_MAX_BYTES, WhatsappProfile, WhatsappProfileInput},
};
use whatsapp::management::{BusinessProfile, Download};

/// A number whose profile can be read and written.
struct Opened {
    number: NumberRef,
    reached: Reached,
    phone_number_id: String,
}

/// The profile as WhatsApp has it now.
pub async fn get(app: &App, scope: &Scope, id: NumberId) -> Result<WhatsappProfile> {
    let opened = open(app, scope, id).await?;
    let profile = read(app, &opened).await?;
    keep(app, &opened, &profile).await?;
    Ok(shown(opened.number, profile))
}

/// Write a profile; `VersionConflict` when WhatsApp has another than the change started from. Only what differs is sent.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    input: &WhatsappProfileInput,
) -> Result<WhatsappProfile> {
    let opened = open(app, scope, id).await?;
    let turn = Turn::take(app, id).await?;
    let outcome = write(app, scope, by, &opened, input).await;
    turn.end(app).await;
    outcome
}

async fn write(
    app: &App,
    scope: &Scope,
    by: &By,
    opened: &Opened,
    input: &WhatsappProfileInput,
) -> Result<WhatsappProfile> {
    let before = read(app, opened).await?;
    if version(&before) != input.version {
        return Err(ErrorCode::VersionConflict.into());
    }
    let wanted = wanted(input);
    let changed = changes(&before, &wanted);
    if changed.is_empty() {
        return Ok(shown(opened.number.clone(), before));
    }
    let fields: Map<String, Value> = changed.iter().map(|change| (change.field.clone(), change.to.clone())).collect();
    let Opened { reached: Reached { endpoint, token, .. }, phone_number_id, .. } = opened;
    let written = app.whatsapp.update_business_profile(endpoint, token, phone_number_id, fields).await;
    written.map_err(|error| Error::whatsapp(channel::trouble_of_number(&error, app.clock.now())))?;
    store(app, scope, by, opened, changed).await
}

/// Pictures worked on at a time: each takes up to 150 MB.
static WORKING: Semaphore = Semaphore::const_new(1);
/// A picture that waits longer is refused.
const WORK_TIMEOUT: Duration = Duration::from_secs(10);

/// Set the picture: a JPEG or PNG, cut to a square, made anew without whatever else the file carried.
pub async fn update_picture(app: &App, scope: &Scope, by: &By, id: NumberId, file: Vec<u8>) -> Result<WhatsappProfile> {
    let opened = open(app, scope, id).await?;
    let place = timeout(WORK_TIMEOUT, WORKING.acquire()).await.map_err(|_busy| ErrorCode::Overloaded)?;
    let place = place.map_err(|error| Error::broken(error.to_string()))?;
    let square = tokio::task::spawn_blocking(move || {
        // Held by the work itself, which goes on when its caller is gone.
        let _place = place;
        picture::square(&file)
    });
    let square = square.await.map_err(|error| Error::broken(error.to_string()))??;
    let turn = Turn::take(app, id).await?;
    let outcome = set_picture(app, scope, by, &opened, square).await;
    turn.end(app).await;
    outcome
}

async fn set_picture(app: &App, scope: &Scope, by: &By, opened: &Opened, jpeg: Vec<u8>) -> Result<WhatsappProfile> {
    let Opened { reached: Reached { endpoint, token, access }, phone_number_id, .. } = opened;
    let refused = |error| Error::whatsapp(channel::trouble_of_number(&error, app.clock.now()));
    let handle = app.whatsapp.upload(endpoint, token, &access.app_id, "profile.jpg", "image/jpeg", jpeg).await;
    let fields = Map::from_iter([("profile_picture_handle".to_owned(), Value::from(handle.map_err(refused)?))]);
    let written = app.whatsapp.update_business_profile(endpoint, token, phone_number_id, fields).await;
    written.map_err(refused)?;
    let change = AuditChange { field: "picture".to_owned(), from: Value::Null, to: Value::from("image/jpeg") };
    store(app, scope, by, opened, vec![change]).await
}

/// The picture as WhatsApp has it. `NotFound` when there is none.
pub async fn picture(app: &App, scope: &Scope, id: NumberId) -> Result<Download> {
    let opened = open(app, scope, id).await?;
    let address = read(app, &opened).await?.profile_picture_url.ok_or(ErrorCode::NotFound)?;
    if !may_fetch(app, &opened.reached, &address).await {
        return Err(ErrorCode::NotFound.into());
    }
    let file = app.whatsapp.download(&address, PICTURE_MAX_BYTES).await;
    let file = file.map_err(|error| Error::whatsapp(wabas::only_read(channel::trouble(&error, app.clock.now()))))?;
    let is_picture =
        matches!(file.content_type.split(';').next().map(str::trim), Some("image/jpeg" | "image/png" | "image/webp"));
    if is_picture { Ok(file) } else { Err(ErrorCode::NotFound.into()) }
}

/// Graph names the address, and Graph may be anybody's: it has to lead outside by https, or to this server's own sandbox.
async fn may_fetch(app: &App, reached: &Reached, address: &str) -> bool {
    let settings = &app.settings;
    let own = settings.sandbox.iter().map(|sandbox| sandbox.base_url.as_str()).chain([settings.public_url.as_str()]);
    if reached.access.sandbox && own.into_iter().any(|own| same_origin(own, address) && address.contains("/sandbox/")) {
        return true;
    }
    address.starts_with("https://") && outside::check(address).await.is_ok()
}

fn same_origin(one: &str, other: &str) -> bool {
    let origin = |address: &str| reqwest::Url::parse(address).ok().map(|url| url.origin());
    origin(one).is_some_and(|found| Some(found) == origin(other))
}

async fn open(app: &App, scope: &Scope, id: NumberId) -> Result<Opened> {
    let WhatsappNumber { number, phone_number_id, waba, .. } =
        db::numbers::get_whatsapp(app.db.read(), scope, id).await?;
    let phone_number_id = phone_number_id.ok_or(ErrorCode::NumberNotIncluded)?;
    Ok(Opened { number, reached: wabas::reached(app, waba)?, phone_number_id })
}

async fn read(app: &App, opened: &Opened) -> Result<BusinessProfile> {
    let Opened { reached: Reached { endpoint, token, .. }, phone_number_id, .. } = opened;
    let read = app.whatsapp.get_business_profile(endpoint, token, phone_number_id).await;
    let mut profile =
        read.map_err(|error| Error::whatsapp(wabas::only_read(channel::trouble_of_number(&error, app.clock.now()))))?;
    if profile.vertical.is_empty() {
        "UNDEFINED".clone_into(&mut profile.vertical);
    }
    Ok(profile)
}

/// After a write: what WhatsApp has now, with the entry of who changed what.
async fn store(
    app: &App,
    scope: &Scope,
    by: &By,
    opened: &Opened,
    changed: Vec<AuditChange>,
) -> Result<WhatsappProfile> {
    let tx = db::begin(&app.db).await?;
    let mut changes = Changes::default();
    let NumberRef { id: NumberId(id), name, .. } = &opened.number;
    changes.record(AuditSubject::WhatsappProfile, *id, name, AuditAction::Updated, changed);
    changes.store(app, &tx, scope, Some(by)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    let profile = read(app, opened).await?;
    keep(app, opened, &profile).await?;
    Ok(shown(opened.number.clone(), profile))
}

/// Whether the profile is filled is a step of S4, so it is remembered.
async fn keep(app: &App, opened: &Opened, profile: &BusinessProfile) -> Result<()> {
    let filled = !profile.description.trim().is_empty() && profile.profile_picture_url.is_some();
    let tx = db::begin(&app.db).await?;
    db::numbers::set_profile_filled(&tx, opened.number.id, filled.then(|| app.clock.now())).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

fn wanted(input: &WhatsappProfileInput) -> BusinessProfile {
    let WhatsappProfileInput { about, address, description, email, websites, vertical, version: _ } = input;
    BusinessProfile {
        about: about.trim().to_owned(),
        address: address.trim().to_owned(),
        description: description.trim().to_owned(),
        email: email.trim().to_owned(),
        websites: websites.clone(),
        vertical: vertical.clone(),
        profile_picture_url: None,
    }
}

fn changes(before: &BusinessProfile, after: &BusinessProfile) -> Vec<AuditChange> {
    let BusinessProfile { about, address, description, email, websites, vertical, profile_picture_url: _ } = before;
    [
        AuditChange::between("about", about, &after.about),
        AuditChange::between("address", address, &after.address),
        AuditChange::between("description", description, &after.description),
        AuditChange::between("email", email, &after.email),
        AuditChange::between("websites", websites, &after.websites),
        AuditChange::between("vertical", vertical, &after.vertical),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Tells the fields from any others. The picture is not among them: its address changes with every reading.
fn version(profile: &BusinessProfile) -> String {
    let BusinessProfile { about, address, description, email, websites, vertical, profile_picture_url: _ } = profile;
    let mut hash = Sha256::new();
    for field in [about, address, description, email, vertical].into_iter().chain(websites) {
        hash.update(field.len().to_be_bytes());
        hash.update(field.as_bytes());
    }
    hex::encode(hash.finalize()).chars().take(32).collect()
}

fn shown(number: NumberRef, profile: BusinessProfile) -> WhatsappProfile {
    let version = version(&profile);
    let BusinessProfile { about, address, description, email, websites, vertical, profile_picture_url } = profile;
    WhatsappProfile {
        number,
        about,
        address,
        description,
        email,
        websites,
        vertical,
        has_picture: profile_picture_url.is_some(),
        version,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_tells_fields_apart_and_does_not_mind_the_pictures_address() {
        let one = BusinessProfile { about: "ab".into(), address: "c".into(), ..BusinessProfile::default() };
        let two = BusinessProfile { about: "a".into(), address: "bc".into(), ..BusinessProfile::default() };
        assert_ne!(version(&one), version(&two));
        let pictured = BusinessProfile { profile_picture_url: Some("https://x/1".into()), ..one.clone() };
        assert_eq!(version(&one), version(&pictured));
    }

    #[test]
    fn only_what_differs_is_sent() {
        let before = BusinessProfile { about: "a".into(), vertical: "TRAVEL".into(), ..BusinessProfile::default() };
        let after = BusinessProfile { description: "new".into(), ..before.clone() };
        let changed = changes(&before, &after);
        assert_eq!(changed.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["description"]);
    }
}
