//! Files made to do harm, damaged ones, and any bytes at all.

use super::*;
use proptest::prelude::*;

#[test]
fn what_is_no_sheet_is_refused_by_name() {
    let encrypted = {
        let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        container.create_stream("/EncryptedPackage").unwrap().write_all(b"x").unwrap();
        container.into_inner().into_inner()
    };
    let word = {
        let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        container.create_stream("/WordDocument").unwrap().write_all(b"x").unwrap();
        container.into_inner().into_inner()
    };
    let encrypted_ods = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>"),
        ("content.xml", b"\x01\x02"),
    ]);
    let mut encrypted_zip = xlsx_of(b"<worksheet/>");
    // The flag "encrypted" of the first entry, in its own header and in the directory.
    encrypted_zip[6] |= 1;
    let directory = encrypted_zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    encrypted_zip[directory + 8] |= 1;
    let torn = {
        let mut bytes = fixture("xlsx");
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    let torn_xls = {
        let mut bytes = fixture("xls");
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    let one_row = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
    for (what, bytes, code) in [
        ("no byte", vec![], ErrorCode::SheetEmpty),
        ("a header alone", b"remitente;destinatario;plantilla\n\n".to_vec(), ErrorCode::SheetEmpty),
        ("blank cells", b";;\n;;\n".to_vec(), ErrorCode::SheetEmpty),
        ("an xlsx with one row", xlsx_of(one_row.as_bytes()), ErrorCode::SheetEmpty),
        ("an encrypted xlsx", encrypted, ErrorCode::SheetEncrypted),
        ("an encrypted ods", encrypted_ods, ErrorCode::SheetEncrypted),
        ("an encrypted zip", encrypted_zip, ErrorCode::SheetEncrypted),
        ("a text document", word, ErrorCode::SheetUnreadable),
        ("half an xlsx", torn, ErrorCode::SheetUnreadable),
        ("half an xls", torn_xls, ErrorCode::SheetUnreadable),
        ("any zip", zipped(&[("a.txt", b"a")]), ErrorCode::SheetUnreadable),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), ErrorCode::SheetUnreadable),
        ("a PDF", b"%PDF-1.7\nx".to_vec(), ErrorCode::SheetUnreadable),
        ("a web page", b"<html><table></table></html>".to_vec(), ErrorCode::SheetUnreadable),
    ] {
        assert_eq!(refusal(&bytes), code, "{what}");
    }
}

#[test]
fn a_sheet_of_too_many_rows_is_refused() {
    let csv = |rows: usize| format!("a;b\n{}", "1;2\n".repeat(rows)).into_bytes();
    assert_eq!(rows(&csv(MAX_ROWS)).unwrap().len(), MAX_ROWS + 1);
    assert_eq!(refusal(&csv(MAX_ROWS + 1)), ErrorCode::SheetTooManyRows);
    let line = "<row><c><v>1</v></c></row>";
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", line.repeat(MAX_ROWS + 2));
    assert_eq!(refusal(&xlsx_of(sheet.as_bytes())), ErrorCode::SheetTooManyRows);
    let repeated = "<o><table:table><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></o>";
    assert_eq!(refusal(&ods_of(repeated)), ErrorCode::SheetTooManyRows);
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let comments = format!("<!--{}-->", "x".repeat(1 << 20)).repeat(20);
    let sheet = format!("<worksheet>{comments}</worksheet>");
    assert_eq!(refusal(&xlsx_of(sheet.as_bytes())), ErrorCode::SheetTooLarge, "over 16 MiB at a ratio over 200");
    let blanks = format!("<worksheet>{}</worksheet>", " ".repeat(8 << 20));
    assert_eq!(refusal(&xlsx_of(blanks.as_bytes())), ErrorCode::SheetTooLarge, "one text of 8 MiB");
    // It says it inflates to four gigabytes.
    let mut liar = xlsx_of(b"<worksheet/>");
    let directory = liar.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    liar[directory + 24..directory + 28].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    assert_eq!(refusal(&liar), ErrorCode::SheetTooLarge);
}

#[test]
fn an_xls_that_claims_a_huge_extent_is_refused() {
    let record = |kind: u16, data: &[u8]| {
        [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
    };
    let globals =
        [record(0x0809, &[0; 16]), record(0x0085, &[47, 0, 0, 0, 0, 0, 1, 0, b'a']), record(0x0a, &[]), vec![0; 10]]
            .concat();
    let sheet = |dimensions: [u8; 14]| {
        let mut stream = globals.clone();
        stream.truncate(20 + 13 + 4);
        stream[20 + 4] = u8::try_from(stream.len()).unwrap();
        stream.extend([record(0x0809, &[0; 16]), record(0x0200, &dimensions), record(0x0a, &[])].concat());
        let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        container.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
        container.into_inner().into_inner()
    };
    assert_eq!(refusal(&sheet([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0])), ErrorCode::SheetTooLarge);
    assert_eq!(refusal(&sheet([9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0])), ErrorCode::SheetTooLarge);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = rows(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(\\PC|[\",;\t\n\r=]){0,80}") {
        let _ = rows(text.as_bytes());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        kind in prop_oneof![Just("xlsx"), Just("xls"), Just("ods")],
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = fixture(kind);
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = rows(&bytes);
    }

    #[test]
    fn a_damaged_worksheet_is_read_or_refused(xml in "(<|>|/|row|c|v|t|is| r=\"[A-Z]{0,4}[0-9]{0,12}\"| t=\"s\"| s=\"9\"|&#[0-9]{1,9};|[0-9]){0,60}") {
        let _ = rows(&xlsx_of(format!("<worksheet><sheetData>{xml}</sheetData></worksheet>").as_bytes()));
        let _ = rows(&ods_of(&xml));
    }
}
