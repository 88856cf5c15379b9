//! Signing in and out, and what a session is worth.

use crate::test_app::{Caller, TestApp};
use app::sign_in::{FAILURES_PER_ACCOUNT, SESSION_LIFETIME};
use chrono::Duration;
use serde_json::json;
use types::{
    ErrorCode, Method, Permission,
    sessions::{
        CREATE_SESSION, DELETE_CURRENT_SESSION, DELETE_SESSION, GET_ME, LIST_SESSIONS, Session, UPDATE_ME,
        UPDATE_MY_PASSWORD,
    },
    setup::CREATE_SETUP,
};

async fn founded(app: &TestApp) -> Session {
    let input = json!({
        "organization": "V", "time_zone": "UTC", "language": "es", "name": "Ana", "email": "ana@example.com",
        "password": "correct horse"
    });
    app.stranger().json(CREATE_SETUP, &[], input).await.ok()
}

fn with(app: &TestApp, token: &str) -> Caller {
    Caller::new(&app.base, Some(token.to_owned()))
}

#[actix_web::test]
async fn a_right_password_opens_a_session_and_a_wrong_one_tells_nothing() {
    let app = TestApp::start().await;
    founded(&app).await;
    let stranger = app.stranger();
    let session =
        stranger.json(CREATE_SESSION, &[], json!({"email": "ANA@example.com", "password": "correct horse"})).await.ok();
    assert_eq!(with(&app, &session.token).call(GET_ME, &[]).await.ok().email, "ana@example.com");
    let wrong = stranger.json(CREATE_SESSION, &[], json!({"email": "ana@example.com", "password": "wrong"})).await;
    let unknown = stranger.json(CREATE_SESSION, &[], json!({"email": "who@example.com", "password": "wrong"})).await;
    wrong.refused(ErrorCode::SignInRefused);
    unknown.refused(ErrorCode::SignInRefused);
    assert_eq!(wrong.problem().detail, unknown.problem().detail);
}

#[actix_web::test]
async fn guessing_is_throttled_per_account_until_the_window_has_passed() {
    let app = TestApp::start().await;
    founded(&app).await;
    let guess = json!({"email": "ana@example.com", "password": "guess"});
    for _ in 0..FAILURES_PER_ACCOUNT {
        app.stranger().json(CREATE_SESSION, &[], guess.clone()).await.refused(ErrorCode::SignInRefused);
    }
    let right = json!({"email": "ana@example.com", "password": "correct horse"});
    app.stranger().json(CREATE_SESSION, &[], right.clone()).await.refused(ErrorCode::SignInThrottled);
    app.app.clock.advance(Duration::minutes(16));
    app.stranger().json(CREATE_SESSION, &[], right).await.ok();
}

#[actix_web::test]
async fn a_session_ends_by_sign_out_by_revocation_and_by_time() {
    let app = TestApp::start().await;
    let first = founded(&app).await;
    let right = json!({"email": "ana@example.com", "password": "correct horse"});
    let second = app.stranger().json(CREATE_SESSION, &[], right).await.ok();
    let (one, two) = (with(&app, &first.token), with(&app, &second.token));
    let listed = two.call(LIST_SESSIONS, &[]).await.ok().items;
    assert_eq!(
        listed.iter().filter(|session| session.current).map(|session| session.id).collect::<Vec<_>>(),
        [second.id]
    );
    two.call(DELETE_SESSION, &[&first.id]).await.ok();
    one.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    two.call(DELETE_SESSION, &[&first.id]).await.refused(ErrorCode::NotFound);
    two.call(DELETE_CURRENT_SESSION, &[]).await.ok();
    two.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);

    let third = app.organization("two").await.administrator;
    third.call(GET_ME, &[]).await.ok();
    app.app.clock.advance(SESSION_LIFETIME);
    third.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
}

#[actix_web::test]
async fn a_token_that_is_expired_tampered_with_or_of_another_algorithm_is_worth_nothing() {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let token = admin.token.clone().unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let none = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let other = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"HS512","typ":"JWT"}"#);
    let flipped: String = parts[2].chars().rev().collect();
    for forged in [
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        format!("{other}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{flipped}", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        String::new(),
        "x".repeat(5000),
    ] {
        with(&app, &forged).call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    }
    admin.call(GET_ME, &[]).await.ok();
    app.app.clock.advance(Duration::hours(13));
    admin.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
}

#[actix_web::test]
async fn a_browsers_cookie_is_out_of_reach_of_scripts_and_refused_from_other_sites() {
    let app = TestApp::start().await;
    founded(&app).await;
    let body = json!({"email": "ana@example.com", "password": "correct horse"});
    let answer = app.stranger().raw(Method::Post, CREATE_SESSION.path).json(&body).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let me = json!({"language": "en", "agent_status": "online"});
    let own = app.base.clone();
    for (origin, status) in [(own.as_str(), 200), ("https://evil.example.com", 403), ("null", 403)] {
        let request = app.stranger().raw(Method::Put, UPDATE_ME.path).header("Cookie", &pair).header("Origin", origin);
        assert_eq!(request.json(&me).send().await.unwrap().status(), status, "{origin}");
    }
}

#[actix_web::test]
async fn a_member_without_a_number_or_without_a_profile_has_no_permission() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let agent = app.member(&organization, Permission::AGENT).await;
    let me = agent.call(GET_ME, &[]).await.ok();
    assert!(!me.has_access() && me.permissions.is_empty());
    app.number(&organization, "n", &[&agent]).await;
    assert!(agent.call(GET_ME, &[]).await.ok().has_access());
}

#[actix_web::test]
async fn many_guesses_at_once_are_throttled_like_one_after_the_other() {
    let app = TestApp::start().await;
    founded(&app).await;
    let guess = json!({"email": "ana@example.com", "password": "guess"});
    let caller = app.stranger();
    let guesses = (0..30).map(|_| caller.json(CREATE_SESSION, &[], guess.clone()));
    let answers = futures_util::future::join_all(guesses).await;
    let refused = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(refused, usize::try_from(FAILURES_PER_ACCOUNT).unwrap());
    assert!(answers.iter().all(|answer| [401, 429].contains(&answer.status)));
}

#[actix_web::test]
async fn another_password_needs_the_one_there_is_and_ends_every_other_session() {
    let app = TestApp::start().await;
    let first = founded(&app).await;
    let right = json!({"email": "ana@example.com", "password": "correct horse"});
    let second = app.stranger().json(CREATE_SESSION, &[], right.clone()).await.ok();
    let (one, two) = (with(&app, &first.token), with(&app, &second.token));
    let change = |current: &str, new: &str| json!({"current_password": current, "password": new});
    one.json(UPDATE_MY_PASSWORD, &[], change("wrong", "battery staple")).await.refused(ErrorCode::PasswordWrong);
    let short = one.json(UPDATE_MY_PASSWORD, &[], change("correct horse", "short")).await;
    assert_eq!(short.wrong_fields(), ["/password too_short"]);
    two.call(GET_ME, &[]).await.ok();
    one.json(UPDATE_MY_PASSWORD, &[], change("correct horse", "battery staple")).await.ok();
    one.call(GET_ME, &[]).await.ok();
    two.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    app.stranger().json(CREATE_SESSION, &[], right).await.refused(ErrorCode::SignInRefused);
    let new = json!({"email": "ana@example.com", "password": "battery staple"});
    app.stranger().json(CREATE_SESSION, &[], new).await.ok();
}

#[actix_web::test]
async fn guessing_the_password_of_an_open_session_is_throttled() {
    let app = TestApp::start().await;
    let ana = with(&app, &founded(&app).await.token);
    let guess = json!({"current_password": "guess", "password": "battery staple"});
    for _ in 0..FAILURES_PER_ACCOUNT {
        ana.json(UPDATE_MY_PASSWORD, &[], guess.clone()).await.refused(ErrorCode::PasswordWrong);
    }
    let right = json!({"current_password": "correct horse", "password": "battery staple"});
    ana.json(UPDATE_MY_PASSWORD, &[], right).await.refused(ErrorCode::TooManyRequests);
}
