//! Who is asking, and what they may: the only place that opens an organization's data.

use crate::{Error, body, token};
use actix_web::{
    Error as ActixError, FromRequest, HttpMessage, HttpRequest,
    body::MessageBody,
    cookie::{Cookie, SameSite},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
};
use app::{App, changes::By, sign_in::SESSION_LIFETIME};
use chrono::Duration;
use db::{Reach, Scope, sessions::SignedIn};
use std::{
    future::{Ready, ready},
    marker::PhantomData,
    net::IpAddr,
};
use strum::IntoEnumIterator;
use types::{ErrorCode, Permission, members::MemberRef, sessions::SESSION_COOKIE};

/// A session's last use is written down no more often than this.
const TOUCH_AFTER: Duration = Duration::minutes(5);

/// A signed-in member who has permission `P`, and the scope it opens.
#[derive(Clone, Debug)]
pub struct Actor<P> {
    pub member: SignedIn,
    pub scope: Scope,
    permission: PhantomData<P>,
}

impl<P> Actor<P> {
    /// Who acts, and what they may.
    pub(crate) fn by(&self) -> By {
        By {
            member: MemberRef { id: self.member.member_id, name: self.member.name.clone() },
            administrator: self.member.profile.as_ref().is_some_and(|profile| profile.administrator),
            permissions: permissions(&self.member, &self.scope),
        }
    }

    /// Whether the member has a permission beside the one the operation demands.
    pub(crate) fn can(&self, permission: Permission) -> bool {
        permissions(&self.member, &self.scope).contains(&permission)
    }
}

/// A permission as a type, so that a handler's first parameter says what it needs.
pub trait Grant {
    const PERMISSION: Option<Permission>;
}

/// The permissions as types.
pub mod can {
    use super::{Grant, Permission};

    /// Anyone who is signed in, even without a profile or a number.
    #[derive(Clone, Copy, Debug)]
    pub struct SignIn;
    impl Grant for SignIn {
        const PERMISSION: Option<Permission> = None;
    }

    macro_rules! permissions {
        ($($name:ident),+ $(,)?) => {$(
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Grant for $name {
                const PERMISSION: Option<Permission> = Some(Permission::$name);
            }
        )+};
    }
    permissions!(
        ViewAbsences,
        EditAbsences,
        ViewOffHoursContacts,
        EditOffHoursContacts,
        ViewAttentionSettings,
        EditAttentionSettings,
        ViewTemplateActivations,
        EditTemplateActivations,
        ViewChatbots,
        EditChatbots,
        ViewSettingsCopies,
        EditSettingsCopies,
        ViewQuickReplies,
        EditQuickReplies,
        ViewDesk,
        EditDesk,
        ViewContacts,
        ViewCampaigns,
        EditCampaigns,
        ViewCampaignReports,
        ViewMembers,
        EditMembers,
        ViewNumbers,
        EditNumbers,
        ViewGroups,
        EditGroups,
        ViewNumberImports,
        EditNumberImports,
        ViewGettingStarted,
        ViewWhatsappProfiles,
        EditWhatsappProfiles,
        ViewVerifications,
        EditVerifications,
        Administer,
    );
}

/// What authentication found, kept with the request.
#[derive(Clone, Debug)]
struct Found {
    member: SignedIn,
    scope: Scope,
}

impl<P: Grant> FromRequest for Actor<P> {
    type Error = Error;
    // Ready at once: it is decided before any other parameter is even looked at, so 401 and 403 come before 422.
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Found>().cloned();
        ready(match found {
            None => Err(ErrorCode::Unauthenticated.into()),
            Some(Found { member, scope }) if grants(&member, &scope, P::PERMISSION) => {
                Ok(Self { member, scope, permission: PhantomData })
            }
            Some(_) => Err(ErrorCode::PermissionMissing.into()),
        })
    }
}

/// The permissions a member has, by profile and reach (decisions: the "no access" page).
pub(crate) fn permissions(member: &SignedIn, scope: &Scope) -> Vec<Permission> {
    let Some(profile) = &member.profile else { return Vec::new() };
    if profile.administrator {
        return Permission::iter().collect();
    }
    match scope.reach() {
        Reach::Numbers(numbers) if numbers.is_empty() => Vec::new(),
        Reach::Numbers(_) | Reach::All => profile.permissions.clone(),
    }
}

fn grants(member: &SignedIn, scope: &Scope, needed: Option<Permission>) -> bool {
    needed.is_none_or(|permission| permissions(member, scope).contains(&permission))
}

/// Find out who asks, before anything else of a request is read.
pub(crate) async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    let Some(app) = body::app(request.request()).cloned() else { return next.call(request).await };
    let Some((text, from_cookie)) = presented(&request) else { return next.call(request).await };
    if from_cookie && changes_something(&request) && !same_origin(&request) {
        return Err(Error::from(ErrorCode::OriginRefused).into());
    }
    let now = app.clock.now();
    let Some(claims) = token::verify(&app.keys, &text, now) else { return next.call(request).await };
    let found = db::sessions::find_signed_in(app.db.read(), claims.sid, now).await.map_err(Error::from)?;
    let Some(member) = found else { return next.call(request).await };
    if now - member.last_seen_at > TOUCH_AFTER {
        let tx = db::begin(&app.db).await.map_err(Error::from)?;
        db::sessions::touch(&tx, member.session_id, now + SESSION_LIFETIME, now).await.map_err(Error::from)?;
        tx.commit().await.map_err(db::Error::from).map_err(Error::from)?;
    }
    let scope = scope(&app, &member).await?;
    let session = member.session_id;
    request.extensions_mut().insert(Found { member, scope });
    let renew = from_cookie && now.timestamp() - claims.iat > token::RENEW_AFTER.num_seconds();
    let mut response = next.call(request).await?;
    if renew && !response.headers().contains_key(header::SET_COOKIE) {
        let renewed = cookie(&app, token::sign(&app, session)?);
        if let Err(error) = response.response_mut().add_cookie(&renewed) {
            tracing::warn!(%error, "a session cookie could not be renewed");
        }
    }
    Ok(response)
}

/// The scope of a member: the whole organization for administrators, else what they own, attend or manage.
pub(crate) async fn scope(app: &App, member: &SignedIn) -> Result<Scope, Error> {
    let administrator = member.profile.as_ref().is_some_and(|profile| profile.administrator);
    let reach = if administrator {
        Reach::All
    } else {
        Reach::Numbers(db::groups::reach(app.db.read(), member.organization_id, member.member_id).await?)
    };
    Ok(Scope::new(member.organization_id, reach))
}

/// The cookie of the browser app: out of reach of scripts, and not sent by other sites.
pub(crate) fn cookie(app: &App, token: String) -> Cookie<'static> {
    Cookie::build(SESSION_COOKIE, token)
        .path("/")
        .http_only(true)
        .secure(app.settings.secure_cookies)
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::seconds(SESSION_LIFETIME.num_seconds()))
        .finish()
}

/// Where a request comes from: its peer, or whom a trusted proxy names last.
pub(crate) fn address(app: &App, request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else { return String::new() };
    let proxies = &app.settings.trusted_proxies;
    let named = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let named: Vec<IpAddr> = named.flat_map(|value| value.split(',')).filter_map(|ip| ip.trim().parse().ok()).collect();
    let caller = if proxies.contains(&peer) { named.into_iter().rev().find(|ip| !proxies.contains(ip)) } else { None };
    caller.unwrap_or(peer).to_string()
}

/// What the caller's browser or program calls itself.
pub(crate) fn user_agent(request: &HttpRequest) -> &str {
    request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn presented(request: &ServiceRequest) -> Option<(String, bool)> {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(|token| (token.trim().to_owned(), false));
    bearer.or_else(|| Some((request.cookie(SESSION_COOKIE)?.value().to_owned(), true)))
}

fn changes_something(request: &ServiceRequest) -> bool {
    !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A browser names the page a request comes from; another site's must not act with the member's cookie.
fn same_origin(request: &ServiceRequest) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN) else { return true };
    let connection = request.connection_info();
    origin.to_str().ok().and_then(|origin| origin.split_once("://")).is_some_and(|(_, host)| host == connection.host())
}

/// A token for a session, as sign-in gives it.
pub fn token(app: &App, session: types::SessionId) -> Result<String, Error> {
    token::sign(app, session)
}
