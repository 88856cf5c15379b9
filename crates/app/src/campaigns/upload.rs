//! From an uploaded sheet to a draft: read as a stream, checked row by row, kept a thousand rows at a time.

use crate::{App, Error, Result, channel::Lines, sheets};
use db::{
    Scope,
    campaigns::{NewCampaign, Prepared, Summary},
};
use domain::{
    phones::PhoneNumber,
    sheets::{CellFault, Columns, Directory, RowCheck, RowOutcome, SheetRow, SheetSender, SheetTemplate},
};
use std::{collections::BTreeMap, fs::File, io::BufReader, sync::Arc};
use tokio::{sync::mpsc, task::spawn_blocking};
use types::{
    CampaignId, ErrorCode, Language, MemberId, NumberId,
    campaigns::{Campaign, CampaignRows, CampaignSender, CampaignTemplate, NAME_MAX},
    messages::MessageContent,
    numbers::NumberRef,
};

/// Rows that go from the reader to the database together.
const TOGETHER: usize = 1000;

/// Rows on their way from the reader to the database.
#[derive(Default)]
struct Rows {
    valid: Vec<(SheetRow, MessageContent)>,
    faulty: Vec<Vec<CellFault>>,
}

/// Read a sheet into a draft. Refuses with the sheet's codes (`SheetUnreadable` and its like); nothing is kept then.
pub async fn upload(
    app: &App,
    scope: &Scope,
    member: MemberId,
    name: &str,
    file: File,
    language: Language,
) -> Result<Campaign> {
    let lines = app.directory.refresh(app).await?;
    let directory = directory(app, scope, &lines).await?;
    let (sender, mut receiver) = mpsc::channel::<Rows>(2);
    let reader = spawn_blocking({
        let lines = lines.clone();
        move || read(file, language, &directory, &lines, &sender)
    });
    let id: CampaignId = app.ids.make();
    let draft = NewCampaign { id, created_by: member, name: &title(name) };
    let tx = db::begin(&app.db).await?;
    db::campaigns::create(&tx, scope, &draft, app.clock.now()).await?;
    tx.commit().await.map_err(db::Error::from)?;
    let mut counts = Counts::default();
    let mut kept = Ok(());
    while let Some(rows) = receiver.recv().await {
        if kept.is_ok() {
            kept = keep(app, scope, id, rows, &mut counts).await;
        }
    }
    let read = reader.await.map_err(|error| Error::broken(error.to_string()))?;
    let tx = db::begin(&app.db).await?;
    if let Err(error) = kept.and(read) {
        db::campaigns::delete(&tx, scope, id).await?;
        tx.commit().await.map_err(db::Error::from)?;
        return Err(error);
    }
    let (rows, summary, numbers) = counts.summary(&lines);
    db::campaigns::add_numbers(&tx, scope.organization_id(), id, &numbers).await?;
    db::campaigns::store_review(&tx, scope, id, rows, &summary).await?;
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(campaign)
}

/// Who may send what to whom, as far as the member reaches.
async fn directory(app: &App, scope: &Scope, lines: &Lines) -> Result<Directory> {
    let senders = lines.of(scope.organization_id()).filter(|line| scope.reaches(line.number.id)).filter_map(|line| {
        let phone: PhoneNumber = line.number.phone.parse().ok()?;
        Some((phone, SheetSender { number_id: line.number.id, waba_id: line.number.waba_id }))
    });
    let templates = db::templates::list_all(app.db.read(), scope).await?;
    let templates = templates.into_iter().map(|template| SheetTemplate {
        id: template.id,
        waba_id: template.waba_id,
        name: template.name,
        language: template.language,
        approved: template.status == "APPROVED",
        shape: domain::templates::TemplateShape::parse(&template.components),
    });
    let opted_out = db::contacts::opted_out(app.db.read(), scope).await?;
    let inactive = db::template_activations::find_inactive(app.db.read(), scope).await?;
    let directory = Directory::new(senders.collect::<Vec<_>>(), templates.collect::<Vec<_>>(), opted_out);
    Ok(directory.without(inactive))
}

/// Read and check, off the threads that answer requests.
fn read(
    file: File,
    language: Language,
    directory: &Directory,
    lines: &Arc<Lines>,
    sender: &mpsc::Sender<Rows>,
) -> Result<()> {
    let mut check: Option<RowCheck<'_>> = None;
    let mut rows = Rows::default();
    sheets::read(BufReader::new(file), language, |raw| -> Result<()> {
        let Some(check) = &mut check else {
            let columns = Columns::recognise(&raw.cells).map_err(|missing| {
                tracing::debug!(%missing, "a sheet without its columns");
                ErrorCode::SheetColumnsMissing
            })?;
            check = Some(RowCheck::new(columns, directory));
            return Ok(());
        };
        match check.check(raw.number, &raw.cells) {
            RowOutcome::Valid(row) => match content(&row, lines) {
                Some(content) => rows.valid.push((row, content)),
                None => return Err(Error::broken("a checked row does not render")),
            },
            RowOutcome::Faulty(faults) => rows.faulty.push(faults),
        }
        if rows.valid.len() + rows.faulty.len() >= TOGETHER {
            hand_over(sender, &mut rows)?;
        }
        Ok(())
    })?;
    hand_over(sender, &mut rows)
}

fn hand_over(sender: &mpsc::Sender<Rows>, rows: &mut Rows) -> Result<()> {
    sender.blocking_send(std::mem::take(rows)).map_err(|error| Error::broken(error.to_string()))
}

fn content(row: &SheetRow, lines: &Lines) -> Option<MessageContent> {
    let line = lines.get(row.number_id)?;
    let shape = lines.template(line.number.waba_id, &row.template, &row.language)?;
    domain::templates::render(shape, &row.template, &row.language, &row.variables).ok()
}

async fn keep(app: &App, scope: &Scope, id: CampaignId, rows: Rows, counts: &mut Counts) -> Result<()> {
    let Rows { valid, faulty } = rows;
    let mut prepared = Vec::with_capacity(valid.len());
    for (row, content) in valid {
        counts.valid(&row);
        let attributes = row.attributes.into_iter().map(|(name, value)| (name, serde_json::Value::String(value)));
        prepared.push(Prepared {
            row: i64::from(row.row),
            number_id: row.number_id,
            recipient: row.recipient,
            contact_name: row.name,
            attributes: serde_json::Value::Object(attributes.collect()),
            content,
        });
    }
    let mut faults = Vec::new();
    for cells in faulty {
        counts.faulty += 1;
        for (position, CellFault { row, column, value, reason }) in (0..).zip(cells) {
            faults.push((row, position, column, value, reason));
        }
    }
    let tx = db::begin(&app.db).await?;
    db::campaigns::add_rows(&tx, scope.organization_id(), id, &prepared).await?;
    db::campaigns::add_faults(&tx, scope.organization_id(), id, &faults).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

/// What a sheet comes to.
#[derive(Default)]
struct Counts {
    faulty: u64,
    senders: BTreeMap<NumberId, u64>,
    templates: BTreeMap<(String, String), u64>,
}

impl Counts {
    fn valid(&mut self, row: &SheetRow) {
        *self.senders.entry(row.number_id).or_default() += 1;
        *self.templates.entry((row.template.clone(), row.language.clone())).or_default() += 1;
    }

    fn summary(self, lines: &Lines) -> (CampaignRows, Summary, Vec<(NumberId, u64)>) {
        let valid: u64 = self.senders.values().sum();
        let rows = CampaignRows { total: valid + self.faulty, valid, faulty: self.faulty };
        let numbers: Vec<_> = self.senders.iter().map(|(id, rows)| (*id, *rows)).collect();
        let senders = self.senders.into_iter().filter_map(|(id, rows)| {
            let number = &lines.get(id)?.number;
            Some(CampaignSender {
                number: NumberRef { id, name: number.name.clone(), phone: number.phone.clone() },
                rows,
            })
        });
        let templates =
            self.templates.into_iter().map(|((name, language), rows)| CampaignTemplate { name, language, rows });
        (rows, Summary { senders: senders.collect(), templates: templates.collect() }, numbers)
    }
}

/// A draft is called like its file, without the ending.
fn title(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let name: String =
        stem.chars().filter(|c| !c.is_control()).take(usize::try_from(NAME_MAX).unwrap_or(100)).collect();
    if name.trim().is_empty() { "…".to_owned() } else { name.trim().to_owned() }
}
