//! What a person decides about an import: correct a row, leave one out, begin, try again.

use super::{check, commit, tell};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    members,
};
use db::{
    Scope,
    number_imports::{DraftRow, Of},
    numbers::NewNumber,
};
use domain::number_imports::{Cells, Checked};
use types::{
    ErrorCode, FieldCode, Language, NumberId, NumberImportId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    number_imports::{
        ImportActionKind, NumberImport, NumberImportRetry, NumberImportRowInput, NumberImportStart, NumberImportStatus,
    },
    profiles::Profile,
    validate,
    wabas::WabaRef,
};

/// Messages a second of a number WhatsApp has said nothing about.
const THROUGHPUT: u32 = 80;

/// Which import is begun, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    pub by: &'a By,
    pub of: Of,
    pub id: NumberImportId,
    /// The caller's, for what is refused.
    pub language: Language,
}

/// Which import is tried again, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Retry<'a> {
    pub by: &'a By,
    pub of: Of,
    pub id: NumberImportId,
}

/// Correct a row of a draft; all of its rows are checked again, for one may be at fault because of another.
pub async fn update_row(
    app: &App,
    scope: &Scope,
    of: Of,
    (id, row): (NumberImportId, u32),
    input: NumberImportRowInput,
) -> Result<NumberImport> {
    let NumberImportRowInput { country_code, phone_number, users_emails, display_name } = input;
    let text = |text: String| text.trim().to_owned();
    let cells = Cells {
        country_code: text(country_code),
        phone_number: text(phone_number),
        users_emails: text(users_emails),
        display_name: text(display_name),
    };
    edit(app, scope, of, id, |rows| {
        let found = rows.iter_mut().find(|found| found.row == row).ok_or(ErrorCode::NotFound)?;
        found.cells = cells;
        Ok(())
    })
    .await
}

/// Leave a row of a draft out.
pub async fn leave_out(app: &App, scope: &Scope, of: Of, (id, row): (NumberImportId, u32)) -> Result<NumberImport> {
    edit(app, scope, of, id, |rows| {
        let place = rows.iter().position(|found| found.row == row).ok_or(ErrorCode::NotFound)?;
        rows.remove(place);
        Ok(())
    })
    .await
}

/// Delete a draft. What has begun stays for ever, for it says where numbers came from.
pub async fn delete(app: &App, scope: &Scope, of: Of, id: NumberImportId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    draft(&tx, scope, of, id).await?;
    db::number_imports::delete(&tx, scope, id).await?;
    let mut changes = Changes::default();
    changes.list(AuditSubject::NumberImport);
    commit(app, tx, scope, changes, None).await
}

/// Begin: every row becomes a number with three actions that wait. Refused: an account that is not connected or a profile
/// that does not exist (`not_found` on its field), a profile the caller may not grant, a row at fault, no row at all.
pub async fn start(
    app: &App,
    scope: &Scope,
    Start { by, of, id, language }: Start<'_>,
    input: &NumberImportStart,
) -> Result<NumberImport> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let import = draft(&tx, scope, of, id).await?;
    let (waba, profile) = chosen(&tx, scope, input, language).await?;
    members::may_grant(by, &profile)?;
    let rows = check(&tx, scope, db::number_imports::list_draft_rows(&tx, scope, id).await?).await?;
    let mut changes = Changes::default();
    if rows.is_empty() {
        return Err(ErrorCode::ImportEmpty.into());
    }
    // What is there may have changed since the review: the page shows the new one.
    db::number_imports::store_rows(&tx, scope, id, &rows).await?;
    if rows.iter().any(|(_, checked)| !checked.faults.is_empty()) {
        tell(&tx, scope, id, &mut changes).await?;
        commit(app, tx, scope, changes, None).await?;
        return Err(ErrorCode::ImportHasFaultyRows.into());
    }
    let made = make_numbers(app, &tx, scope, &waba, &rows, &mut changes).await?;
    db::number_imports::set_row_numbers(&tx, scope, id, &made).await?;
    let NumberImportStart { waba_id, profile_id } = *input;
    db::number_imports::start(&tx, scope, id, (waba_id, profile_id, by.member.id), app.clock.now()).await?;
    let fields = [
        AuditChange::to("waba", waba.name),
        AuditChange::to("profile", profile.name),
        AuditChange::to("rows", rows.len()),
    ];
    changes.record(AuditSubject::NumberImport, id, &import.file_name, AuditAction::Started, fields);
    let import = tell(&tx, scope, id, &mut changes).await?;
    commit(app, tx, scope, changes, Some(by)).await?;
    app.signals.number_imports.notify_one();
    Ok(import)
}

/// Try failed actions again; what is done is never repeated. Nothing happens where none has failed.
pub async fn retry(
    app: &App,
    scope: &Scope,
    Retry { by, of, id }: Retry<'_>,
    input: &NumberImportRetry,
) -> Result<NumberImport> {
    let NumberImportRetry { row, action } = *input;
    let tx = db::begin(&app.db).await?;
    db::number_imports::hold(&tx, scope, id).await?;
    let import = db::number_imports::get(&tx, scope, of, id).await?;
    match import.status {
        NumberImportStatus::Draft => return Err(ErrorCode::ImportNotStarted.into()),
        NumberImportStatus::Running | NumberImportStatus::Finished => {}
    }
    if row.is_some_and(|row| import.rows.iter().all(|found| found.row != row)) {
        return Err(ErrorCode::NotFound.into());
    }
    if action.is_none_or(|kind| kind == ImportActionKind::Agents) {
        // Whoever tries again stands for what new agents get.
        let profile = import.profile.as_ref().map(|profile| profile.id);
        let profile = match profile {
            Some(id) => db::profiles::find(&tx, scope, id).await?,
            None => None,
        };
        profile.map_or(Ok(()), |profile| members::may_grant(by, &profile))?;
    }
    let count = db::number_imports::retry(&tx, scope, id, (row, action), by.member.id).await?;
    if count == 0 {
        return Ok(import);
    }
    let mut changes = Changes::default();
    let fields = [AuditChange::to("actions", count)];
    changes.record(AuditSubject::NumberImport, id, &import.file_name, AuditAction::Retried, fields);
    let import = tell(&tx, scope, id, &mut changes).await?;
    commit(app, tx, scope, changes, Some(by)).await?;
    app.signals.number_imports.notify_one();
    Ok(import)
}

async fn edit(
    app: &App,
    scope: &Scope,
    of: Of,
    id: NumberImportId,
    change: impl FnOnce(&mut Vec<DraftRow>) -> Result<()>,
) -> Result<NumberImport> {
    let tx = db::begin(&app.db).await?;
    draft(&tx, scope, of, id).await?;
    let mut rows = db::number_imports::list_draft_rows(&tx, scope, id).await?;
    change(&mut rows)?;
    let rows = check(&tx, scope, rows).await?;
    db::number_imports::store_rows(&tx, scope, id, &rows).await?;
    let mut changes = Changes::default();
    let import = tell(&tx, scope, id, &mut changes).await?;
    commit(app, tx, scope, changes, None).await?;
    Ok(import)
}

/// An import that is still a draft, held until the transaction ends.
async fn draft(tx: &db::Tx, scope: &Scope, of: Of, id: NumberImportId) -> Result<NumberImport> {
    db::number_imports::hold(tx, scope, id).await?;
    let import = db::number_imports::get(tx, scope, of, id).await?;
    match import.status {
        NumberImportStatus::Draft => Ok(import),
        NumberImportStatus::Running | NumberImportStatus::Finished => Err(ErrorCode::ImportNotDraft.into()),
    }
}

async fn chosen(
    tx: &db::Tx,
    scope: &Scope,
    input: &NumberImportStart,
    language: Language,
) -> Result<(WabaRef, Profile)> {
    let waba = db::number_imports::find_waba(tx, scope, input.waba_id).await?;
    let profile = db::profiles::find(tx, scope, input.profile_id).await?;
    let absent = |pointer: &str| validate::field(pointer, FieldCode::NotFound, None, language);
    match (waba, profile) {
        (Some(waba), Some(profile)) => Ok((waba, profile)),
        (waba, profile) => {
            let wrong = [waba.is_none().then(|| absent("/waba_id")), profile.is_none().then(|| absent("/profile_id"))];
            Err(Error::fields(wrong.into_iter().flatten().collect()))
        }
    }
}

async fn make_numbers(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    waba: &WabaRef,
    rows: &[(DraftRow, Checked)],
    changes: &mut Changes,
) -> Result<Vec<(u32, NumberId)>> {
    let language = db::organizations::get(tx, scope).await?.language;
    let mut made = Vec::with_capacity(rows.len());
    for (DraftRow { row, cells }, checked) in rows {
        let phone = checked.phone.ok_or_else(|| Error::broken("a row without fault has no phone"))?.to_string();
        let id: NumberId = app.ids.make();
        let new = NewNumber {
            id,
            organization_id: scope.organization_id(),
            waba_id: waba.id,
            group_id: None,
            owner_id: None,
            agents: &[],
            phone_number_id: None,
            phone: &phone,
            name: &cells.display_name,
            language,
            throughput: THROUGHPUT,
            chatbot: None,
        };
        db::numbers::create(tx, &new, app.clock.now()).await?;
        let fields = [AuditChange::to("phone", &phone), AuditChange::to("waba", &waba.name)];
        changes.record(AuditSubject::Number, id, &cells.display_name, AuditAction::Created, fields);
        made.push((*row, id));
    }
    Ok(made)
}
