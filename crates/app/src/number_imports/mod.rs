//! Numbers included from a sheet: a draft and its review, then three actions side by side for each number (spec O1).

mod agents;
mod change;
mod upload;
mod waba;
mod work;

pub use change::{Retry, Start, delete, leave_out, retry, start, update_row};
pub use upload::{sample_xlsx, upload};
pub use work::run as work;

use crate::{App, Result, changes::Changes};
use db::{
    Scope,
    events::{Audience, NewEvent},
    number_imports::{DraftRow, Of},
};
use domain::number_imports::Checked;
use types::{NumberImportId, Permission, events::Event, number_imports::NumberImport};

/// Tell the pages that show an import what it is now: its author's, and the administrators', who see all of them.
async fn tell(tx: &db::Tx, scope: &Scope, id: NumberImportId, changes: &mut Changes) -> Result<NumberImport> {
    let import = db::number_imports::get(tx, scope, Of::Everybody, id).await?;
    for audience in [Audience::Member(import.created_by.id), Audience::Permitted(Permission::Administer)] {
        let event = Event::NumberImportChanged { import: import.clone() };
        changes.event(NewEvent { organization_id: scope.organization_id(), number_id: None, audience, event });
    }
    Ok(import)
}

/// Check rows against what is there now.
async fn check(tx: &db::Tx, scope: &Scope, rows: Vec<DraftRow>) -> Result<Vec<(DraftRow, Checked)>> {
    let nobody = domain::number_imports::Facts::default();
    let phones: Vec<_> = domain::number_imports::check(rows.iter().map(|row| &row.cells), &nobody)
        .into_iter()
        .filter_map(|checked| checked.phone)
        .collect();
    let mut emails: Vec<_> =
        rows.iter().flat_map(|row| domain::number_imports::emails(&row.cells.users_emails)).collect();
    emails.sort();
    emails.dedup();
    let facts = db::number_imports::facts(tx, scope, &phones, &emails).await?;
    let checked = domain::number_imports::check(rows.iter().map(|row| &row.cells), &facts);
    Ok(rows.into_iter().zip(checked).collect())
}

/// Store what was decided with what it leaves behind, and wake who tells it.
async fn commit(app: &App, tx: db::Tx, scope: &Scope, changes: Changes, by: Option<&crate::changes::By>) -> Result<()> {
    changes.store(app, &tx, scope, by).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    Ok(())
}
