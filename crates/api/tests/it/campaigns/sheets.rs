//! Files that cannot be read: each is refused by name, and nothing of it is kept.

use super::{HEADER, SENDER, house, row, sheet};
use crate::test_app::TestApp;
use std::io::{Cursor, Write};
use types::{
    ErrorCode,
    campaigns::{CREATE_CAMPAIGN, LIST_CAMPAIGNS, MAX_SHEET_BYTES},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A zip with the parts of an xlsx and this as its page.
fn xlsx(page: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let relations = |kind: &str, target: &str| {
        let kind = format!("http://schemas.example.com/{kind}");
        format!(r#"<Relationships><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>"#)
    };
    let (document, sheet) =
        (relations("officeDocument", "xl/workbook.xml"), relations("worksheet", "/xl/worksheets/sheet1.xml"));
    let parts: [(&str, &[u8]); 4] = [
        ("_rels/.rels", document.as_bytes()),
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", sheet.as_bytes()),
        ("xl/worksheets/sheet1.xml", page),
    ];
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn encrypted() -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/EncryptedPackage").unwrap().write_all(b"x").unwrap();
    container.into_inner().into_inner()
}

fn bomb() -> Vec<u8> {
    let comment = format!("<!--{}-->", "x".repeat(1 << 20));
    xlsx(format!("<worksheet>{}</worksheet>", comment.repeat(40)).as_bytes())
}

#[actix_web::test]
async fn what_cannot_be_read_is_refused_by_name_and_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let torn = {
        let mut bytes = xlsx(b"<worksheet><sheetData></sheetData></worksheet>");
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    for (what, bytes, code) in [
        ("no byte", Vec::new(), ErrorCode::SheetEmpty),
        ("a header alone", HEADER.as_bytes().to_vec(), ErrorCode::SheetEmpty),
        ("other columns", b"a;b\n1;2\n".to_vec(), ErrorCode::SheetColumnsMissing),
        ("an encrypted sheet", encrypted(), ErrorCode::SheetEncrypted),
        ("a zip bomb", bomb(), ErrorCode::SheetTooLarge),
        ("half a sheet", torn, ErrorCode::SheetUnreadable),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), ErrorCode::SheetUnreadable),
        ("a document", b"%PDF-1.7\nx".to_vec(), ErrorCode::SheetUnreadable),
        ("a web page", b"<html><table></table></html>".to_vec(), ErrorCode::SheetUnreadable),
        ("a file of 50 MB and a byte", vec![b'a'; MAX_SHEET_BYTES + 1], ErrorCode::SheetTooLarge),
    ] {
        let answer = manager.upload(CREATE_CAMPAIGN, "x.xlsx", &bytes).await;
        assert_eq!((answer.problem().code, answer.status), (code, code.status()), "{what}");
    }
    assert!(manager.call(LIST_CAMPAIGNS, &[]).await.ok().items.is_empty());
}

#[actix_web::test]
async fn a_sheet_of_a_hundred_thousand_and_one_rows_is_refused_and_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let csv = "remitente;destinatario;plantilla\n".to_owned() + &"x;;\n".repeat(100_001);
    manager.upload(CREATE_CAMPAIGN, "x.csv", csv.as_bytes()).await.refused(ErrorCode::SheetTooManyRows);
    assert!(manager.call(LIST_CAMPAIGNS, &[]).await.ok().items.is_empty());
}

#[actix_web::test]
async fn a_form_that_is_none_is_refused() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let part = |name: &str| {
        format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x.csv\"\r\n\r\nx\r\n--cut--\r\n")
    };
    for (kind, body, code) in [
        ("application/json", "{}".to_owned(), ErrorCode::MediaTypeUnsupported),
        ("text/csv", sheet(SENDER, 1), ErrorCode::MediaTypeUnsupported),
        ("multipart/form-data", part("file"), ErrorCode::MalformedRequest),
        ("multipart/form-data; boundary=cut", part("sheet"), ErrorCode::MalformedRequest),
        ("multipart/form-data; boundary=cut", part("file").replace("--cut--", ""), ErrorCode::MalformedRequest),
        ("multipart/form-data; boundary=other", part("file"), ErrorCode::MalformedRequest),
        ("multipart/form-data; boundary=cut", "nothing of the kind".to_owned(), ErrorCode::MalformedRequest),
        ("multipart/form-data; boundary=cut", String::new(), ErrorCode::MalformedRequest),
    ] {
        let answer = manager.form(CREATE_CAMPAIGN, kind, body.clone().into_bytes()).await;
        assert_eq!(answer.problem().code, code, "{kind} {body}");
    }
    assert!(manager.call(LIST_CAMPAIGNS, &[]).await.ok().items.is_empty());
}

#[actix_web::test]
async fn a_text_the_database_could_choke_on_is_kept_or_named() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    // Far enough into the file that it still looks like text.
    let odd = "Ana\u{0}'; DROP TABLE campaigns; --";
    let csv = sheet(SENDER, 80) + &row(SENDER, "+56955559001").replace("Ana;Ana", &format!("{odd};{odd}"));
    let draft = manager.upload(CREATE_CAMPAIGN, "'; --.csv", csv.as_bytes()).await.ok();
    assert_eq!((draft.rows.valid, draft.rows.faulty), (81, 0));
}
