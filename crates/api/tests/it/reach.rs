//! A manager's reach is one query; it has to be what the words say (product.md § Who sees what).

use crate::test_app::{Organization, Person, TestApp, noon};
use db::{Scope, groups::NewGroup, numbers::NewNumber};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::collections::BTreeSet;
use types::{
    GroupId, Language, NumberId,
    groups::{GroupContent, GroupKind},
};

const MEMBERS: usize = 4;

/// Groups, each with its parent among those before it and its managers; numbers, each with its group, owner and agents.
#[derive(Clone, Debug)]
struct Plan {
    groups: Vec<(Option<usize>, Vec<usize>)>,
    numbers: Vec<(Option<usize>, Option<usize>, Vec<usize>)>,
}

fn plans() -> impl Strategy<Value = Plan> {
    use proptest::{collection::vec, option::of};
    let groups = vec((of(0..100_usize), vec(0..MEMBERS, 0..2)), 1..12);
    let numbers = vec((of(0..100_usize), of(0..MEMBERS), vec(0..MEMBERS, 0..2)), 1..12);
    (groups, numbers).prop_map(|(groups, numbers)| {
        let count = groups.len();
        Plan {
            groups: groups
                .into_iter()
                .enumerate()
                // A parent comes before its children, so there is no cycle.
                .map(|(at, (parent, managers))| (parent.filter(|_| at > 0).map(|parent| parent % at), managers))
                .collect(),
            numbers: numbers
                .into_iter()
                .map(|(group, owner, agents)| (group.map(|group| group % count), owner, agents))
                .collect(),
        }
    })
}

impl Plan {
    /// Whether a member manages a group: it is theirs, or the group it is in is.
    fn manages(&self, member: usize, group: usize) -> bool {
        let (parent, managers) = &self.groups[group];
        managers.contains(&member) || parent.is_some_and(|parent| self.manages(member, parent))
    }

    fn reaches(&self, member: usize, number: usize) -> bool {
        let (group, owner, agents) = &self.numbers[number];
        *owner == Some(member) || agents.contains(&member) || group.is_some_and(|group| self.manages(member, group))
    }
}

#[actix_web::test]
async fn the_reach_and_the_managed_groups_of_any_member_of_any_tree_are_what_the_recursive_definition_says() {
    let app = TestApp::start().await;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for case in 0..24 {
        let plan = plans().new_tree(&mut runner).unwrap().current();
        let organization = app.organization(&format!("case{case}")).await;
        let mut members = Vec::new();
        for _ in 0..MEMBERS {
            members.push(app.member(&organization, &[]).await);
        }
        let (groups, numbers) = store(&app, &organization, &members, &plan).await;
        let scope = Scope::of_organization(organization.id);
        for (at, member) in members.iter().enumerate() {
            let reach = db::groups::reach(app.app.db.read(), organization.id, member.id).await.unwrap();
            let naive: BTreeSet<_> =
                numbers.iter().enumerate().filter(|(number, _)| plan.reaches(at, *number)).map(|(_, id)| *id).collect();
            assert_eq!(reach.len(), naive.len(), "nothing twice");
            assert_eq!(reach.into_iter().collect::<BTreeSet<_>>(), naive, "{plan:?}");
            let managed = db::groups::managed(app.app.db.read(), &scope, member.id).await.unwrap();
            let naive: BTreeSet<_> =
                groups.iter().enumerate().filter(|(group, _)| plan.manages(at, *group)).map(|(_, id)| *id).collect();
            assert_eq!(managed.into_iter().collect::<BTreeSet<_>>(), naive, "{plan:?}");
        }
    }
}

async fn store(
    app: &TestApp,
    organization: &Organization,
    members: &[Person],
    plan: &Plan,
) -> (Vec<GroupId>, Vec<NumberId>) {
    let mut groups: Vec<GroupId> = Vec::new();
    for (parent, managers) in &plan.groups {
        let managers: BTreeSet<_> = managers.iter().map(|member| members[*member].id).collect();
        let managers: Vec<_> = managers.into_iter().collect();
        let id = app.app.ids.make();
        let new = NewGroup {
            id,
            organization_id: organization.id,
            parent_id: parent.map(|parent| groups[parent]),
            name: "Group",
            kind: GroupKind::Team,
            content: GroupContent::Numbers,
            managers: &managers,
        };
        let tx = db::begin(&app.app.db).await.unwrap();
        db::groups::create(&tx, &new, noon()).await.unwrap();
        tx.commit().await.unwrap();
        groups.push(id);
    }
    let mut numbers = Vec::new();
    for (group, owner, agents) in &plan.numbers {
        let agents: Vec<_> = agents.iter().map(|member| members[*member].id).collect();
        let owner = owner.map(|member| members[member].id);
        let id: NumberId = app.app.ids.make();
        let new = NewNumber {
            id,
            organization_id: organization.id,
            waba_id: organization.waba_id,
            group_id: group.map(|group| groups[group]),
            owner_id: owner,
            agents: &agents,
            phone_number_id: None,
            phone: &id.to_string(),
            name: "Number",
            language: Language::Es,
            throughput: 80,
            chatbot: None,
        };
        let tx = db::begin(&app.app.db).await.unwrap();
        db::numbers::create(&tx, &new, noon()).await.unwrap();
        tx.commit().await.unwrap();
        numbers.push(id);
    }
    (groups, numbers)
}
