//! xlsx: the first visible worksheet, row by row (ECMA-376 part 1 § 18).

use super::{
    RawRow, Visit,
    archive::Archive,
    place, shown, unreadable,
    xml::{self, Piece},
};
use std::{
    collections::HashMap,
    io::{Read, Seek},
};
use types::{ErrorCode, Language};

/// Bytes of the worksheet at most: it is never in memory as a whole.
const WORKSHEET: u64 = 1 << 30;
/// Bytes of the shared strings at most: they are.
const STRINGS: u64 = 192 << 20;
/// Bytes of any other part at most.
const SMALL: u64 = 32 << 20;

pub(super) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    language: Language,
    visit: &mut Visit<'_>,
) -> Result<(), ErrorCode> {
    let roots = relationships(archive, "", "_rels/.rels")?;
    let workbook_part = roots
        .values()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target.clone());
    let (folder, name) = workbook_part.rsplit_once('/').unwrap_or(("", &workbook_part));
    let relations = relationships(archive, folder, &format!("{folder}/_rels/{name}.rels"))?;
    let workbook = workbook(archive, &workbook_part)?;
    let sheet = workbook
        .visible_sheets
        .iter()
        .filter_map(|id| relations.get(id))
        .find(|relation| relation.kind == "worksheet")
        .ok_or_else(|| unreadable("no visible worksheet"))?;
    let part_of = |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|it| it.target.clone());
    let book = Book {
        strings: part_of("sharedStrings").map_or(Ok(Vec::new()), |part| strings(archive, &part))?,
        formats: part_of("styles").map_or(Ok(Vec::new()), |part| formats(archive, &part))?,
        shower: shown::Shower { language, from_1904: workbook.from_1904 },
    };
    rows(archive, &sheet.target, &book, visit)
}

/// What cells refer to.
struct Book {
    strings: Vec<String>,
    /// The number format of each cell style.
    formats: Vec<String>,
    shower: shown::Shower,
}

struct Relation {
    /// The last word of its type.
    kind: String,
    /// The part it leads to, from the archive's root.
    target: String,
}

fn relationships<R: Read + Seek>(
    archive: &mut Archive<R>,
    folder: &str,
    part: &str,
) -> Result<HashMap<String, Relation>, ErrorCode> {
    let mut reader = xml::open(archive, part.trim_start_matches('/'), SMALL)?;
    let (mut buffer, mut found) = (Vec::new(), HashMap::new());
    loop {
        match xml::next(&mut reader, &mut buffer)? {
            Piece::Open(element) if element.local_name().as_ref() == "Relationship" => {
                let get = |name| xml::attribute(&element, name);
                if let (Some(id), Some(kind), Some(target)) = (get("Id"), get("Type"), get("Target")) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    found.insert(id, Relation { kind, target: resolve(folder, &target) });
                }
            }
            Piece::End => return Ok(found),
            Piece::Open(_) | Piece::Close(_) | Piece::Words(_) | Piece::Nothing => {}
        }
    }
}

/// A relation's target from the archive's root: it is written from its own folder unless it begins with `/`.
fn resolve(folder: &str, target: &str) -> String {
    let from_root = target.strip_prefix('/');
    let mut steps: Vec<&str> = if from_root.is_some() { Vec::new() } else { folder.split('/').collect() };
    for step in from_root.unwrap_or(target).split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

struct Workbook {
    /// Relations of the sheets that are not hidden, in the order of their tabs.
    visible_sheets: Vec<String>,
    from_1904: bool,
}

fn workbook<R: Read + Seek>(archive: &mut Archive<R>, part: &str) -> Result<Workbook, ErrorCode> {
    let mut reader = xml::open(archive, part, SMALL)?;
    let mut buffer = Vec::new();
    let mut workbook = Workbook { visible_sheets: Vec::new(), from_1904: false };
    loop {
        match xml::next(&mut reader, &mut buffer)? {
            Piece::Open(element) => match element.local_name().as_ref() {
                "sheet" => {
                    let visible = xml::attribute(&element, "state").is_none_or(|state| state == "visible");
                    // `sheetId` is another attribute; the relation is `id` in its own namespace.
                    workbook.visible_sheets.extend(xml::attribute(&element, "id").filter(|_| visible));
                }
                "workbookPr" => workbook.from_1904 = is_true(xml::attribute(&element, "date1904").as_deref()),
                _ => {}
            },
            Piece::End => return Ok(workbook),
            Piece::Close(_) | Piece::Words(_) | Piece::Nothing => {}
        }
    }
}

fn strings<R: Read + Seek>(archive: &mut Archive<R>, part: &str) -> Result<Vec<String>, ErrorCode> {
    let mut reader = xml::open(archive, part, STRINGS)?;
    let (mut buffer, mut strings) = (Vec::new(), Vec::new());
    let mut text = RichText::default();
    loop {
        match xml::next(&mut reader, &mut buffer)? {
            Piece::Close(element) if element.local_name().as_ref() == "si" => strings.push(text.take()),
            Piece::End => return Ok(strings),
            piece @ (Piece::Open(_) | Piece::Close(_) | Piece::Words(_) | Piece::Nothing) => text.hear(&piece),
        }
    }
}

fn formats<R: Read + Seek>(archive: &mut Archive<R>, part: &str) -> Result<Vec<String>, ErrorCode> {
    let mut reader = xml::open(archive, part, SMALL)?;
    let mut buffer = Vec::new();
    let (mut codes, mut formats, mut in_cell_styles) = (HashMap::new(), Vec::new(), false);
    loop {
        match xml::next(&mut reader, &mut buffer)? {
            Piece::Open(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = xml::attribute(&element, "numFmtId");
                    codes.extend(id.zip(xml::attribute(&element, "formatCode")));
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    let id = xml::attribute(&element, "numFmtId").unwrap_or_default();
                    formats.push(codes.get(&id).cloned().unwrap_or_else(|| shown::built_in(&id).to_owned()));
                }
                _ => {}
            },
            Piece::Close(element) if element.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            Piece::End => return Ok(formats),
            Piece::Close(_) | Piece::Words(_) | Piece::Nothing => {}
        }
    }
}

/// A row while it is read.
#[derive(Default)]
struct Line {
    number: u32,
    hidden: bool,
    cells: Vec<String>,
    /// Where a cell without address stands.
    next_column: usize,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: Option<String>,
    value: String,
    in_value: bool,
    inline: RichText,
}

fn rows<R: Read + Seek>(
    archive: &mut Archive<R>,
    part: &str,
    book: &Book,
    visit: &mut Visit<'_>,
) -> Result<(), ErrorCode> {
    let mut reader = xml::open(archive, part, WORKSHEET)?;
    let mut buffer = Vec::new();
    let (mut line, mut cell) = (Line::default(), Cell::default());
    loop {
        let piece = xml::next(&mut reader, &mut buffer)?;
        match &piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "row" => {
                    let number = xml::attribute(element, "r").and_then(|number| number.parse().ok());
                    let hidden = is_true(xml::attribute(element, "hidden").as_deref());
                    let number = number.unwrap_or_else(|| line.number.saturating_add(1));
                    line = Line { number, hidden, ..Line::default() };
                }
                "c" => {
                    let column = xml::attribute(element, "r").and_then(|address| column(&address));
                    cell = Cell {
                        column: column.unwrap_or(line.next_column),
                        kind: xml::attribute(element, "t").unwrap_or_default(),
                        style: xml::attribute(element, "s"),
                        ..Cell::default()
                    };
                    line.next_column = cell.column.saturating_add(1);
                }
                "v" => cell.in_value = true,
                _ => cell.inline.hear(&piece),
            },
            Piece::Close(element) => match element.local_name().as_ref() {
                "v" => cell.in_value = false,
                "c" => {
                    let mut done = std::mem::take(&mut cell);
                    place(&mut line.cells, done.column, shown_cell(&mut done, book));
                }
                "row" => {
                    let row = RawRow { number: line.number, cells: std::mem::take(&mut line.cells) };
                    if !line.hidden {
                        visit(row)?;
                    }
                }
                "sheetData" => return Ok(()),
                _ => cell.inline.hear(&piece),
            },
            Piece::End => return Err(unreadable("the worksheet ends too early")),
            Piece::Words(words) if cell.in_value => cell.value.push_str(words),
            Piece::Words(_) | Piece::Nothing => cell.inline.hear(&piece),
        }
    }
}

fn shown_cell(cell: &mut Cell, book: &Book) -> String {
    match cell.kind.as_str() {
        "s" => {
            cell.value.trim().parse().ok().and_then(|index: usize| book.strings.get(index).cloned()).unwrap_or_default()
        }
        "inlineStr" => cell.inline.take(),
        "str" => unescape(std::mem::take(&mut cell.value)),
        "e" | "d" => std::mem::take(&mut cell.value),
        "b" => book.shower.truth(cell.value.trim() == "1").to_owned(),
        _ => {
            let style = cell.style.as_deref().unwrap_or("0").parse().ok();
            let format = style.and_then(|style: usize| book.formats.get(style)).map_or("General", String::as_str);
            cell.value.trim().parse().map_or_else(|_| cell.value.clone(), |number| book.shower.number(number, format))
        }
    }
}

/// Text that may come in runs, each in its `t`; readings of East Asian characters (`rPh`) are not shown.
#[derive(Default)]
struct RichText {
    text: String,
    in_text: bool,
    in_reading: bool,
}

impl RichText {
    fn hear(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "t" => self.in_text = true,
                "rPh" => self.in_reading = true,
                _ => {}
            },
            Piece::Close(element) => match element.local_name().as_ref() {
                "t" => self.in_text = false,
                "rPh" => self.in_reading = false,
                _ => {}
            },
            Piece::Words(words) if self.in_text && !self.in_reading => self.text.push_str(words),
            Piece::Words(_) | Piece::Nothing | Piece::End => {}
        }
    }

    fn take(&mut self) -> String {
        self.in_text = false;
        self.in_reading = false;
        unescape(std::mem::take(&mut self.text))
    }
}

/// `_x000D_` is how these files write a carriage return inside a text; nobody sees it.
fn unescape(text: String) -> String {
    if text.contains("_x000D_") { text.replace("_x000D_", "") } else { text }
}

/// The column of an address: `B7` → 1.
fn column(address: &str) -> Option<usize> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number =
        letters.fold(0_usize, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}
