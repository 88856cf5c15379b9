//! Sheets: what a customer uploads, as rows of shown texts, read as a stream; and the sheets we hand out (spec C1).
//!
//! The kind of file is told by its content, never by its name. Whatever it is, reading it takes little memory: an
//! upload may be a bomb. That is why xlsx and ods are read here, part by part with a limit on each, and not by a
//! library that trusts the counts and repetitions a file declares.

mod archive;
mod csv;
mod ods;
mod shown;
mod write;
mod xls;
mod xlsx;
mod xml;

pub use write::{faults_xlsx, sample_xlsx, table_xlsx};

use std::{
    fmt::Display,
    io::{Read, Seek, SeekFrom},
};
use types::{ErrorCode, Language, campaigns::MAX_ROWS};

/// Columns that are looked at; what stands further right is left out.
const MAX_COLUMNS: usize = 256;
/// Characters of a cell that are kept: what spreadsheet programs allow in one.
const MAX_CELL: usize = 32_767;

/// One row of a sheet that shows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// As the spreadsheet program numbers it, beginning with 1.
    pub number: u32,
    /// What the cells show, up to the last one that shows something.
    pub cells: Vec<String>,
}

/// Who takes a row; an error stops the reading.
type Visit<'v> = dyn FnMut(RawRow) -> Result<(), ErrorCode> + 'v;

/// Read a sheet from its start, row by row; the first row is the header. Blank and hidden rows are skipped. `language`
/// is whose dates and decimal signs a file shows that leaves them to its reader.
///
/// Refuses with `SheetUnreadable`, `SheetEncrypted`, `SheetTooLarge`, `SheetTooManyRows` (after [`MAX_ROWS`] have been
/// visited) and `SheetEmpty` (when nothing follows the header). It blocks: run it where blocking is allowed.
pub fn read<R, E>(file: R, language: Language, mut visit: impl FnMut(RawRow) -> Result<(), E>) -> Result<(), E>
where
    R: Read + Seek,
    E: From<ErrorCode>,
{
    let mut seen: usize = 0;
    let mut stopped = None;
    let outcome = dispatch(file, language, &mut |mut row| {
        let filled = row.cells.iter().rposition(|cell| !cell.trim().is_empty());
        let Some(last) = filled else { return Ok(()) };
        row.cells.truncate(last + 1);
        // The header is not counted.
        if seen > MAX_ROWS {
            return Err(ErrorCode::SheetTooManyRows);
        }
        seen += 1;
        visit(row).map_err(|error| {
            stopped = Some(error);
            ErrorCode::Internal
        })
    });
    match (stopped, outcome) {
        (Some(error), _) => Err(error),
        (None, Err(code)) => Err(code.into()),
        (None, Ok(())) if seen < 2 => Err(ErrorCode::SheetEmpty.into()),
        (None, Ok(())) => Ok(()),
    }
}

fn dispatch<R: Read + Seek>(mut file: R, language: Language, visit: &mut Visit<'_>) -> Result<(), ErrorCode> {
    let mut start = Vec::with_capacity(8);
    file.by_ref().take(8).read_to_end(&mut start).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    match start.as_slice() {
        [] => Err(ErrorCode::SheetEmpty),
        [b'P', b'K', 3 | 5 | 7, ..] => {
            let mut archive = archive::Archive::open(file)?;
            if archive.is_spreadsheet_document()? {
                ods::read(&mut archive, visit)
            } else {
                xlsx::read(&mut archive, language, visit)
            }
        }
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] => xls::read(file, language, visit),
        _ => csv::read(file, visit),
    }
}

/// The file is not what it seems; the reason is for our logs, and never holds what the file says.
fn unreadable(error: impl Display) -> ErrorCode {
    tracing::debug!(%error, "a sheet cannot be read");
    ErrorCode::SheetUnreadable
}

/// Put a cell at its column, with blanks before it.
fn place(cells: &mut Vec<String>, column: usize, mut text: String) {
    if column >= MAX_COLUMNS || text.is_empty() {
        return;
    }
    // Not every database can keep the character zero, and nobody sees it.
    text.retain(|c| c != '\0');
    if let Some((end, _)) = text.char_indices().nth(MAX_CELL) {
        text.truncate(end);
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    if let Some(cell) = cells.get_mut(column) {
        *cell = text;
    }
}

#[cfg(test)]
mod tests;
