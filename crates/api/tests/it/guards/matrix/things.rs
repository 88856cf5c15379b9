//! A fresh thing of every kind, so that what an operation destroys is missed by no other.

use super::{Cast, rows::Kind};
use crate::test_app::{Person, noon, phone_number_id, text};
use db::{Scope, campaigns::NewCampaign};
use types::{
    CampaignId, GroupId, MemberId, NumberId, Permission,
    chatbots::{CREATE_CHATBOT_CHANGE, ChatbotChangeInput, ChatbotSettings},
    number_imports::CREATE_NUMBER_IMPORT,
    profiles::ProfileRef,
    quick_replies::{
        CREATE_QUICK_REPLY, CREATE_QUICK_REPLY_CATEGORY, QuickReplyCategory, QuickReplyCategoryInput, QuickReplyInput,
    },
    settings_changes::{CREATE_SETTINGS_COPY, SettingsCopyInput, SettingsField, SettingsPart, Targets},
    tickets::{LIST_TICKETS, Ticket},
};

/// Takes the greeting from a number.
pub(in crate::guards) fn chatbot_change(number: NumberId) -> ChatbotChangeInput {
    ChatbotChangeInput {
        targets: Targets { number_ids: vec![number], group_ids: Vec::new() },
        reference_number_id: None,
        settings: ChatbotSettings::default(),
        fields: Some(vec![SettingsField::FirstGreeting]),
        expected: None,
    }
}

/// Of settings that are the same.
pub(in crate::guards) fn settings_copy(from: NumberId, to: NumberId) -> SettingsCopyInput {
    SettingsCopyInput {
        reference_number_id: from,
        targets: Targets { number_ids: vec![to], group_ids: Vec::new() },
        parts: vec![SettingsPart::Hours],
        expected: None,
    }
}

impl Cast {
    /// The ids of a new thing, in the path's order.
    pub(super) async fn make(&self, kind: Kind) -> Vec<String> {
        match kind {
            Kind::Nothing => Vec::new(),
            Kind::Number => vec![self.make_number().await.to_string()],
            Kind::NumberAndAgent => vec![self.make_number().await.to_string(), self.colleague.id.to_string()],
            Kind::FreeNumber => {
                let agents = [&self.agent, &self.attendant, &self.manager];
                vec![self.app.number(&self.ours, "Free", &agents).await.to_string()]
            }
            Kind::Group => vec![self.make_group().await.to_string()],
            Kind::GroupAndManager => vec![self.make_group().await.to_string(), self.manager.id.to_string()],
            Kind::Ticket => vec![self.make_ticket().await.id.to_string()],
            Kind::Conversation => vec![self.make_ticket().await.conversation_id.to_string()],
            Kind::Contact => vec![self.make_ticket().await.contact.id.to_string()],
            Kind::Profile => vec![self.make_member().await.0.id.to_string()],
            Kind::ProfileAndMember => {
                let (profile, member) = self.make_member().await;
                vec![profile.id.to_string(), member.to_string()]
            }
            Kind::Member => vec![self.make_member().await.1.to_string()],
            Kind::Session => {
                vec![self.app.another_session(self.ours.id, &self.manager).await.session_id.to_string()]
            }
            Kind::QuickReplyCategory => vec![self.make_category().await.id.to_string()],
            Kind::QuickReply => {
                let category_id = self.make_category().await.id;
                let reply = QuickReplyInput { category_id, title: "Ours".to_owned(), text: "Ours".to_owned() };
                vec![self.manager.send(CREATE_QUICK_REPLY, &[], &reply).await.ok().id.to_string()]
            }
            Kind::Campaign => vec![self.make_campaign().await.to_string()],
            Kind::NumberImport => vec![self.make_import().await.remove(0)],
            Kind::NumberImportRow => self.make_import().await,
            Kind::Waba => vec![self.ours.waba_id.to_string()],
            Kind::ChatbotChange => {
                let input = chatbot_change(self.make_number().await);
                vec![self.manager.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok().id.to_string()]
            }
            Kind::SettingsCopy => {
                let input = settings_copy(self.make_number().await, self.make_number().await);
                vec![self.manager.send(CREATE_SETTINGS_COPY, &[], &input).await.ok().id.to_string()]
            }
        }
    }

    /// Who attends a number: the agent owns it.
    fn agents(&self) -> [&Person; 3] {
        [&self.agent, &self.colleague, &self.attendant]
    }

    async fn make_number(&self) -> NumberId {
        self.app.grouped_number(&self.ours, "Ours", &self.agents(), Some(self.group)).await
    }

    async fn make_group(&self) -> GroupId {
        let group = self.app.group(&self.ours, None, &[&self.manager]).await;
        self.app.grouped_number(&self.ours, "Inside", &self.agents(), Some(group)).await;
        group
    }

    async fn make_ticket(&self) -> Ticket {
        let number = self.make_number().await;
        self.app.told(&text(&phone_number_id(number), "56955550190", &format!("wamid.{number}"), "Hola", noon())).await;
        self.manager.query(LIST_TICKETS, &[], &format!("number_id={number}")).await.ok().items.remove(0)
    }

    async fn make_member(&self) -> (ProfileRef, MemberId) {
        let person = self.app.member(&self.ours, &[Permission::ViewDesk]).await;
        let scope = Scope::of_organization(self.ours.id);
        let member = db::members::get(self.app.app.db.read(), &scope, person.id).await.unwrap();
        (member.profile.unwrap(), person.id)
    }

    async fn make_category(&self) -> QuickReplyCategory {
        let name = self.app.app.ids.make::<GroupId>().to_string();
        self.manager.send(CREATE_QUICK_REPLY_CATEGORY, &[], &QuickReplyCategoryInput { name }).await.ok()
    }

    async fn make_campaign(&self) -> CampaignId {
        let id: CampaignId = self.app.app.ids.make();
        let new = NewCampaign { id, created_by: self.manager.id, name: "Ours" };
        let tx = db::begin(&self.app.app.db).await.unwrap();
        db::campaigns::create(&tx, &Scope::of_organization(self.ours.id), &new, noon()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A draft and the number of its row.
    async fn make_import(&self) -> Vec<String> {
        let csv = "CC,PhoneNumber,UsersEmails,DisplayName\n56,911112222,ours@example.com,Ours\n";
        let import = self.manager.upload(CREATE_NUMBER_IMPORT, "ours.csv", csv.as_bytes()).await.ok();
        vec![import.id.to_string(), import.rows[0].row.to_string()]
    }
}
