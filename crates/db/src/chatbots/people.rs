//! Who may be put into the queues of numbers: members with access to the number.

use crate::{Result, Scope, contacts::CHUNK, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::{BTreeSet, HashMap, HashSet};
use types::{MemberId, NumberId, chatbots::ChatbotPerson};
use uuid::Uuid;

/// Whose access is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Chosen<'a> {
    /// Everybody who has any.
    All,
    /// The members with these addresses, who may have none.
    Emails(&'a BTreeSet<String>),
}

/// Members who are not deactivated, and which of some numbers they have access to.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// By address, as it is kept.
    known: HashMap<String, Known>,
    access: HashSet<(NumberId, MemberId)>,
}

#[derive(Clone, Debug)]
struct Known {
    person: ChatbotPerson,
    administrator: bool,
}

impl People {
    /// Whether the organization has a member with this address.
    pub fn knows(&self, email: &str) -> bool {
        self.known.contains_key(email)
    }

    /// Who the address belongs to, where the number is within their reach.
    pub fn with_access(&self, number: NumberId, email: &str) -> Option<MemberId> {
        let known = self.known.get(email)?;
        let has = known.administrator || self.access.contains(&(number, known.person.id));
        has.then_some(known.person.id)
    }

    /// Everybody with access to a number, by name.
    pub fn of(&self, number: NumberId) -> Vec<ChatbotPerson> {
        let mut people: Vec<_> = self
            .known
            .iter()
            .filter(|(email, _)| self.with_access(number, email).is_some())
            .map(|(_, known)| known.person.clone())
            .collect();
        people.sort_by_cached_key(|person| (person.name.to_lowercase(), person.email.clone()));
        people
    }
}

/// Who has access to these numbers: owners, agents, managers of groups above, and administrators.
pub async fn people(
    db: &impl ConnectionTrait,
    scope: &Scope,
    numbers: &[NumberId],
    chosen: Chosen<'_>,
) -> Result<People> {
    let mut people = People::default();
    for chunk in numbers.chunks(CHUNK) {
        people.access.extend(access(db, scope, chunk).await?);
    }
    match chosen {
        Chosen::All => {
            let ids: BTreeSet<_> = people.access.iter().map(|(_, member)| member.0).collect();
            let ids: Vec<_> = ids.into_iter().collect();
            know(db, scope, &mut people, |sql| {
                sql.push(" AND p.administrator");
            })
            .await?;
            for chunk in ids.chunks(CHUNK) {
                know(db, scope, &mut people, |sql| {
                    sql.push(" AND m.id IN ").bind_list(chunk.iter().copied());
                })
                .await?;
            }
        }
        Chosen::Emails(emails) => {
            let emails: Vec<_> = emails.iter().map(String::as_str).collect();
            for chunk in emails.chunks(CHUNK) {
                know(db, scope, &mut people, |sql| {
                    sql.push(" AND m.email IN ").bind_list(chunk.iter().copied());
                })
                .await?;
            }
        }
    }
    Ok(people)
}

async fn know(db: &impl ConnectionTrait, scope: &Scope, people: &mut People, which: impl Fn(&mut Sql)) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        email: String,
        administrator: bool,
    }
    let mut sql = Sql::new(
        "SELECT m.id, m.name, m.email, (p.id IS NOT NULL AND p.administrator) AS administrator FROM members m \
         LEFT JOIN profiles p ON p.id = m.profile_id WHERE m.deactivated_at IS NULL AND m.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    which(&mut sql);
    for Row { id, name, email, administrator } in sql.all::<Row>(db).await? {
        let person = ChatbotPerson { id: MemberId(id), name, email: email.clone() };
        people.known.insert(email, Known { person, administrator });
    }
    Ok(())
}

/// Who owns, attends or manages which of these numbers.
async fn access(
    db: &impl ConnectionTrait,
    scope: &Scope,
    numbers: &[NumberId],
) -> Result<impl Iterator<Item = (NumberId, MemberId)>> {
    #[derive(FromQueryResult)]
    struct Row {
        number_id: Uuid,
        member_id: Uuid,
    }
    let ids = || numbers.iter().map(|id| id.0);
    let organization = scope.organization_id().0;
    let mut sql = Sql::new(
        "WITH RECURSIVE above (start, id) AS (SELECT DISTINCT group_id, group_id FROM numbers WHERE group_id IS NOT NULL \
         AND organization_id = ",
    );
    sql.bind(organization).push(" AND id IN ").bind_list(ids());
    sql.push(
        " UNION SELECT a.start, g.parent_id FROM above a JOIN groups g ON g.id = a.id WHERE g.parent_id IS NOT NULL) \
         SELECT n.id AS number_id, gm.member_id FROM above a JOIN group_managers gm ON gm.group_id = a.id \
         JOIN numbers n ON n.group_id = a.start WHERE n.id IN ",
    );
    sql.bind_list(ids());
    sql.push(
        " UNION SELECT id AS number_id, owner_id AS member_id FROM numbers WHERE owner_id IS NOT NULL \
         AND organization_id = ",
    );
    sql.bind(organization).push(" AND id IN ").bind_list(ids());
    sql.push(" UNION SELECT number_id, member_id FROM number_agents WHERE organization_id = ").bind(organization);
    sql.push(" AND number_id IN ").bind_list(ids());
    let rows = sql.all::<Row>(db).await?.into_iter();
    Ok(rows.map(|row| (NumberId(row.number_id), MemberId(row.member_id))))
}
