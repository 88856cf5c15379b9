//! Organizations and people, made straight in the database, with sessions of their own.

use super::{Caller, Mailbox, TestApp, noon, phones::Phones, token_in};
use app::{organizations::Founded, presence::Connection};
use db::{
    groups::NewGroup, members::NewMember, numbers::NewNumber, profiles::NewProfile, templates::NewTemplate,
    wabas::NewWaba,
};
use sandbox::demo_world;
use std::{
    ops::Deref,
    sync::{Arc, Mutex, atomic::Ordering},
};
use types::{
    GroupId, Language, MemberId, NumberId, OrganizationId, Permission, ProfileId, SessionId, WabaId,
    groups::{GroupContent, GroupKind},
    member_links::{MemberLinkUse, USE_MEMBER_LINK},
    members::{CREATE_MEMBERS, MembersInput, NewMemberInput},
    sessions::GET_ME,
    setup::SetupInput,
};

/// An organization with its administrator and a WABA.
pub(crate) struct Organization {
    pub(crate) id: OrganizationId,
    pub(crate) waba_id: WabaId,
    pub(crate) administrator: Person,
}

/// A member with a session.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) id: MemberId,
    pub(crate) session_id: SessionId,
    caller: Caller,
    /// Whoever is signed in has Cercano open, until they leave.
    here: Arc<Mutex<Option<Connection>>>,
}

impl Deref for Person {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Person {
    /// The last page is closed, or the network is gone.
    pub(crate) fn leaves(&self) {
        self.here.lock().unwrap().take();
    }

    /// A page is open again.
    pub(crate) fn comes_back(&self, app: &TestApp) {
        *self.here.lock().unwrap() = Some(app.app.presence.connect(self.id));
    }
}

impl TestApp {
    pub(crate) async fn organization(&self, name: &str) -> Organization {
        let input = SetupInput {
            organization: name.to_owned(),
            time_zone: "America/Santiago".to_owned(),
            language: Language::Es,
            name: format!("Admin {name}"),
            email: format!("admin@{name}.example.com"),
            password: String::new(),
        };
        let tx = db::begin(&self.app.db).await.unwrap();
        let founded: Founded = app::organizations::found(&self.app, &tx, &input, "none".to_owned()).await.unwrap();
        let waba_id: WabaId = self.app.ids.make();
        // Without a sandbox nobody answers there, so that what is to be sent waits.
        let graph = self.phones.as_ref().map_or_else(|| "http://127.0.0.1:9/graph".to_owned(), Phones::graph);
        let waba = NewWaba {
            id: waba_id,
            organization_id: founded.organization_id,
            name,
            waba_id: &format!("waba-{name}"),
            app_id: "app",
            base_url: &graph,
            graph_version: "v23.0",
            token_sealed: self.app.keys.seal(demo_world().access_token.as_bytes(), waba_id.0.as_bytes()).unwrap(),
            sandbox: false,
        };
        db::wabas::create(&tx, &waba, noon()).await.unwrap();
        tx.commit().await.unwrap();
        let administrator = self.session(founded.organization_id, founded.administrator_id).await;
        Organization { id: founded.organization_id, waba_id, administrator }
    }

    /// A member whose profile grants just these.
    pub(crate) async fn member(&self, organization: &Organization, permissions: &[Permission]) -> Person {
        let tx = db::begin(&self.app.db).await.unwrap();
        let profile_id: ProfileId = self.app.ids.make();
        let profile = NewProfile {
            id: profile_id,
            organization_id: organization.id,
            name: &profile_id.to_string(),
            description: "",
            administrator: false,
            permissions,
        };
        db::profiles::create(&tx, &profile, noon()).await.unwrap();
        let id: MemberId = self.app.ids.make();
        let email = format!("{id}@example.com");
        let new = NewMember {
            id,
            organization_id: organization.id,
            profile_id: Some(profile_id),
            name: "Someone",
            email: &email,
            password_hash: None,
            language: Language::En,
        };
        db::members::create(&tx, &new, noon()).await.unwrap();
        tx.commit().await.unwrap();
        self.session(organization.id, id).await
    }

    /// Someone who was invited with a profile, has chosen a password, and is signed in.
    pub(crate) async fn joined(&self, organization: &Organization, name: &str, profile: Option<ProfileId>) -> Person {
        let email = format!("{}@{}.example.com", name.to_lowercase(), organization.id);
        let input =
            MembersInput { members: vec![NewMemberInput { name: name.to_owned(), email }], profile_id: profile };
        let added = organization.administrator.send(CREATE_MEMBERS, &[], &input).await.ok().items.remove(0);
        let token = token_in(&added.invitation.unwrap().link.unwrap());
        let choice = MemberLinkUse { token, password: format!("{name} has a password") };
        let session = self.stranger().send(USE_MEMBER_LINK, &[], &choice).await.ok();
        self.person(added.member.id, session.id, session.token)
    }

    /// Someone who was invited by mail, has chosen a password, and is signed in.
    pub(crate) async fn invited_by_mail(
        &self,
        organization: &Organization,
        name: &str,
        email: &str,
        mailbox: &Mailbox,
    ) -> Person {
        let members = vec![NewMemberInput { name: name.to_owned(), email: email.to_owned() }];
        let input = MembersInput { members, profile_id: None };
        organization.administrator.send(CREATE_MEMBERS, &[], &input).await.ok();
        let token = token_in(&mailbox.letter_to(email).await);
        let choice = MemberLinkUse { token, password: format!("{name} has a password") };
        let session = self.stranger().send(USE_MEMBER_LINK, &[], &choice).await.ok();
        self.person(session.me.id, session.id, session.token)
    }

    /// The same member signed in again, for a clock that went on for longer than a session lives.
    pub(crate) async fn another_session(&self, organization: OrganizationId, person: &Person) -> Person {
        self.session(organization, person.id).await
    }

    /// The administrators' profile.
    pub(crate) async fn administrators(&self, organization: &Organization) -> ProfileId {
        organization.administrator.call(GET_ME, &[]).await.ok().profile.unwrap().id
    }

    /// The same member with a fresh token, for a clock that went on for longer than a token lives.
    pub(crate) fn renewed(&self, person: &Person) -> Person {
        let token = api::access::token(&self.app, person.session_id).unwrap();
        Person { caller: Caller::new(&self.base, Some(token)), ..person.clone() }
    }

    /// A number, and who attends it. WhatsApp calls it by [`phone_number_id`].
    pub(crate) async fn number(&self, organization: &Organization, name: &str, agents: &[&Person]) -> NumberId {
        self.grouped_number(organization, name, agents, None).await
    }

    pub(crate) async fn grouped_number(
        &self,
        organization: &Organization,
        name: &str,
        agents: &[&Person],
        group: Option<GroupId>,
    ) -> NumberId {
        let id = self.make_number(organization, name, agents, group).await;
        // The clock stands still, so what the channel remembers does not grow old by itself.
        self.app.directory.refresh(&self.app).await.unwrap();
        id
    }

    /// A number the channel has not heard of yet.
    pub(crate) async fn unannounced_number(
        &self,
        organization: &Organization,
        name: &str,
        agents: &[&Person],
    ) -> NumberId {
        self.make_number(organization, name, agents, None).await
    }

    async fn make_number(
        &self,
        organization: &Organization,
        name: &str,
        agents: &[&Person],
        group: Option<GroupId>,
    ) -> NumberId {
        let id: NumberId = self.app.ids.make();
        let phone = format!("+569555501{:02}", self.numbers.fetch_add(1, Ordering::SeqCst));
        let wanted = Wanted { id, name, agents, group, phone_number_id: &phone_number_id(id), phone: &phone };
        self.wanted_number(organization, &wanted).await;
        id
    }

    /// A number that WhatsApp calls by this.
    pub(crate) async fn number_called(
        &self,
        organization: &Organization,
        name: &str,
        agents: &[&Person],
        phone_number_id: &str,
    ) -> NumberId {
        let id: NumberId = self.app.ids.make();
        let phone = format!("+569555501{:02}", self.numbers.fetch_add(1, Ordering::SeqCst));
        self.wanted_number(organization, &Wanted { id, name, agents, group: None, phone_number_id, phone: &phone })
            .await;
        self.app.directory.refresh(&self.app).await.unwrap();
        id
    }

    /// The sandbox's numbers, in its order, each attended by all of these.
    pub(crate) async fn sandbox_numbers(&self, organization: &Organization, agents: &[&Person]) -> Vec<NumberId> {
        let mut ids = Vec::new();
        for number in demo_world().numbers {
            let id: NumberId = self.app.ids.make();
            let phone = format!("+{}", number.phone);
            let name = number.verified_name;
            let wanted = Wanted { id, name, agents, group: None, phone_number_id: number.id, phone: &phone };
            self.wanted_number(organization, &wanted).await;
            ids.push(id);
        }
        self.app.directory.refresh(&self.app).await.unwrap();
        ids
    }

    async fn wanted_number(&self, organization: &Organization, wanted: &Wanted<'_>) {
        let Wanted { id, name, agents, group, phone_number_id, phone } = *wanted;
        let agents: Vec<_> = agents.iter().map(|person| person.id).collect();
        let new = NewNumber {
            id,
            organization_id: organization.id,
            waba_id: organization.waba_id,
            group_id: group,
            owner_id: agents.first().copied(),
            agents: &agents,
            phone_number_id: Some(phone_number_id),
            phone,
            name,
            language: Language::Es,
            throughput: 80,
            chatbot: Some(&domain::chatbots::defaults(Language::Es)),
        };
        let tx = db::begin(&self.app.db).await.unwrap();
        db::numbers::create(&tx, &new, noon()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The sandbox's templates, as if they were synchronised.
    pub(crate) async fn templates(&self, organization: &Organization) {
        let world = demo_world();
        let templates: Vec<_> = world
            .templates
            .iter()
            .map(|template| NewTemplate {
                id: self.app.ids.make(),
                organization_id: organization.id,
                waba_id: organization.waba_id,
                template_id: template.id,
                name: template.name,
                language: template.language,
                category: template.category,
                status: "APPROVED",
                components: serde_json::Value::Array(template.components.clone()),
            })
            .collect();
        let tx = db::begin(&self.app.db).await.unwrap();
        db::templates::save(&tx, &templates, noon()).await.unwrap();
        tx.commit().await.unwrap();
        self.app.directory.refresh(&self.app).await.unwrap();
    }

    pub(crate) async fn group(
        &self,
        organization: &Organization,
        parent: Option<GroupId>,
        managers: &[&Person],
    ) -> GroupId {
        let id: GroupId = self.app.ids.make();
        let managers: Vec<_> = managers.iter().map(|person| person.id).collect();
        let new = NewGroup {
            id,
            organization_id: organization.id,
            parent_id: parent,
            name: "Group",
            kind: GroupKind::Team,
            content: GroupContent::Numbers,
            managers: &managers,
        };
        let tx = db::begin(&self.app.db).await.unwrap();
        db::groups::create(&tx, &new, noon()).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn session(&self, organization_id: OrganizationId, member_id: MemberId) -> Person {
        let credentials = db::members::Credentials { member_id, organization_id, password_hash: String::new() };
        let tx = db::begin(&self.app.db).await.unwrap();
        let opened = app::sign_in::open(&self.app, &tx, &credentials, "test").await.unwrap();
        tx.commit().await.unwrap();
        let token = api::access::token(&self.app, opened.session_id).unwrap();
        self.person(member_id, opened.session_id, token)
    }

    fn person(&self, id: MemberId, session_id: SessionId, token: String) -> Person {
        let here = Some(self.app.presence.connect(id));
        Person { id, session_id, caller: Caller::new(&self.base, Some(token)), here: Arc::new(Mutex::new(here)) }
    }
}

/// What WhatsApp calls a number that was made by [`TestApp::number`].
pub(crate) fn phone_number_id(id: NumberId) -> String {
    format!("pn-{id}")
}

struct Wanted<'a> {
    id: NumberId,
    name: &'a str,
    agents: &'a [&'a Person],
    group: Option<GroupId>,
    phone_number_id: &'a str,
    phone: &'a str,
}
