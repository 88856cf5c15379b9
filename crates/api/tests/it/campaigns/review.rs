//! The review of a sheet: what can be sent, and what cannot, by row, column and reason.

use super::{HEADER, MANAGER, SENDER, house, input, is, row, send, sheet, until, upload};
use crate::{
    test_app::{Caller, TestApp, text},
    webhooks::House,
};
use rust_xlsxwriter::Workbook;
use types::{
    CampaignId, ErrorCode, Method, NumberId, TemplateId,
    campaigns::{
        CREATE_CAMPAIGN, CampaignStatus, DELETE_CAMPAIGN, GET_CAMPAIGN, GET_CAMPAIGN_SAMPLE_PATH, LIST_CAMPAIGN_FAULTS,
        LIST_CAMPAIGNS, PAUSE_CAMPAIGN, RESUME_CAMPAIGN, RowFaultReason, SEND_CAMPAIGN,
    },
    numbers::LIST_NUMBERS,
    settings_changes::Targets,
    template_activations::{TemplateActivationsInput, UPDATE_TEMPLATE_ACTIVATIONS},
    templates::LIST_TEMPLATES,
};

async fn faults(caller: &Caller, id: CampaignId) -> Vec<(u32, String, String, RowFaultReason)> {
    let page = caller.call(LIST_CAMPAIGN_FAULTS, &[&id]).await.ok();
    page.items.into_iter().map(|fault| (fault.row, fault.column, fault.value, fault.reason)).collect()
}

#[actix_web::test]
async fn a_csv_becomes_a_draft_with_its_review() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let draft = upload(&manager, &sheet(SENDER, 3)).await;
    assert_eq!((draft.status, draft.name.as_str()), (CampaignStatus::Draft, "junio"));
    assert_eq!((draft.rows.total, draft.rows.valid, draft.rows.faulty), (3, 3, 0));
    assert_eq!(
        draft.senders.iter().map(|sender| (sender.number.phone.as_str(), sender.rows)).collect::<Vec<_>>(),
        [(SENDER, 3)]
    );
    let [template] = draft.templates.as_slice() else { panic!("{:?}", draft.templates) };
    assert_eq!((template.name.as_str(), template.language.as_str(), template.rows), ("recordatorio_de_pago", "es", 3));
    assert_eq!(draft.created_by.id, manager.id);
    assert_eq!(draft.progress.total, 0);
    assert_eq!(manager.call(GET_CAMPAIGN, &[&draft.id]).await.ok(), draft);
    assert_eq!(manager.call(LIST_CAMPAIGNS, &[]).await.ok().items, [draft]);
}

#[actix_web::test]
async fn an_xlsx_is_read_like_a_csv() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    for (number, line) in (0_u32..).zip(sheet(SENDER, 4).lines()) {
        for (column, cell) in (0_u16..).zip(line.split(';')) {
            // A spreadsheet program makes a number of a phone.
            match cell.trim_start_matches('+').parse::<f64>() {
                Ok(figure) => page.write_number(number, column, figure).unwrap(),
                Err(_) => page.write_string(number, column, cell).unwrap(),
            };
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let draft = manager.upload(CREATE_CAMPAIGN, "hoja.xlsx", &bytes).await.ok();
    assert_eq!((draft.rows.total, draft.rows.valid), (4, 4), "{:?}", faults(&manager, draft.id).await);
}

#[actix_web::test]
async fn the_sample_sheet_can_be_read_back() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let sample = manager.raw(Method::Get, GET_CAMPAIGN_SAMPLE_PATH).send().await.unwrap();
    assert_eq!(sample.status(), 200);
    let bytes = sample.bytes().await.unwrap();
    let draft = manager.upload(CREATE_CAMPAIGN, "cercano.xlsx", &bytes).await.ok();
    assert!(draft.rows.total > 0);
}

#[actix_web::test]
async fn faults_are_named_by_row_column_and_reason_in_the_callers_language() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let csv = [
        HEADER.to_owned(),
        row(SENDER, "+56955552001"),
        row("+56955559999", "+56955552002"),
        row(SENDER, "no es un teléfono"),
        "\n".to_owned(),
        row(SENDER, ""),
        row(SENDER, "+56955552001"),
        format!("{SENDER};+56955552003;no_existe;es;Ana;Ana;1;2;3\n"),
        format!("{SENDER};+56955552004;recordatorio_de_pago;fr;Ana;Ana;1;2;3\n"),
        format!("{SENDER};+56955552005;recordatorio_de_pago;es;Ana;Ana;1;;3\n"),
        format!("{SENDER};+56955552006;recordatorio_de_pago;es;Ana;{};1;2;3\n", "x".repeat(1100)),
    ]
    .concat();
    let draft = upload(&manager, &csv).await;
    let found = faults(&manager, draft.id).await;
    let brief: Vec<_> = found.iter().map(|(row, column, _, reason)| (*row, column.as_str(), *reason)).collect();
    assert_eq!(
        brief,
        [
            (3, "Remitente", RowFaultReason::SenderUnknown),
            (4, "Teléfono", RowFaultReason::PhoneInvalid),
            (6, "Teléfono", RowFaultReason::Missing),
            (7, "Teléfono", RowFaultReason::Duplicate),
            (8, "Plantilla", RowFaultReason::TemplateUnknown),
            (9, "Idioma", RowFaultReason::LanguageUnknown),
            (10, "{{2}}", RowFaultReason::VariableMissing),
            (11, "header.1", RowFaultReason::VariableTooLong),
        ]
    );
    assert_eq!(found[1].2, "no es un teléfono");
    assert_eq!((draft.rows.total, draft.rows.valid, draft.rows.faulty), (9, 1, 8));
    let mut details = Vec::new();
    for language in ["es", "pt", "en"] {
        let page = manager.speaking(language).query(LIST_CAMPAIGN_FAULTS, &[&draft.id], "limit=2").await.ok();
        assert!(page.next_cursor.is_some());
        details.push(page.items[0].detail.clone());
    }
    assert_eq!(details[0], "El remitente no es un número a tu alcance.");
    details.dedup();
    assert_eq!(details.len(), 3, "{details:?}");
}

#[actix_web::test]
async fn faulty_rows_are_left_out_only_on_purpose() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let csv = sheet(SENDER, 2) + &row(SENDER, "x");
    let draft = upload(&manager, &csv).await;
    manager.send(SEND_CAMPAIGN, &[&draft.id], &input(false)).await.refused(ErrorCode::CampaignHasFaultyRows);
    assert_eq!(manager.call(GET_CAMPAIGN, &[&draft.id]).await.ok(), draft, "nothing has changed");
    let sent = manager.send(SEND_CAMPAIGN, &[&draft.id], &input(true)).await.ok();
    assert_eq!((sent.name.as_str(), sent.status), ("Recordatorio de junio", CampaignStatus::Preparing));
    manager.send(SEND_CAMPAIGN, &[&draft.id], &input(true)).await.refused(ErrorCode::CampaignNotDraft);
    manager.call(DELETE_CAMPAIGN, &[&draft.id]).await.refused(ErrorCode::CampaignNotDraft);

    let hopeless = upload(&manager, &(HEADER.to_owned() + &row(SENDER, "x"))).await;
    manager.send(SEND_CAMPAIGN, &[&hopeless.id], &input(true)).await.refused(ErrorCode::CampaignHasNoRecipients);
    manager.call(DELETE_CAMPAIGN, &[&hopeless.id]).await.ok();
    manager.call(GET_CAMPAIGN, &[&hopeless.id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn who_asked_for_no_more_messages_is_a_faulty_row() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    app.told(&text(&house.number, "56955552001", "wamid.1", "Hola", crate::test_app::noon())).await;
    let ticket = crate::webhooks::only_ticket(&house.agent).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    db::contacts::opt_out(&tx, &[ticket.contact.id]).await.unwrap();
    tx.commit().await.unwrap();
    let draft = upload(&manager, &sheet(SENDER, 2)).await;
    let reasons: Vec<_> = faults(&manager, draft.id).await.into_iter().map(|fault| (fault.0, fault.3)).collect();
    assert_eq!(reasons, [(2, RowFaultReason::OptedOut)]);
}

#[actix_web::test]
async fn a_number_out_of_reach_is_an_unknown_sender() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    let other = app.member(&house.organization, MANAGER).await;
    app.number(&house.organization, "other", &[&other]).await;
    let draft = upload(&other, &sheet(SENDER, 1)).await;
    assert_eq!(faults(&other, draft.id).await[0].3, RowFaultReason::SenderUnknown);
    assert_eq!(upload(&manager, &sheet(SENDER, 1)).await.rows.valid, 1);
}

#[actix_web::test]
async fn a_template_that_is_switched_off_for_the_sender_is_a_fault_and_switched_off_later_it_stops_the_sending() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    let (sender, reminder) = sender_and_reminder(&house).await;
    let switch = async |number, inactive: &[_]| switch(&house, number, inactive).await;
    let draft = upload(&manager, &sheet(SENDER, 2)).await;
    switch(sender, &[reminder]).await;
    let faulty = upload(&manager, &sheet(SENDER, 1)).await;
    let reason = RowFaultReason::TemplateNotActive;
    let fault = (2, "Plantilla".to_owned(), "recordatorio_de_pago".to_owned(), reason);
    assert_eq!(faults(&manager, faulty.id).await, [fault]);
    let refused = manager.send(SEND_CAMPAIGN, &[&draft.id], &input(false)).await;
    refused.refused(ErrorCode::TemplateNotActive);
    assert_eq!(refused.problem().about.as_deref(), Some("recordatorio_de_pago"));
    switch(sender, &[]).await;
    switch(house.number_id, &[reminder]).await;
    manager.send(SEND_CAMPAIGN, &[&draft.id], &input(false)).await.ok();
}

#[actix_web::test]
async fn a_campaign_whose_template_was_switched_off_while_it_was_paused_is_not_resumed() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    let (sender, reminder) = sender_and_reminder(&house).await;
    let id = upload(&manager, &sheet(SENDER, 12)).await.id;
    send(&manager, id).await;
    until(&manager, id, "it is sending", is(CampaignStatus::Sending)).await;
    manager.call(PAUSE_CAMPAIGN, &[&id]).await.ok();
    switch(&house, sender, &[reminder]).await;
    let refused = manager.call(RESUME_CAMPAIGN, &[&id]).await;
    refused.refused(ErrorCode::TemplateNotActive);
    assert_eq!(refused.problem().about.as_deref(), Some("recordatorio_de_pago"));
    assert_eq!(manager.call(GET_CAMPAIGN, &[&id]).await.ok().status, CampaignStatus::Paused);
    switch(&house, sender, &[]).await;
    manager.call(RESUME_CAMPAIGN, &[&id]).await.ok();
}

/// The number the sheets send from, and the template they send.
async fn sender_and_reminder(house: &House) -> (NumberId, TemplateId) {
    let admin = &house.organization.administrator;
    let numbers = admin.call(LIST_NUMBERS, &[]).await.ok().items;
    let sender = numbers.iter().find(|number| number.phone == SENDER).unwrap().id;
    let templates = admin.call(LIST_TEMPLATES, &[]).await.ok().items;
    (sender, templates.iter().find(|template| template.name == "recordatorio_de_pago").unwrap().id)
}

/// Switch off just these templates on a number.
async fn switch(house: &House, number: NumberId, inactive: &[TemplateId]) {
    let input = TemplateActivationsInput {
        targets: Targets { number_ids: vec![number], group_ids: Vec::new() },
        reference_number_id: None,
        inactive_template_ids: inactive.to_vec(),
        version: None,
    };
    house.organization.administrator.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input).await.ok();
}
