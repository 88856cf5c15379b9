//! The handshake and the signature: who may tell us something at all.

use super::{House, of_contact, only_ticket, open_tickets, thread};
use crate::test_app::{TestApp, VERIFY_TOKEN, noon, sign, text};
use types::{ErrorCode, Method, Problem};

async fn shake(app: &TestApp, query: &str) -> (u16, String) {
    let path = format!("/webhooks/whatsapp?{query}");
    let answer = app.stranger().raw(Method::Get, &path).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[actix_web::test]
async fn the_handshake_gives_the_challenge_back_to_who_knows_the_token_and_to_nobody_else() {
    let app = TestApp::start().await;
    let token = VERIFY_TOKEN.replace(' ', "%20");
    let good = format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444");
    assert_eq!(shake(&app, &good).await, (200, "1158201444".to_owned()));
    for bad in [
        "hub.mode=subscribe&hub.verify_token=guessed&hub.challenge=1".to_owned(),
        format!("hub.mode=unsubscribe&hub.verify_token={token}&hub.challenge=1"),
        "hub.mode=subscribe&hub.challenge=1".to_owned(),
        format!("hub.verify_token={token}&hub.challenge=1"),
        format!("hub.mode=subscribe&hub.verify_token={token}"),
        String::new(),
    ] {
        let (status, body) = shake(&app, &bad).await;
        let problem: Problem = serde_json::from_str(&body).unwrap();
        assert_eq!((status, problem.code), (403, ErrorCode::VerifyTokenWrong), "{bad}");
    }
}

#[actix_web::test]
async fn only_the_right_signature_over_the_very_bytes_is_believed() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let raw = text(&house.number, "56955550111", "wamid.1", "Hola", noon()).to_string().into_bytes();
    let right = sign(&raw);
    assert_eq!(app.post(raw.clone(), None).await, 401);
    let half = &right[..right.len() / 2];
    let uncovered = right.trim_start_matches("sha256=");
    let sha1 = right.replace("sha256=", "sha1=");
    let other = sign(b"other bytes");
    for wrong in ["", "sha256=", "sha256=zz", half, uncovered, &sha1, &other, "sha256=é"] {
        assert_eq!(app.post(raw.clone(), Some(wrong)).await, 403, "{wrong:?}");
    }
    let mut forged = raw.clone();
    let place = forged.windows(4).position(|bytes| bytes == b"Hola").unwrap();
    forged[place] = b'h';
    assert_eq!(app.post(forged, Some(&right)).await, 403);
    assert!(db::webhook_events::list_after(app.app.db.read(), 0, 9).await.unwrap().is_empty(), "nothing was kept");
    assert_eq!(app.post(raw, Some(&right)).await, 200);
    app.settled().await;
    assert_eq!(only_ticket(&house.agent).await.unread, 1);
}

#[actix_web::test]
async fn the_signature_is_over_escaped_letters_as_they_came() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let plain = text(&house.number, "56955550111", "wamid.1", "MARK", noon()).to_string();
    let escaped = plain.replace("MARK", "\\u00a1Ma\\u00f1ana, se\\u00f1or! \\ud83d\\ude80 \\/");
    let again = serde_json::to_string(&serde_json::from_str::<serde_json::Value>(&escaped).unwrap()).unwrap();
    assert_eq!(app.post(escaped.clone().into_bytes(), Some(&sign(again.as_bytes()))).await, 403);
    assert_eq!(app.post(escaped.clone().into_bytes(), Some(&sign(escaped.as_bytes()))).await, 200);
    app.settled().await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["¡Mañana, señor! 🚀 /"]);
}

#[actix_web::test]
async fn a_refusal_is_a_problem_and_says_nothing_of_the_secret() {
    let app = TestApp::start().await;
    let request = app.stranger().raw(Method::Post, "/webhooks/whatsapp").body("{}");
    let answer = request.header("x-hub-signature-256", "sha256=00").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem.code, ErrorCode::SignatureWrong);
    let missing = app.stranger().raw(Method::Post, "/webhooks/whatsapp").body("{}").send().await.unwrap();
    assert_eq!(missing.json::<Problem>().await.unwrap().code, ErrorCode::SignatureMissing);
}

#[actix_web::test]
async fn what_comes_of_an_account_goes_to_no_number_of_another_account() {
    let app = TestApp::start().await;
    let (one, two) = (House::new(&app, "one").await, House::new(&app, "two").await);
    // The second organization's Graph says that these are its own: one the first organization has, one it has not yet.
    app.number_called(&two.organization, "taken", &[&two.agent], &one.number).await;
    app.number_called(&two.organization, "claimed", &[&two.agent], "777").await;
    let said = |account: &str, number: &str, wamid: &str| {
        let mut body = text(number, "56955550111", wamid, account, noon());
        body["entry"][0]["id"] = account.into();
        body
    };
    app.told(&said("waba-one", &one.number, "wamid.1")).await;
    app.told(&said("waba-one", "777", "wamid.2")).await;
    // Nobody has connected this account, and two say that the number is theirs.
    app.told(&said("waba-nobody", &one.number, "wamid.3")).await;
    let ticket = only_ticket(&one.agent).await;
    assert_eq!(of_contact(&thread(&one.agent, ticket.conversation_id).await), ["waba-one"]);
    assert_eq!(open_tickets(&two.agent).await, 0, "another organization's messages are none of theirs");
    app.told(&said("waba-two", &one.number, "wamid.4")).await;
    let ticket = only_ticket(&two.agent).await;
    assert_eq!(of_contact(&thread(&two.agent, ticket.conversation_id).await), ["waba-two"]);
}
