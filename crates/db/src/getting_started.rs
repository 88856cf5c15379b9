//! What is there of numbers and of the organization, for what they still need (spec S4). Each answer is one question.

use crate::{
    Result, Scope, cursor,
    sql::{Sql, contains},
};
use domain::getting_started::StartFacts;
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    ErrorCode, NumberId, Page, PageQuery,
    chatbots::AVAILABILITY_TEMPLATE,
    getting_started::{GettingStarted, GettingStartedFilter, StartStep},
    numbers::NumberRef,
};
use uuid::Uuid;

/// What is there of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct OrganizationFacts {
    pub waba_connected: bool,
    pub numbers_included: bool,
    /// There is somebody beside the first member who is not deactivated.
    pub members_invited: bool,
    /// Somebody of the installation has connected the account that was asked about.
    pub account_taken: bool,
}

/// A page of the numbers in scope: those that need something first, then by name. A number that becomes ready between two
/// pages moves behind the others, and is then seen again with its new state.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &GettingStartedFilter,
    page: &PageQuery,
) -> Result<Page<GettingStarted>> {
    let GettingStartedFilter { missing, pending, q, number_id } = filter;
    let mut sql = in_scope(scope);
    if let Some(id) = number_id {
        sql.push(" AND s.id = ").bind(id.0);
    }
    if let Some(text) = q {
        sql.push(" AND (s.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR s.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], ""))).push(" ESCAPE '\\')");
    }
    match pending {
        Some(true) => drop(sql.push(" AND s.ready = 0")),
        Some(false) => drop(sql.push(" AND s.ready = 1")),
        None => {}
    }
    if let Some(step) = missing {
        sql.push(" AND NOT s.").push(column(*step));
    }
    if let Some((ready, name, id)) = cursor::read::<(bool, String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (s.ready, s.name, s.id) > (").bind(i32::from(ready)).push(", ").bind(name);
        sql.push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY s.ready, s.name, s.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::started).collect();
    cursor::page(items, page.limit(), |item: &GettingStarted| (item.ready, item.number.name.clone(), item.number.id))
}

/// One number in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<GettingStarted> {
    let mut sql = in_scope(scope);
    sql.push(" AND s.id = ").bind(id.0);
    Ok(sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.started())
}

/// What is there of the organization. `account` is WhatsApp's id of an account that anybody might have connected.
pub async fn organization(
    db: &impl ConnectionTrait,
    scope: &Scope,
    account: Option<&str>,
) -> Result<OrganizationFacts> {
    #[derive(FromQueryResult)]
    struct Row {
        waba_connected: bool,
        numbers_included: bool,
        members: i64,
        account_taken: bool,
    }
    let organization = scope.organization_id().0;
    let mut sql = Sql::new("SELECT EXISTS (SELECT 1 FROM wabas WHERE deleted_at IS NULL AND organization_id = ");
    sql.bind(organization).push(") AS waba_connected, EXISTS (SELECT 1 FROM numbers WHERE deleted_at IS NULL AND phone_number_id IS NOT NULL AND organization_id = ");
    sql.bind(organization).push(
        ") AS numbers_included, (SELECT count(*) FROM members WHERE deactivated_at IS NULL AND organization_id = ",
    );
    sql.bind(organization).push(") AS members, EXISTS (SELECT 1 FROM wabas WHERE deleted_at IS NULL AND waba_id = ");
    sql.bind(account.map(ToOwned::to_owned)).push(") AS account_taken");
    let row = sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?;
    Ok(OrganizationFacts {
        waba_connected: row.waba_connected,
        numbers_included: row.numbers_included,
        members_invited: row.members > 1,
        account_taken: row.account_taken,
    })
}

/// Every question about numbers starts here: `s` is a number in scope with its facts.
fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT s.* FROM (SELECT f.*, CASE WHEN f.included AND f.verified AND f.registered AND f.subscribed AND f.profile_filled \
         AND f.agents_ready AND f.agent_in_queue AND f.hours_set AND f.greeting_reviewed \
         AND f.templates_approved AND f.availability_template AND f.heard THEN 1 ELSE 0 END AS ready FROM (SELECT n.id, n.name, n.search_key, n.phone, \
         n.phone_number_id IS NOT NULL AS included, n.verified_at IS NOT NULL AS verified, \
         (n.registered_at IS NOT NULL AND COALESCE(n.whatsapp_status, '') = 'CONNECTED') AS registered, \
         (w.deleted_at IS NULL AND w.subscribed) AS subscribed, n.profile_filled_at IS NOT NULL AS profile_filled, \
         (n.owner_id IS NOT NULL AND EXISTS (SELECT 1 FROM number_agents a JOIN members m ON m.id = a.member_id WHERE \
         a.number_id = n.id AND m.deactivated_at IS NULL AND m.password_hash IS NOT NULL)) AS agents_ready, \
         EXISTS (SELECT 1 FROM queue_agents q JOIN members m ON m.id = q.member_id WHERE q.number_id = n.id \
         AND m.deactivated_at IS NULL AND m.password_hash IS NOT NULL) AS agent_in_queue, \
         n.chatbot_changed_at IS NOT NULL AS hours_set, n.chatbot_changed_at IS NOT NULL AS greeting_reviewed, \
         EXISTS (SELECT 1 FROM templates t WHERE t.waba_id = n.waba_id AND t.status = 'APPROVED' AND t.name <> '",
    );
    sql.push(AVAILABILITY_TEMPLATE);
    sql.push(
        "' AND NOT EXISTS (SELECT 1 FROM template_deactivations d WHERE d.number_id = n.id AND d.template_id = t.id)) AS templates_approved, \
         EXISTS (SELECT 1 FROM templates t WHERE t.waba_id = n.waba_id AND t.status = 'APPROVED' AND t.announces AND t.name = '",
    );
    sql.push(AVAILABILITY_TEMPLATE);
    sql.push(
        "') AS availability_template, \
         EXISTS (SELECT 1 FROM conversations c WHERE c.number_id = n.id AND c.last_inbound_at IS NOT NULL) AS heard \
         FROM numbers n JOIN wabas w ON w.id = n.waba_id WHERE n.deleted_at IS NULL AND ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql.push(") f) s WHERE 1 = 1");
    sql
}

fn column(step: StartStep) -> &'static str {
    match step {
        StartStep::Included => "included",
        StartStep::Verified => "verified",
        StartStep::Registered => "registered",
        StartStep::WebhookSubscribed => "subscribed",
        StartStep::ProfileFilled => "profile_filled",
        StartStep::AgentsReady => "agents_ready",
        StartStep::AgentInQueue => "agent_in_queue",
        StartStep::HoursSet => "hours_set",
        StartStep::GreetingReviewed => "greeting_reviewed",
        StartStep::TemplatesApproved => "templates_approved",
        StartStep::AvailabilityTemplate => "availability_template",
        StartStep::FirstMessageReceived => "heard",
    }
}

#[derive(FromQueryResult)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself, and none excludes another")]
struct Row {
    id: Uuid,
    name: String,
    phone: String,
    included: bool,
    verified: bool,
    registered: bool,
    subscribed: bool,
    profile_filled: bool,
    agents_ready: bool,
    agent_in_queue: bool,
    hours_set: bool,
    greeting_reviewed: bool,
    templates_approved: bool,
    availability_template: bool,
    heard: bool,
}

impl Row {
    fn started(self) -> GettingStarted {
        let Self {
            id,
            name,
            phone,
            included,
            verified,
            registered,
            subscribed,
            profile_filled,
            agents_ready,
            agent_in_queue,
            hours_set,
            greeting_reviewed,
            templates_approved,
            availability_template,
            heard,
        } = self;
        let steps = domain::getting_started::steps(StartFacts {
            included,
            verified,
            registered,
            subscribed,
            profile_filled,
            agents_ready,
            agent_in_queue,
            hours_set,
            greeting_reviewed,
            templates_approved,
            availability_template,
            heard,
        });
        let ready = domain::getting_started::is_ready(&steps);
        GettingStarted { number: NumberRef { id: NumberId(id), name, phone }, steps, ready }
    }
}
