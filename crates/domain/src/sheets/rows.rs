//! Whether a row can be sent, and if not, every cell that stands in the way.

use super::{CellFault, Columns, Directory, Role, RowOutcome, SheetRow, SheetSender, SheetTemplate};
use crate::{phones::PhoneNumber, templates::TemplateFault};
use std::collections::{HashMap, HashSet};
use types::{NumberId, campaigns::RowFaultReason, messages::TemplateVariable};

/// Characters of a faulty cell that are kept.
const SHOWN: usize = 200;

/// Checks the rows of one sheet, in their order: of two rows with the same sender, recipient and template the first is
/// kept. What it remembers for that is a few bytes for each valid row, and a sheet has at most 100,000.
#[derive(Clone, Debug)]
pub struct RowCheck<'a> {
    columns: Columns,
    directory: &'a Directory,
    seen: HashSet<(NumberId, PhoneNumber, usize)>,
    /// Templates by the number that stands for them in `seen`.
    templates: HashMap<&'a str, usize>,
}

impl<'a> RowCheck<'a> {
    pub fn new(columns: Columns, directory: &'a Directory) -> Self {
        Self { columns, directory, seen: HashSet::new(), templates: HashMap::new() }
    }

    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Check one row; `row` is its number in the sheet, `cells` are as many as the sheet gives.
    pub fn check(&mut self, row: u32, cells: &[String]) -> RowOutcome {
        let mut faults = Faults { row, cells, columns: &self.columns, found: Vec::new() };
        let sender = self.sender(&mut faults);
        let recipient = self.recipient(&mut faults);
        let template = self.template(sender, &mut faults);
        let variables = template.map(|template| variables(template, &mut faults));
        let (Some(sender), Some(recipient), Some(template), Some(variables), true) =
            (sender, recipient, template, variables, faults.found.is_empty())
        else {
            return RowOutcome::Faulty(faults.found);
        };
        let next = self.templates.len();
        let template_number = *self.templates.entry(&template.name).or_insert(next);
        if !self.seen.insert((sender.number_id, recipient.canonical(), template_number)) {
            faults.add(&Role::Recipient, RowFaultReason::Duplicate);
            return RowOutcome::Faulty(faults.found);
        }
        let text = |role| Some(faults.cell(&role)).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
        RowOutcome::Valid(SheetRow {
            row,
            number_id: sender.number_id,
            recipient,
            template_id: template.id,
            template: template.name.clone(),
            language: template.language.clone(),
            name: text(Role::Name),
            external_id: text(Role::ExternalId),
            attributes: attributes(&self.columns, &variables, cells),
            variables,
        })
    }

    fn sender(&self, faults: &mut Faults<'_>) -> Option<SheetSender> {
        let phone = faults.phone(&Role::Sender)?;
        let sender = self.directory.senders.get(&phone.canonical()).copied();
        if sender.is_none() {
            faults.add(&Role::Sender, RowFaultReason::SenderUnknown);
        }
        sender
    }

    fn recipient(&self, faults: &mut Faults<'_>) -> Option<PhoneNumber> {
        let phone = faults.phone(&Role::Recipient)?;
        if self.directory.opted_out.contains(&phone.canonical()) {
            faults.add(&Role::Recipient, RowFaultReason::OptedOut);
        }
        Some(phone)
    }

    /// The row's template in the row's language, on the sender's account. While the sender is unknown, on any account,
    /// so that one wrong cell does not hide another.
    fn template(&self, sender: Option<SheetSender>, faults: &mut Faults<'_>) -> Option<&'a SheetTemplate> {
        let name = faults.cell(&Role::Template).to_lowercase();
        if name.is_empty() {
            return faults.refuse(&Role::Template, RowFaultReason::Missing);
        }
        let named: Vec<&SheetTemplate> = self
            .directory
            .templates
            .get(&name)
            .into_iter()
            .flatten()
            .filter(|template| sender.is_none_or(|sender| sender.waba_id == template.waba_id))
            .collect();
        if named.is_empty() {
            return faults.refuse(&Role::Template, RowFaultReason::TemplateUnknown);
        }
        let language = faults.cell(&Role::Language);
        let spoken: Vec<&SheetTemplate> = named.into_iter().filter(|template| speaks(template, language)).collect();
        if spoken.is_empty() {
            return faults.refuse(&Role::Language, RowFaultReason::LanguageUnknown);
        }
        let approved: Vec<&SheetTemplate> = spoken.into_iter().filter(|template| template.approved).collect();
        if approved.is_empty() {
            return faults.refuse(&Role::Template, RowFaultReason::TemplateNotApproved);
        }
        let is_active = |template: &SheetTemplate| {
            sender.is_none_or(|sender| !self.directory.inactive.contains(&(sender.number_id, template.id)))
        };
        let exact = approved.iter().copied().find(|template| same_language(&template.language, language));
        let active: Vec<&SheetTemplate> = approved.into_iter().filter(|template| is_active(template)).collect();
        match (exact, active.as_slice()) {
            (Some(template), _) if is_active(template) => Some(template),
            (Some(_), _) | (None, []) => faults.refuse(&Role::Template, RowFaultReason::TemplateNotActive),
            (None, [first, rest @ ..]) if rest.iter().all(|other| other.language == first.language) => Some(first),
            (None, _) => faults.refuse(&Role::Language, RowFaultReason::LanguageNeeded),
        }
    }
}

/// Whether a cell's language may mean the template's: `es_CL` and `es-cl` are the same, `es` may be `es_CL`, and blank
/// may be any.
fn speaks(template: &SheetTemplate, language: &str) -> bool {
    let primary = template.language.split(['_', '-']).next().unwrap_or_default();
    language.is_empty() || primary.eq_ignore_ascii_case(language) || same_language(&template.language, language)
}

fn same_language(one: &str, other: &str) -> bool {
    one.replace('-', "_").eq_ignore_ascii_case(&other.replace('-', "_"))
}

/// The template's variables from their columns.
fn variables(template: &SheetTemplate, faults: &mut Faults<'_>) -> Vec<TemplateVariable> {
    let value = |variable: &String| {
        let place = faults.columns.variable_place(variable);
        let value = place.and_then(|place| faults.cells.get(place)).map(|cell| cell.trim().to_owned());
        TemplateVariable { name: variable.clone(), value: value.unwrap_or_default() }
    };
    let values: Vec<TemplateVariable> = template.shape.variables.iter().map(value).collect();
    for fault in template.shape.check(&values) {
        let reason = match &fault {
            TemplateFault::Unsupported(_) => RowFaultReason::TemplateUnsupported,
            TemplateFault::VariableMissing(_) => RowFaultReason::VariableMissing,
            TemplateFault::VariableTooLong(_) => RowFaultReason::VariableTooLong,
            TemplateFault::NotALink(_) => RowFaultReason::VariableInvalid,
        };
        match fault.variable() {
            Some(variable) => faults.add_variable(variable, reason),
            None => faults.add(&Role::Template, reason),
        }
    }
    values
}

/// The columns that are nothing else, with what they hold.
fn attributes(columns: &Columns, variables: &[TemplateVariable], cells: &[String]) -> Vec<(String, String)> {
    let used: Vec<usize> = variables.iter().filter_map(|variable| columns.variable_place(&variable.name)).collect();
    let others = columns.all().iter().zip(cells).enumerate().filter(|(place, (column, cell))| {
        column.role == Role::Other && !used.contains(place) && !column.header.is_empty() && !cell.trim().is_empty()
    });
    others.map(|(_, (column, cell))| (column.header.clone(), cell.trim().to_owned())).collect()
}

/// What is wrong with one row.
struct Faults<'r> {
    row: u32,
    cells: &'r [String],
    columns: &'r Columns,
    found: Vec<CellFault>,
}

impl<'r> Faults<'r> {
    /// What a role's cell shows; empty when there is no such column.
    fn cell(&self, role: &Role) -> &'r str {
        self.columns.place(role).and_then(|place| self.cells.get(place)).map_or("", |cell| cell.trim())
    }

    fn phone(&mut self, role: &Role) -> Option<PhoneNumber> {
        let cell = self.cell(role);
        if cell.is_empty() {
            return self.refuse(role, RowFaultReason::Missing);
        }
        match PhoneNumber::parse_sheet(cell) {
            Ok(phone) => Some(phone),
            Err(_) => self.refuse(role, RowFaultReason::PhoneInvalid),
        }
    }

    /// Name a cell, for lack of the value it should have given.
    fn refuse<T>(&mut self, role: &Role, reason: RowFaultReason) -> Option<T> {
        self.add(role, reason);
        None
    }

    fn add(&mut self, role: &Role, reason: RowFaultReason) {
        let absent = match role {
            Role::Language => "idioma",
            Role::Sender => "remitente",
            Role::Recipient => "destinatario",
            Role::Template => "plantilla",
            Role::Name => "nombre",
            Role::ExternalId => "id_externo",
            Role::Variable(variable) => variable,
            Role::Other => "",
        };
        self.add_at(self.columns.place(role), absent, reason);
    }

    fn add_variable(&mut self, variable: &str, reason: RowFaultReason) {
        self.add_at(self.columns.variable_place(variable), variable, reason);
    }

    fn add_at(&mut self, place: Option<usize>, absent: &str, reason: RowFaultReason) {
        let header = place.and_then(|place| self.columns.all().get(place)).map(|column| column.header.as_str());
        let value = place.and_then(|place| self.cells.get(place)).map_or("", |cell| cell.trim());
        self.found.push(CellFault {
            row: self.row,
            column: header.filter(|header| !header.is_empty()).unwrap_or(absent).to_owned(),
            value: value.chars().take(SHOWN).collect(),
            reason,
        });
    }
}
