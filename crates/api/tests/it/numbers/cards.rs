//! The organization's list of numbers, and changing one.

use crate::{
    groups::MANAGER,
    test_app::{Person, TestApp},
};
use types::{
    ErrorCode, Language, Permission,
    numbers::{GET_NUMBER_CARD, LIST_NUMBER_CARDS, NumberCard, NumberInput, UPDATE_NUMBER},
};

fn input(card: &NumberCard) -> NumberInput {
    NumberInput {
        name: card.name.clone(),
        owner_id: card.owner.as_ref().map(|owner| owner.id),
        language: card.language,
        version: card.version,
    }
}

async fn names(person: &Person, query: &str) -> Vec<String> {
    let page = person.query(LIST_NUMBER_CARDS, &[], query).await.ok();
    page.items.into_iter().map(|card| card.name).collect()
}

#[actix_web::test]
async fn every_number_of_the_organization_is_listed_and_those_out_of_reach_only_to_be_looked_at() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let other = app.organization("two").await;
    app.number(&other, "theirs", &[]).await;
    let (agent, manager) = (app.member(&organization, MANAGER).await, app.member(&organization, MANAGER).await);
    let viewer = app.member(&organization, &[Permission::ViewNumbers]).await;
    let top = app.group(&organization, None, &[&manager]).await;
    let below = app.group(&organization, Some(top), &[]).await;
    app.grouped_number(&organization, "a", &[&agent, &viewer], Some(below)).await;
    let b = app.number(&organization, "b", &[]).await;
    let flags = async |person: &Person| -> Vec<(String, bool, bool, bool)> {
        let page = person.call(LIST_NUMBER_CARDS, &[]).await.ok();
        page.items.into_iter().map(|card| (card.name, card.in_scope, card.may_edit, card.may_delete)).collect()
    };
    let of = |name: &str, scope, edit, delete| (name.to_owned(), scope, edit, delete);
    let out = of("b", false, false, false);
    assert_eq!(flags(&agent).await, [of("a", true, true, false), out.clone()], "an agent edits");
    assert_eq!(flags(&manager).await, [of("a", true, true, true), out.clone()], "a manager of a group above deletes");
    assert_eq!(flags(&viewer).await, [of("a", true, false, false), out], "where the profile grants it");
    let admin = &organization.administrator;
    assert_eq!(flags(admin).await, [of("a", true, true, true), of("b", true, true, true)]);
    agent.call(GET_NUMBER_CARD, &[&b]).await.refused(ErrorCode::NotFound);
    let card = admin.call(LIST_NUMBER_CARDS, &[]).await.ok().items.remove(0);
    assert_eq!(card.owner.as_ref().map(|owner| owner.id), Some(agent.id));
    assert_eq!(card.agents.len(), 2);
    assert_eq!(card.managers.iter().map(|member| member.id).collect::<Vec<_>>(), [manager.id], "inherited");
    assert_eq!((card.group.map(|group| group.id), card.waba.name.as_str()), (Some(below), "one"));
}

#[actix_web::test]
async fn cards_are_found_by_an_agent_by_a_group_without_one_and_in_pages() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let agent = app.member(&organization, MANAGER).await;
    let top = app.group(&organization, None, &[]).await;
    let below = app.group(&organization, Some(top), &[]).await;
    app.grouped_number(&organization, "a", &[&agent], Some(below)).await;
    app.number(&organization, "b", &[]).await;
    app.number(&organization, "c", &[]).await;
    let admin = &organization.administrator;
    assert_eq!(names(admin, &format!("q={}", agent.id)).await, ["a"], "the agent's e-mail begins with it");
    assert_eq!(names(admin, "q=someone").await, ["a"]);
    assert_eq!(names(admin, &format!("group_id={top}")).await, ["a"]);
    assert_eq!(names(admin, "without_group=true").await, ["b", "c"]);
    assert_eq!(names(&agent, "in_scope=true").await, ["a"]);
    let first = admin.query(LIST_NUMBER_CARDS, &[], "limit=2").await.ok();
    let next = admin.query(LIST_NUMBER_CARDS, &[], &format!("limit=2&cursor={}", first.next_cursor.unwrap())).await;
    let next = next.ok();
    assert_eq!((next.items.len(), next.items[0].name.as_str(), next.next_cursor), (1, "c", None));
}

#[actix_web::test]
async fn the_owner_of_a_number_is_one_of_its_agents() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (one, two) = (app.member(&organization, MANAGER).await, app.member(&organization, MANAGER).await);
    let id = app.number(&organization, "a", &[&one]).await;
    let admin = &organization.administrator;
    let card = admin.call(GET_NUMBER_CARD, &[&id]).await.ok();
    let refused = admin.send(UPDATE_NUMBER, &[&id], &NumberInput { owner_id: Some(two.id), ..input(&card) }).await;
    assert_eq!(refused.wrong_fields(), ["/owner_id not_an_agent"]);
    let changed = NumberInput { name: " Camila ".to_owned(), language: Language::Pt, ..input(&card) };
    let saved = one.send(UPDATE_NUMBER, &[&id], &changed).await.ok();
    assert_eq!((saved.name.as_str(), saved.language, saved.version), ("Camila", Language::Pt, 2));
    admin.send(UPDATE_NUMBER, &[&id], &changed).await.refused(ErrorCode::VersionConflict);
    two.send(UPDATE_NUMBER, &[&id], &changed).await.refused(ErrorCode::PermissionMissing);
    let beside = app.number(&organization, "b", &[&two]).await;
    two.send(UPDATE_NUMBER, &[&id], &changed).await.refused(ErrorCode::NotFound);
    let long = NumberInput { name: "ñ".repeat(76), ..input(&saved) };
    assert_eq!(admin.send(UPDATE_NUMBER, &[&id], &long).await.wrong_fields(), ["/name too_long"]);
    admin.call(GET_NUMBER_CARD, &[&beside]).await.ok();
}
