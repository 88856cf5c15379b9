//! Sheets by example: files of real programs, and rows as the spec words them.

mod hostile;

use super::*;
use domain::{
    sheets::{Columns, Directory, RowCheck, RowOutcome, SheetSender, SheetTemplate},
    templates::TemplateShape,
};
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::json;
use std::io::{Cursor, Write};
use types::{NumberId, TemplateId, WabaId, campaigns::RowFaultReason as Reason};
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn rows(bytes: &[u8]) -> Result<Vec<RawRow>, ErrorCode> {
    let mut rows = Vec::new();
    read(Cursor::new(bytes), Language::Es, |row| {
        rows.push(row);
        Ok::<_, ErrorCode>(())
    })
    .map(|()| rows)
}

/// Rows as `number: cell|cell`.
fn shown(bytes: &[u8]) -> Vec<String> {
    let rows = rows(bytes).unwrap();
    rows.iter().map(|row| format!("{}: {}", row.number, row.cells.join("|"))).collect()
}

fn refusal(bytes: &[u8]) -> ErrorCode {
    rows(bytes).unwrap_err()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx around a worksheet.
fn xlsx_of(worksheet: &[u8]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://schemas.example.com/{kind}\" Target=\"{target}\"/>")
    };
    zipped(&[
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml"))
                .as_bytes(),
        ),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{}</Relationships>", relation("r1", "worksheet", "/xl/worksheets/sheet1.xml"))
                .as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", worksheet),
    ])
}

fn ods_of(content: &str) -> Vec<u8> {
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn fixture(kind: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../e2e/fixtures/campaign-40.{kind}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The senders and templates the fixtures were made for.
fn directory() -> Directory {
    let waba_id = WabaId(Uuid::from_u128(1));
    let senders =
        ["+5491155550101", "+5511955550102", "+573015550103", "+525555550104", "+56955550105", "+34612555106"];
    let senders = senders
        .iter()
        .zip(1..)
        .map(|(phone, id)| (phone.parse().unwrap(), SheetSender { number_id: NumberId(Uuid::from_u128(id)), waba_id }));
    let url =
        json!({"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Ver", "url": "https://example.com/{{1}}"}]});
    let templates = [
        (
            "recordatorio_de_pago",
            "es",
            json!([{"type": "HEADER", "format": "TEXT", "text": "Hola, {{1}}"}, {"type": "BODY", "text": "{{1}} por {{2}} vence el {{3}}"}]),
        ),
        ("atendimento_esta_disponivel", "es", json!([{"type": "BODY", "text": "¡Hola!"}])),
        ("atendimento_esta_disponivel", "pt_BR", json!([{"type": "BODY", "text": "Olá!"}])),
        ("oferta_da_semana", "pt_BR", json!([{"type": "BODY", "text": "{{nome}} {{produto}}"}, url])),
    ];
    let templates = templates.into_iter().zip(1..).map(|((name, language, components), id)| SheetTemplate {
        id: TemplateId(Uuid::from_u128(id)),
        waba_id,
        name: name.to_owned(),
        language: language.to_owned(),
        approved: true,
        shape: TemplateShape::parse(&components),
    });
    Directory::new(senders, templates, [])
}

#[test]
fn the_same_sheet_is_the_same_in_every_format_a_spreadsheet_program_saves() {
    let directory = directory();
    for kind in ["xlsx", "xls", "ods", "csv"] {
        let all = rows(&fixture(kind)).unwrap();
        let (header, rows) = all.split_first().unwrap();
        let mut check = RowCheck::new(Columns::recognise(&header.cells).unwrap(), &directory);
        let (mut valid, mut named) = (Vec::new(), Vec::new());
        for row in rows {
            match check.check(row.number, &row.cells) {
                RowOutcome::Valid(row) => valid.push(row),
                RowOutcome::Faulty(faults) => {
                    named.extend(faults.into_iter().map(|f| (f.row, f.column, f.value, f.reason)));
                }
            }
        }
        let fault = |row, column: &str, value: &str, reason| (row, column.to_owned(), value.to_owned(), reason);
        assert_eq!(
            named,
            [
                fault(12, "Teléfono", "+56 9 1234", Reason::PhoneInvalid),
                fault(26, "Plantilla", "recordatorio_de_pgo", Reason::TemplateUnknown),
                fault(36, "{{2}}", "", Reason::VariableMissing),
            ],
            "{kind}"
        );
        assert_eq!(valid.len(), 37, "{kind}");
        let first = &valid[0];
        assert_eq!((first.row, first.recipient.to_string().as_str()), (2, "+56961230041"), "{kind}");
        assert_eq!(
            (first.name.as_deref(), first.external_id.as_deref()),
            (Some("Ana Rojas"), Some("PED-1001")),
            "{kind}"
        );
        let values: Vec<_> = first.variables.iter().map(|variable| variable.value.as_str()).collect();
        if matches!(kind, "xlsx" | "ods") {
            assert_eq!(values, ["Ana", "1 de 12", "$ 15.000", "01/05/2026"], "{kind}: formula, text, amount, date");
            assert_eq!(first.attributes, [("cliente_desde".to_owned(), "01/01/2010".to_owned())], "{kind}");
        }
        assert!(valid.iter().any(|row| row.name.as_deref() == Some("Gabriela Iñíguez")), "{kind}: accents");
    }
}

#[test]
fn cells_of_an_xlsx_are_read_as_they_are_shown() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("oculta").unwrap().set_hidden(true).write_string(0, 0, "no").unwrap();
    let sheet = book.add_worksheet().set_name("envíos").unwrap();
    sheet.set_active(true);
    for (column, header) in (0_u16..).zip(["from", "to", "fecha", "monto", "fórmula", "sí"]) {
        sheet.write_string(2, column, header).unwrap();
    }
    sheet.write_number(3, 0, 56_955_550_105.0).unwrap();
    sheet.write_number_with_format(3, 1, 56_912_345_678.0, &Format::new().set_num_format("0.00E+00")).unwrap();
    sheet.write_number_with_format(3, 2, 45_943.0, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    sheet.write_number_with_format(3, 3, 1234.5, &Format::new().set_num_format("#,##0.00")).unwrap();
    sheet.write_formula(3, 4, Formula::new("=A4&\"x\"").set_result("a & b")).unwrap();
    sheet.write_boolean(3, 5, true).unwrap();
    sheet.write_string(5, 0, "oculta").unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.write_string(6, 0, "  ").unwrap();
    sheet.write_string(7, 2, "línea\nrota <y> \"más\"").unwrap();
    assert_eq!(
        shown(&book.save_to_buffer().unwrap()),
        [
            "3: from|to|fecha|monto|fórmula|sí",
            "4: 56955550105|56912345678|13/10/2025|1.234,50|a & b|VERDADERO",
            "8: ||línea\nrota <y> \"más\"",
        ]
    );
}

#[test]
fn an_xlsx_of_another_make_is_read_too() {
    let sheet = "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c><x:c t=\"inlineStr\"><x:is><x:r><x:t>b&#39;</x:t></x:r><x:r><x:t>&lt;c</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c></x:row>\
        <x:row r=\"7\"><x:c r=\"C7\"><x:v>5.6912345678E10</x:v></x:c><x:c r=\"XFD7\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    assert_eq!(shown(&xlsx_of(sheet.as_bytes())), ["1: a|b'<c", "7: ||56912345678"]);
}

#[test]
fn cells_of_an_ods_are_read_as_they_are_shown() {
    let content = "<office:document-content><office:automatic-styles><style:style style:name=\"hid\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
        <office:body><table:table table:style-name=\"hid\"><table:table-row><table:table-cell><text:p>no</text:p></table:table-cell></table:table-row></table:table>\
        <table:table><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
        <table:table-row><table:table-cell><text:p>a<text:s text:c=\"2\"/>b</text:p><text:p>c</text:p><office:annotation><text:p>nota</text:p></office:annotation></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"float\" office:value=\"56912345678\"><text:p>5,69E+10</text:p></table:table-cell></table:table-row>\
        <table:table-row table:visibility=\"filter\"><table:table-cell><text:p>filtrada</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell/></table:table-row></table:table></office:body></office:document-content>";
    assert_eq!(shown(&ods_of(content)), ["3: a  b\nc|||56912345678", "5: x", "6: x"]);
}

#[test]
fn a_csv_is_read_whatever_separates_and_encodes_it() {
    let expected = ["1: Teléfono|ñandú", "2: 1|a,b;c", "3: 2|línea\nrota \"sí\""];
    let with = |separator: &str, end: &str| {
        format!("Teléfono{separator}ñandú{end}1{separator}\"a,b;c\"{end}2{separator}\"línea\nrota \"\"sí\"\"\"{end}")
    };
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n"] {
            let text = with(separator, end);
            let cp1252 = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
            for bytes in [
                text.clone().into_bytes(),
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                cp1252,
                [vec![0xff, 0xfe], utf16(&text, true)].concat(),
                [vec![0xfe, 0xff], utf16(&text, false)].concat(),
                utf16(&text, true),
                utf16(&text, false),
                format!("sep={separator}{end}{text}").into_bytes(),
            ] {
                let skipped = bytes.starts_with(b"sep=");
                let seen = shown(&bytes);
                assert_eq!(seen, expected, "separator {separator:?}, end {end:?}, sep line {skipped}");
            }
        }
    }
}

#[test]
fn rows_of_a_csv_keep_the_numbers_a_spreadsheet_gives_them() {
    assert_eq!(shown(b"a;b\n\n1;\"x\ny\"\n\n\n;;\n2;z\n\n3;w"), ["1: a|b", "3: 1|x\ny", "7: 2|z", "9: 3|w"]);
}

#[test]
fn an_error_of_the_visitor_stops_the_reading_and_is_handed_back() {
    #[derive(Debug, PartialEq)]
    enum Mine {
        Code(ErrorCode),
        Full,
    }
    impl From<ErrorCode> for Mine {
        fn from(code: ErrorCode) -> Self {
            Self::Code(code)
        }
    }
    let mut seen = 0;
    let result = read(Cursor::new(b"a\n1\n2\n3\n"), Language::Es, |_| {
        seen += 1;
        if seen == 2 { Err(Mine::Full) } else { Ok(()) }
    });
    assert_eq!((result, seen), (Err(Mine::Full), 2));
    assert_eq!(read(Cursor::new(b""), Language::Es, |_| Ok::<_, Mine>(())), Err(Mine::Code(ErrorCode::SheetEmpty)));
}

#[test]
fn what_we_hand_out_can_be_read_back() {
    let template = types::templates::Template {
        id: TemplateId(Uuid::nil()),
        waba_id: WabaId(Uuid::nil()),
        name: "recordatorio_de_pago".to_owned(),
        language: "es".to_owned(),
        category: "UTILITY".to_owned(),
        status: "APPROVED".to_owned(),
        header: Some("Hola, {{1}}".to_owned()),
        body: String::new(),
        footer: None,
        buttons: vec![],
        variables: ["header.1", "body.1", "body.2", "body.3"].map(ToOwned::to_owned).into(),
        synced_at: chrono::DateTime::UNIX_EPOCH,
    };
    let sender = types::numbers::NumberRef {
        id: NumberId(Uuid::nil()),
        name: "Norte".to_owned(),
        phone: "+56955550105".to_owned(),
    };
    let directory = directory();
    for language in [Language::Es, Language::Pt, Language::En] {
        let sample =
            rows(&sample_xlsx(std::slice::from_ref(&sender), std::slice::from_ref(&template), language).unwrap())
                .unwrap();
        let mut check = RowCheck::new(Columns::recognise(&sample[0].cells).unwrap(), &directory);
        assert!(matches!(check.check(sample[1].number, &sample[1].cells), RowOutcome::Valid(_)), "{language}");
    }
    let fault = types::campaigns::RowFault {
        row: 12,
        column: "Teléfono".to_owned(),
        value: "=1+1".to_owned(),
        reason: Reason::PhoneInvalid,
        detail: "No es un teléfono".to_owned(),
    };
    assert_eq!(
        shown(&faults_xlsx(&[fault], Language::Es).unwrap()),
        ["1: Fila|Columna|Valor|Motivo", "2: 12|Teléfono|=1+1|No es un teléfono"]
    );
}
