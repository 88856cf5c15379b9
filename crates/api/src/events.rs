//! The stream of events: server-sent, filtered by permission and reach, resumed after `Last-Event-ID` without loss.

use crate::{
    Result,
    access::{self, Actor, can},
    openapi::Authenticated,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Bytes, Data},
};
use app::{App, presence::Connection};
use db::{
    Reach, Scope,
    events::{Audience, ToldEvent},
    sessions::SignedIn,
};
use futures_util::stream;
use std::{collections::VecDeque, sync::Arc, time::Duration};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, timeout},
};
use types::{Permission, events::Event};
use utoipa_actix_web::service_config::ServiceConfig;

/// What the member may see is looked up again this often: a revoked session ends the stream, a lost number is silent. A
/// stream without events says then that it lives.
const CHECK: Duration = Duration::from_secs(5);
/// Events read from the database at a time.
const TOGETHER: u32 = 500;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(stream_events);
}

/// Follow what changes, as server-sent events
///
/// Each event has an id. A browser sends the last one it got as `Last-Event-ID` when it connects again, and gets what it
/// missed first. Events are kept for a day; before that the stream begins with the event `reset`.
#[utoipa::path(
    tag = "events",
    params(("Last-Event-ID" = Option<i64>, Header, description = "The id of the last event that was received")),
    responses((status = 200, content_type = "text/event-stream", body = Event), Authenticated),
    security(("session" = []))
)]
#[get("/events")]
async fn stream_events(actor: Actor<can::SignIn>, app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let last =
        request.headers().get("last-event-id").and_then(|value| value.to_str().ok()).and_then(|id| id.parse().ok());
    let follower = Follower::new(app.get_ref().clone(), actor.member, actor.scope, last).await?;
    let events = stream::unfold(follower, |mut follower| async move {
        Some((Ok::<_, actix_web::Error>(follower.next().await?), follower))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(events))
}

/// One open stream.
struct Follower {
    app: App,
    member: SignedIn,
    scope: Scope,
    permissions: Vec<Permission>,
    live: Receiver<Arc<ToldEvent>>,
    /// The last event that was looked at, shown or not.
    position: i64,
    /// What has to be read from the database before the live ones.
    behind: bool,
    ready: VecDeque<Bytes>,
    checked: Instant,
    /// What the member may see has changed since.
    stale: bool,
    /// Whoever follows is connected.
    _connection: Connection,
}

impl Follower {
    async fn new(app: App, member: SignedIn, scope: Scope, last: Option<i64>) -> Result<Self> {
        // Listening comes before looking, so that nothing falls between the two.
        let live = app.hub.listen();
        let (oldest, latest) = db::events::bounds(app.db.read()).await?;
        let mut ready = VecDeque::from([Bytes::from_static(b"retry: 1000\n\n")]);
        let (position, behind) = match last {
            Some(id) if id >= oldest.saturating_sub(1) && id <= latest => (id, true),
            Some(_) => {
                ready.push_back(written(latest, &serde_json::to_string(&Event::Reset).map_err(app::Error::from)?));
                (latest, false)
            }
            // A new page begins here: this id is what it resumes after.
            None => {
                ready.push_back(Bytes::from(format!("id: {latest}\n\n: hello\n\n")));
                (latest, true)
            }
        };
        let permissions = access::permissions(&member, &scope);
        let connection = app.presence.connect(member.member_id);
        Ok(Self {
            app,
            member,
            scope,
            permissions,
            live,
            position,
            behind,
            ready,
            checked: Instant::now(),
            stale: false,
            _connection: connection,
        })
    }

    /// The next piece of the stream; None when it has to end.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(bytes) = self.ready.pop_front() {
                return Some(bytes);
            }
            if (self.stale || self.checked.elapsed() >= CHECK) && !self.check().await {
                return None;
            }
            if self.behind {
                self.catch_up().await?;
                continue;
            }
            let mut closing = self.app.hub.closing();
            let next = tokio::select! {
                next = timeout(CHECK, self.live.recv()) => next,
                _ = closing.wait_for(|closing| *closing) => return None,
            };
            match next {
                Ok(Ok(event)) => self.take(&event),
                Ok(Err(RecvError::Lagged(_))) => self.behind = true,
                Ok(Err(RecvError::Closed)) => return None,
                Err(_silence) => return Some(Bytes::from_static(b": beat\n\n")),
            }
        }
    }

    fn take(&mut self, event: &ToldEvent) {
        if event.id <= self.position {
            return;
        }
        self.position = event.id;
        if event.organization_id == self.scope.organization_id() && self.is_for_member(event) {
            self.ready.push_back(written(event.id, &event.payload));
        }
    }

    fn is_for_member(&mut self, event: &ToldEvent) -> bool {
        let permitted = match event.audience {
            Audience::Member(member) => {
                // It is told as things were, and everything after it as they are.
                self.stale |= member == self.member.member_id;
                return member == self.member.member_id;
            }
            Audience::Permitted(permission) => self.permissions.contains(&permission),
            Audience::Everyone => true,
            Audience::Unknown => false,
        };
        permitted
            && match event.number_id {
                Some(number) => self.scope.reaches(number),
                None => self.reaches_all_of(&event.payload),
            }
    }

    /// An event that is about several numbers is for who reaches all of them, as its page is.
    fn reaches_all_of(&self, payload: &str) -> bool {
        if *self.scope.reach() == Reach::All {
            return true;
        }
        match serde_json::from_str(payload) {
            Ok(Event::CampaignChanged { campaign }) => {
                let all = campaign.senders.iter().all(|sender| self.scope.reaches(sender.number.id));
                campaign.created_by.id == self.member.member_id || (all && !campaign.senders.is_empty())
            }
            Ok(Event::NumberImportChanged { import }) => import.created_by.id == self.member.member_id,
            Ok(Event::ListChanged { .. } | Event::AccessChanged) => true,
            Ok(
                Event::MessageChanged { .. }
                | Event::TicketChanged { .. }
                | Event::AbsenceChanged { .. }
                | Event::OffHoursContactsChanged { .. }
                | Event::Reset,
            )
            | Err(_) => false,
        }
    }

    async fn catch_up(&mut self) -> Option<()> {
        let events = db::events::list_after(self.app.db.read(), self.position, TOGETHER).await.ok()?;
        self.behind = !events.is_empty();
        for event in &events {
            self.take(event);
        }
        Some(())
    }

    /// Look up again what the member may see; false when the session has ended.
    async fn check(&mut self) -> bool {
        (self.checked, self.stale) = (Instant::now(), false);
        let found =
            db::sessions::find_signed_in(self.app.db.read(), self.member.session_id, self.app.clock.now()).await;
        let Ok(Some(member)) = found else { return false };
        let Ok(scope) = access::scope(&self.app, &member).await else { return false };
        self.permissions = access::permissions(&member, &scope);
        (self.member, self.scope) = (member, scope);
        true
    }
}

fn written(id: i64, json: &str) -> Bytes {
    Bytes::from(format!("id: {id}\ndata: {json}\n\n"))
}
