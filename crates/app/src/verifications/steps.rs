//! The three steps: having a code sent, telling it, registering.

use super::{
    read::{known, refreshed},
    stage,
};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    channel,
    wabas::{self, Reached},
};
use db::{Scope, numbers::WhatsappNumber};
use domain::verifications::{AttemptKind, Limits, REGISTRATIONS_WINDOW, limits};
use types::{
    ErrorCode, Language, NumberId, VerificationAttemptId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    graph::{GraphReason, GraphTrouble},
    verifications::{CodeInput, CodeMethod, CodeRequest, PinInput, Verification, VerificationStage},
};
use whatsapp::{SendError, management};

/// A number that is about to be told something, with the attempt noted.
struct Attempted {
    id: VerificationAttemptId,
    number: WhatsappNumber,
    reached: Reached,
    phone_number_id: String,
}

/// Have a code sent to a number.
pub async fn request_code(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    request: &CodeRequest,
) -> Result<Verification> {
    let CodeRequest { method, language } = *request;
    let kind = AttemptKind::Code(method);
    let attempted = attempt(app, scope, by, id, kind, |number, limits| {
        unverified(number)?;
        if limits.codes_left == 0 {
            return Err(ErrorCode::CodesUsedUp);
        }
        if limits.next_code_at.is_some() { Err(ErrorCode::CodeTooSoon) } else { Ok(()) }
    })
    .await?;
    let (way, language) = (
        match method {
            CodeMethod::Sms => management::CodeMethod::Sms,
            CodeMethod::Voice => management::CodeMethod::Voice,
        },
        match language {
            Language::Es => "es",
            Language::Pt => "pt_BR",
            Language::En => "en_US",
        },
    );
    let Reached { endpoint, token, access: _ } = &attempted.reached;
    let outcome = app.whatsapp.request_code(endpoint, token, &attempted.phone_number_id, way, language).await;
    let fields = vec![AuditChange::to("method", method)];
    finish(app, scope, by, attempted, outcome, AuditAction::CodeRequested, fields, |_, _| {}).await
}

/// Tell WhatsApp the code a number has got.
pub async fn check_code(app: &App, scope: &Scope, by: &By, id: NumberId, input: &CodeInput) -> Result<Verification> {
    let code = six(&input.code);
    let attempted = attempt(app, scope, by, id, AttemptKind::Guess, |number, limits| {
        unverified(number)?;
        if limits.code.is_none() {
            return Err(ErrorCode::CodeNotRequested);
        }
        if limits.guesses_left == 0 { Err(ErrorCode::GuessesUsedUp) } else { Ok(()) }
    })
    .await?;
    let Reached { endpoint, token, access: _ } = &attempted.reached;
    let outcome = app.whatsapp.verify_code(endpoint, token, &attempted.phone_number_id, &code).await;
    finish(app, scope, by, attempted, outcome, AuditAction::CodeChecked, Vec::new(), |number, now| {
        number.verified_at = Some(now);
    })
    .await
}

/// Register a verified number with its PIN; from then on it sends and receives.
pub async fn register(app: &App, scope: &Scope, by: &By, id: NumberId, input: &PinInput) -> Result<Verification> {
    let pin = six(&input.pin);
    let attempted = attempt(app, scope, by, id, AttemptKind::Registration, |number, limits| match stage(number) {
        VerificationStage::NotIncluded => Err(ErrorCode::NumberNotIncluded),
        VerificationStage::Unverified => Err(ErrorCode::NumberNotVerified),
        VerificationStage::Verified | VerificationStage::Registered if limits.registrations_left == 0 => {
            Err(ErrorCode::RegistrationsUsedUp)
        }
        VerificationStage::Verified | VerificationStage::Registered => Ok(()),
    })
    .await?;
    let Reached { endpoint, token, access: _ } = &attempted.reached;
    let outcome = app.whatsapp.register(endpoint, token, &attempted.phone_number_id, &pin).await;
    let done = finish(app, scope, by, attempted, outcome, AuditAction::Registered, Vec::new(), |number, now| {
        number.verified_at = number.verified_at.or(Some(now));
        number.registered_at = Some(now);
        number.whatsapp_status = Some("CONNECTED".to_owned());
    })
    .await?;
    app.directory.refresh(app).await?;
    app.signals.outbox.notify_one();
    Ok(done)
}

/// Note an attempt, if it may be made: of two at the same time, the second sees the first.
async fn attempt(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    kind: AttemptKind,
    may: impl FnOnce(&WhatsappNumber, &Limits) -> std::result::Result<(), ErrorCode>,
) -> Result<Attempted> {
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let number = db::numbers::get_whatsapp(&tx, scope, id).await?;
    let mut attempts = db::verifications::list(&tx, scope, &[id], now - REGISTRATIONS_WINDOW).await?;
    may(&number, &limits(&attempts.remove(&id).unwrap_or_default(), now))?;
    let phone_number_id = number.phone_number_id.clone().ok_or(ErrorCode::NumberNotIncluded)?;
    let reached = wabas::reached(app, number.waba.clone())?;
    let attempt: VerificationAttemptId = app.ids.make();
    db::verifications::create(&tx, scope, attempt, id, by.member.id, kind, now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Attempted { id: attempt, number, reached, phone_number_id })
}

/// Note what became of an attempt, and what the number is now.
#[expect(clippy::too_many_arguments, reason = "the three steps end alike, and each of these differs between them")]
async fn finish(
    app: &App,
    scope: &Scope,
    by: &By,
    attempted: Attempted,
    outcome: std::result::Result<(), SendError>,
    action: AuditAction,
    mut fields: Vec<AuditChange>,
    done: impl FnOnce(&mut WhatsappNumber, chrono::DateTime<chrono::Utc>),
) -> Result<Verification> {
    let now = app.clock.now();
    let Attempted { id, number, reached: _, phone_number_id: _ } = attempted;
    let trouble = outcome.err().map(|error| channel::trouble_of_number(&error, now));
    let tx = db::begin(&app.db).await?;
    db::verifications::finish(&tx, scope, id, trouble.as_ref()).await?;
    let mut number = db::numbers::get_whatsapp(&tx, scope, number.number.id).await?;
    match &trouble {
        None => {
            done(&mut number, now);
            db::numbers::set_whatsapp(&tx, &number, now).await?;
        }
        Some(trouble) => {
            fields.push(AuditChange::to("attempted", action));
            fields.push(AuditChange::to("trouble", trouble.reason));
        }
    }
    let action = if trouble.is_some() { AuditAction::Refused } else { action };
    let mut changes = Changes::default();
    let NumberId(subject) = number.number.id;
    changes.record(AuditSubject::Verification, subject, &number.number.name, action, fields);
    changes.list(AuditSubject::Number);
    changes.store(app, &tx, scope, Some(by)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    match trouble {
        None => known(app, scope, number).await,
        Some(trouble) => settle(app, scope, number, trouble).await,
    }
}

/// A refusal that says the number is further than we knew, or a lost answer: WhatsApp is asked what is the case.
async fn settle(app: &App, scope: &Scope, number: WhatsappNumber, trouble: GraphTrouble) -> Result<Verification> {
    if !matches!(trouble.reason, GraphReason::AlreadyVerified | GraphReason::OutcomeUnknown) {
        return Err(Error::whatsapp(trouble));
    }
    let before = stage(&number);
    let (number, _) = refreshed(app, scope, number).await?;
    if stage(&number) == before { Err(Error::whatsapp(trouble)) } else { known(app, scope, number).await }
}

fn unverified(number: &WhatsappNumber) -> std::result::Result<(), ErrorCode> {
    match stage(number) {
        VerificationStage::NotIncluded => Err(ErrorCode::NumberNotIncluded),
        VerificationStage::Unverified => Ok(()),
        VerificationStage::Verified | VerificationStage::Registered => Err(ErrorCode::NumberAlreadyVerified),
    }
}

/// The six digits alone.
fn six(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
