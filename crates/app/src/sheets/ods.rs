//! ods: the first visible table, row by row (ODF 1.3 part 3 § 9). Its cells carry the very text that is shown.

use super::{
    MAX_COLUMNS, RawRow, Visit,
    archive::Archive,
    place, unreadable,
    xml::{self, Piece},
};
use quick_xml::events::BytesStart;
use std::{
    collections::HashSet,
    io::{Read, Seek},
};
use types::{ErrorCode, campaigns::MAX_ROWS};

/// Bytes of the content at most: it is never in memory as a whole.
const CONTENT: u64 = 1 << 30;

/// A row while it is read.
#[derive(Default)]
struct Line {
    /// How often it is repeated.
    times: u32,
    hidden: bool,
    cells: Vec<String>,
    column: usize,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    times: usize,
    /// The number behind what is shown.
    number: Option<String>,
    text: String,
    paragraphs: usize,
    in_paragraph: bool,
    /// Inside a note, which stands beside the cell and not in it.
    in_note: bool,
}

pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>, visit: &mut Visit<'_>) -> Result<(), ErrorCode> {
    let mut reader = xml::open(archive, "content.xml", CONTENT)?;
    let mut buffer = Vec::new();
    let (mut hidden_styles, mut style) = (HashSet::new(), String::new());
    let (mut in_table, mut number) = (false, 1_u32);
    let (mut line, mut cell) = (Line::default(), Cell::default());
    loop {
        let piece = xml::next(&mut reader, &mut buffer)?;
        match &piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "style" => style = xml::attribute(element, "name").unwrap_or_default(),
                "table-properties" if xml::attribute(element, "display").as_deref() == Some("false") => {
                    hidden_styles.insert(style.clone());
                }
                "table" => {
                    let style = xml::attribute(element, "style-name").unwrap_or_default();
                    in_table = !hidden_styles.contains(&style);
                }
                _ if !in_table => {}
                "table-row" => {
                    let visibility = xml::attribute(element, "visibility");
                    line = Line {
                        times: repeated(element, "number-rows-repeated"),
                        hidden: visibility.is_some_and(|visibility| visibility != "visible"),
                        ..Line::default()
                    };
                }
                "table-cell" | "covered-table-cell" => cell = new_cell(element),
                "annotation" => cell.in_note = true,
                "p" | "h" if !cell.in_note => {
                    cell.in_paragraph = true;
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
                "s" if cell.in_paragraph => {
                    let blanks = xml::attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                    cell.text.extend(std::iter::repeat_n(' ', blanks.min(100)));
                }
                "tab" if cell.in_paragraph => cell.text.push('\t'),
                "line-break" if cell.in_paragraph => cell.text.push('\n'),
                _ => {}
            },
            Piece::Close(element) if in_table => match element.local_name().as_ref() {
                "annotation" => cell.in_note = false,
                "p" | "h" if !cell.in_note => cell.in_paragraph = false,
                "table-cell" | "covered-table-cell" => end_cell(&mut line, std::mem::take(&mut cell)),
                "table-row" => {
                    emit(&mut line, number, visit)?;
                    number = number.saturating_add(line.times);
                }
                "table" => return Ok(()),
                _ => {}
            },
            Piece::End if number == 1 => return Err(unreadable("no visible table")),
            Piece::End => return Err(unreadable("the table ends too early")),
            Piece::Words(words) if cell.in_paragraph => cell.text.push_str(words),
            Piece::Close(_) | Piece::Words(_) | Piece::Nothing => {}
        }
    }
}

fn new_cell(element: &BytesStart<'_>) -> Cell {
    Cell {
        times: usize::try_from(repeated(element, "number-columns-repeated")).unwrap_or(usize::MAX),
        number: xml::attribute(element, "value")
            .filter(|_| xml::attribute(element, "value-type").as_deref() == Some("float")),
        ..Cell::default()
    }
}

fn end_cell(line: &mut Line, cell: Cell) {
    // A number in scientific notation is read as its digits.
    let shown = match cell.number.as_deref().map(str::parse::<f64>) {
        Some(Ok(number)) if cell.text.contains(['E', 'e']) => number.to_string(),
        Some(_) | None => cell.text,
    };
    let end = line.column.saturating_add(cell.times);
    if !shown.is_empty() {
        for column in line.column..end.min(MAX_COLUMNS) {
            place(&mut line.cells, column, shown.clone());
        }
    }
    line.column = end;
}

fn emit(line: &mut Line, first: u32, visit: &mut Visit<'_>) -> Result<(), ErrorCode> {
    if line.hidden || line.cells.is_empty() {
        return Ok(());
    }
    // One more than a sheet may have is enough to refuse it.
    let times = line.times.min(u32::try_from(MAX_ROWS + 2).unwrap_or(u32::MAX));
    for number in (first..).take(usize::try_from(times).unwrap_or(usize::MAX)) {
        visit(RawRow { number, cells: line.cells.clone() })?;
    }
    Ok(())
}

fn repeated(element: &BytesStart<'_>, name: &str) -> u32 {
    xml::attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}
