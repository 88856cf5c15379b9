//! xls: the first visible worksheet of the older binary format, and the encrypted files that hide in the same
//! container ([MS-XLS], [MS-OFFCRYPTO]).

mod biff;

use super::{RawRow, Visit, place, shown::Shower, unreadable};
use calamine::{Data, Reader, Xls, XlsError};
use std::{
    io::{Cursor, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
};
use types::{ErrorCode, Language};

pub(super) fn read<R: Read + Seek>(mut file: R, language: Language, visit: &mut Visit<'_>) -> Result<(), ErrorCode> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let stream = workbook_stream(&bytes)?;
    let sheet = biff::examine(&stream)?;
    drop(stream);
    // The library indexes into what it reads; a broken file that makes it panic is an unreadable one.
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes))?;
        let name = book.sheets_metadata().get(sheet.index).map(|sheet| sheet.name.clone()).unwrap_or_default();
        book.worksheet_range(&name)
    }));
    let range = match parsed {
        Ok(Ok(range)) => range,
        Ok(Err(XlsError::Password)) => return Err(ErrorCode::SheetEncrypted),
        Ok(Err(error)) => return Err(unreadable(error)),
        Err(_) => return Err(unreadable("the library gave up")),
    };
    let shower = Shower { language, from_1904: sheet.from_1904 };
    let Some((first_row, first_column)) = range.start() else { return Ok(()) };
    for (row, values) in (first_row..).zip(range.rows()) {
        if sheet.hidden_rows.contains(&row) {
            continue;
        }
        let mut cells = Vec::new();
        for (column, value) in (usize::try_from(first_column).unwrap_or(usize::MAX)..).zip(values) {
            place(&mut cells, column, shown(value, shower));
        }
        visit(RawRow { number: row.saturating_add(1), cells })?;
    }
    Ok(())
}

/// The stream that holds the sheets. Other programs put encrypted xlsx files into such a container.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, ErrorCode> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(unreadable)?;
    if container.is_stream("/EncryptedPackage") {
        return Err(ErrorCode::SheetEncrypted);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name));
    let name = name.ok_or_else(|| unreadable("no workbook in it"))?;
    let mut stream = Vec::new();
    container.open_stream(name).and_then(|mut part| part.read_to_end(&mut stream)).map_err(unreadable)?;
    Ok(stream)
}

/// The library keeps a date's value but not its format, so dates are shown the language's way.
fn shown(value: &Data, shower: Shower) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => shower.number(*number, "General"),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => shower.truth(*truth).to_owned(),
        Data::DateTime(time) => {
            let serial = time.as_f64();
            let format = match (serial < 1.0, serial.fract() == 0.0) {
                (true, _) => "h:mm",
                (false, true) => shower.short_date(),
                (false, false) => shower.short_date_and_time(),
            };
            shower.number(serial, format)
        }
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}
