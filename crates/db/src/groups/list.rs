//! Groups as they are shown, and as the rules see them: a few questions for all of an organization, whatever their number.

use crate::{
    Error, Result, Scope, cursor,
    sql::{Sql, fold},
};
use domain::groups::{self, Leaf, Tree};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use types::{
    ErrorCode, GroupId, MemberId, NumberId, Page, PageQuery,
    groups::{Group, GroupContent, GroupFilter, GroupRef},
    members::MemberRef,
    numbers::NumberRef,
};
use uuid::Uuid;

/// A page of the groups by name: those a member manages at any depth, or all of the organization.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    managed_by: Option<MemberId>,
    filter: &GroupFilter,
    page: &PageQuery,
) -> Result<Page<Group>> {
    let GroupFilter { q } = filter;
    let wanted = q.as_deref().map(fold);
    let after = cursor::read::<(String, GroupId)>(page.cursor.as_deref())?;
    let stored = Stored::load(db, scope).await?;
    let levels = stored.levels();
    let mut places: Vec<_> = stored
        .rows
        .iter()
        .map(|row| (fold(&row.name), GroupId(row.id)))
        .filter(|(name, _)| wanted.as_ref().is_none_or(|wanted| name.contains(wanted)))
        .filter(|place| after.as_ref().is_none_or(|after| place > after))
        .filter(|(_, id)| managed_by.is_none_or(|member| stored.tree.manages(member, *id)))
        .collect();
    places.sort();
    let asked = usize::try_from(page.limit()).unwrap_or(usize::MAX).saturating_add(1);
    let items: Vec<_> = places.into_iter().take(asked).filter_map(|(_, id)| stored.group(id, &levels)).collect();
    cursor::page(items, page.limit(), |group: &Group| (fold(&group.name), group.id))
}

/// One group of the organization.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: GroupId) -> Result<Group> {
    let stored = Stored::load(db, scope).await?;
    let levels = stored.levels();
    stored.group(id, &levels).ok_or(Error::Refused(ErrorCode::NotFound))
}

/// A page of the numbers directly in a group, by name.
pub async fn list_numbers(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: GroupId,
    page: &PageQuery,
) -> Result<Page<NumberRef>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        phone: String,
    }
    let mut sql = Sql::new("SELECT n.id, n.name, n.phone FROM numbers n WHERE n.deleted_at IS NULL AND n.group_id = ");
    sql.bind(id.0).push(" AND n.organization_id = ").bind(scope.organization_id().0);
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (n.name, n.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY n.name, n.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let numbers = sql.all::<Row>(db).await?.into_iter();
    let items = numbers.map(|row| NumberRef { id: NumberId(row.id), name: row.name, phone: row.phone }).collect();
    cursor::page(items, page.limit(), |number: &NumberRef| (number.name.clone(), number.id))
}

/// All groups and numbers of the organization, for the rules. Held by `organizations::hold`, it is as it will be stored.
pub async fn tree(db: &impl ConnectionTrait, scope: &Scope) -> Result<Tree> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        group_id: Option<Uuid>,
    }
    let stored = Stored::load(db, scope).await?;
    let mut sql = Sql::new("SELECT id, name, group_id FROM numbers WHERE deleted_at IS NULL AND organization_id = ");
    sql.bind(scope.organization_id().0);
    let numbers = sql.all::<Row>(db).await?.into_iter();
    let leaf = |row: Row| (NumberId(row.id), Leaf { name: row.name, group: row.group_id.map(GroupId) });
    Ok(Tree::new(stored.tree.groups().clone(), numbers.map(leaf).collect()))
}

/// The organization's groups as they are stored.
struct Stored {
    rows: Vec<Row>,
    /// Where each is among the rows.
    places: BTreeMap<GroupId, usize>,
    /// Without its numbers.
    tree: Tree,
    /// Who manages, by name.
    managers: Vec<(GroupId, MemberRef)>,
    /// The numbers directly in each.
    own: BTreeMap<GroupId, u64>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    parent_id: Option<Uuid>,
    kind: String,
    content: String,
    version: i64,
    own: i64,
}

#[derive(FromQueryResult)]
struct Manager {
    group_id: Uuid,
    id: Uuid,
    name: String,
}

/// What of each group depends on those below it.
struct Levels {
    levels: BTreeMap<GroupId, u32>,
    numbers: BTreeMap<GroupId, u64>,
}

impl Stored {
    async fn load(db: &impl ConnectionTrait, scope: &Scope) -> Result<Self> {
        let mut sql = Sql::new(
            "SELECT g.id, g.name, g.parent_id, g.kind, g.content, g.version, COALESCE(c.own, 0) AS own FROM groups g \
             LEFT JOIN (SELECT group_id, COUNT(*) AS own FROM numbers WHERE deleted_at IS NULL AND group_id IS NOT NULL \
             AND organization_id = ",
        );
        sql.bind(scope.organization_id().0)
            .push(" GROUP BY group_id) c ON c.group_id = g.id WHERE g.organization_id = ");
        sql.bind(scope.organization_id().0);
        let rows = sql.all::<Row>(db).await?;
        let mut sql = Sql::new(
            "SELECT gm.group_id, m.id, m.name FROM group_managers gm JOIN members m ON m.id = gm.member_id WHERE gm.organization_id = ",
        );
        sql.bind(scope.organization_id().0).push(" ORDER BY m.name, m.id");
        let managers: Vec<_> = sql
            .all::<Manager>(db)
            .await?
            .into_iter()
            .map(|row| (GroupId(row.group_id), MemberRef { id: MemberId(row.id), name: row.name }))
            .collect();
        let mut nodes: BTreeMap<GroupId, groups::Group> = BTreeMap::new();
        for row in &rows {
            let node = groups::Group {
                name: row.name.clone(),
                content: content(row),
                parent: row.parent_id.map(GroupId),
                managers: managers.iter().filter(|(id, _)| id.0 == row.id).map(|(_, member)| member.id).collect(),
            };
            nodes.insert(GroupId(row.id), node);
        }
        Ok(Self {
            places: rows.iter().enumerate().map(|(place, row)| (GroupId(row.id), place)).collect(),
            own: rows.iter().map(|row| (GroupId(row.id), row.own.unsigned_abs())).collect(),
            tree: Tree::new(nodes, BTreeMap::new()),
            rows,
            managers,
        })
    }

    fn levels(&self) -> Levels {
        Levels { levels: self.tree.levels(), numbers: self.tree.sums(&self.own) }
    }

    fn group(&self, id: GroupId, of: &Levels) -> Option<Group> {
        let row = self.rows.get(*self.places.get(&id)?)?;
        let parent = row.parent_id.map(GroupId);
        let above = parent.map(|parent| self.tree.upwards(parent)).unwrap_or_default();
        let name = |id: GroupId| self.tree.groups().get(&id).map(|group| group.name.clone());
        let mut inherited: Vec<MemberRef> = Vec::new();
        for (_, member) in self.managers.iter().filter(|(id, _)| above.contains(id)) {
            if inherited.last().is_none_or(|last| last.id != member.id) {
                inherited.push(member.clone());
            }
        }
        Some(Group {
            id,
            name: row.name.clone(),
            kind: row.kind.parse().unwrap_or_default(),
            content: content(row),
            parent: parent.and_then(|id| Some(GroupRef { id, name: name(id)? })),
            level: of.levels.get(&id).copied().unwrap_or(1),
            child_count: self.tree.child_count(id) + row.own.unsigned_abs(),
            number_count: of.numbers.get(&id).copied().unwrap_or(0),
            managers: self.managers.iter().filter(|(of, _)| *of == id).map(|(_, member)| member.clone()).collect(),
            inherited_managers: inherited,
            version: row.version.unsigned_abs(),
        })
    }
}

fn content(row: &Row) -> GroupContent {
    row.content.parse().unwrap_or_default()
}
