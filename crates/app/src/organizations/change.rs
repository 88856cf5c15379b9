//! What administrators change of their organization, and how its mail goes out (Administración).

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    mail::{self, Letter},
};
use db::{
    Scope,
    events::{Audience, NewEvent},
    mail_settings::StoredMailSettings,
};
use types::{
    ErrorCode, FieldCode, Language,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    events::Event,
    organizations::{MailSettings, MailSettingsInput, MailTest, Organization, OrganizationInput},
    validate,
};

/// Change the organization. `VersionConflict` when somebody else did meanwhile.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    input: &OrganizationInput,
    language: Language,
) -> Result<Organization> {
    if input.time_zone.parse::<chrono_tz::Tz>().is_err() {
        let wrong = validate::field("/time_zone", FieldCode::NotATimeZone, None, language);
        return Err(Error::fields(vec![wrong]));
    }
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let before = db::organizations::get(&tx, scope).await?;
    db::organizations::update(&tx, scope, input).await?;
    let after = db::organizations::get(&tx, scope).await?;
    if before.time_zone != after.time_zone {
        // Numbers without a zone of their own open at another time; for the others it comes to the same.
        db::chatbots::judge_all_openings_anew(&tx, scope, app.clock.now()).await?;
    }
    let mut changes = Changes::default();
    let changed: Vec<_> = [
        AuditChange::between("name", &before.name, &after.name),
        AuditChange::between("time_zone", &before.time_zone, &after.time_zone),
        AuditChange::between("language", &before.language, &after.language),
        AuditChange::between("retention_days", &before.retention_days, &after.retention_days),
    ]
    .into_iter()
    .flatten()
    .collect();
    record(&mut changes, scope, &after.name, changed);
    let shown_elsewhere = before.name != after.name || before.time_zone != after.time_zone;
    if shown_elsewhere {
        // Everybody's pages show both: one word for all of them.
        changes.event(NewEvent {
            organization_id: scope.organization_id(),
            number_id: None,
            audience: Audience::Everyone,
            event: Event::AccessChanged,
        });
    }
    changes.commit(app, tx, scope, Some(by)).await?;
    if shown_elsewhere {
        // The chatbot speaks of both. A channel that could not be told yet reads them by itself within seconds.
        if let Err(error) = app.directory.refresh(app).await {
            tracing::warn!(%error, "the channel's numbers could not be read anew");
        }
    }
    Ok(after)
}

/// Let mail go out this way. The stored password is only ever sent where it was entered for: with another server, name or
/// secrecy it has to be entered again.
pub async fn update_mail(
    app: &App,
    scope: &Scope,
    by: &By,
    input: &MailSettingsInput,
    language: Language,
) -> Result<MailSettings> {
    if !mail::may_call(app, input.host.trim(), input.port).await? {
        return Err(Error::fields(vec![validate::field("/host", FieldCode::Invalid, None, language)]));
    }
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let before = db::mail_settings::find(&tx, scope).await?;
    let sealed = match input.password.as_deref() {
        Some("") => None,
        Some(password) => Some(mail::seal(app, scope, password)?),
        None => kept(before.as_ref(), input, language)?,
    };
    db::mail_settings::save(&tx, scope, input, sealed, app.clock.now()).await?;
    let after = db::mail_settings::find(&tx, scope).await?.ok_or(ErrorCode::NotFound)?.settings;
    let name = db::organizations::get(&tx, scope).await?.name;
    let mut changes = Changes::default();
    let before = before.map(|stored| stored.settings);
    record(&mut changes, scope, &name, differences(before.as_ref(), Some(&after), input.password.is_some()));
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(after)
}

/// The password that stays. Whoever changes where it goes could otherwise have it sent to themselves.
fn kept(before: Option<&StoredMailSettings>, input: &MailSettingsInput, language: Language) -> Result<Option<Vec<u8>>> {
    let Some(StoredMailSettings { settings, password_sealed: Some(sealed) }) = before else { return Ok(None) };
    let username = input.username.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let same = settings.host == input.host.trim()
        && settings.port == input.port
        && settings.security == input.security
        && settings.username.as_deref() == username;
    if same {
        Ok(Some(sealed.clone()))
    } else {
        Err(Error::fields(vec![validate::field("/password", FieldCode::Required, None, language)]))
    }
}

/// Send no more mail.
pub async fn delete_mail(app: &App, scope: &Scope, by: &By) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let before = db::mail_settings::find(&tx, scope).await?.map(|stored| stored.settings);
    let mut changes = Changes::default();
    if db::mail_settings::delete(&tx, scope).await? {
        let name = db::organizations::get(&tx, scope).await?.name;
        record(&mut changes, scope, &name, differences(before.as_ref(), None, false));
    }
    changes.commit(app, tx, scope, Some(by)).await
}

/// Send a letter to see whether letters go out. `MailNotConfigured` when there is no way.
pub async fn test_mail(app: &App, scope: &Scope, by: &By, to: &str, language: Language) -> Result<MailTest> {
    let name = db::organizations::get(app.db.read(), scope).await?.name;
    let post = mail::open(app, scope).await?.ok_or(ErrorCode::MailNotConfigured)?;
    let outcome = match post {
        Ok(post) => post.send(app, &Letter::test(&name, &by.member.name, to, language)).await,
        Err(why) => Err(why),
    };
    Ok(MailTest { sent: outcome.is_ok(), to: to.to_owned(), detail: outcome.err().map(|why| why.said(language)) })
}

fn record(changes: &mut Changes, scope: &Scope, name: &str, changed: Vec<AuditChange>) {
    if !changed.is_empty() {
        changes.record(AuditSubject::Organization, scope.organization_id(), name, AuditAction::Updated, changed);
    }
}

/// What is another thing with the mail now. Of the password only that it is another one.
fn differences(before: Option<&MailSettings>, after: Option<&MailSettings>, password: bool) -> Vec<AuditChange> {
    fn one<T: PartialEq + serde::Serialize>(
        field: &str,
        (before, after): (Option<&MailSettings>, Option<&MailSettings>),
        of: impl Fn(&MailSettings) -> T,
    ) -> Option<AuditChange> {
        AuditChange::between(field, &before.map(&of), &after.map(&of))
    }
    let both = (before, after);
    let written = after.is_some_and(|settings| settings.has_password) && password;
    [
        one("mail.host", both, |settings| settings.host.clone()),
        one("mail.port", both, |settings| settings.port),
        one("mail.security", both, |settings| settings.security),
        one("mail.username", both, |settings| settings.username.clone()),
        one("mail.has_password", both, |settings| settings.has_password),
        one("mail.from_address", both, |settings| settings.from_address.clone()),
        one("mail.from_name", both, |settings| settings.from_name.clone()),
        written.then(|| AuditChange::to("mail.password", "…")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
