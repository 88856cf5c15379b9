//! Sheets of numbers to be included (spec O1): what their columns mean, and what is wrong with each cell. Reading the file
//! is `app`'s; here a row is its four cells as a spreadsheet program shows them.

use crate::{
    letters,
    phones::{self, PhoneNumber},
};
use std::collections::{HashMap, HashSet};
use strum::IntoEnumIterator;
use types::{
    number_imports::{DISPLAY_NAME, EMAILS_MAX, ImportColumn, ImportFault, ImportFaultReason},
    validate,
};

/// Characters of a fault's `about` at most.
const ABOUT_MAX: usize = 200;

/// The four cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub country_code: String,
    pub phone_number: String,
    pub users_emails: String,
    pub display_name: String,
}

/// Whose an e-mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailHolder {
    /// A member of the organization.
    Ours,
    /// A member of the organization who is deactivated.
    Deactivated,
    /// A member of another organization.
    Theirs,
}

/// What rows are checked against.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The phones the organization has.
    pub phones: HashSet<PhoneNumber>,
    /// Who has an e-mail, of those in the sheet, in lower case. Nobody where it is not named.
    pub emails: HashMap<String, EmailHolder>,
}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub phone: Option<PhoneNumber>,
    pub faults: Vec<ImportFault>,
}

/// Where the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    country_code: usize,
    phone_number: usize,
    users_emails: usize,
    display_name: usize,
}

impl Columns {
    /// Recognise a header row, in any order; case, accents and blanks make no difference, and of two columns for the same
    /// thing the first counts. Else the columns that are missing.
    pub fn recognise(headers: &[String]) -> Result<Self, Vec<ImportColumn>> {
        let known: Vec<_> = headers.iter().map(|header| column(&fold(header))).collect();
        let place = |wanted: ImportColumn| known.iter().position(|column| *column == Some(wanted));
        let found = (
            place(ImportColumn::CountryCode),
            place(ImportColumn::PhoneNumber),
            place(ImportColumn::UsersEmails),
            place(ImportColumn::DisplayName),
        );
        if let (Some(country_code), Some(phone_number), Some(users_emails), Some(display_name)) = found {
            return Ok(Self { country_code, phone_number, users_emails, display_name });
        }
        Err(ImportColumn::iter().filter(|column| place(*column).is_none()).collect())
    }

    /// The cells of a row; None when none of the four shows anything.
    pub fn cells(self, row: &[String]) -> Option<Cells> {
        let Self { country_code, phone_number, users_emails, display_name } = self;
        let cell = |place: usize| row.get(place).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        let cells = Cells {
            country_code: cell(country_code),
            phone_number: cell(phone_number),
            users_emails: cell(users_emails),
            display_name: cell(display_name),
        };
        (cells != Cells::default()).then_some(cells)
    }
}

/// A column as the sheet calls it where nobody translates it.
pub fn header(column: ImportColumn) -> &'static str {
    match column {
        ImportColumn::CountryCode => "CC",
        ImportColumn::PhoneNumber => "PhoneNumber",
        ImportColumn::UsersEmails => "UsersEmails",
        ImportColumn::DisplayName => "DisplayName",
    }
}

/// The header row of a sheet to start from.
pub fn headers() -> Vec<&'static str> {
    ImportColumn::iter().map(header).collect()
}

/// Check the rows of a draft together: of two with the same number the later is at fault.
pub fn check<'a>(rows: impl IntoIterator<Item = &'a Cells>, facts: &Facts) -> Vec<Checked> {
    let included: HashSet<_> = facts.phones.iter().map(|phone| phone.canonical()).collect();
    let mut seen = HashSet::new();
    rows.into_iter()
        .map(|cells| {
            let mut faults = Vec::new();
            let phone = phone(cells).map_err(|wrong| faults.extend(wrong)).ok();
            if let Some(phone) = phone {
                if !seen.insert(phone.canonical()) {
                    faults.push(fault(ImportColumn::PhoneNumber, ImportFaultReason::PhoneRepeated, None));
                } else if included.contains(&phone.canonical()) {
                    faults.push(fault(ImportColumn::PhoneNumber, ImportFaultReason::PhoneIncluded, None));
                }
            }
            check_emails(&cells.users_emails, facts, &mut faults);
            check_name(&cells.display_name, &mut faults);
            Checked { phone, faults }
        })
        .collect()
}

/// The e-mails of a cell in lower case and in their order, each once. They are separated by commas, semicolons or blanks.
pub fn emails(cell: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in cell.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace()) {
        let email = part.to_lowercase();
        if !email.is_empty() && !found.contains(&email) {
            found.push(email);
        }
    }
    found
}

/// A number as Graph takes it: the country's code, and the rest.
pub fn split(country_code: &str, phone: PhoneNumber) -> Option<(String, String)> {
    let code = code(country_code)?;
    let rest = phone.wa_id().strip_prefix(&code)?.to_owned();
    Some((code, rest))
}

/// The number two cells make together.
fn phone(cells: &Cells) -> Result<PhoneNumber, Vec<ImportFault>> {
    let missing = |column| fault(column, ImportFaultReason::Missing, None);
    let mut faults = Vec::new();
    let code = code(&cells.country_code);
    if cells.country_code.trim().is_empty() {
        faults.push(missing(ImportColumn::CountryCode));
    } else if code.is_none() {
        faults.push(fault(ImportColumn::CountryCode, ImportFaultReason::CountryCodeInvalid, None));
    }
    if cells.phone_number.trim().is_empty() {
        faults.push(missing(ImportColumn::PhoneNumber));
    }
    let Some(code) = code.filter(|_| faults.is_empty()) else { return Err(faults) };
    whole(&code, &cells.phone_number)
        .ok_or_else(|| vec![fault(ImportColumn::PhoneNumber, ImportFaultReason::PhoneInvalid, None)])
}

/// The digits of a country's code: `55`, `+55`, `0055`, or `55.0` where a spreadsheet program took it for an amount.
fn code(cell: &str) -> Option<String> {
    let shown = cell.trim().trim_start_matches('\'');
    let whole = match shown.split_once(['.', ',']) {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        Some(_) | None => shown,
    };
    let digits = whole.strip_prefix('+').or_else(|| whole.strip_prefix("00")).unwrap_or(whole).trim();
    let right =
        (1..=3).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    right.then(|| digits.to_owned())
}

/// The cell mostly holds the number without its country's code, with or without the zero of calls within the country; some
/// hold the whole of it all the same.
fn whole(code: &str, cell: &str) -> Option<PhoneNumber> {
    let (plus, digits) = phones::sheet_digits(cell).ok()?;
    let abroad = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let national = digits.strip_prefix('0').unwrap_or(&digits);
    let read = |digits: &str| PhoneNumber::parse_sheet(&format!("+{digits}")).ok();
    let complete = |digits: &str| digits.starts_with(code).then(|| read(digits)).flatten();
    match abroad {
        Some(digits) => complete(digits),
        None => read(&format!("{code}{national}")).or_else(|| complete(&digits)),
    }
}

fn check_emails(cell: &str, facts: &Facts, faults: &mut Vec<ImportFault>) {
    let emails = emails(cell);
    let wrong = |reason, about: Option<&str>| fault(ImportColumn::UsersEmails, reason, about);
    if emails.is_empty() {
        faults.push(wrong(ImportFaultReason::Missing, None));
    }
    if emails.len() > EMAILS_MAX {
        faults.push(wrong(ImportFaultReason::EmailsTooMany, None));
        return;
    }
    for email in &emails {
        let reason = if validate::email(email).is_err() {
            Some(ImportFaultReason::EmailInvalid)
        } else {
            match facts.emails.get(email) {
                None | Some(EmailHolder::Ours) => None,
                Some(EmailHolder::Deactivated) => Some(ImportFaultReason::MemberDeactivated),
                Some(EmailHolder::Theirs) => Some(ImportFaultReason::EmailTaken),
            }
        };
        faults.extend(reason.map(|reason| wrong(reason, Some(email))));
    }
}

fn check_name(cell: &str, faults: &mut Vec<ImportFault>) {
    let length = cell.trim().chars().count();
    let reason = if length == 0 {
        ImportFaultReason::Missing
    } else if length < *DISPLAY_NAME.start() {
        ImportFaultReason::NameTooShort
    } else if length > *DISPLAY_NAME.end() {
        ImportFaultReason::NameTooLong
    } else {
        return;
    };
    faults.push(fault(ImportColumn::DisplayName, reason, None));
}

fn fault(column: ImportColumn, reason: ImportFaultReason, about: Option<&str>) -> ImportFault {
    ImportFault { column, reason, about: about.map(|about| about.chars().take(ABOUT_MAX).collect()) }
}

fn column(key: &str) -> Option<ImportColumn> {
    Some(match key {
        "cc" | "countrycode" | "codigodepais" | "codigopais" | "codigodopais" | "ddi" => ImportColumn::CountryCode,
        "phonenumber" | "phone" | "number" | "telefono" | "telefone" | "numero" | "numerodetelefono"
        | "numerodetelefone" => ImportColumn::PhoneNumber,
        "usersemails"
        | "useremails"
        | "emails"
        | "email"
        | "correos"
        | "correo"
        | "correoselectronicos"
        | "correosdeusuarios"
        | "emailsdosusuarios"
        | "emailsdeusuarios" => ImportColumn::UsersEmails,
        "displayname" | "name" | "nombreparamostrar" | "nombre" | "nomedeexibicao" | "nomeparaexibicao" | "nome"
        | "nombrevisible" => ImportColumn::DisplayName,
        _ => return None,
    })
}

/// What is left of a header to compare by: letters and digits, without case or accents.
fn fold(header: &str) -> String {
    letters::plain(header).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn cells(country_code: &str, phone_number: &str, users_emails: &str, display_name: &str) -> Cells {
        Cells {
            country_code: country_code.to_owned(),
            phone_number: phone_number.to_owned(),
            users_emails: users_emails.to_owned(),
            display_name: display_name.to_owned(),
        }
    }

    fn faults(rows: &[Cells], facts: &Facts) -> Vec<Vec<String>> {
        let written = |fault: &ImportFault| {
            let about = fault.about.as_deref().map(|about| format!(" {about}")).unwrap_or_default();
            format!("{} {}{about}", fault.column, fault.reason)
        };
        check(rows, facts).iter().map(|row| row.faults.iter().map(written).collect()).collect()
    }

    #[test]
    fn columns_are_recognised_in_any_order_and_language() {
        for names in [
            ["CC", "PhoneNumber", "UsersEmails", "DisplayName"],
            ["display name", "USERS EMAILS", "phone number", "cc"],
            ["Código de país", "Teléfono", "Correos", "Nombre para mostrar"],
            ["Código do país", "Número", "E-mails", "Nome de exibição"],
        ] {
            assert!(Columns::recognise(&written(&names)).is_ok(), "{names:?}");
        }
        let missing = Columns::recognise(&written(&["CC", "x", "DisplayName"])).unwrap_err();
        assert_eq!(missing, [ImportColumn::PhoneNumber, ImportColumn::UsersEmails]);
    }

    #[test]
    fn two_cells_make_one_number_however_a_sheet_writes_it() {
        for (code, number, phone) in [
            ("55", "11987654321", "+5511987654321"),
            ("+55", "(11) 98765-4321", "+5511987654321"),
            ("55.0", "11987654321.0", "+5511987654321"),
            ("55", "1.1987654321E10", "+5511987654321"),
            ("0055", "011987654321", "+5511987654321"),
            ("55", "5511987654321", "+5511987654321"),
            ("55", "+55 11 98765 4321", "+5511987654321"),
            ("55", "0055 11 98765 4321", "+5511987654321"),
            // An area code that looks like the country's.
            ("55", "55 3222-4444", "+555532224444"),
            ("56", "9 1234 5678", "+56912345678"),
            ("56", "912345678,00", "+56912345678"),
        ] {
            let row = cells(code, number, "a@example.com", "Ana");
            let found = check([&row], &Facts::default()).remove(0);
            assert_eq!(found.phone.map(|phone| phone.to_string()).as_deref(), Some(phone), "{code} {number}");
            let (code, rest) = split(code, found.phone.unwrap()).unwrap();
            assert_eq!(format!("+{code}{rest}"), phone);
        }
    }

    #[test]
    fn each_faulty_cell_says_why() {
        let facts = Facts {
            phones: HashSet::from(["+56911112222".parse().unwrap()]),
            emails: HashMap::from([
                ("ours@example.com".to_owned(), EmailHolder::Ours),
                ("gone@example.com".to_owned(), EmailHolder::Deactivated),
                ("theirs@example.com".to_owned(), EmailHolder::Theirs),
            ]),
        };
        let many: Vec<_> = (0..=EMAILS_MAX).map(|n| format!("a{n}@example.com")).collect();
        let rows = [
            cells("56", "912345678", "ours@example.com; New@example.com,new@example.com", "Ana"),
            cells("56", "9 1234 5678", "ours@example.com", "Ana"),
            cells("56", "911112222", "ours@example.com", "Ana"),
            cells("", "", "", ""),
            cells("Chile", "912345677", "ours@example.com", "A"),
            cells("56", "12", "x, gone@example.com, theirs@example.com", &"x".repeat(76)),
            cells("56", "+55 11 98765 4321", &many.join(";"), "<script>alert(1)</script>"),
        ];
        assert_eq!(
            faults(&rows, &facts),
            [
                vec![],
                vec!["phone_number phone_repeated"],
                vec!["phone_number phone_included"],
                vec!["country_code missing", "phone_number missing", "users_emails missing", "display_name missing"],
                vec!["country_code country_code_invalid", "display_name name_too_short"],
                vec![
                    "phone_number phone_invalid",
                    "users_emails email_invalid x",
                    "users_emails member_deactivated gone@example.com",
                    "users_emails email_taken theirs@example.com",
                    "display_name name_too_long"
                ],
                vec!["phone_number phone_invalid", "users_emails emails_too_many"],
            ]
        );
    }

    #[test]
    fn emails_are_taken_apart_and_each_counts_once() {
        assert_eq!(
            emails(" Ana@Example.com; bo@example.com,\nana@example.com ;; "),
            ["ana@example.com", "bo@example.com"]
        );
        assert!(emails(" ;, ").is_empty());
    }
}
