//! Quick replies (spec A7).

use crate::test_app::{Person, TestApp};
use serde_json::json;
use types::{
    ErrorCode, Permission, QuickReplyCategoryId,
    quick_replies::{
        CREATE_QUICK_REPLY, CREATE_QUICK_REPLY_CATEGORY, DELETE_QUICK_REPLY, DELETE_QUICK_REPLY_CATEGORY,
        LIST_QUICK_REPLIES, LIST_QUICK_REPLY_CATEGORIES, QuickReply, QuickReplyCategoryInput, QuickReplyChange,
        QuickReplyInput, UPDATE_QUICK_REPLY, UPDATE_QUICK_REPLY_CATEGORY,
    },
};

const EDITOR: &[Permission] = &[Permission::ViewQuickReplies, Permission::EditQuickReplies];

async fn category(person: &Person, name: &str) -> QuickReplyCategoryId {
    person.send(CREATE_QUICK_REPLY_CATEGORY, &[], &QuickReplyCategoryInput { name: name.to_owned() }).await.ok().id
}

fn input(category_id: QuickReplyCategoryId, title: &str) -> QuickReplyInput {
    QuickReplyInput { category_id, title: title.to_owned(), text: format!("{title}, {{{{contact.name}}}}") }
}

async fn create(person: &Person, category: QuickReplyCategoryId, title: &str) -> QuickReply {
    person.send(CREATE_QUICK_REPLY, &[], &input(category, title)).await.ok()
}

async fn titles(person: &Person) -> Vec<String> {
    person.call(LIST_QUICK_REPLIES, &[]).await.ok().items.into_iter().map(|reply| reply.title).collect()
}

#[actix_web::test]
async fn a_category_has_up_to_60_characters_and_a_title_up_to_30() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let named = |name: String| QuickReplyCategoryInput { name };
    let id = admin.send(CREATE_QUICK_REPLY_CATEGORY, &[], &named("ñ".repeat(60))).await.ok().id;
    let too_long = admin.send(CREATE_QUICK_REPLY_CATEGORY, &[], &named("ñ".repeat(61))).await;
    assert_eq!(too_long.wrong_fields(), ["/name too_long"]);
    assert_eq!(too_long.problem().errors[0].detail, "Admite hasta 60 caracteres.");
    assert_eq!(
        admin.send(CREATE_QUICK_REPLY_CATEGORY, &[], &named(" ".to_owned())).await.wrong_fields(),
        ["/name required"]
    );
    create(&admin, id, &"é".repeat(30)).await;
    let refused = admin.send(CREATE_QUICK_REPLY, &[], &input(id, &"é".repeat(31))).await;
    assert_eq!(refused.wrong_fields(), ["/title too_long"]);
    let long = QuickReplyInput { text: "x".repeat(10_000), ..input(id, "long") };
    assert_eq!(admin.send(CREATE_QUICK_REPLY, &[], &long).await.ok().text.len(), 10_000);
}

#[actix_web::test]
async fn two_categories_of_an_organization_never_have_the_same_name_whatever_the_case() {
    let app = TestApp::start().await;
    let (one, two) = (app.organization("one").await.administrator, app.organization("two").await.administrator);
    category(&one, "Saludos").await;
    let other = category(&one, "Reservas").await;
    category(&two, "SALUDOS").await;
    let taken = QuickReplyCategoryInput { name: " SALUDOS ".to_owned() };
    one.send(CREATE_QUICK_REPLY_CATEGORY, &[], &taken).await.refused(ErrorCode::QuickReplyCategoryNameTaken);
    one.send(UPDATE_QUICK_REPLY_CATEGORY, &[&other], &taken).await.refused(ErrorCode::QuickReplyCategoryNameTaken);
    let renamed = QuickReplyCategoryInput { name: "RESERVAS".to_owned() };
    assert_eq!(one.send(UPDATE_QUICK_REPLY_CATEGORY, &[&other], &renamed).await.ok().name, "RESERVAS");
}

#[actix_web::test]
async fn a_reply_is_visible_at_once_on_every_number_its_author_has_in_scope_and_on_no_other() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (manager, agent, stranger) = (
        app.member(&organization, EDITOR).await,
        app.member(&organization, EDITOR).await,
        app.member(&organization, EDITOR).await,
    );
    let shared = app.number(&organization, "shared", &[&manager, &agent]).await;
    app.number(&organization, "managed", &[&manager]).await;
    app.number(&organization, "elsewhere", &[&stranger]).await;
    let saludos = category(&manager, "Saludos").await;
    let reply = create(&manager, saludos, "Hola").await;
    assert_eq!((reply.number_count, reply.shared_beyond_scope), (2, false));
    assert_eq!(titles(&agent).await, ["Hola"]);
    assert!(titles(&stranger).await.is_empty());
    let on_number = agent.query(LIST_QUICK_REPLIES, &[], &format!("number_id={shared}")).await.ok();
    assert_eq!(on_number.items.len(), 1);

    create(&organization.administrator, saludos, "Para todos").await;
    app.number(&organization, "later", &[&stranger]).await;
    assert_eq!(titles(&stranger).await, ["Para todos"]);
    let counted = agent.call(LIST_QUICK_REPLY_CATEGORIES, &[]).await.ok().items;
    assert_eq!(counted[0].reply_count, 2);
}

#[actix_web::test]
async fn an_edit_holds_for_the_editors_numbers_and_says_how_many_keep_what_they_had() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (manager, agent) = (app.member(&organization, EDITOR).await, app.member(&organization, EDITOR).await);
    app.number(&organization, "shared", &[&manager, &agent]).await;
    app.number(&organization, "managed", &[&manager]).await;
    let saludos = category(&manager, "Saludos").await;
    let reply = create(&manager, saludos, "Hola").await;
    let seen = agent.call(LIST_QUICK_REPLIES, &[]).await.ok().items.remove(0);
    assert!(seen.shared_beyond_scope);
    let change = agent.send(UPDATE_QUICK_REPLY, &[&reply.id], &input(saludos, "Buenas")).await.ok();
    assert_eq!(change, QuickReplyChange { changed_numbers: 1, kept_numbers: 1 });
    assert_eq!(titles(&agent).await, ["Buenas"]);
    assert_eq!(titles(&manager).await, ["Buenas", "Hola"]);
    let change =
        agent.call(DELETE_QUICK_REPLY, &[&agent.call(LIST_QUICK_REPLIES, &[]).await.ok().items[0].id]).await.ok();
    assert_eq!(change, QuickReplyChange { changed_numbers: 1, kept_numbers: 0 });
    assert_eq!(titles(&manager).await, ["Hola"]);

    let everywhere = create(&organization.administrator, saludos, "Todos").await;
    let change = agent.send(UPDATE_QUICK_REPLY, &[&everywhere.id], &input(saludos, "Míos")).await.ok();
    assert_eq!(change, QuickReplyChange { changed_numbers: 1, kept_numbers: 1 });
    assert_eq!(titles(&agent).await, ["Míos"]);
    let change =
        organization.administrator.send(UPDATE_QUICK_REPLY, &[&everywhere.id], &input(saludos, "De nuevo")).await.ok();
    assert_eq!(change.kept_numbers, 0);
}

#[actix_web::test]
async fn deleting_a_category_deletes_its_replies_but_not_those_beyond_the_scope() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (manager, agent) = (app.member(&organization, EDITOR).await, app.member(&organization, EDITOR).await);
    app.number(&organization, "shared", &[&manager, &agent]).await;
    app.number(&organization, "managed", &[&manager]).await;
    let saludos = category(&manager, "Saludos").await;
    create(&manager, saludos, "Hola").await;
    let change = agent.call(DELETE_QUICK_REPLY_CATEGORY, &[&saludos]).await.ok();
    assert_eq!(change, QuickReplyChange { changed_numbers: 1, kept_numbers: 1 });
    assert!(titles(&agent).await.is_empty());
    assert_eq!(titles(&manager).await, ["Hola"]);
    manager.call(DELETE_QUICK_REPLY_CATEGORY, &[&saludos]).await.ok();
    assert!(manager.call(LIST_QUICK_REPLY_CATEGORIES, &[]).await.ok().items.is_empty());
    manager.call(DELETE_QUICK_REPLY_CATEGORY, &[&saludos]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_reply_names_a_category_of_its_own_organization() {
    let app = TestApp::start().await;
    let (one, two) = (app.organization("one").await.administrator, app.organization("two").await.administrator);
    let theirs = category(&two, "Saludos").await;
    assert_eq!(
        one.send(CREATE_QUICK_REPLY, &[], &input(theirs, "Hola")).await.wrong_fields(),
        ["/category_id not_found"]
    );
    let nonsense = json!({"category_id": "nonsense", "title": "x", "text": "y"});
    assert_eq!(one.json(CREATE_QUICK_REPLY, &[], nonsense).await.wrong_fields(), ["/category_id invalid"]);
}

#[actix_web::test]
async fn a_search_finds_title_and_text_whatever_the_case() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let id = category(&admin, "Saludos").await;
    create(&admin, id, "Árbol").await;
    create(&admin, id, "Hola").await;
    for (query, expected) in [("q=%C3%81RBOL", 1), ("q=CONTACT", 2), ("q=100%25", 0), ("q=_", 0)] {
        assert_eq!(admin.query(LIST_QUICK_REPLIES, &[], query).await.ok().items.len(), expected, "{query}");
    }
}
