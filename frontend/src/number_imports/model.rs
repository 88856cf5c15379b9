//! What a sheet of numbers still lacks, and how far its actions are.

use crate::i18n::{Locale, td_string};
use types::number_imports::{
    ImportAction, ImportActionKind, ImportActionStatus, ImportColumn, ImportFault, NumberImport, NumberImportRow,
    NumberImportRowInput, NumberImportStatus,
};

/// The columns in the order of the sheet.
pub const COLUMNS: [ImportColumn; 4] =
    [ImportColumn::CountryCode, ImportColumn::PhoneNumber, ImportColumn::UsersEmails, ImportColumn::DisplayName];

/// The actions in the order they are shown.
pub const ACTIONS: [ImportActionKind; 3] =
    [ImportActionKind::Chatbot, ImportActionKind::Waba, ImportActionKind::Agents];

/// The heading of a column, as the sheet has it.
pub fn heading(column: ImportColumn) -> &'static str {
    match column {
        ImportColumn::CountryCode => "CC",
        ImportColumn::PhoneNumber => "PhoneNumber",
        ImportColumn::UsersEmails => "UsersEmails",
        ImportColumn::DisplayName => "DisplayName",
    }
}

/// What is wrong with one cell.
pub fn faults(row: &NumberImportRow, column: ImportColumn) -> Vec<ImportFault> {
    row.faults.iter().filter(|fault| fault.column == column).cloned().collect()
}

/// Rows that hold a fault.
pub fn faulty(import: &NumberImport) -> usize {
    import.rows.iter().filter(|row| !row.faults.is_empty()).count()
}

/// Why it cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    Empty,
    FaultyRows,
    WabaMissing,
    ProfileMissing,
}

pub fn hindrance(import: &NumberImport, waba: bool, profile: bool) -> Option<Hindrance> {
    if import.rows.is_empty() {
        Some(Hindrance::Empty)
    } else if faulty(import) > 0 {
        Some(Hindrance::FaultyRows)
    } else if !waba {
        Some(Hindrance::WabaMissing)
    } else if !profile {
        Some(Hindrance::ProfileMissing)
    } else {
        None
    }
}

/// How far all actions are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub failed: usize,
    pub total: usize,
    /// Numbers of which every action is done.
    pub ready: usize,
}

impl Progress {
    /// Actions nothing happens to any more.
    pub fn ended(self) -> usize {
        self.done + self.failed
    }
}

pub fn progress(import: &NumberImport) -> Progress {
    let count = |status: ImportActionStatus| {
        import.rows.iter().flat_map(|row| &row.actions).filter(|action| action.status == status).count()
    };
    Progress {
        done: count(ImportActionStatus::Done),
        failed: count(ImportActionStatus::Failed),
        total: import.rows.iter().map(|row| row.actions.len()).sum(),
        ready: import.rows.iter().filter(|row| is_ready(row)).count(),
    }
}

/// Whether one state of an import comes after another, or is the same: an answer may be overtaken by what happened while
/// it was on its way. An action goes from waiting over running to done or failed, and waits again when it is retried.
pub fn follows(known: &NumberImport, other: &NumberImport) -> bool {
    known.id != other.id || other.status == NumberImportStatus::Draft || steps(other) >= steps(known)
}

/// How many steps an import has made since it was a draft.
fn steps(import: &NumberImport) -> u64 {
    let made = |action: &ImportAction| {
        let within = match action.status {
            ImportActionStatus::Running => 1,
            ImportActionStatus::Done | ImportActionStatus::Failed => 2,
            ImportActionStatus::Waiting => 3,
        };
        u64::from(action.attempts) * 3 + within
    };
    let actions: u64 = import.rows.iter().flat_map(|row| &row.actions).map(made).sum();
    actions * 2 + u64::from(import.status == NumberImportStatus::Finished)
}

/// Whether nothing is left to be done for a number.
pub fn is_ready(row: &NumberImportRow) -> bool {
    !row.actions.is_empty() && row.actions.iter().all(|action| action.status == ImportActionStatus::Done)
}

/// Whether a number is in its account, so that it can be verified.
pub fn can_verify(row: &NumberImportRow) -> bool {
    row.number_id.is_some()
        && action(row, ImportActionKind::Waba).is_some_and(|action| action.status == ImportActionStatus::Done)
}

pub fn action(row: &NumberImportRow, kind: ImportActionKind) -> Option<&ImportAction> {
    row.actions.iter().find(|action| action.kind == kind)
}

/// The cells of a row, to be corrected.
pub fn cells(row: &NumberImportRow) -> NumberImportRowInput {
    NumberImportRowInput {
        country_code: row.country_code.clone(),
        phone_number: row.phone_number.clone(),
        users_emails: row.users_emails.clone(),
        display_name: row.display_name.clone(),
    }
}

pub fn cell(cells: &NumberImportRowInput, column: ImportColumn) -> &str {
    match column {
        ImportColumn::CountryCode => &cells.country_code,
        ImportColumn::PhoneNumber => &cells.phone_number,
        ImportColumn::UsersEmails => &cells.users_emails,
        ImportColumn::DisplayName => &cells.display_name,
    }
}

pub fn set_cell(cells: &mut NumberImportRowInput, column: ImportColumn, value: String) {
    match column {
        ImportColumn::CountryCode => cells.country_code = value,
        ImportColumn::PhoneNumber => cells.phone_number = value,
        ImportColumn::UsersEmails => cells.users_emails = value,
        ImportColumn::DisplayName => cells.display_name = value,
    }
}

/// What a number is called on the page: its phone, or its cells when they give none.
pub fn phone(row: &NumberImportRow) -> String {
    row.phone.clone().unwrap_or_else(|| format!("{} {}", row.country_code, row.phone_number).trim().to_owned())
}

pub fn action_words(locale: Locale, kind: ImportActionKind) -> &'static str {
    match kind {
        ImportActionKind::Chatbot => td_string!(locale, number_imports.action_chatbot),
        ImportActionKind::Waba => td_string!(locale, number_imports.action_waba),
        ImportActionKind::Agents => td_string!(locale, number_imports.action_agents),
    }
}

pub fn state_words(locale: Locale, status: ImportActionStatus) -> &'static str {
    match status {
        ImportActionStatus::Waiting => td_string!(locale, number_imports.state_waiting),
        ImportActionStatus::Running => td_string!(locale, number_imports.state_running),
        ImportActionStatus::Done => td_string!(locale, number_imports.state_done),
        ImportActionStatus::Failed => td_string!(locale, number_imports.state_failed),
    }
}

pub fn status_words(locale: Locale, status: NumberImportStatus) -> &'static str {
    match status {
        NumberImportStatus::Draft => td_string!(locale, number_imports.status_draft),
        NumberImportStatus::Running => td_string!(locale, number_imports.status_running),
        NumberImportStatus::Finished => td_string!(locale, number_imports.status_finished),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{members::MemberRef, number_imports::ImportFaultReason};
    use uuid::Uuid;

    fn row(number: u32, faulty: bool, states: &[ImportActionStatus]) -> NumberImportRow {
        let fault = ImportFault { column: ImportColumn::PhoneNumber, reason: ImportFaultReason::Missing, about: None };
        NumberImportRow {
            row: number,
            country_code: "56".into(),
            phone_number: "911112222".into(),
            users_emails: "ana@example.com".into(),
            display_name: "Ana".into(),
            phone: None,
            faults: if faulty { vec![fault] } else { Vec::new() },
            number_id: Some(Uuid::from_u128(u128::from(number)).into()),
            actions: ACTIONS
                .into_iter()
                .zip(states)
                .map(|(kind, status)| ImportAction {
                    kind,
                    status: *status,
                    attempts: 1,
                    finished_at: None,
                    trouble: None,
                    code: None,
                })
                .collect(),
        }
    }

    fn import(rows: Vec<NumberImportRow>) -> NumberImport {
        NumberImport {
            id: Uuid::nil().into(),
            file_name: "numbers.xlsx".into(),
            status: NumberImportStatus::Running,
            created_by: MemberRef { id: Uuid::nil().into(), name: "Ana".into() },
            created_at: chrono::DateTime::UNIX_EPOCH,
            started_at: None,
            finished_at: None,
            waba: None,
            profile: None,
            rows,
        }
    }

    #[test]
    fn the_actions_of_all_rows_are_counted_together() {
        use ImportActionStatus::{Done, Failed, Running, Waiting};
        let import = import(vec![
            row(2, false, &[Done, Done, Done]),
            row(3, false, &[Done, Failed, Running]),
            row(4, false, &[Waiting, Done, Waiting]),
        ]);
        let progress = progress(&import);
        assert_eq!(progress, Progress { done: 5, failed: 1, total: 9, ready: 1 });
        assert_eq!(progress.ended(), 6);
    }

    #[test]
    fn an_answer_that_was_overtaken_does_not_come_after_what_overtook_it() {
        use ImportActionStatus::{Done, Failed, Running, Waiting};
        let at = |status, attempts, finished| {
            let mut import = import(vec![row(2, false, &[Done, status, Done])]);
            import.rows[0].actions[1].attempts = attempts;
            if finished {
                import.status = NumberImportStatus::Finished;
            }
            import
        };
        let course = [
            at(Waiting, 0, false),
            at(Running, 1, false),
            at(Failed, 1, false),
            at(Failed, 1, true),
            at(Waiting, 1, false),
            at(Running, 2, false),
            at(Done, 2, false),
            at(Done, 2, true),
        ];
        for (place, earlier) in course.iter().enumerate() {
            assert!(follows(earlier, earlier));
            for later in &course[place + 1..] {
                assert!(follows(earlier, later) && !follows(later, earlier), "{place}");
            }
        }
    }

    #[test]
    fn a_sheet_begins_only_without_faults_and_with_an_account_and_a_profile() {
        let good = import(vec![row(2, false, &[])]);
        assert_eq!(hindrance(&import(Vec::new()), true, true), Some(Hindrance::Empty));
        assert_eq!(hindrance(&import(vec![row(2, true, &[])]), true, true), Some(Hindrance::FaultyRows));
        assert_eq!(hindrance(&good, false, true), Some(Hindrance::WabaMissing));
        assert_eq!(hindrance(&good, true, false), Some(Hindrance::ProfileMissing));
        assert_eq!(hindrance(&good, true, true), None);
    }

    #[test]
    fn a_number_is_verified_only_once_it_is_in_its_account() {
        use ImportActionStatus::{Done, Failed};
        assert!(can_verify(&row(2, false, &[Failed, Done, Failed])));
        assert!(!can_verify(&row(2, false, &[Done, Failed, Done])));
        assert!(!can_verify(&row(2, false, &[])));
        assert!(!is_ready(&row(2, false, &[])), "what is not begun is not done");
    }

    #[test]
    fn a_fault_is_shown_at_its_cell_and_a_correction_changes_only_it() {
        let faulty = row(2, true, &[]);
        assert_eq!(faults(&faulty, ImportColumn::PhoneNumber).len(), 1);
        assert!(faults(&faulty, ImportColumn::DisplayName).is_empty());
        let mut cells = cells(&faulty);
        for column in COLUMNS {
            set_cell(&mut cells, column, heading(column).to_owned());
        }
        assert!(COLUMNS.into_iter().all(|column| cell(&cells, column) == heading(column)));
    }
}
