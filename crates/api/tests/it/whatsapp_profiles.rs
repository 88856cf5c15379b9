//! Business profiles on WhatsApp (spec S6).

use crate::test_app::{Organization, Person, TestApp};
use image::{DynamicImage, ImageFormat, RgbImage};
use sandbox::demo_world;
use serde_json::{Map, Value, json};
use std::io::Cursor;
use types::{
    ErrorCode, NumberId, Permission,
    graph::GraphReason,
    whatsapp_profiles::{
        GET_WHATSAPP_PICTURE, GET_WHATSAPP_PROFILE, PICTURE_MAX_BYTES, UPDATE_WHATSAPP_PICTURE,
        UPDATE_WHATSAPP_PROFILE, WhatsappProfile,
    },
};
use whatsapp::GraphEndpoint;

/// An organization in the sandbox's own account, with its first number.
async fn house(app: &TestApp) -> (Organization, NumberId) {
    let mut organization = app.organization("one").await;
    let waba = organization.administrator.call(types::wabas::CONNECT_SANDBOX, &[]).await.ok();
    organization.waba_id = waba.id;
    let numbers = app.sandbox_numbers(&organization, &[&organization.administrator]).await;
    (organization, numbers[0])
}

fn input(profile: &WhatsappProfile) -> Value {
    json!({"about": "Atención de 9 a 18", "address": profile.address, "description": "Viajes a medida",
           "email": "ventas@example.com", "websites": ["https://example.com"], "vertical": "TRAVEL",
           "version": profile.version})
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([10, 120, 100])));
    picture.write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap();
    file
}

async fn picture(person: &Person, id: NumberId) -> reqwest::Response {
    person.raw(types::Method::Get, &GET_WHATSAPP_PICTURE.at(&[&id])).send().await.unwrap()
}

#[actix_web::test]
async fn a_profile_is_written_to_whatsapp_and_read_back() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let admin = &organization.administrator;
    let empty = admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok();
    assert_eq!((empty.about.as_str(), empty.vertical.as_str(), empty.has_picture), ("", "UNDEFINED", false));
    let saved = admin.json(UPDATE_WHATSAPP_PROFILE, &[&id], input(&empty)).await.ok();
    assert_eq!((saved.about.as_str(), saved.vertical.as_str()), ("Atención de 9 a 18", "TRAVEL"));
    assert_ne!(saved.version, empty.version);
    assert_eq!(admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok(), saved);
    let same = admin.json(UPDATE_WHATSAPP_PROFILE, &[&id], input(&saved)).await.ok();
    assert_eq!(same, saved, "what does not differ is not sent");
}

#[actix_web::test]
async fn a_change_made_elsewhere_in_the_meantime_is_not_overwritten() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let admin = &organization.administrator;
    let started = admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok();
    let endpoint = GraphEndpoint { base_url: app.phones().graph(), version: "v23.0".to_owned() };
    let world = demo_world();
    let fields = Map::from_iter([("about".to_owned(), json!("Cambiado en Meta"))]);
    app.app.whatsapp.update_business_profile(&endpoint, world.access_token, world.numbers[0].id, fields).await.unwrap();
    admin.json(UPDATE_WHATSAPP_PROFILE, &[&id], input(&started)).await.refused(ErrorCode::VersionConflict);
    assert_eq!(admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok().about, "Cambiado en Meta");
}

#[actix_web::test]
async fn of_two_who_save_at_once_one_is_told_of_the_other() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let admin = &organization.administrator;
    let started = admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok();
    let (mut one, mut two) = (input(&started), input(&started));
    (one["about"], two["about"]) = (json!("uno"), json!("dos"));
    let at: [&dyn std::fmt::Display; 1] = [&id];
    let (one, two) = futures_util::future::join(
        admin.json(UPDATE_WHATSAPP_PROFILE, &at, one),
        admin.json(UPDATE_WHATSAPP_PROFILE, &at, two),
    )
    .await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[actix_web::test]
async fn fields_beyond_whatsapps_limits_are_named() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let wrong = json!({"about": "", "address": "a".repeat(257), "description": "a".repeat(513), "email": "nobody",
        "websites": ["ftp://x"], "vertical": "SPACE", "version": "x"});
    let answer = organization.administrator.json(UPDATE_WHATSAPP_PROFILE, &[&id], wrong).await;
    let fields = answer.wrong_fields();
    for field in ["/about", "/address", "/description", "/email", "/websites", "/vertical"] {
        assert!(fields.iter().any(|wrong| wrong.starts_with(field)), "{field}: {fields:?}");
    }
}

#[actix_web::test]
async fn what_graph_refuses_of_a_profile_is_explained() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let admin = &organization.administrator;
    let started = admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok();
    let faults = json!({"management": [{"edge": "whatsapp_business_profile", "code": 100, "details": "Param email is not an email"}]});
    app.phones().control("PUT", "faults", &faults).await;
    let refused = admin.json(UPDATE_WHATSAPP_PROFILE, &[&id], input(&started)).await;
    refused.refused(ErrorCode::WhatsappRefused);
    assert_eq!(refused.problem().whatsapp.map(|trouble| trouble.reason), Some(GraphReason::FieldRefused));
    admin.json(UPDATE_WHATSAPP_PROFILE, &[&id], input(&started)).await.ok();
}

#[actix_web::test]
async fn a_picture_is_cut_to_a_square_and_comes_back_from_whatsapp() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let admin = &organization.administrator;
    assert_eq!(picture(admin, id).await.status(), 404);
    let set = admin.upload_at(UPDATE_WHATSAPP_PICTURE, &[&id], "a.png", &png(900, 600)).await.ok();
    assert!(set.has_picture);
    let shown = picture(admin, id).await;
    assert_eq!(shown.status(), 200);
    assert_eq!(shown.headers()["content-type"], "image/jpeg");
    assert_eq!(shown.headers()["x-content-type-options"], "nosniff");
    let read = image::load_from_memory(&shown.bytes().await.unwrap()).unwrap();
    assert_eq!((read.width(), read.height()), (600, 600));
    let profile = admin.call(GET_WHATSAPP_PROFILE, &[&id]).await.ok();
    assert_eq!(profile.version, set.version, "a picture is no conflict with the fields");
}

#[actix_web::test]
async fn what_is_no_picture_is_refused_before_whatsapp_is_asked() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let admin = &organization.administrator;
    let tiny = admin.upload_at(UPDATE_WHATSAPP_PICTURE, &[&id], "a.png", &png(100, 100)).await;
    tiny.refused(ErrorCode::PictureTooSmall);
    let svg =
        admin.upload_at(UPDATE_WHATSAPP_PICTURE, &[&id], "a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>").await;
    svg.refused(ErrorCode::PictureUnreadable);
    let large = admin.upload_at(UPDATE_WHATSAPP_PICTURE, &[&id], "a.png", &vec![0; PICTURE_MAX_BYTES + 1]).await;
    large.refused(ErrorCode::BodyTooLarge);
}

#[actix_web::test]
async fn only_profiles_of_numbers_in_reach_are_seen() {
    let app = TestApp::with_sandbox().await;
    let (organization, id) = house(&app).await;
    let agent = app.member(&organization, &[Permission::ViewWhatsappProfiles, Permission::EditWhatsappProfiles]).await;
    app.number(&organization, "Own", &[&agent]).await;
    agent.call(GET_WHATSAPP_PROFILE, &[&id]).await.refused(ErrorCode::NotFound);
    agent.upload_at(UPDATE_WHATSAPP_PICTURE, &[&id], "a.png", &png(300, 300)).await.refused(ErrorCode::NotFound);
    assert_eq!(picture(&agent, id).await.status(), 404);
}
