//! From an uploaded sheet to a draft, and a sheet to start from.

use super::{check, commit, tell};
use crate::{
    App, Error, Result,
    changes::{By, Changes},
    sheets,
};
use db::{
    Scope,
    number_imports::{DraftRow, NewNumberImport},
};
use domain::number_imports::{Cells, Columns};
use std::{fs::File, io::BufReader};
use tokio::task::spawn_blocking;
use types::{
    ErrorCode, Language, NumberImportId,
    audit_log::AuditSubject,
    number_imports::{NumberImport, ROWS_MAX},
};

/// Characters of a cell that are kept; what is longer is at fault anyway.
const CELL_MAX: usize = 1000;
/// Of a cell with e-mails.
const EMAILS_CELL_MAX: usize = 6000;
/// Characters of a file's name that are kept.
const FILE_NAME_MAX: usize = 100;

/// Read a sheet into a draft. Refuses with the sheet's codes, `ImportTooManyRows`, `ImportColumnsMissing` with their names
/// and `ImportEmpty`; nothing is kept then.
pub async fn upload(
    app: &App,
    scope: &Scope,
    by: &By,
    name: &str,
    file: File,
    language: Language,
) -> Result<NumberImport> {
    let read = spawn_blocking(move || read(file, language)).await;
    let rows = read.map_err(|error| Error::broken(error.to_string()))??;
    let id: NumberImportId = app.ids.make();
    let mut changes = Changes::default();
    let tx = db::begin(&app.db).await?;
    let draft = NewNumberImport { id, created_by: by.member.id, file_name: &file_name(name) };
    db::number_imports::create(&tx, scope, &draft, app.clock.now()).await?;
    let rows = check(&tx, scope, rows).await?;
    db::number_imports::store_rows(&tx, scope, id, &rows).await?;
    changes.list(AuditSubject::NumberImport);
    let import = tell(&tx, scope, id, &mut changes).await?;
    commit(app, tx, scope, changes, Some(by)).await?;
    Ok(import)
}

/// A sheet with the columns and two rows to be written over.
pub fn sample_xlsx(language: Language) -> Result<Vec<u8>> {
    let name = match language {
        Language::Es => "Elena · Cartera Sur",
        Language::Pt => "Elena · Carteira Sul",
        Language::En => "Elena · South Portfolio",
    };
    let rows = [
        ["56", "912345678", "elena@example.com; diego@example.com", name],
        ["55", "11987654321", "bruna@example.com", "Bruna"],
    ];
    sheets::table_xlsx(&domain::number_imports::headers(), rows.into_iter().map(Vec::from))
}

/// Read the rows, off the threads that answer requests.
fn read(file: File, language: Language) -> Result<Vec<DraftRow>> {
    let mut columns: Option<Columns> = None;
    let mut rows = Vec::new();
    let outcome = sheets::read(BufReader::new(file), language, |raw| -> Result<()> {
        let Some(columns) = columns else {
            columns = Some(Columns::recognise(&raw.cells).map_err(|missing| {
                let names: Vec<_> = missing.into_iter().map(domain::number_imports::header).collect();
                Error::about(ErrorCode::ImportColumnsMissing, names.join(", "))
            })?);
            return Ok(());
        };
        let Some(cells) = columns.cells(&raw.cells) else { return Ok(()) };
        if rows.len() == ROWS_MAX {
            return Err(ErrorCode::ImportTooManyRows.into());
        }
        rows.push(DraftRow { row: raw.number, cells: cut(cells) });
        Ok(())
    });
    match outcome {
        Err(error) if error.code() == Some(ErrorCode::SheetEmpty) => Err(ErrorCode::ImportEmpty.into()),
        Err(error) if error.code() == Some(ErrorCode::SheetTooManyRows) => Err(ErrorCode::ImportTooManyRows.into()),
        Err(error) => Err(error),
        Ok(()) if rows.is_empty() => Err(ErrorCode::ImportEmpty.into()),
        Ok(()) => Ok(rows),
    }
}

fn cut(cells: Cells) -> Cells {
    let Cells { country_code, phone_number, users_emails, display_name } = cells;
    let to = |text: String, max: usize| text.chars().take(max).collect();
    Cells {
        country_code: to(country_code, CELL_MAX),
        phone_number: to(phone_number, CELL_MAX),
        users_emails: to(users_emails, EMAILS_CELL_MAX),
        display_name: to(display_name, CELL_MAX),
    }
}

fn file_name(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(FILE_NAME_MAX).collect();
    if name.trim().is_empty() { "…".to_owned() } else { name.trim().to_owned() }
}
