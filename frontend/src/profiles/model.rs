//! What checking a box of the permission editor does, and who may grant what.

use types::{
    Permission,
    permission::{Area, Entry},
    profiles::Profile,
};

/// How many of an area's boxes are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    None,
    Some,
    All,
}

/// Check or uncheck one box. Changing something includes seeing it, so that the two move together.
pub fn toggled(granted: &[Permission], entry: Entry, permission: Permission, on: bool) -> Vec<Permission> {
    let mut granted = granted.to_vec();
    let touched = match (on, permission == entry.edit) {
        (true, true) | (false, false) => vec![entry.view, entry.edit],
        (true, false) => vec![entry.view],
        (false, true) => vec![entry.edit],
    };
    granted.retain(|one| !touched.contains(one));
    if on {
        granted.extend(touched);
    }
    granted.sort_unstable();
    granted
}

/// Whether anything would stop a box from being moved: what one does not have oneself one neither grants nor takes.
pub fn is_movable(mine: &[Permission], permission: Permission) -> bool {
    mine.contains(&permission)
}

/// Check or uncheck all boxes of an area that one may move.
pub fn all_toggled(granted: &[Permission], area: Area, mine: &[Permission], on: bool) -> Vec<Permission> {
    let movable: Vec<Permission> = boxes(area).filter(|permission| is_movable(mine, *permission)).collect();
    let mut granted: Vec<Permission> = granted.iter().copied().filter(|one| !movable.contains(one)).collect();
    if on {
        granted.extend(movable);
    }
    granted.sort_unstable();
    granted
}

pub fn checked(granted: &[Permission], area: Area) -> Checked {
    let all = boxes(area).count();
    match boxes(area).filter(|permission| granted.contains(permission)).count() {
        0 => Checked::None,
        count if count == all => Checked::All,
        _ => Checked::Some,
    }
}

fn boxes(area: Area) -> impl Iterator<Item = Permission> {
    area.entries().iter().flat_map(|entry| [entry.view, entry.edit])
}

/// Whether somebody with these permissions may give the profile to others, or change those who have it.
pub fn may_give(mine: &[Permission], profile: &Profile) -> bool {
    let whole = !profile.administrator || mine.contains(&Permission::Administer);
    whole && profile.permissions.iter().all(|permission| mine.contains(permission))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission as P;

    const DESK: Entry = Entry { view: P::ViewDesk, edit: P::EditDesk };

    #[test]
    fn changing_includes_seeing() {
        assert_eq!(toggled(&[], DESK, P::EditDesk, true), [P::ViewDesk, P::EditDesk]);
        assert_eq!(toggled(&[P::ViewDesk, P::EditDesk], DESK, P::ViewDesk, false), []);
        assert_eq!(toggled(&[P::ViewDesk, P::EditDesk], DESK, P::EditDesk, false), [P::ViewDesk]);
        assert_eq!(toggled(&[], DESK, P::ViewDesk, true), [P::ViewDesk]);
        assert_eq!(toggled(&[P::ViewDesk], DESK, P::EditDesk, true), [P::ViewDesk, P::EditDesk]);
    }

    #[test]
    fn the_head_of_an_area_moves_only_what_one_has() {
        let mine = [P::ViewCampaigns, P::EditCampaigns];
        let granted = [P::ViewCampaignReports];
        let on = all_toggled(&granted, Area::Campaigns, &mine, true);
        assert_eq!(on, [P::ViewCampaigns, P::EditCampaigns, P::ViewCampaignReports]);
        assert_eq!(checked(&on, Area::Campaigns), Checked::Some);
        assert_eq!(all_toggled(&on, Area::Campaigns, &mine, false), granted);
        assert_eq!(checked(&[], Area::Campaigns), Checked::None);
        let all: Vec<P> = boxes(Area::Campaigns).collect();
        assert_eq!(checked(&all, Area::Campaigns), Checked::All);
    }

    #[test]
    fn nobody_gives_a_profile_that_has_more_than_they_have() {
        let profile = |administrator, permissions: &[P]| Profile {
            id: uuid::Uuid::nil().into(),
            name: "Ventas".into(),
            description: String::new(),
            administrator,
            permissions: permissions.to_vec(),
            member_count: 0,
            version: 1,
            updated_at: chrono::DateTime::UNIX_EPOCH,
        };
        let mine = [P::ViewDesk, P::EditMembers];
        assert!(may_give(&mine, &profile(false, &[P::ViewDesk])));
        assert!(!may_give(&mine, &profile(false, &[P::ViewDesk, P::EditDesk])));
        assert!(!may_give(&mine, &profile(true, &[])));
    }
}
