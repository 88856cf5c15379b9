//! Which templates of its account a number may send (spec S2), and what WhatsApp tells about templates.

mod held;
mod told;

use crate::test_app::{Organization, Person, TestApp, noon};
use chrono::TimeDelta;
use db::{Scope, templates::NewTemplate, wabas::NewWaba};
use serde_json::json;
use types::{
    ErrorCode, NumberId, Permission, TemplateId,
    audit_log::{AuditSubject, LIST_AUDIT_LOG},
    chatbots::AVAILABILITY_TEMPLATE,
    settings_changes::{TARGETS_MAX, Targets},
    template_activations::{
        LIST_NUMBER_TEMPLATES, LIST_TEMPLATE_ACTIVATIONS, PREVIEW_TEMPLATE_ACTIVATIONS, TemplateActivationsInput,
        UPDATE_TEMPLATE_ACTIVATIONS,
    },
    templates::LIST_TEMPLATES,
};

const EDITOR: &[Permission] =
    &[Permission::ViewTemplateActivations, Permission::EditTemplateActivations, Permission::ViewCampaigns];

/// The names of a number's templates and whether each is on.
async fn templates_of(person: &Person, number: NumberId) -> Vec<(String, bool)> {
    let page = person.call(LIST_NUMBER_TEMPLATES, &[&number]).await.ok();
    page.items.into_iter().map(|item| (item.template.name, item.active)).collect()
}

async fn template(person: &Person, number: NumberId, name: &str) -> TemplateId {
    let page = person.call(LIST_NUMBER_TEMPLATES, &[&number]).await.ok();
    page.items.into_iter().find(|item| item.template.name == name).unwrap().template.id
}

fn input(numbers: &[NumberId], inactive: &[TemplateId]) -> TemplateActivationsInput {
    TemplateActivationsInput {
        targets: Targets { number_ids: numbers.to_vec(), group_ids: Vec::new() },
        reference_number_id: None,
        inactive_template_ids: inactive.to_vec(),
        version: None,
    }
}

/// Active, total and version of the numbers in reach, by name.
async fn counts(person: &Person) -> Vec<(String, u64, u64, u64)> {
    let page = person.call(LIST_TEMPLATE_ACTIVATIONS, &[]).await.ok();
    page.items.into_iter().map(|item| (item.number.name, item.active, item.total, item.version)).collect()
}

/// Another account of the organization, with a number and a template.
async fn second_account(app: &TestApp, organization: &Organization, name: &str) -> (Organization, NumberId) {
    let id = app.app.ids.make();
    let waba = NewWaba {
        id,
        organization_id: organization.id,
        name,
        waba_id: &format!("waba-{name}"),
        app_id: "app",
        base_url: "http://127.0.0.1:9/graph",
        graph_version: "v23.0",
        token_sealed: Vec::new(),
        sandbox: false,
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::wabas::create(&tx, &waba, noon()).await.unwrap();
    tx.commit().await.unwrap();
    let other = Organization { id: organization.id, waba_id: id, administrator: organization.administrator.clone() };
    let number = app.number(&other, name, &[]).await;
    (other, number)
}

async fn add_template(app: &TestApp, organization: &Organization, name: &str, language: &str, body: &str) {
    let new = NewTemplate {
        id: app.app.ids.make(),
        organization_id: organization.id,
        waba_id: organization.waba_id,
        template_id: &format!("{name}-{language}"),
        name,
        language,
        category: "UTILITY",
        status: "APPROVED",
        components: json!([{"type": "BODY", "text": body}]),
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::templates::save(&tx, &[new], noon()).await.unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn templates_are_active_until_they_are_switched_off_and_new_ones_begin_active() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (norte, sur) = (app.number(&organization, "Norte", &[]).await, app.number(&organization, "Sur", &[]).await);
    app.templates(&organization).await;
    let named = |norte: (u64, u64, u64), sur: (u64, u64, u64)| {
        vec![("Norte".to_owned(), norte.0, norte.1, norte.2), ("Sur".to_owned(), sur.0, sur.1, sur.2)]
    };
    assert_eq!(counts(admin).await, named((4, 4, 1), (4, 4, 1)), "the one of the next opening is not counted");
    assert!(templates_of(admin, norte).await.iter().all(|(name, active)| *active && name != AVAILABILITY_TEMPLATE));

    let oferta = template(admin, norte, "oferta_da_semana").await;
    let plan = admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[oferta, oferta])).await.ok();
    assert_eq!(plan.numbers[0].deactivated, ["oferta_da_semana"]);
    assert_eq!(counts(admin).await, named((3, 4, 2), (4, 4, 1)));
    let off: Vec<_> = templates_of(admin, norte).await.into_iter().filter(|(_, active)| !active).collect();
    assert_eq!(off, [("oferta_da_semana".to_owned(), false)]);
    assert!(templates_of(admin, sur).await.iter().all(|(_, active)| *active));

    add_template(&app, &organization, "nueva", "es", "Nueva").await;
    assert_eq!(counts(admin).await, named((4, 5, 2), (5, 5, 1)));
}

#[actix_web::test]
async fn a_preview_says_what_a_change_does_to_every_number_and_changes_nothing() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (norte, sur) = (app.number(&organization, "Norte", &[]).await, app.number(&organization, "Sur", &[]).await);
    app.templates(&organization).await;
    let oferta = template(admin, norte, "oferta_da_semana").await;
    let recordatorio = template(admin, norte, "recordatorio_de_pago").await;
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[oferta])).await.ok();
    let before = counts(admin).await;
    let wanted = TemplateActivationsInput { reference_number_id: Some(sur), ..input(&[sur, norte], &[recordatorio]) };
    let plan = admin.send(PREVIEW_TEMPLATE_ACTIVATIONS, &[], &wanted).await.ok();
    let told =
        plan.numbers.iter().map(|change| (change.number.name.as_str(), &*change.activated, &*change.deactivated));
    let (oferta, recordatorio) = (["oferta_da_semana".to_owned()], ["recordatorio_de_pago".to_owned()]);
    assert_eq!(told.collect::<Vec<_>>(), [("Norte", &oferta[..], &recordatorio[..]), ("Sur", &[], &recordatorio[..])]);
    assert_eq!(counts(admin).await, before);
    assert_eq!(admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &wanted).await.ok(), plan);
}

#[actix_web::test]
async fn a_change_counts_and_is_written_down_only_where_something_changed() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (norte, sur) = (app.number(&organization, "Norte", &[]).await, app.number(&organization, "Sur", &[]).await);
    app.templates(&organization).await;
    let oferta = template(admin, norte, "oferta_da_semana").await;
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[oferta])).await.ok();
    app.app.clock.advance(TimeDelta::minutes(1));
    let admin = &app.renewed(admin);
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte, sur], &[oferta])).await.ok();
    let page = admin.call(LIST_TEMPLATE_ACTIVATIONS, &[]).await.ok();
    let changed: Vec<_> = page.items.iter().map(|item| (item.version, item.changed_at)).collect();
    assert_eq!(changed, [(2, Some(noon())), (2, Some(noon() + TimeDelta::minutes(1)))]);
    let entries = admin.query(LIST_AUDIT_LOG, &[], "subject=template_activation").await.ok().items;
    let told: Vec<_> = entries.iter().map(|entry| (entry.subject, entry.subject_name.as_str())).collect();
    assert_eq!(told, [(AuditSubject::TemplateActivation, "Sur"), (AuditSubject::TemplateActivation, "Norte")]);
    assert_eq!(entries[0].changes[0].field, "deactivated");
    assert_eq!(entries[0].changes[0].to, json!(["oferta_da_semana"]));
}

#[actix_web::test]
async fn of_two_who_change_one_number_the_later_is_told_of_the_earlier() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (norte, sur) = (app.number(&organization, "Norte", &[]).await, app.number(&organization, "Sur", &[]).await);
    app.templates(&organization).await;
    let oferta = template(admin, norte, "oferta_da_semana").await;
    let first = TemplateActivationsInput { version: Some(1), ..input(&[norte], &[oferta]) };
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &first).await.ok();
    let second = TemplateActivationsInput { version: Some(1), ..input(&[norte], &[]) };
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &second).await.refused(ErrorCode::VersionConflict);
    admin.send(PREVIEW_TEMPLATE_ACTIVATIONS, &[], &second).await.refused(ErrorCode::VersionConflict);
    let many = TemplateActivationsInput { version: Some(2), ..input(&[norte, sur], &[]) };
    assert_eq!(admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &many).await.wrong_fields(), ["/version invalid"]);
}

#[actix_web::test]
async fn the_numbers_of_a_change_and_their_reference_are_in_one_account() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (norte, sur) = (app.number(&organization, "Norte", &[]).await, app.number(&organization, "Sur", &[]).await);
    let (other, ajeno) = second_account(&app, &organization, "Ajeno").await;
    app.templates(&organization).await;
    add_template(&app, &other, "de_otra", "es", "Otra").await;
    let refused = admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte, ajeno, sur], &[])).await;
    refused.refused(ErrorCode::NumbersOfOtherWaba);
    assert_eq!(refused.problem().about.as_deref(), Some("Ajeno"));
    let by_reference = TemplateActivationsInput { reference_number_id: Some(ajeno), ..input(&[norte, sur], &[]) };
    let refused = admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &by_reference).await;
    refused.refused(ErrorCode::NumbersOfOtherWaba);
    assert_eq!(refused.problem().about.as_deref(), Some("Norte, Sur"));
    let foreign = template(admin, ajeno, "de_otra").await;
    let nobodys = app.app.ids.make();
    let refused = admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[foreign, nobodys])).await;
    assert_eq!(
        refused.wrong_fields(),
        ["/inactive_template_ids/0 other_account", "/inactive_template_ids/1 not_found"]
    );
}

#[actix_web::test]
async fn the_template_of_the_next_opening_cannot_be_switched_off() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let norte = app.number(&organization, "Norte", &[]).await;
    app.templates(&organization).await;
    let scope = Scope::of_organization(organization.id);
    let all = db::templates::list_all(app.app.db.read(), &scope).await.unwrap();
    let exempt = all.iter().find(|template| template.name == AVAILABILITY_TEMPLATE).unwrap().id;
    let refused = admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[exempt])).await;
    assert_eq!(refused.wrong_fields(), ["/inactive_template_ids/0 not_found"]);
}

#[actix_web::test]
async fn numbers_can_be_chosen_by_group_whatever_its_depth_and_only_those_in_reach_are_changed() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let manager = app.member(&organization, EDITOR).await;
    let outer = app.group(&organization, None, &[]).await;
    let inner = app.group(&organization, Some(outer), &[&manager]).await;
    let ours = app.grouped_number(&organization, "Dentro", &[], Some(inner)).await;
    let theirs = app.grouped_number(&organization, "Fuera", &[], Some(outer)).await;
    app.templates(&organization).await;
    let oferta = template(&manager, ours, "oferta_da_semana").await;
    let by_group = |groups: &[_]| TemplateActivationsInput {
        targets: Targets { number_ids: vec![ours], group_ids: groups.to_vec() },
        ..input(&[], &[oferta])
    };
    let plan = manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &by_group(&[outer, inner])).await.ok();
    let names: Vec<_> = plan.numbers.iter().map(|change| change.number.name.as_str()).collect();
    assert_eq!(names, ["Dentro"]);
    assert!(templates_of(&organization.administrator, theirs).await.iter().all(|(_, active)| *active));
    let seen: Vec<_> = counts(&manager).await.into_iter().map(|(name, ..)| name).collect();
    assert_eq!(seen, ["Dentro"]);
    let filtered = |query: String| {
        let admin = &organization.administrator;
        async move { admin.query(LIST_TEMPLATE_ACTIVATIONS, &[], &query).await.ok().items.len() }
    };
    assert_eq!(filtered(format!("group_id={outer}")).await, 2);
    assert_eq!(filtered(format!("group_id={inner}")).await, 1);
    assert_eq!(filtered("q=fuer".to_owned()).await, 1);
}

#[actix_web::test]
async fn ids_out_of_reach_do_not_exist_whoever_names_them() {
    let app = TestApp::start().await;
    let (organization, other) = (app.organization("one").await, app.organization("two").await);
    let manager = app.member(&organization, EDITOR).await;
    let ours = app.number(&organization, "Norte", &[&manager]).await;
    let elsewhere = app.number(&organization, "Sur", &[]).await;
    let theirs = app.number(&other, "Theirs", &[]).await;
    let their_group = app.group(&other, None, &[]).await;
    app.grouped_number(&other, "Grouped", &[], Some(their_group)).await;
    app.templates(&organization).await;
    app.templates(&other).await;
    for id in [elsewhere, theirs] {
        manager.call(LIST_NUMBER_TEMPLATES, &[&id]).await.refused(ErrorCode::NotFound);
        let named = manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[ours, id], &[])).await;
        named.refused(ErrorCode::NotFound);
        let reference = TemplateActivationsInput { reference_number_id: Some(id), ..input(&[ours], &[]) };
        let named = manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &reference).await;
        named.refused(ErrorCode::NotFound);
    }
    let group = TemplateActivationsInput {
        targets: Targets { number_ids: vec![ours], group_ids: vec![their_group] },
        ..input(&[], &[])
    };
    let named = manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &group).await;
    named.refused(ErrorCode::NotFound);
    let their_template = template(&other.administrator, theirs, "oferta_da_semana").await;
    let named = manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[ours], &[their_template])).await;
    assert_eq!(named.wrong_fields(), ["/inactive_template_ids/0 not_found"]);
    assert_eq!(
        manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[], &[])).await.wrong_fields(),
        ["/targets required"]
    );
    let many: Vec<NumberId> = (0..=TARGETS_MAX).map(|_| app.app.ids.make()).collect();
    assert_eq!(
        manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&many, &[])).await.wrong_fields(),
        ["/targets too_many"]
    );
}

#[actix_web::test]
async fn a_search_finds_templates_by_name_and_by_what_the_contact_reads_and_the_list_has_pages() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let norte = app.number(&organization, "Norte", &[]).await;
    app.templates(&organization).await;
    let found = async |query: &str| {
        let page = admin.query(LIST_NUMBER_TEMPLATES, &[&norte], query).await.ok();
        page.items.into_iter().map(|item| item.template.name).collect::<Vec<_>>()
    };
    assert_eq!(found("q=PAGO").await, ["recordatorio_de_pago"]);
    assert_eq!(found("q=quiero+hablar").await, ["recordatorio_de_pago"]);
    assert_eq!(found("q=BODY").await, [""; 0], "what only Graph reads is not searched");
    assert_eq!(found("q=%25").await, [""; 0]);
    let first = admin.query(LIST_NUMBER_TEMPLATES, &[&norte], "limit=3").await.ok();
    let rest = format!("limit=3&cursor={}", first.next_cursor.unwrap());
    let mut all: Vec<_> = first.items.into_iter().map(|item| item.template.name).collect();
    all.extend(found(&rest).await);
    assert_eq!(all, ["appointment_reminder", "novedades_del_mes", "oferta_da_semana", "recordatorio_de_pago"]);
}

#[actix_web::test]
async fn templates_of_one_name_are_told_apart_by_their_language() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let norte = app.number(&organization, "Norte", &[]).await;
    add_template(&app, &organization, "aviso", "es", "Aviso").await;
    add_template(&app, &organization, "aviso", "pt_BR", "Aviso").await;
    let es = template(admin, norte, "aviso").await;
    let plan = admin.send(PREVIEW_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[es])).await.ok();
    assert_eq!(plan.numbers[0].deactivated, ["aviso (es)"]);
}

#[actix_web::test]
async fn only_a_template_that_some_number_in_reach_may_send_is_offered_to_campaigns() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let manager = app.member(&organization, EDITOR).await;
    let norte = app.number(&organization, "Norte", &[&manager]).await;
    app.number(&organization, "Sur", &[]).await;
    app.templates(&organization).await;
    let offered = async |person: &Person| {
        let page = person.call(LIST_TEMPLATES, &[]).await.ok();
        page.items.into_iter().map(|template| template.name).collect::<Vec<_>>()
    };
    let oferta = template(&manager, norte, "oferta_da_semana").await;
    manager.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input(&[norte], &[oferta])).await.ok();
    assert_eq!(offered(&manager).await, ["appointment_reminder", "novedades_del_mes", "recordatorio_de_pago"]);
    assert!(offered(&organization.administrator).await.contains(&"oferta_da_semana".to_owned()));
}
