//! The people of the demo: an administrator, a manager, three agents, and one who has no number yet.

use super::SignIn;
use crate::secrets;
use anyhow::Result;
use app::{App, organizations::Founded};
use db::{members::NewMember, profiles::NewProfile};
use types::{Language, MemberId, Permission, ProfileId};

/// Who was made, besides the administrator.
#[derive(Debug)]
pub(super) struct People {
    pub(super) manager: MemberId,
    pub(super) agents: Vec<MemberId>,
    pub(super) sign_ins: Vec<SignIn>,
}

/// What the demo's manager may: all of the daily work, campaigns, and the people and numbers of their groups.
const MANAGER: &[Permission] = &[
    Permission::ViewAbsences,
    Permission::EditAbsences,
    Permission::ViewDesk,
    Permission::EditDesk,
    Permission::ViewContacts,
    Permission::ViewOffHoursContacts,
    Permission::EditOffHoursContacts,
    Permission::ViewQuickReplies,
    Permission::EditQuickReplies,
    Permission::ViewCampaigns,
    Permission::EditCampaigns,
    Permission::ViewCampaignReports,
    Permission::ViewMembers,
    Permission::EditMembers,
    Permission::ViewNumbers,
    Permission::EditNumbers,
    Permission::ViewGroups,
    Permission::EditGroups,
    Permission::ViewNumberImports,
    Permission::EditNumberImports,
    Permission::ViewAttentionSettings,
    Permission::EditAttentionSettings,
    Permission::ViewTemplateActivations,
    Permission::EditTemplateActivations,
    Permission::ViewChatbots,
    Permission::EditChatbots,
    Permission::ViewGettingStarted,
    Permission::ViewSettingsCopies,
    Permission::EditSettingsCopies,
    Permission::ViewWhatsappProfiles,
    Permission::EditWhatsappProfiles,
    Permission::ViewVerifications,
    Permission::EditVerifications,
];

impl People {
    pub(super) async fn make(app: &App, tx: &db::Tx, founded: &Founded) -> Result<Self> {
        let profile: ProfileId = app.ids.make();
        let manager = NewProfile {
            id: profile,
            organization_id: founded.organization_id,
            name: "Gestor",
            description: "Atención, respuestas rápidas, campañas, personas, números y chatbots de sus grupos.",
            administrator: false,
            permissions: MANAGER,
        };
        db::profiles::create(tx, &manager, app.clock.now()).await?;
        let mut sign_ins = Vec::new();
        let mut ids = Vec::new();
        for (role, name, profile) in [
            ("manager", "Bruno Salas", profile),
            ("agent", "Carla Núñez", founded.agent_profile_id),
            ("agent", "Diego Prado", founded.agent_profile_id),
            ("agent", "Elena Ríos", founded.agent_profile_id),
            // Nobody has given this one a number yet.
            ("newcomer", "Gabriela Paz", founded.agent_profile_id),
        ] {
            let sign_in = sign_in(role, name)?;
            ids.push(member(app, tx, founded, profile, &sign_in).await?);
            sign_ins.push(sign_in);
        }
        let agents = ids.split_off(1);
        let manager = ids.first().copied().unwrap_or(founded.administrator_id);
        Ok(Self { manager, agents, sign_ins })
    }
}

async fn member(app: &App, tx: &db::Tx, founded: &Founded, profile: ProfileId, sign_in: &SignIn) -> Result<MemberId> {
    let id: MemberId = app.ids.make();
    let new = NewMember {
        id,
        organization_id: founded.organization_id,
        profile_id: Some(profile),
        name: &sign_in.name,
        email: &sign_in.email,
        password_hash: Some(app.passwords.hash(&sign_in.password).await?),
        language: Language::Es,
    };
    db::members::create(tx, &new, app.clock.now()).await?;
    Ok(id)
}

/// An address from the first name, and a password nobody else has.
pub(super) fn sign_in(role: &str, name: &str) -> Result<SignIn> {
    let first = name.split(' ').next().unwrap_or(name).to_lowercase();
    Ok(SignIn {
        role: role.to_owned(),
        name: name.to_owned(),
        email: format!("{first}@demo.example.com"),
        password: secrets::random(8)?,
    })
}
