//! The course of a campaign: sent, paused, resumed, cancelled, and by whom it is seen.

use super::{MANAGER, SENDER, house, input, is, recipients, send, sheet, until, upload};
use crate::test_app::{Stream, TestApp, noon, phone_number_id, status, statuses, text};
use types::{
    ErrorCode,
    campaigns::{
        CANCEL_CAMPAIGN, CampaignStatus, DELETE_CAMPAIGN, GET_CAMPAIGN, LIST_CAMPAIGN_FAULTS, LIST_CAMPAIGN_RECIPIENTS,
        LIST_CAMPAIGNS, PAUSE_CAMPAIGN, RESUME_CAMPAIGN, SEND_CAMPAIGN,
    },
    events::Event,
    messages::MessageStatus,
};

#[actix_web::test]
async fn a_campaign_is_paused_resumed_and_cancelled() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let draft = upload(&manager, &sheet(SENDER, 12)).await;
    manager.call(PAUSE_CAMPAIGN, &[&draft.id]).await.refused(ErrorCode::CampaignNotRunning);
    manager.call(CANCEL_CAMPAIGN, &[&draft.id]).await.refused(ErrorCode::CampaignNotRunning);
    send(&manager, draft.id).await;
    until(&manager, draft.id, "it is sending", is(CampaignStatus::Sending)).await;
    manager.call(RESUME_CAMPAIGN, &[&draft.id]).await.refused(ErrorCode::CampaignNotPaused);
    let paused = manager.call(PAUSE_CAMPAIGN, &[&draft.id]).await.ok();
    assert_eq!((paused.status, paused.pause_reason), (CampaignStatus::Paused, None), "a person paused it");
    manager.call(PAUSE_CAMPAIGN, &[&draft.id]).await.refused(ErrorCode::CampaignNotRunning);
    assert_eq!(manager.call(RESUME_CAMPAIGN, &[&draft.id]).await.ok().status, CampaignStatus::Sending);
    manager.call(PAUSE_CAMPAIGN, &[&draft.id]).await.ok();
    assert_eq!(manager.call(CANCEL_CAMPAIGN, &[&draft.id]).await.ok().status, CampaignStatus::Cancelled);
    let end = until(&manager, draft.id, "all are cancelled", |campaign| campaign.progress.cancelled == 12).await;
    assert_eq!((end.status, end.progress.total), (CampaignStatus::Cancelled, 12));
    assert!(end.finished_at.is_some());
    for endpoint in [PAUSE_CAMPAIGN, RESUME_CAMPAIGN, CANCEL_CAMPAIGN] {
        manager.call(endpoint, &[&draft.id]).await.refused(ErrorCode::CampaignEnded);
    }
}

#[actix_web::test]
async fn a_campaign_cancelled_while_it_is_prepared_sends_nothing() {
    let app = TestApp::start().await;
    let (_, manager) = house(&app).await;
    let draft = upload(&manager, &sheet(SENDER, 1500)).await;
    send(&manager, draft.id).await;
    assert_eq!(manager.call(CANCEL_CAMPAIGN, &[&draft.id]).await.ok().status, CampaignStatus::Cancelled);
    let end = until(&manager, draft.id, "nothing waits", |campaign| {
        campaign.progress.queued + campaign.progress.sending == 0 && campaign.status == CampaignStatus::Cancelled
    })
    .await;
    assert_eq!(end.progress.cancelled, end.progress.total);
}

#[actix_web::test]
async fn reports_move_recipients_and_the_campaign_is_finished_when_nothing_waits() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    let number = house
        .organization
        .administrator
        .query(types::numbers::LIST_NUMBERS, &[], "q=grouped")
        .await
        .ok()
        .items
        .remove(0);
    let draft = upload(&manager, &sheet(SENDER, 4)).await;
    send(&manager, draft.id).await;
    until(&manager, draft.id, "it is sending", |campaign| campaign.progress.total == 4).await;
    let found = recipients(&manager, draft.id).await;
    assert_eq!(found.iter().map(|recipient| recipient.row).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert_eq!(found[0].to, "+56955552001");
    let words = ["sent", "delivered", "read", "failed"];
    let reports: Vec<_> = found
        .iter()
        .zip(words)
        .map(|(recipient, word)| {
            status(&format!("wamid.{}", recipient.row), word, Some(&recipient.message_id.to_string()), noon())
        })
        .collect();
    app.told(&statuses(&phone_number_id(number.id), &reports)).await;
    let end = until(&manager, draft.id, "it is finished", is(CampaignStatus::Finished)).await;
    let progress = end.progress;
    assert_eq!((progress.sent, progress.delivered, progress.read, progress.failed), (1, 1, 1, 1));
    let failed = manager.query(LIST_CAMPAIGN_RECIPIENTS, &[&draft.id], "status=failed").await.ok().items;
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].failure.as_ref().map(|failure| failure.reason.as_str()), Some("undeliverable"));
    assert_eq!(manager.query(LIST_CAMPAIGN_RECIPIENTS, &[&draft.id], "status=sent").await.ok().items.len(), 1);

    // Who answers within a day is counted, and speaks with a person at once.
    app.told(&text(&phone_number_id(number.id), "56955552002", "wamid.answer", "Ya pagué", noon())).await;
    let answered = until(&manager, draft.id, "the answer is counted", |campaign| campaign.progress.answered == 1).await;
    assert_eq!(answered.status, CampaignStatus::Finished);
    // A report that comes after the end is counted too.
    let late = status("wamid.2", "read", None, noon());
    app.told(&statuses(&phone_number_id(number.id), &[late])).await;
    until(&manager, draft.id, "the late report is counted", |campaign| campaign.progress.read == 2).await;
    assert_eq!(recipients(&manager, draft.id).await[0].status, MessageStatus::Read);
}

#[actix_web::test]
async fn another_organizations_campaign_does_not_exist_nor_one_out_of_reach() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    let draft = upload(&manager, &sheet(SENDER, 2)).await;
    let theirs = app.organization("theirs").await.administrator;
    let neighbour = app.member(&house.organization, MANAGER).await;
    app.number(&house.organization, "other", &[&neighbour]).await;
    for stranger in [&theirs, &neighbour] {
        for endpoint in [GET_CAMPAIGN, PAUSE_CAMPAIGN, RESUME_CAMPAIGN, CANCEL_CAMPAIGN] {
            stranger.call(endpoint, &[&draft.id]).await.refused(ErrorCode::NotFound);
        }
        stranger.call(LIST_CAMPAIGN_FAULTS, &[&draft.id]).await.refused(ErrorCode::NotFound);
        stranger.call(LIST_CAMPAIGN_RECIPIENTS, &[&draft.id]).await.refused(ErrorCode::NotFound);
        stranger.call(DELETE_CAMPAIGN, &[&draft.id]).await.refused(ErrorCode::NotFound);
        stranger.send(SEND_CAMPAIGN, &[&draft.id], &input(false)).await.refused(ErrorCode::NotFound);
        assert!(stranger.call(LIST_CAMPAIGNS, &[]).await.ok().items.is_empty());
    }
    assert_eq!(manager.call(GET_CAMPAIGN, &[&draft.id]).await.ok(), draft);
}

#[actix_web::test]
async fn an_open_page_is_told_of_a_campaign_only_when_its_member_sees_it() {
    let app = TestApp::start().await;
    let (house, manager) = house(&app).await;
    let neighbour = app.member(&house.organization, MANAGER).await;
    let beside = app.number(&house.organization, "other", &[&neighbour]).await;
    let (mut ours, mut theirs) = (Stream::open(&manager, None).await, Stream::open(&neighbour, None).await);
    let draft = upload(&manager, &sheet(SENDER, 2)).await;
    send(&manager, draft.id).await;
    let sending = |event: &Event| matches!(event, Event::CampaignChanged { campaign } if campaign.status == CampaignStatus::Sending);
    ours.until(sending).await;
    app.told(&text(&phone_number_id(beside), "56955550111", "wamid.1", "Hola", noon())).await;
    let (_, first) = theirs.next().await.unwrap();
    assert!(matches!(first, Event::MessageChanged { .. }), "{first:?}");
}
