//! A look at a workbook's records before the library reads them: it reserves memory for whatever extent a sheet
//! claims. On the way, what the library does not tell: which rows are hidden.

use super::super::unreadable;
use std::collections::{HashMap, HashSet};
use types::ErrorCode;

/// Rows and columns the format has.
const ROWS: u32 = 65_536;
const COLUMNS: u32 = 256;
/// Cells between a sheet's first and last, over all sheets, at most: the library holds them all.
const CELLS: u64 = 4_000_000;
/// Sheets at most.
const SHEETS: usize = 256;

/// The sheet to be read.
pub(super) struct Sheet {
    /// Among all sheets of the workbook.
    pub(super) index: usize,
    /// Counted from 0.
    pub(super) hidden_rows: HashSet<u32>,
    /// Whether its dates are counted from 1904.
    pub(super) from_1904: bool,
}

/// What one sheet's records say.
#[derive(Default)]
struct Extent {
    last_row: u32,
    last_column: u32,
    hidden_rows: HashSet<u32>,
}

/// Check a workbook and find its first visible worksheet.
pub(super) fn examine(stream: &[u8]) -> Result<Sheet, ErrorCode> {
    let mut extents: HashMap<usize, Extent> = HashMap::new();
    // Offset, hidden or not, of each sheet in the order of the tabs; only worksheets can be read.
    let mut sheets: Vec<(usize, bool)> = Vec::new();
    let (mut at, mut current, mut depth, mut from_1904) = (0, 0, 0_u32, false);
    while let Some((kind, data)) = record(stream, at) {
        match kind {
            BOF => {
                depth += 1;
                if depth == 1 {
                    current = at;
                    extents.insert(at, Extent::default());
                }
            }
            EOF => depth = depth.saturating_sub(1),
            DATE_MODE => from_1904 = u16_at(data, 0)? == 1,
            FILE_PASS => return Err(ErrorCode::SheetEncrypted),
            BOUND_SHEET => {
                let offset = usize::try_from(u32_at(data, 0)?).map_err(unreadable)?;
                let worksheet = u16_at(data, 4)?;
                sheets.push((offset, worksheet == 0));
            }
            _ if depth == 1 => look(kind, data, extents.entry(current).or_default())?,
            _ => {}
        }
        at += 4 + data.len();
    }
    let mut cells: u64 = 0;
    for (offset, _) in &sheets {
        let extent = extents.get(offset).ok_or_else(|| unreadable("a sheet where none begins"))?;
        cells += u64::from(extent.last_row + 1) * u64::from(extent.last_column + 1);
    }
    if cells > CELLS || sheets.len() > SHEETS {
        return Err(ErrorCode::SheetTooLarge);
    }
    let index = sheets.iter().position(|(_, readable)| *readable).ok_or_else(|| unreadable("no visible worksheet"))?;
    let hidden_rows = sheets.get(index).and_then(|(offset, _)| extents.remove(offset)).unwrap_or_default().hidden_rows;
    Ok(Sheet { index, hidden_rows, from_1904 })
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FILE_PASS: u16 = 0x002f;
const DATE_MODE: u16 = 0x0022;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const MUL_RK: u16 = 0x00bd;
/// Formula, label, number, boolean or error, RK number, shared string, rich string: each begins with row and column.
const CELL_RECORDS: [u16; 7] = [0x0006, 0x0204, 0x0203, 0x0205, 0x027e, 0x00fd, 0x00d6];

fn look(kind: u16, data: &[u8], extent: &mut Extent) -> Result<(), ErrorCode> {
    match kind {
        DIMENSIONS => {
            let (first_row, end_row, first_column, end_column) = if data.len() < 14 {
                (u16_at(data, 0)?.into(), u16_at(data, 2)?.into(), u16_at(data, 4)?, u16_at(data, 6)?)
            } else {
                (u32_at(data, 0)?, u32_at(data, 4)?, u16_at(data, 8)?, u16_at(data, 10)?)
            };
            let empty = end_row == 0 || end_column == 0;
            let sound = end_row <= ROWS && u32::from(end_column) <= COLUMNS && first_row < ROWS && first_column < 256;
            if !sound || (!empty && (first_row >= end_row || first_column >= end_column)) {
                return Err(ErrorCode::SheetTooLarge);
            }
        }
        // [MS-XLS] 2.4.221: fDyZero, in the flags after six words.
        ROW if u16_at(data, 12)? & 0x20 != 0 => drop(extent.hidden_rows.insert(u16_at(data, 0)?.into())),
        MUL_RK => {
            let last_column = data.len().checked_sub(2).map(|place| u16_at(data, place)).transpose()?;
            cover(extent, u16_at(data, 0)?, last_column.unwrap_or(0).max(u16_at(data, 2)?))?;
        }
        kind if CELL_RECORDS.contains(&kind) => cover(extent, u16_at(data, 0)?, u16_at(data, 2)?)?,
        _ => {}
    }
    Ok(())
}

fn cover(extent: &mut Extent, row: u16, column: u16) -> Result<(), ErrorCode> {
    if u32::from(column) >= COLUMNS {
        return Err(ErrorCode::SheetTooLarge);
    }
    extent.last_row = extent.last_row.max(row.into());
    extent.last_column = extent.last_column.max(column.into());
    Ok(())
}

/// The kind and the data of the record at a place; None at the end, or where the rest is too short.
fn record(stream: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let head = stream.get(at..)?.first_chunk::<4>()?;
    let [kind_low, kind_high, length_low, length_high] = *head;
    let length = usize::from(u16::from_le_bytes([length_low, length_high]));
    let data = stream.get(at + 4..at + 4 + length)?;
    Some((u16::from_le_bytes([kind_low, kind_high]), data))
}

fn u16_at(data: &[u8], place: usize) -> Result<u16, ErrorCode> {
    let bytes = data.get(place..).and_then(<[u8]>::first_chunk::<2>).ok_or_else(|| unreadable("a short record"))?;
    Ok(u16::from_le_bytes(*bytes))
}

fn u32_at(data: &[u8], place: usize) -> Result<u32, ErrorCode> {
    let bytes = data.get(place..).and_then(<[u8]>::first_chunk::<4>).ok_or_else(|| unreadable("a short record"))?;
    Ok(u32::from_le_bytes(*bytes))
}
