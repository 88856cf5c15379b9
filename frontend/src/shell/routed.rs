//! Which page an address shows, and to whom.

use crate::{
    absences::Absences,
    account::Account,
    attention_settings::AttentionSettingsPage,
    audit_log::AuditLog,
    campaign_reports::CampaignReports,
    campaigns::{CampaignPage, NewCampaign},
    chatbots::{ChatbotPage, Chatbots},
    desk::Desk,
    getting_started::GettingStarted,
    groups::{GroupPage, Groups},
    home::Home,
    i18n::{t, t_string, use_i18n},
    members::{MemberPage, Members},
    number_imports::{NumberImportPage, NumberImports},
    numbers::{NumberPage, Numbers},
    off_hours_contacts::OffHoursContacts,
    organizations::Organization,
    profiles::{ProfilePage, Profiles},
    quick_replies::QuickReplies,
    routes,
    session::Session,
    settings_copies::SettingsCopies,
    template_activations::{NumberTemplatesPage, TemplateActivationsPage},
    ui::{icon::Icon, page::use_title, state::Empty},
    verifications::Verifications,
    wabas::Wabas,
    whatsapp_profiles::WhatsappProfile,
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, FlatRoutes, Route},
    path,
};
use types::Permission;

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <Missing /> }>
            <Route path=path!("/") view=Home />
            <Route path=path!("/desk/:ticket?") view=|| guarded(Permission::ViewDesk, || view! { <Desk /> }.into_any()) />
            <Route path=path!("/quick-replies")
                view=|| guarded(Permission::ViewQuickReplies, || view! { <QuickReplies /> }.into_any()) />
            <Route path=path!("/campaigns/new")
                view=|| guarded(Permission::ViewCampaigns, || view! { <NewCampaign /> }.into_any()) />
            <Route path=path!("/campaigns/:id")
                view=|| guarded(Permission::ViewCampaigns, || view! { <CampaignPage /> }.into_any()) />
            <Route path=path!("/campaign-reports")
                view=|| guarded(Permission::ViewCampaignReports, || view! { <CampaignReports /> }.into_any()) />
            <Route path=path!("/number-imports")
                view=|| guarded(Permission::ViewNumberImports, || view! { <NumberImports /> }.into_any()) />
            <Route path=path!("/number-imports/:id")
                view=|| guarded(Permission::ViewNumberImports, || view! { <NumberImportPage /> }.into_any()) />
            <Route path=path!("/profiles")
                view=|| guarded(Permission::ViewMembers, || view! { <Profiles /> }.into_any()) />
            <Route path=path!("/profiles/:id")
                view=|| guarded(Permission::ViewMembers, || view! { <ProfilePage /> }.into_any()) />
            <Route path=path!("/members")
                view=|| guarded(Permission::ViewMembers, || view! { <Members /> }.into_any()) />
            <Route path=path!("/members/:id")
                view=|| guarded(Permission::ViewMembers, || view! { <MemberPage /> }.into_any()) />
            <Route path=path!("/numbers")
                view=|| guarded(Permission::ViewNumbers, || view! { <Numbers /> }.into_any()) />
            <Route path=path!("/numbers/:id")
                view=|| guarded(Permission::ViewNumbers, || view! { <NumberPage /> }.into_any()) />
            <Route path=path!("/groups")
                view=|| guarded(Permission::ViewGroups, || view! { <Groups /> }.into_any()) />
            <Route path=path!("/groups/:id")
                view=|| guarded(Permission::ViewGroups, || view! { <GroupPage /> }.into_any()) />
            <Route path=path!("/getting-started")
                view=|| guarded(Permission::ViewGettingStarted, || view! { <GettingStarted /> }.into_any()) />
            <Route path=path!("/whatsapp-profiles")
                view=|| guarded(Permission::ViewWhatsappProfiles, || view! { <WhatsappProfile /> }.into_any()) />
            <Route path=path!("/verifications")
                view=|| guarded(Permission::ViewVerifications, || view! { <Verifications /> }.into_any()) />
            <Route path=path!("/absences")
                view=|| guarded(Permission::ViewAbsences, || view! { <Absences /> }.into_any()) />
            <Route path=path!("/off-hours-contacts")
                view=|| guarded(Permission::ViewOffHoursContacts, || view! { <OffHoursContacts /> }.into_any()) />
            <Route path=path!("/attention-settings")
                view=|| guarded(Permission::ViewAttentionSettings, || view! { <AttentionSettingsPage /> }.into_any()) />
            <Route path=path!("/template-activations")
                view=|| guarded(Permission::ViewTemplateActivations, || view! { <TemplateActivationsPage /> }.into_any()) />
            <Route path=path!("/template-activations/:id")
                view=|| guarded(Permission::ViewTemplateActivations, || view! { <NumberTemplatesPage /> }.into_any()) />
            <Route path=path!("/chatbots")
                view=|| guarded(Permission::ViewChatbots, || view! { <Chatbots /> }.into_any()) />
            <Route path=path!("/settings-copies")
                view=|| guarded(Permission::ViewSettingsCopies, || view! { <SettingsCopies /> }.into_any()) />
            <Route path=path!("/chatbots/:id")
                view=|| guarded(Permission::ViewChatbots, || view! { <ChatbotPage /> }.into_any()) />
            <Route path=path!("/organization")
                view=|| guarded(Permission::Administer, || view! { <Organization /> }.into_any()) />
            <Route path=path!("/wabas")
                view=|| guarded(Permission::Administer, || view! { <Wabas /> }.into_any()) />
            <Route path=path!("/audit-log")
                view=|| guarded(Permission::Administer, || view! { <AuditLog /> }.into_any()) />
            <Route path=path!("/account") view=Account />
        </FlatRoutes>
    }
}

/// A page for those whose profile grants it; the others are told so.
fn guarded(permission: Permission, page: fn() -> AnyView) -> AnyView {
    let session = Session::use_here();
    let granted = Memo::new(move |_| session.can(permission));
    (move || if granted.get() { page() } else { view! { <NotAllowed /> }.into_any() }).into_any()
}

#[component]
fn NotAllowed() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, ui.not_allowed_title));
    view! {
        <Empty whole_page=true icon=Icon::Info title=say!(i18n, ui.not_allowed_title) text=say!(i18n, ui.not_allowed_text)>
            <A href=routes::HOME attr:class="button secondary">{t!(i18n, ui.go_home)}</A>
        </Empty>
    }
}

#[component]
fn Missing() -> impl IntoView {
    let i18n = use_i18n();
    use_title(Signal::derive(move || t_string!(i18n, ui.page_missing_title).to_owned()));
    view! {
        <Empty whole_page=true icon=Icon::Info title=say!(i18n, ui.page_missing_title) text=say!(i18n, ui.page_missing_text)>
            <A href=routes::HOME attr:class="button secondary">{t!(i18n, ui.go_home)}</A>
        </Empty>
    }
}
