//! Sign-in, sign-out, one's own sessions, and who is signed in (spec P1).

use crate::{
    Result,
    access::{self, Actor, can},
    body::Input,
    openapi::{Authenticated, Found, Hashing, SignInRefused, Throttled, Validated},
    token,
};
use actix_web::{
    HttpRequest, HttpResponse, delete, get, post, put,
    web::{Data, Json, Path},
};
use app::{App, sign_in::Opened};
use db::{Reach, Scope, sessions::SignedIn};
use types::{
    ErrorCode, Page, SessionId,
    sessions::{Me, MeInput, MyOrganization, MyProfile, PasswordInput, Session, SessionInfo, SessionInput},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_session)
        .service(list_sessions)
        .service(delete_current_session)
        .service(delete_session)
        .service(get_me)
        .service(update_me)
        .service(update_my_password);
}

/// Sign in
#[utoipa::path(tag = "sessions", request_body = SessionInput, responses((status = 201, body = Session), Validated, SignInRefused), security(()))]
#[post("/sessions")]
async fn create_session(app: Data<App>, request: HttpRequest, input: Input<SessionInput>) -> Result<HttpResponse> {
    let address = access::address(&app, &request);
    let opened = app::sign_in::sign_in(&app, &input.0, &address, access::user_agent(&request)).await?;
    answer(&app, opened).await
}

/// List one's own living sessions
#[utoipa::path(tag = "sessions", responses((status = 200, body = Page<SessionInfo>), Authenticated), security(("session" = [])))]
#[get("/sessions")]
async fn list_sessions(actor: Actor<can::SignIn>, app: Data<App>) -> Result<Json<Page<SessionInfo>>> {
    let Actor { member, scope, .. } = &actor;
    let items = db::sessions::list(app.db.read(), scope, member.member_id, member.session_id, app.clock.now()).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

/// Sign out
#[utoipa::path(tag = "sessions", responses((status = 204), Authenticated), security(("session" = [])))]
#[delete("/sessions/current")]
async fn delete_current_session(actor: Actor<can::SignIn>, app: Data<App>) -> Result<HttpResponse> {
    revoke(&app, &actor, actor.member.session_id).await?;
    let mut cookie = access::cookie(&app, String::new());
    cookie.make_removal();
    Ok(HttpResponse::NoContent().cookie(cookie).finish())
}

/// Revoke one of one's own sessions
#[utoipa::path(tag = "sessions", params(("id" = SessionId, Path)), responses((status = 204), Authenticated, Found), security(("session" = [])))]
#[delete("/sessions/{id}")]
async fn delete_session(actor: Actor<can::SignIn>, app: Data<App>, id: Path<SessionId>) -> Result<HttpResponse> {
    revoke(&app, &actor, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Tell who is signed in, and what they may
#[utoipa::path(tag = "sessions", responses((status = 200, body = Me), Authenticated), security(("session" = [])))]
#[get("/me")]
async fn get_me(actor: Actor<can::SignIn>, app: Data<App>) -> Result<Json<Me>> {
    Ok(Json(me(&app, actor.member, &actor.scope)))
}

/// Change one's own language and status
#[utoipa::path(tag = "sessions", request_body = MeInput, responses((status = 200, body = Me), Authenticated, Validated), security(("session" = [])))]
#[put("/me")]
async fn update_me(actor: Actor<can::SignIn>, app: Data<App>, input: Input<MeInput>) -> Result<Json<Me>> {
    let Actor { mut member, scope, .. } = actor;
    app::members::update_self(&app, &scope, member.member_id, &input.0).await?;
    let MeInput { language, agent_status, name } = input.0;
    (member.language, member.agent_status) = (language, agent_status);
    member.name = name.map_or(member.name, |name| name.trim().to_owned());
    Ok(Json(me(&app, member, &scope)))
}

/// Choose another password
///
/// Every other session ends.
#[utoipa::path(tag = "sessions", request_body = PasswordInput, responses((status = 204), Authenticated, Validated, Throttled, Hashing), security(("session" = [])))]
#[put("/me/password")]
async fn update_my_password(
    actor: Actor<can::SignIn>,
    app: Data<App>,
    input: Input<PasswordInput>,
) -> Result<HttpResponse> {
    let (by, session) = (actor.by(), actor.member.session_id);
    app::member_links::change_password(&app, &actor.scope, &by, session, &input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Answer with a session that was just opened.
pub(crate) async fn answer(app: &App, opened: Opened) -> Result<HttpResponse> {
    let Opened { session_id, expires_at } = opened;
    let found = db::sessions::find_signed_in(app.db.read(), session_id, app.clock.now()).await?;
    let member = found.ok_or(ErrorCode::Unauthenticated)?;
    let scope = access::scope(app, &member).await?;
    let token = token::sign(app, session_id)?;
    let cookie = access::cookie(app, token.clone());
    let session = Session { id: session_id, token, expires_at, me: me(app, member, &scope) };
    Ok(HttpResponse::Created().cookie(cookie).json(session))
}

async fn revoke(app: &App, actor: &Actor<can::SignIn>, id: SessionId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::sessions::revoke(&tx, &actor.scope, actor.member.member_id, id, app.clock.now()).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

fn me(app: &App, member: SignedIn, scope: &Scope) -> Me {
    let permissions = access::permissions(&member, scope);
    let number_ids = match scope.reach() {
        Reach::All => Vec::new(),
        Reach::Numbers(numbers) => numbers.clone(),
    };
    Me {
        id: member.member_id,
        organization: MyOrganization {
            id: member.organization_id,
            name: member.organization_name,
            time_zone: member.time_zone,
        },
        name: member.name,
        email: member.email,
        language: member.language,
        profile: member.profile.map(|profile| MyProfile {
            id: profile.id,
            name: profile.name,
            administrator: profile.administrator,
        }),
        permissions,
        reaches_all: *scope.reach() == Reach::All,
        number_ids,
        agent_status: member.agent_status,
        phones_url: app.settings.phones_url.clone(),
    }
}
