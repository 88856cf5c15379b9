//! Groups by the hundred above the numbers, in up to four levels, with managers and agents (spec O4).

use crate::{secrets, seed::SignIn};
use anyhow::{Result, ensure};
use app::App;
use db::{Scope, groups::NewGroup, members::NewMember, numbers::ChannelNumber, profiles::NewProfile};
use types::{
    GroupId, Language, MemberId, NumberId, OrganizationId, Permission, ProfileId,
    groups::{GroupContent, GroupKind},
};
use uuid::Uuid;

/// Members who attend the numbers, two each.
const AGENTS: usize = 50;

/// What the manager of all groups may.
const MANAGER: &[Permission] = &[
    Permission::ViewDesk,
    Permission::EditDesk,
    Permission::ViewNumbers,
    Permission::EditNumbers,
    Permission::ViewGroups,
    Permission::EditGroups,
];

/// How many groups each level has: teams of numbers, branches of teams, regions of branches, and one above all.
#[derive(Clone, Copy, Debug)]
struct Levels {
    teams: usize,
    branches: usize,
    regions: usize,
}

impl Levels {
    fn of(groups: usize) -> Self {
        // A parent needs a child, so each level has no more groups than the one below.
        let between = groups.saturating_sub(1) / 5;
        let regions = between / 6;
        Self { teams: groups.saturating_sub(1 + between).max(1), branches: between - regions, regions }
    }
}

/// Put every number that is in no group into one of `groups` new ones; gives how the manager of all of them signs in.
pub(super) async fn add(app: &App, beside: &ChannelNumber, groups: u32) -> Result<SignIn> {
    let organization = beside.organization_id;
    let scope = Scope::of_organization(organization);
    let tx = db::begin(&app.db).await?;
    let tree = db::groups::tree(&tx, &scope).await?;
    let free: Vec<NumberId> =
        tree.numbers().iter().filter(|(_, leaf)| leaf.group.is_none()).map(|(id, _)| *id).collect();
    let levels = Levels::of(usize::try_from(groups)?);
    ensure!(free.len() >= levels.teams, "{} teams want as many numbers that are in no group", levels.teams);
    let people = People::make(app, &tx, organization, levels.branches).await?;
    let maker = Maker { app, tx: &tx, organization };
    let top = maker.groups("Todo", GroupContent::Groups, 1, &[], &[people.top]).await?;
    let regions = maker.groups("Región", GroupContent::Groups, levels.regions, &top, &[]).await?;
    let above = if regions.is_empty() { &top } else { &regions };
    let branches = maker.groups("Sucursal", GroupContent::Groups, levels.branches, above, &people.managers).await?;
    let above = if branches.is_empty() { &top } else { &branches };
    let teams = maker.groups("Equipo", GroupContent::Numbers, levels.teams, above, &[]).await?;
    for (place, team) in teams.iter().enumerate() {
        let own: Vec<_> = free.iter().skip(place).step_by(teams.len()).copied().collect();
        db::numbers::set_group(&tx, &scope, &own, Some(*team)).await?;
    }
    for (place, number) in free.iter().enumerate() {
        let agents = [place, place * 7 + 3].map(|place| people.agents.get(place % AGENTS).copied());
        let agents: Vec<_> = agents.into_iter().flatten().collect();
        db::numbers::add_agents(&tx, &scope, *number, &agents).await?;
    }
    tx.commit().await?;
    Ok(people.sign_in)
}

struct Maker<'a> {
    app: &'a App,
    tx: &'a db::Tx,
    organization: OrganizationId,
}

impl Maker<'_> {
    /// Groups of one level, spread evenly below those above; each manager has the groups at their place.
    async fn groups(
        &self,
        name: &str,
        content: GroupContent,
        count: usize,
        above: &[GroupId],
        managers: &[MemberId],
    ) -> Result<Vec<GroupId>> {
        let kind = match content {
            GroupContent::Numbers => GroupKind::Team,
            GroupContent::Groups => GroupKind::Branch,
        };
        let mut made = Vec::with_capacity(count);
        for place in 0..count {
            let id: GroupId = self.app.ids.make();
            let manager: Vec<_> = managers.get(place).copied().into_iter().collect();
            let new = NewGroup {
                id,
                organization_id: self.organization,
                parent_id: above.get(place % above.len().max(1)).copied(),
                name: &format!("{name} {place:03}"),
                kind,
                content,
                managers: &manager,
            };
            db::groups::create(self.tx, &new, self.app.clock.now()).await?;
            made.push(id);
        }
        Ok(made)
    }
}

/// Who was made.
struct People {
    top: MemberId,
    sign_in: SignIn,
    managers: Vec<MemberId>,
    agents: Vec<MemberId>,
}

impl People {
    async fn make(app: &App, tx: &db::Tx, organization: OrganizationId, managers: usize) -> Result<Self> {
        let mark: Uuid = app.ids.make();
        let profile: ProfileId = app.ids.make();
        let new = NewProfile {
            id: profile,
            organization_id: organization,
            name: &format!("Gestor {mark}"),
            description: "Números y grupos a su cargo.",
            administrator: false,
            permissions: MANAGER,
        };
        db::profiles::create(tx, &new, app.clock.now()).await?;
        let sign_in = SignIn {
            role: "top_manager".to_owned(),
            name: "Olga Prieto".to_owned(),
            email: format!("olga.{mark}@demo.example.com"),
            password: secrets::random(8)?,
        };
        let hash = app.passwords.hash(&sign_in.password).await?;
        let made = Made { app, tx, organization, profile };
        let top = made.member(&sign_in.name, &sign_in.email, Some(hash)).await?;
        let mut people = Self { top, sign_in, managers: Vec::new(), agents: Vec::new() };
        for place in 0..managers {
            let email = format!("gestor{place}.{mark}@demo.example.com");
            people.managers.push(made.member(&format!("Gestor {place:03}"), &email, None).await?);
        }
        for place in 0..AGENTS {
            let email = format!("agente{place}.{mark}@demo.example.com");
            people.agents.push(made.member(&format!("Agente {place:03}"), &email, None).await?);
        }
        Ok(people)
    }
}

struct Made<'a> {
    app: &'a App,
    tx: &'a db::Tx,
    organization: OrganizationId,
    profile: ProfileId,
}

impl Made<'_> {
    async fn member(&self, name: &str, email: &str, password_hash: Option<String>) -> Result<MemberId> {
        let id: MemberId = self.app.ids.make();
        let new = NewMember {
            id,
            organization_id: self.organization,
            profile_id: Some(self.profile),
            name,
            email,
            password_hash,
            language: Language::Es,
        };
        db::members::create(self.tx, &new, self.app.clock.now()).await?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_of_groups_is_spread_over_levels_none_of_which_outnumbers_the_one_below() {
        for groups in 2..400 {
            let Levels { teams, branches, regions } = Levels::of(groups);
            assert_eq!(1 + teams + branches + regions, groups);
            assert!(regions <= branches && branches <= teams && teams > 0, "{groups}");
        }
    }
}
