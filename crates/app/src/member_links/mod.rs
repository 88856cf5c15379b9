//! Links by which members choose a password: making one, sending it, using it (spec P1).

mod password;

pub use password::{RESETS_PER_ACCOUNT, ask_reset, change_password, check, use_link};

use crate::{
    App, Result,
    changes::By,
    mail::{self, Letter, Post, Undelivered},
};
use chrono::Duration;
use db::{
    Scope,
    member_links::{LivingLink, NewMemberLink},
};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;
use types::{
    ErrorCode, MemberId,
    member_links::{INVITATION_DAYS, MemberLinkKind, RESET_HOURS},
    members::SentLink,
};

/// Bytes of a link's secret.
const TOKEN_BYTES: usize = 32;
/// Letters on their way at a time.
const AT_ONCE: usize = 5;

/// Make a link of a member within a transaction, and give its secret, which is nowhere else. The member's links before it
/// end.
pub async fn create(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    member_id: MemberId,
    kind: MemberLinkKind,
) -> Result<String> {
    let (new, token) = make(app, member_id, kind)?;
    db::member_links::create(tx, scope, &new, app.clock.now()).await?;
    Ok(token)
}

/// A link and its secret.
fn make(app: &App, member_id: MemberId, kind: MemberLinkKind) -> Result<(NewMemberLink, String)> {
    let mut bytes = [0_u8; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| crate::Error::broken(error.to_string()))?;
    let token = hex::encode(bytes);
    let lasts = match kind {
        MemberLinkKind::Invitation => Duration::days(INVITATION_DAYS),
        MemberLinkKind::PasswordReset => Duration::hours(RESET_HOURS),
    };
    let new = NewMemberLink {
        id: app.ids.make(),
        member_id,
        kind,
        token_hash: hash(&token),
        expires_at: app.clock.now() + lasts,
    };
    Ok((new, token))
}

/// Mail links where mail goes out. A link whose letter did not go out is given to be shown, but to administrators alone:
/// whoever has it becomes the member it is for. In the order of the secrets.
pub async fn send(app: &App, scope: &Scope, by: Option<&By>, tokens: &[String]) -> Result<Vec<SentLink>> {
    let mut post = match mail::open(app, scope).await? {
        None => None,
        Some(Ok(post)) => Some(post),
        Some(Err(why)) => {
            failed(&why);
            None
        }
    };
    let shown = by.is_some_and(|by| by.administrator);
    let mut sent = Vec::with_capacity(tokens.len());
    for chunk in tokens.chunks(AT_ONCE) {
        let mut links = Vec::with_capacity(chunk.len());
        for token in chunk {
            links.push((get(app, token).await?, address(app, token)));
        }
        let outcomes = mailed(app, post.as_ref(), &links).await?;
        // A server that is not there for these is not there for the others either, and somebody waits.
        if outcomes.iter().any(|outcome| matches!(outcome, Some(Err(why)) if why.is_of_all())) {
            post = None;
        }
        sent.extend(links.into_iter().zip(outcomes).map(|((link, address), outcome)| {
            let mailed = matches!(outcome, Some(Ok(())));
            SentLink { link: (shown && !mailed).then_some(address), mailed, expires_at: link.expires_at }
        }));
    }
    Ok(sent)
}

/// What became of each letter; nothing where no mail goes out.
async fn mailed(
    app: &App,
    post: Option<&Post>,
    links: &[(LivingLink, String)],
) -> Result<Vec<Option<std::result::Result<(), Undelivered>>>> {
    let mut outcomes = vec![None; links.len()];
    let Some(post) = post else { return Ok(outcomes) };
    let mut running = JoinSet::new();
    for (index, (link, address)) in links.iter().enumerate() {
        let (app, post, letter) = (app.clone(), post.clone(), Letter::with_link(link, address));
        running.spawn(async move { (index, post.send(&app, &letter).await) });
    }
    while let Some(done) = running.join_next().await {
        let (index, outcome) = done.map_err(|error| crate::Error::broken(error.to_string()))?;
        if let Err(why) = &outcome {
            failed(why);
        }
        if let Some(place) = outcomes.get_mut(index) {
            *place = Some(outcome);
        }
    }
    Ok(outcomes)
}

fn failed(why: &Undelivered) {
    // What the server said may hold the address, which is no business of the log.
    let kind = match why {
        Undelivered::Unusable => "the addresses cannot be used",
        Undelivered::Private => "the server stands in the internal network",
        Undelivered::NotMail => "what answered is no mail server",
        Undelivered::PasswordUnreadable => "the stored password cannot be read",
        Undelivered::Silent => "the server did not answer in time",
        Undelivered::Unreachable(_) => "there was no connection",
        Undelivered::NotSecret(_) => "the connection could not be encrypted",
        Undelivered::Refused(_) => "the server refused",
    };
    tracing::warn!(why = kind, "a letter did not go out");
}

/// The living link of a secret. `LinkEnded` when there is none, for whatever reason.
pub async fn get(app: &App, token: &str) -> Result<LivingLink> {
    let found = db::member_links::find(app.db.read(), &hash(token), app.clock.now()).await?;
    found.ok_or(ErrorCode::LinkEnded.into())
}

/// The address that opens a link. The secret stands behind the `#`, so that no server or proxy ever writes it down.
pub fn address(app: &App, token: &str) -> String {
    format!("{}/link#{token}", app.settings.public_url)
}

/// What is stored of a secret. It has the entropy of a key, so that one round is enough.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.trim().as_bytes()).to_vec()
}
