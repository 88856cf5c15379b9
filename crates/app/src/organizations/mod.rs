//! Making an organization with its administrator and its two built-in profiles (spec P1).

mod change;

pub use change::{delete_mail, test_mail, update, update_mail};

use crate::{App, Result};
use db::{members::NewMember, organizations::NewOrganization, profiles::NewProfile};
use types::{
    ErrorCode, FieldCode, Language, MemberId, OrganizationId, Permission, ProfileId, setup::SetupInput, validate,
};

/// What was made.
#[derive(Clone, Copy, Debug)]
pub struct Founded {
    pub organization_id: OrganizationId,
    pub administrator_id: MemberId,
    pub administrator_profile_id: ProfileId,
    pub agent_profile_id: ProfileId,
}

/// Found the first organization of an installation. `AlreadySetUp` when there is one.
pub async fn found_first(app: &App, input: &SetupInput) -> Result<Founded> {
    let password_hash = app.passwords.hash(&input.password).await?;
    let tx = db::begin(&app.db).await?;
    if db::organizations::any(&tx).await? {
        return Err(ErrorCode::AlreadySetUp.into());
    }
    let founded = found(app, &tx, input, password_hash).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(founded)
}

/// Found an organization within a transaction.
pub async fn found(app: &App, tx: &db::Tx, input: &SetupInput, password_hash: String) -> Result<Founded> {
    let SetupInput { organization, time_zone, language, name, email, password: _ } = input;
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        let wrong = validate::field("/time_zone", FieldCode::NotATimeZone, None, *language);
        return Err(crate::Error::fields(vec![wrong]));
    }
    let now = app.clock.now();
    let founded = Founded {
        organization_id: app.ids.make(),
        administrator_id: app.ids.make(),
        administrator_profile_id: app.ids.make(),
        agent_profile_id: app.ids.make(),
    };
    let new = NewOrganization { id: founded.organization_id, name: organization, time_zone, language: *language };
    db::organizations::create(tx, &new, now).await?;
    for profile in built_in(&founded, *language) {
        db::profiles::create(tx, &profile, now).await?;
    }
    let administrator = NewMember {
        id: founded.administrator_id,
        organization_id: founded.organization_id,
        profile_id: Some(founded.administrator_profile_id),
        name,
        email,
        password_hash: Some(password_hash),
        language: *language,
    };
    db::members::create(tx, &administrator, now).await?;
    Ok(founded)
}

fn built_in(founded: &Founded, language: Language) -> [NewProfile<'static>; 2] {
    let [(administrator, all), (agent, own)] = match language {
        Language::Es => [
            ("Administrador", "Toda la organización y todos los permisos."),
            ("Agente", "Atiende en sus propios números."),
        ],
        Language::Pt => {
            [("Administrador", "Toda a organização e todas as permissões."), ("Agente", "Atende nos próprios números.")]
        }
        Language::En => [
            ("Administrator", "The whole organization and every permission."),
            ("Agent", "Attends on their own numbers."),
        ],
    };
    [
        NewProfile {
            id: founded.administrator_profile_id,
            organization_id: founded.organization_id,
            name: administrator,
            description: all,
            administrator: true,
            permissions: &[],
        },
        NewProfile {
            id: founded.agent_profile_id,
            organization_id: founded.organization_id,
            name: agent,
            description: own,
            administrator: false,
            permissions: Permission::AGENT,
        },
    ]
}
