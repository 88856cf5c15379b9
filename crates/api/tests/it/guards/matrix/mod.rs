//! The matrix: every operation of the document, called by everybody, answers each as its row in `rows.rs` says.

mod rows;
mod things;

pub(super) use things::{chatbot_change, settings_copy};

use super::document::{self, Operation};
use crate::test_app::{Caller, Organization, Person, TestApp};
use db::Scope;
use rows::{Kind, ROWS, Rule};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt};
use strum::{EnumIter, IntoEnumIterator};
use types::{GroupId, Permission, chatbots::ChatbotSettings};

/// Who calls. The things are in one number's, or one group's, neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
enum Who {
    /// Without a session.
    Nobody,
    /// Attends the number, with a profile that grants nothing.
    Agent,
    /// The administrator of another organization.
    Foreigner,
    /// Has every permission of a profile, and manages another group.
    ManagerElsewhere,
    /// Has every permission of a profile, and attends the number, but manages nothing.
    Attendant,
    /// Has every permission of a profile, and manages the group, with the number in it.
    Manager,
    /// Comes last, since nothing may be left after them.
    Administrator,
}

/// What is expected of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// Just this status.
    Status(u16),
    /// This status, or 429: strangers are asked to wait by address, and here all have the same one.
    Open(u16),
    /// It gets as far as the operation's own rules, and may be refused by them: nothing is malformed, missing or forbidden.
    Passes,
}

impl Expected {
    fn met_by(self, status: u16) -> bool {
        match self {
            Self::Status(expected) => status == expected,
            Self::Open(expected) => status == expected || status == 429,
            // WhatsApp is not there.
            Self::Passes => ![400, 401, 403, 404].contains(&status) && (status < 500 || status == 503),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) | Self::Open(status) => write!(formatter, "{status}"),
            Self::Passes => formatter.write_str("a pass"),
        }
    }
}

/// Everybody, and what they are around.
struct Cast {
    app: TestApp,
    ours: Organization,
    theirs: Organization,
    agent: Person,
    attendant: Person,
    elsewhere: Person,
    manager: Person,
    /// Attends numbers beside the agent, who owns them.
    colleague: Person,
    group: GroupId,
}

impl Cast {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let (ours, theirs) = (app.organization("ours").await, app.organization("theirs").await);
        // What the administrators are made with is no hash, and cannot be compared with a password.
        let hash = app.app.passwords.hash("an administrator's password").await.unwrap();
        let tx = db::begin(&app.app.db).await.unwrap();
        for organization in [&ours, &theirs] {
            let scope = Scope::of_organization(organization.id);
            db::members::set_password(&tx, &scope, organization.administrator.id, &hash).await.unwrap();
        }
        tx.commit().await.unwrap();
        let every: Vec<_> = Permission::iter().filter(|permission| permission.is_grantable()).collect();
        let agent = app.member(&ours, &[]).await;
        let (attendant, colleague) = (app.member(&ours, &every).await, app.member(&ours, &every).await);
        let (elsewhere, manager) = (app.member(&ours, &every).await, app.member(&ours, &every).await);
        let group = app.group(&ours, None, &[&manager]).await;
        app.grouped_number(&ours, "Ours", &[&agent, &colleague, &attendant], Some(group)).await;
        let other = app.group(&ours, None, &[&elsewhere]).await;
        app.grouped_number(&ours, "Elsewhere", &[], Some(other)).await;
        Self { app, ours, theirs, agent, attendant, elsewhere, manager, colleague, group }
    }

    /// The status an operation answers.
    async fn call(&self, who: Who, operation: &Operation, ids: &[String]) -> u16 {
        let (organization, person) = match who {
            Who::Nobody => return call(&self.app.stranger(), operation, ids).await,
            Who::Agent => (self.ours.id, &self.agent),
            Who::Attendant => (self.ours.id, &self.attendant),
            Who::ManagerElsewhere => (self.ours.id, &self.elsewhere),
            Who::Manager => (self.ours.id, &self.manager),
            Who::Administrator => (self.ours.id, &self.ours.administrator),
            Who::Foreigner => (self.theirs.id, &self.theirs.administrator),
        };
        // A session of its own, for some operations end it.
        call(&*self.app.another_session(organization, person).await, operation, ids).await
    }
}

async fn call(caller: &Caller, operation: &Operation, ids: &[String]) -> u16 {
    let mut values = ids.iter();
    let mut filled = |part: &str| {
        if !part.starts_with('{') {
            return part.to_owned();
        }
        values.next().cloned().unwrap_or_else(|| panic!("{}: its row makes no thing for {part}", operation.name()))
    };
    let path = operation.path.split('/').map(&mut filled).collect::<Vec<_>>().join("/");
    let path = path + &query(operation, ids);
    let body = body(operation, ids).or_else(|| operation.example.clone());
    caller.request::<Value>(operation.method, &operation.path, &path, body).await.status
}

/// A query that names the thing, where it has to be named there.
fn query(operation: &Operation, ids: &[String]) -> String {
    match (operation.id.as_str(), ids) {
        ("list_off_hours_templates", [id]) => format!("?number_id={id}"),
        ("search_messages", _) => "?q=hola".to_owned(),
        (_, _) => String::new(),
    }
}

/// A body that names the things, where the path does not.
fn body(operation: &Operation, ids: &[String]) -> Option<Value> {
    match operation.id.as_str() {
        "create_group" => Some(json!({"name": "New", "kind": "team", "content": "numbers", "number_ids": ids})),
        "move_to_group" => Some(json!({"number_ids": ids, "to": null, "delete_emptied": true})),
        "preview_chatbot_change" | "create_chatbot_change" => Some(json!({
            "targets": {"number_ids": ids}, "reference_number_id": null, "settings": ChatbotSettings::default(),
            "fields": ["holidays"], "expected": null,
        })),
        // Onto itself, so that it is refused at last.
        "preview_settings_copy" | "create_settings_copy" => Some(json!({
            "reference_number_id": ids[0], "targets": {"number_ids": ids}, "parts": ["faq"], "expected": null,
        })),
        "preview_template_activations" | "update_template_activations" => Some(json!({
            "targets": {"number_ids": ids}, "reference_number_id": null, "inactive_template_ids": [], "version": null,
        })),
        _ => None,
    }
}

fn expected(who: Who, operation: &Operation, rule: Rule, kind: Kind) -> Expected {
    use Expected::{Passes, Status};
    let permissions = match (&operation.permissions, rule) {
        (None, Rule::Open(status)) => return Expected::Open(status),
        (Some(_), Rule::Open(_)) | (None, _) => panic!("{}: is it open, or is it not?", operation.name()),
        (Some(permissions), _) => permissions,
    };
    let member = ![Who::Nobody, Who::Foreigner, Who::Administrator].contains(&who);
    if who == Who::Nobody {
        return Status(401);
    }
    if who == Who::Agent && !permissions.is_empty() {
        return Status(403);
    }
    if member && permissions.contains(&Permission::Administer) {
        return Status(403);
    }
    if who == Who::Foreigner && kind != Kind::Nothing {
        return Status(404);
    }
    let is = |some: &[Who]| some.contains(&who);
    match rule {
        Rule::Open(status) => Expected::Open(status),
        Rule::Absent => Status(404),
        Rule::Reach | Rule::Management | Rule::Grouping if is(&[Who::ManagerElsewhere]) => Status(404),
        Rule::Management | Rule::Grouping if is(&[Who::Attendant]) => Status(403),
        Rule::Grouping if is(&[Who::Manager]) => Status(403),
        Rule::Group | Rule::Maker if is(&[Who::Agent, Who::ManagerElsewhere, Who::Attendant]) => Status(404),
        Rule::MakerAlone if !is(&[Who::Manager]) => Status(404),
        Rule::Permitted
        | Rule::Reach
        | Rule::Management
        | Rule::Grouping
        | Rule::Group
        | Rule::Maker
        | Rule::MakerAlone => Passes,
    }
}

#[test]
fn every_operation_has_its_row_in_the_matrix_and_every_row_its_operation() {
    let operations: Vec<_> = document::operations().iter().map(|operation| operation.id.clone()).collect();
    let rows: Vec<_> = ROWS.iter().map(|(id, ..)| (*id).to_owned()).collect();
    let (known, listed): (BTreeSet<_>, BTreeSet<_>) = (operations.iter().collect(), rows.iter().collect());
    assert_eq!((known.len(), listed.len()), (operations.len(), rows.len()), "a name is there twice");
    let (missing, stale): (Vec<_>, Vec<_>) = (known.difference(&listed).collect(), listed.difference(&known).collect());
    assert!(missing.is_empty() && stale.is_empty(), "rows that are missing: {missing:?}; that are stale: {stale:?}");
}

#[actix_web::test]
async fn every_operation_answers_everybody_as_its_row_says() {
    let cast = Cast::new().await;
    let mut wrong = Vec::new();
    for operation in document::operations() {
        // The other test tells which row is missing.
        let Some((_, rule, kind)) = ROWS.iter().find(|(id, ..)| *id == operation.id) else { continue };
        let mut ids = cast.make(*kind).await;
        for who in Who::iter() {
            let expected = expected(who, operation, *rule, *kind);
            let status = cast.call(who, operation, &ids).await;
            if !expected.met_by(status) {
                wrong.push(format!("{} ({}): {who:?} gets {status}, not {expected}", operation.id, operation.name()));
            }
            if expected == Expected::Passes {
                // It may be gone, or changed.
                ids = cast.make(*kind).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers are not as expected:\n{}", wrong.len(), wrong.join("\n"));
}
