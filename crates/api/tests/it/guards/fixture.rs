//! One thing of every kind in an organization, to show that another organization cannot reach it.

use super::matrix::{chatbot_change, settings_copy};
use crate::test_app::{Organization, TestApp, noon, phone_number_id, text};
use db::{Scope, campaigns::NewCampaign};
use types::{
    CampaignId, NumberImportId,
    chatbots::CREATE_CHATBOT_CHANGE,
    number_imports::CREATE_NUMBER_IMPORT,
    quick_replies::{CREATE_QUICK_REPLY, CREATE_QUICK_REPLY_CATEGORY, QuickReplyCategoryInput, QuickReplyInput},
    sessions::GET_ME,
    settings_changes::CREATE_SETTINGS_COPY,
    tickets::LIST_TICKETS,
};

/// The beginning of an operation's path, and an id of the organization that fits there.
pub(crate) async fn ids(app: &TestApp, organization: &Organization) -> Vec<(&'static str, String)> {
    let admin = &organization.administrator;
    let number = app.number(organization, "Ours", &[admin]).await;
    let group = app.group(organization, None, &[admin]).await;
    let category =
        admin.send(CREATE_QUICK_REPLY_CATEGORY, &[], &QuickReplyCategoryInput { name: "Ours".to_owned() }).await.ok();
    let reply = QuickReplyInput { category_id: category.id, title: "Ours".to_owned(), text: "Ours".to_owned() };
    let reply = admin.send(CREATE_QUICK_REPLY, &[], &reply).await.ok();
    app.told(&text(&phone_number_id(number), "56955550190", "wamid.ours", "Hola", noon())).await;
    let ticket = admin.call(LIST_TICKETS, &[]).await.ok().items.remove(0);
    let profile = admin.call(GET_ME, &[]).await.ok().profile.unwrap();
    let change = admin.send(CREATE_CHATBOT_CHANGE, &[], &chatbot_change(number)).await.ok();
    let other = app.number(organization, "Ours too", &[admin]).await;
    let copy = admin.send(CREATE_SETTINGS_COPY, &[], &settings_copy(number, other)).await.ok();
    vec![
        ("/api/v1/profiles/", profile.id.to_string()),
        ("/api/v1/members/", admin.id.to_string()),
        ("/api/v1/sessions/", admin.session_id.to_string()),
        ("/api/v1/numbers/", number.to_string()),
        ("/api/v1/groups/", group.to_string()),
        ("/api/v1/quick-reply-categories/", category.id.to_string()),
        ("/api/v1/quick-replies/", reply.id.to_string()),
        ("/api/v1/tickets/", ticket.id.to_string()),
        ("/api/v1/conversations/", ticket.conversation_id.to_string()),
        ("/api/v1/contacts/", ticket.contact.id.to_string()),
        ("/api/v1/wabas/", organization.waba_id.to_string()),
        ("/api/v1/verifications/", number.to_string()),
        ("/api/v1/whatsapp-profiles/", number.to_string()),
        ("/api/v1/campaigns/", campaign(app, organization).await.to_string()),
        ("/api/v1/number-imports/", number_import(organization).await.to_string()),
        ("/api/v1/getting-started/", number.to_string()),
        ("/api/v1/attention-settings/", number.to_string()),
        ("/api/v1/chatbots/", number.to_string()),
        ("/api/v1/absences/", number.to_string()),
        ("/api/v1/chatbot-changes/", change.id.to_string()),
        ("/api/v1/settings-copies/", copy.id.to_string()),
    ]
}

async fn campaign(app: &TestApp, organization: &Organization) -> CampaignId {
    let id: CampaignId = app.app.ids.make();
    let new = NewCampaign { id, created_by: organization.administrator.id, name: "Ours" };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::campaigns::create(&tx, &Scope::of_organization(organization.id), &new, noon()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn number_import(organization: &Organization) -> NumberImportId {
    let csv = "CC,PhoneNumber,UsersEmails,DisplayName\n56,911112222,ours@example.com,Ours\n";
    organization.administrator.upload(CREATE_NUMBER_IMPORT, "ours.csv", csv.as_bytes()).await.ok().id
}
