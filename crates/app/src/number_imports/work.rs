//! The worker that does the actions. Each is begun in a commit of its own before anything is done, and ended in one that
//! holds what it did: whenever the process dies, what is open is done again, and nothing is done twice.

use super::{agents, commit, tell, waba};
use crate::{App, Error, Result, changes::Changes, leases::Lease, members};
use db::{
    Scope,
    number_imports::{Job, OpenAction, Outcome},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};
use types::{ErrorCode, NumberImportId, audit_log::AuditSubject, number_imports::ImportActionKind};

/// Numbers that are worked on at a time.
const AT_ONCE: usize = 4;
/// The worker looks by itself after this long without a signal.
const LOOK_AFTER: Duration = Duration::from_secs(1);
/// The lease is kept this often while something takes long.
const KEEP_EVERY: Duration = Duration::from_secs(2);

/// Work for ever; only the replica that holds the lease does.
pub async fn run(app: App) {
    let mut lease = Lease::new(&app, "number_imports");
    loop {
        let outcome = match lease.keep(&app).await {
            Ok(true) => held(&app, &lease).await,
            Ok(false) => Ok(false),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(true) => {}
            Ok(false) => drop(timeout(LOOK_AFTER, app.signals.number_imports.notified()).await),
            Err(error) => {
                tracing::error!(%error, "numbers could not be included; it is tried again");
                sleep(LOOK_AFTER).await;
            }
        }
    }
}

/// A step, given up when another replica takes over.
async fn held(app: &App, lease: &Lease) -> Result<bool> {
    tokio::select! {
        done = step(app, lease) => done,
        lost = keep(app, lease) => Err(lost),
    }
}

/// Keep the lease for as long as it can be kept.
async fn keep(app: &App, lease: &Lease) -> Error {
    loop {
        sleep(KEEP_EVERY).await;
        match lease.keep_now(app).await {
            Ok(true) => {}
            Ok(false) => return Error::broken("another replica includes numbers now"),
            Err(error) => return error,
        }
    }
}

/// Do all that is open, some numbers at a time; false when there is nothing.
async fn step(app: &App, lease: &Lease) -> Result<bool> {
    let mut rows: BTreeMap<(NumberImportId, u32), Vec<OpenAction>> = BTreeMap::new();
    let open = db::number_imports::list_open(app.db.read()).await?;
    let imports: BTreeSet<_> = open.iter().map(|action| (action.organization_id, action.import_id)).collect();
    for action in open {
        rows.entry((action.import_id, action.row)).or_default().push(action);
    }
    if rows.is_empty() {
        return Ok(false);
    }
    let mut busy = JoinSet::new();
    let mut outcome = Ok(());
    for actions in rows.into_values() {
        if busy.len() >= AT_ONCE {
            outcome = outcome.and(ended(busy.join_next().await));
        }
        busy.spawn(number(app.clone(), lease.clone(), actions));
    }
    while !busy.is_empty() {
        outcome = outcome.and(ended(busy.join_next().await));
    }
    for (organization, import) in imports {
        finish(app, lease, &Scope::of_organization(organization), import).await?;
    }
    outcome.map(|()| true)
}

fn ended(joined: Option<std::result::Result<Result<()>, tokio::task::JoinError>>) -> Result<()> {
    match joined {
        None => Ok(()),
        Some(Ok(outcome)) => outcome,
        Some(Err(error)) => Err(Error::broken(error.to_string())),
    }
}

/// The open actions of one number, side by side; one that fails does not stop the others.
async fn number(app: App, lease: Lease, actions: Vec<OpenAction>) -> Result<()> {
    let mut busy = JoinSet::new();
    for action in actions {
        let (app, lease) = (app.clone(), lease.clone());
        busy.spawn(async move { act(&app, &lease, action).await });
    }
    let mut outcome = Ok(());
    while !busy.is_empty() {
        outcome = outcome.and(ended(busy.join_next().await));
    }
    outcome
}

async fn act(app: &App, lease: &Lease, action: OpenAction) -> Result<()> {
    if !begin(app, lease, &action).await? {
        return Ok(());
    }
    let scope = Scope::of_organization(action.organization_id);
    let done = match db::number_imports::job(app.db.read(), &action).await? {
        // The number, or its account, was deleted since.
        None => Err(ErrorCode::NotFound.into()),
        Some(job) => match action.kind {
            ImportActionKind::Chatbot => chatbot(app, lease, &scope, &action, &job).await,
            ImportActionKind::Waba => add(app, lease, &scope, &action, &job).await,
            ImportActionKind::Agents => grant(app, lease, &scope, &action, &job).await,
        },
    };
    match done {
        Err(Error::Refused(refusal)) => {
            let outcome = match refusal.whatsapp {
                Some(trouble) => Outcome::Trouble(trouble),
                None => Outcome::Code(refusal.code),
            };
            let tx = db::begin(&app.db).await?;
            settle(app, tx, lease, &scope, &action, &outcome, Changes::default(), None).await
        }
        other => other,
    }
}

async fn begin(app: &App, lease: &Lease, action: &OpenAction) -> Result<bool> {
    let scope = Scope::of_organization(action.organization_id);
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    if !db::number_imports::begin(&tx, action, app.clock.now()).await? {
        return Ok(false);
    }
    let mut changes = Changes::default();
    tell(&tx, &scope, action.import_id, &mut changes).await?;
    commit(app, tx, &scope, changes, None).await?;
    Ok(true)
}

async fn chatbot(app: &App, lease: &Lease, scope: &Scope, action: &OpenAction, job: &Job) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    if job.without_chatbot {
        let settings = domain::chatbots::defaults(job.language);
        db::number_imports::set_chatbot(&tx, scope, job.number_id, &settings, app.clock.now()).await?;
    }
    settle(app, tx, lease, scope, action, &Outcome::Done, Changes::default(), None).await?;
    announce(app, scope, job).await
}

async fn add(app: &App, lease: &Lease, scope: &Scope, action: &OpenAction, job: &Job) -> Result<()> {
    let found = match job.phone_number_id {
        Some(_) => None,
        None => Some(waba::add(app, job, action.attempts > 0).await.map_err(Error::whatsapp)?),
    };
    let mut changes = Changes::default();
    let tx = db::begin(&app.db).await?;
    if let Some(found) = found {
        db::number_imports::set_whatsapp_number(&tx, scope, job.number_id, &found, app.clock.now()).await?;
        changes.list(AuditSubject::Number);
    }
    settle(app, tx, lease, scope, action, &Outcome::Done, changes, None).await?;
    announce(app, scope, job).await
}

async fn grant(app: &App, lease: &Lease, scope: &Scope, action: &OpenAction, job: &Job) -> Result<()> {
    let mut changes = Changes::default();
    let tx = db::begin(&app.db).await?;
    let agents::Granted { by, invited } = agents::grant(app, &tx, scope, job, &mut changes).await?;
    settle(app, tx, lease, scope, action, &Outcome::Done, changes, Some(&by)).await?;
    if !invited.is_empty() {
        // Where no mail goes out, or this fails, the invitation is sent again from the members' page.
        if let Err(error) = members::send(app, scope, &by, invited).await {
            tracing::warn!(%error, "invitations of an inclusion were not sent");
        }
    }
    Ok(())
}

/// End an action in the transaction that holds what it did.
#[expect(clippy::too_many_arguments, reason = "it is the one end of three different actions")]
async fn settle(
    app: &App,
    tx: db::Tx,
    lease: &Lease,
    scope: &Scope,
    action: &OpenAction,
    outcome: &Outcome,
    mut changes: Changes,
    by: Option<&crate::changes::By>,
) -> Result<()> {
    lease.fence(&tx).await?;
    if !db::number_imports::settle(&tx, action, outcome, app.clock.now()).await? {
        return Err(Error::broken("an action was ended by somebody else"));
    }
    tell(&tx, scope, action.import_id, &mut changes).await?;
    commit(app, tx, scope, changes, by).await
}

/// A number that is in its account and has its chatbot can be spoken through from now on.
async fn announce(app: &App, scope: &Scope, job: &Job) -> Result<()> {
    if db::number_imports::number_is_ready(app.db.read(), scope, job.number_id).await? {
        app.directory.refresh(app).await?;
    }
    Ok(())
}

async fn finish(app: &App, lease: &Lease, scope: &Scope, id: NumberImportId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    db::number_imports::hold(&tx, scope, id).await?;
    if !db::number_imports::finish_import(&tx, scope, id, app.clock.now()).await? {
        return Ok(());
    }
    let mut changes = Changes::default();
    changes.list(AuditSubject::NumberImport);
    tell(&tx, scope, id, &mut changes).await?;
    commit(app, tx, scope, changes, None).await
}
