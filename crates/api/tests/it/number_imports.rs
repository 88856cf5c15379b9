//! Including numbers from a sheet (spec O1).

use crate::test_app::{Organization, Person, TestApp, eventually, noon};
use db::profiles::NewProfile;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use types::{
    ErrorCode, NumberImportId, Permission, ProfileId, WabaId,
    audit_log::{AuditAction, AuditSubject, LIST_AUDIT_LOG},
    graph::GraphReason,
    members::{LIST_MEMBERS, MemberStatus},
    number_imports::{
        CREATE_NUMBER_IMPORT, DELETE_NUMBER_IMPORT, DELETE_NUMBER_IMPORT_ROW, GET_NUMBER_IMPORT,
        GET_NUMBER_IMPORT_SAMPLE, ImportActionKind, ImportActionStatus, LIST_NUMBER_IMPORTS, NumberImport,
        NumberImportRetry, NumberImportRowInput, NumberImportStart, NumberImportStatus, RETRY_NUMBER_IMPORT,
        SHEET_MAX_BYTES, START_NUMBER_IMPORT, UPDATE_NUMBER_IMPORT_ROW,
    },
    numbers::{GET_NUMBER_CARD, LIST_NUMBERS},
    wabas::CONNECT_SANDBOX,
};

const HEADER: &str = "CC,PhoneNumber,UsersEmails,DisplayName\n";
/// The sheet a spreadsheet program saved, which the journey through the screens uploads too.
const TWENTY: &[u8] = include_bytes!("../../../../e2e/fixtures/numbers-20.xlsx");

/// A row of a sheet whose number ends in two digits.
fn row(place: u32, emails: &str) -> String {
    format!("56,9 7123 45{place:02},{emails},Number {place}\n")
}

fn sheet(count: u32) -> String {
    (0..count).fold(HEADER.to_owned(), |sheet, place| sheet + &row(place, &format!("agent{place}@example.com")))
}

async fn profile(app: &TestApp, organization: &Organization, permissions: &[Permission]) -> ProfileId {
    let id: ProfileId = app.app.ids.make();
    let new = NewProfile {
        id,
        organization_id: organization.id,
        name: &format!("Agents {id}"),
        description: "",
        administrator: false,
        permissions,
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::profiles::create(&tx, &new, noon()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// An organization connected to the sandbox, and what its new agents get.
async fn house() -> (TestApp, Organization, NumberImportStart) {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let waba_id = organization.administrator.call(CONNECT_SANDBOX, &[]).await.ok().id;
    let profile_id = profile(&app, &organization, &[Permission::ViewDesk]).await;
    (app, organization, NumberImportStart { waba_id, profile_id })
}

async fn draft(person: &Person, csv: &str) -> NumberImport {
    person.upload(CREATE_NUMBER_IMPORT, "numbers.csv", csv.as_bytes()).await.ok()
}

async fn finished(person: &Person, id: NumberImportId) -> NumberImport {
    eventually("the import is finished", async || {
        let import = person.call(GET_NUMBER_IMPORT, &[&id]).await.ok();
        (import.status == NumberImportStatus::Finished).then_some(import)
    })
    .await
}

/// What became of each action, as `row kind status attempts`.
fn outcome(import: &NumberImport) -> Vec<String> {
    let of = |row: &types::number_imports::NumberImportRow| {
        let number = row.row;
        row.actions
            .iter()
            .map(move |action| format!("{number} {} {} {}", action.kind, action.status, action.attempts))
            .collect::<Vec<_>>()
    };
    import.rows.iter().flat_map(of).collect()
}

/// How many numbers of the sandbox have these last digits.
async fn in_sandbox(app: &TestApp, digits: &str) -> usize {
    let world = app.phones().control("GET", "world", &json!({})).await;
    let shown = |number: &Value| {
        let shown = number["display_phone_number"].as_str().unwrap().to_owned();
        shown.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    world["numbers"].as_array().unwrap().iter().filter(|number| shown(number).contains(digits)).count()
}

async fn fault(app: &TestApp, faults: Value) {
    app.phones().control("PUT", "faults", &json!({"management": faults})).await;
}

fn faults(import: &NumberImport) -> Vec<String> {
    let of = |row: &types::number_imports::NumberImportRow| {
        let number = row.row;
        row.faults.iter().map(move |fault| format!("{number} {} {}", fault.column, fault.reason)).collect::<Vec<_>>()
    };
    import.rows.iter().flat_map(of).collect()
}

#[actix_web::test]
async fn a_sheet_saved_by_libreoffice_becomes_twenty_numbers_in_the_account_with_chatbots_and_agents() {
    let (app, organization, start) = house().await;
    let admin = &organization.administrator;
    let import = admin.upload(CREATE_NUMBER_IMPORT, "numbers-20.xlsx", TWENTY).await.ok();
    assert_eq!((import.rows.len(), import.status), (20, NumberImportStatus::Draft));
    assert_eq!(faults(&import), [""; 0]);
    assert!(import.rows.iter().all(|row| row.phone.is_some() && row.actions.is_empty()));
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.ok();
    let import = finished(admin, import.id).await;
    assert!(outcome(&import).iter().all(|action| action.ends_with(" done 1")), "{:?}", outcome(&import));
    assert_eq!(outcome(&import).len(), 60);
    let members = admin.query(LIST_MEMBERS, &[], "limit=200").await.ok().items;
    let carla: Vec<_> = members.iter().filter(|member| member.email == "carla@demo.example.com").collect();
    assert_eq!((carla.len(), carla[0].number_count, carla[0].status), (1, 4, MemberStatus::Invited));
    let first = import.rows[1].number_id.unwrap();
    let card = admin.call(GET_NUMBER_CARD, &[&first]).await.ok();
    assert_eq!(card.owner.unwrap().name, "bruno");
    assert_eq!((card.agents.len(), card.whatsapp_status.as_deref()), (2, Some("PENDING")));
    let phones: Vec<_> = import.rows.iter().map(|row| row.phone.clone().unwrap()).collect();
    for phone in &phones {
        assert_eq!(in_sandbox(&app, phone.trim_start_matches('+')).await, 1);
    }
    let lines = app.app.directory.lines(&app.app).await.unwrap();
    assert!(import.rows.iter().all(|row| lines.get(row.number_id.unwrap()).is_some()), "the channel knows them");
    let log = admin.query(LIST_AUDIT_LOG, &[], "limit=200").await.ok().items;
    let count = |subject, action| log.iter().filter(|e| (e.subject, e.action) == (subject, action)).count();
    assert_eq!(count(AuditSubject::NumberImport, AuditAction::Started), 1);
    assert_eq!(count(AuditSubject::Number, AuditAction::Created), 20);
}

#[actix_web::test]
async fn what_graph_refuses_fails_alone_and_is_tried_again_alone() {
    let (app, organization, start) = house().await;
    let admin = &organization.administrator;
    let refused = json!({"edge": "phone_numbers", "code": 80_007, "details": "Too many calls", "phone": "4501"});
    let broken = json!({"edge": "phone_numbers", "http_500": true, "phone": "4502"});
    fault(&app, json!([refused, broken])).await;
    let import = draft(admin, &sheet(4)).await;
    admin
        .send(RETRY_NUMBER_IMPORT, &[&import.id], &NumberImportRetry::default())
        .await
        .refused(ErrorCode::ImportNotStarted);
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.ok();
    let import = finished(admin, import.id).await;
    let failed: Vec<_> = outcome(&import).into_iter().filter(|action| !action.ends_with(" done 1")).collect();
    assert_eq!(failed, ["3 waba failed 1", "4 waba failed 1"]);
    let trouble = |import: &NumberImport, place: usize| import.rows[place].actions[1].trouble.clone().unwrap();
    assert_eq!(trouble(&import, 1).reason, GraphReason::RateLimited);
    assert!(trouble(&import, 1).retry_at.is_some());
    assert_eq!(trouble(&import, 2).reason, GraphReason::Temporary);

    let one = NumberImportRetry { row: Some(3), action: Some(ImportActionKind::Waba) };
    admin.send(RETRY_NUMBER_IMPORT, &[&import.id], &one).await.ok();
    let import = finished(admin, import.id).await;
    assert_eq!(outcome(&import)[4], "3 waba done 2");
    assert_eq!(outcome(&import)[7], "4 waba failed 1", "only what was asked for is tried again");
    admin.send(RETRY_NUMBER_IMPORT, &[&import.id], &NumberImportRetry::default()).await.ok();
    let import = finished(admin, import.id).await;
    let again: Vec<_> = outcome(&import).into_iter().filter(|action| !action.ends_with(" done 1")).collect();
    assert_eq!(again, ["3 waba done 2", "4 waba done 2"]);
    assert_eq!(in_sandbox(&app, "569712345").await, 4, "none twice");
    let unknown = NumberImportRetry { row: Some(99), action: None };
    admin.send(RETRY_NUMBER_IMPORT, &[&import.id], &unknown).await.refused(ErrorCode::NotFound);
    let nothing = admin.send(RETRY_NUMBER_IMPORT, &[&import.id], &NumberImportRetry::default()).await.ok();
    assert_eq!(nothing.status, NumberImportStatus::Finished, "there is nothing left to try");
}

#[actix_web::test]
async fn a_number_that_was_added_without_an_answer_is_found_and_not_added_twice() {
    let (app, organization, start) = house().await;
    let admin = &organization.administrator;
    // The first is done without an answer and found at once; of the second the account cannot be asked either.
    let unanswered = |phone: &str| json!({"edge": "phone_numbers", "unanswered": true, "phone": phone});
    fault(&app, json!([unanswered("4500")])).await;
    let import = draft(admin, &sheet(1)).await;
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.ok();
    let found = finished(admin, import.id).await;
    assert_eq!(outcome(&found)[1], "2 waba done 1");
    assert_eq!(in_sandbox(&app, "56971234500").await, 1);

    let silent = json!({"edge": "phone_numbers", "method": "GET", "http_500": true});
    fault(&app, json!([unanswered("4507"), silent])).await;
    let import = draft(admin, &(HEADER.to_owned() + &row(7, "agent7@example.com"))).await;
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.ok();
    let lost = finished(admin, import.id).await;
    assert_eq!(outcome(&lost)[1], "2 waba failed 1");
    assert_eq!(lost.rows[0].actions[1].trouble.as_ref().unwrap().reason, GraphReason::OutcomeUnknown);
    assert_eq!(in_sandbox(&app, "56971234507").await, 1, "it was added all the same");
    admin.send(RETRY_NUMBER_IMPORT, &[&import.id], &NumberImportRetry::default()).await.ok();
    assert_eq!(outcome(&finished(admin, import.id).await)[1], "2 waba done 2");
    assert_eq!(in_sandbox(&app, "56971234507").await, 1);
}

#[actix_web::test]
async fn a_server_that_dies_again_and_again_loses_nothing_and_repeats_nothing() {
    let (mut app, organization, start) = house().await;
    let admin = organization.administrator.clone();
    let import = draft(&admin, &sheet(12)).await;
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.ok();
    for moment in [0, 6, 18] {
        eventually("some actions are under way", async || {
            let import = admin.call(GET_NUMBER_IMPORT, &[&import.id]).await.ok();
            let begun = import.rows.iter().flat_map(|row| &row.actions).filter(|action| action.attempts > 0).count();
            (begun >= moment).then_some(())
        })
        .await;
        app.restart().await;
    }
    let import = finished(&admin, import.id).await;
    let done = import.rows.iter().flat_map(|row| &row.actions);
    assert!(done.clone().all(|action| action.status == ImportActionStatus::Done), "{:?}", outcome(&import));
    assert_eq!(done.count(), 36);
    assert_eq!(in_sandbox(&app, "569712345").await, 12);
    let members = admin.query(LIST_MEMBERS, &[], "limit=200").await.ok().items;
    assert_eq!(members.len(), 13, "the administrator, and each agent once");
    assert_eq!(admin.call(LIST_NUMBERS, &[]).await.ok().items.len(), 12);
}

#[actix_web::test]
async fn a_draft_is_corrected_cell_by_cell_and_started_when_nothing_is_wrong() {
    let (app, organization, start) = house().await;
    let admin = &organization.administrator;
    let csv = HEADER.to_owned()
        + &row(1, "a@example.com")
        + &row(1, "a@example.com")
        + "56,x,=1+1;<script>,<script>alert(1)</script>\n"
        + "55,11 98765-4321,b@example.com,B\n";
    let import = draft(admin, &csv).await;
    let expected = [
        "3 phone_number phone_repeated",
        "4 phone_number phone_invalid",
        "4 users_emails email_invalid",
        "4 users_emails email_invalid",
        "5 display_name name_too_short",
    ];
    assert_eq!(faults(&import), expected);
    assert_eq!(import.rows[2].display_name, "<script>alert(1)</script>");
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.refused(ErrorCode::ImportHasFaultyRows);
    let corrected = |number: &str, name: &str| NumberImportRowInput {
        country_code: "56".to_owned(),
        phone_number: number.to_owned(),
        users_emails: "b@example.com, B@example.com".to_owned(),
        display_name: name.to_owned(),
    };
    // Correcting the first makes the second right too.
    let import = admin.send(UPDATE_NUMBER_IMPORT_ROW, &[&import.id, &2], &corrected("9 7123 4577", "Ana")).await.ok();
    assert_eq!(faults(&import), expected[1..]);
    let unknown = admin.send(UPDATE_NUMBER_IMPORT_ROW, &[&import.id, &9], &corrected("9 7123 4577", "Ana")).await;
    unknown.refused(ErrorCode::NotFound);
    admin.call(DELETE_NUMBER_IMPORT_ROW, &[&import.id, &4]).await.ok();
    let import = admin.call(DELETE_NUMBER_IMPORT_ROW, &[&import.id, &5]).await.ok();
    assert_eq!(faults(&import), [""; 0]);

    let elsewhere = app.organization("two").await;
    let absent = NumberImportStart { waba_id: elsewhere.waba_id, profile_id: app.app.ids.make() };
    let refused = admin.send(START_NUMBER_IMPORT, &[&import.id], &absent).await;
    assert_eq!(refused.wrong_fields(), ["/waba_id not_found", "/profile_id not_found"]);
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.ok();
    let row = corrected("9 7123 4578", "Ana");
    admin.send(START_NUMBER_IMPORT, &[&import.id], &start).await.refused(ErrorCode::ImportNotDraft);
    admin.send(UPDATE_NUMBER_IMPORT_ROW, &[&import.id, &2], &row).await.refused(ErrorCode::ImportNotDraft);
    admin.call(DELETE_NUMBER_IMPORT_ROW, &[&import.id, &2]).await.refused(ErrorCode::ImportNotDraft);
    admin.call(DELETE_NUMBER_IMPORT, &[&import.id]).await.refused(ErrorCode::ImportNotDraft);
    finished(admin, import.id).await;

    let again = draft(
        admin,
        &(HEADER.to_owned()
            + &crate::number_imports::row(3, "c@example.com")
            + &crate::number_imports::row(77, "admin@two.example.com")),
    )
    .await;
    assert_eq!(
        faults(&again),
        ["3 phone_number phone_included", "3 users_emails email_taken"],
        "it is there now, and the address is of somebody elsewhere"
    );
    let empty = admin.call(DELETE_NUMBER_IMPORT_ROW, &[&again.id, &2]).await.ok();
    admin.call(DELETE_NUMBER_IMPORT_ROW, &[&empty.id, &3]).await.ok();
    admin.send(START_NUMBER_IMPORT, &[&empty.id], &start).await.refused(ErrorCode::ImportEmpty);
    assert_eq!(admin.call(DELETE_NUMBER_IMPORT, &[&empty.id]).await.status, 204);
    admin.call(GET_NUMBER_IMPORT, &[&empty.id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn an_import_is_its_authors_and_the_administrators() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let both = [Permission::ViewNumberImports, Permission::EditNumberImports];
    let (ana, bo) = (app.member(&organization, &both).await, app.member(&organization, &both).await);
    app.number(&organization, "n", &[&ana, &bo]).await;
    let import = draft(&ana, &sheet(1)).await;
    draft(&bo, &sheet(1)).await;
    bo.call(GET_NUMBER_IMPORT, &[&import.id]).await.refused(ErrorCode::NotFound);
    bo.call(DELETE_NUMBER_IMPORT, &[&import.id]).await.refused(ErrorCode::NotFound);
    assert_eq!(ana.call(LIST_NUMBER_IMPORTS, &[]).await.ok().items.len(), 1);
    let page = organization.administrator.query(LIST_NUMBER_IMPORTS, &[], "limit=1").await.ok();
    let next = page.next_cursor.unwrap();
    let rest = organization.administrator.query(LIST_NUMBER_IMPORTS, &[], &format!("limit=1&cursor={next}")).await.ok();
    assert_eq!((rest.items.len(), rest.next_cursor.clone()), (1, None));
    assert_ne!(page.items[0].id, rest.items[0].id);
    let start = NumberImportStart {
        waba_id: organization.waba_id,
        profile_id: profile(&app, &organization, &[Permission::EditMembers]).await,
    };
    ana.send(START_NUMBER_IMPORT, &[&import.id], &start).await.refused(ErrorCode::MayNotGrant);
    let elsewhere: WabaId = app.app.ids.make();
    let start = NumberImportStart { waba_id: elsewhere, ..start };
    let refused = ana.send(START_NUMBER_IMPORT, &[&import.id], &start).await;
    assert_eq!(refused.wrong_fields(), ["/waba_id not_found"]);
}

#[actix_web::test]
async fn a_sheet_that_cannot_be_taken_is_refused_by_name_and_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    for (what, bytes, code) in [
        ("no byte", Vec::new(), ErrorCode::ImportEmpty),
        ("a header alone", HEADER.as_bytes().to_vec(), ErrorCode::ImportEmpty),
        ("21 rows", sheet(21).into_bytes(), ErrorCode::ImportTooManyRows),
        ("other columns", b"CC;x\n1;2\n".to_vec(), ErrorCode::ImportColumnsMissing),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), ErrorCode::SheetUnreadable),
        ("a huge file", vec![b'a'; SHEET_MAX_BYTES + 1], ErrorCode::SheetTooLarge),
    ] {
        let answer = admin.upload(CREATE_NUMBER_IMPORT, "x.xlsx", &bytes).await;
        assert_eq!((answer.problem().code, answer.status), (code, code.status()), "{what}");
    }
    let missing = admin.upload(CREATE_NUMBER_IMPORT, "x.csv", b"CC;x\n1;2\n").await.problem();
    assert_eq!(missing.about.as_deref(), Some("PhoneNumber, UsersEmails, DisplayName"));
    let kind = admin.form(CREATE_NUMBER_IMPORT, "application/json", b"{}".to_vec()).await;
    kind.refused(ErrorCode::MediaTypeUnsupported);
    assert!(admin.call(LIST_NUMBER_IMPORTS, &[]).await.ok().items.is_empty());
}

#[actix_web::test]
async fn numbers_kept_as_amounts_and_formulas_are_read_as_they_are_shown() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    for (column, header) in ["Nombre para mostrar", "Código de país", "Teléfono", "Correos"].into_iter().enumerate()
    {
        page.write_string(0, u16::try_from(column).unwrap(), header).unwrap();
    }
    page.write_formula(1, 0, rust_xlsxwriter::Formula::new("=\"A\"&\"na\"").set_result("Ana")).unwrap();
    page.write_number(1, 1, 56).unwrap();
    page.write_number(1, 2, 971_234_588).unwrap();
    page.write_string(1, 3, "a@example.com").unwrap();
    let import = admin.upload(CREATE_NUMBER_IMPORT, "x", &workbook.save_to_buffer().unwrap()).await.ok();
    assert_eq!(faults(&import), [""; 0]);
    assert_eq!(import.rows[0].phone.as_deref(), Some("+56971234588"));
    assert_eq!(import.rows[0].display_name, "Ana");
}

#[actix_web::test]
async fn the_sample_is_a_sheet_that_is_taken() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let sample = admin.raw(types::Method::Get, GET_NUMBER_IMPORT_SAMPLE.path).send().await.unwrap();
    assert_eq!(sample.status(), 200);
    let bytes = sample.bytes().await.unwrap();
    let import = admin.upload(CREATE_NUMBER_IMPORT, "sample.xlsx", &bytes).await.ok();
    assert_eq!((import.rows.len(), faults(&import).len()), (2, 0));
}
