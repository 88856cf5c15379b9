//! The management calls against a server that answers what it is told to.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::time::Duration;

use cercano_whatsapp::client::WebhookOverride;
use cercano_whatsapp::management::CodeMethod;
use cercano_whatsapp::{Client, GraphEndpoint, SendError};
use serde_json::{Map, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Answers one connection after the other and returns what was asked.
async fn server(answers: Vec<String>) -> (GraphEndpoint, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = String::new();
            let mut chunk = [0; 4_096];
            while !is_whole(&request) {
                let read = stream.read(&mut chunk).await.unwrap();
                request.push_str(std::str::from_utf8(chunk.get(..read).unwrap()).unwrap());
            }
            asked.push(request);
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        asked
    });
    (GraphEndpoint { base_url, version: "v23.0".into() }, asked)
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn client() -> Client {
    Client::new(Client::http(Duration::from_millis(500), Duration::from_secs(2)).unwrap())
}

#[tokio::test]
async fn a_number_is_added_with_both_names_of_the_countrys_code() {
    let (endpoint, asked) = server(vec![ok(r#"{"id":"77"}"#)]).await;
    let id = client().add_phone_number(&endpoint, "token", "1", "56", "955550101", "Ana").await.unwrap();
    assert_eq!(id, "77");
    let request = asked.await.unwrap().remove(0);
    assert!(request.starts_with("POST /v23.0/1/phone_numbers "), "{request}");
    assert!(request.contains(r#""cc":"56""#) && request.contains(r#""country_code":"56""#), "{request}");
}

#[tokio::test]
async fn a_code_is_asked_for_in_both_ways_meta_describes() {
    let (endpoint, asked) = server(vec![ok(r#"{"success":true}"#), ok(r#"{"success":true}"#)]).await;
    client().request_code(&endpoint, "token", "7", CodeMethod::Voice, "pt_BR").await.unwrap();
    client().verify_code(&endpoint, "token", "7", "123456").await.unwrap();
    let asked = asked.await.unwrap();
    let [request, verify] = asked.as_slice() else { panic!("two requests") };
    assert!(request.starts_with("POST /v23.0/7/request_code?code_method=VOICE&language=pt_BR "), "{request}");
    assert!(request.contains(r#"{"code_method":"VOICE","language":"pt_BR"}"#), "{request}");
    assert!(verify.starts_with("POST /v23.0/7/verify_code ") && verify.ends_with(r#"{"code":"123456"}"#), "{verify}");
}

#[tokio::test]
async fn an_answer_that_says_it_did_not_succeed_is_no_success() {
    let (endpoint, _asked) = server(vec![ok(r#"{"success":false}"#)]).await;
    let outcome = client().register(&endpoint, "token", "7", "190283").await;
    assert!(matches!(outcome, Err(SendError::Unknown(_))), "{outcome:?}");
}

#[tokio::test]
async fn what_a_management_error_tells_the_user_is_kept() {
    let body = r#"{"error":{"message":"(#136024) Request code error","code":136024,"error_subcode":2388091,
        "error_user_title":"Too many","error_user_msg":"Try again in 2 hours.","fbtrace_id":"A"}}"#;
    let head = format!("HTTP/1.1 400 Bad Request\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let (endpoint, _asked) = server(vec![head]).await;
    let outcome = client().request_code(&endpoint, "token", "7", CodeMethod::Sms, "es").await;
    let Err(SendError::Refused(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((error.error_subcode, error.details.as_deref()), (Some(2_388_091), Some("Try again in 2 hours.")));
}

#[tokio::test]
async fn subscriptions_are_made_listed_and_ended() {
    let list = r#"{"data":[{"whatsapp_business_api_data":{"id":"9","name":"App","link":"x"},"override_callback_uri":"https://x/y"}]}"#;
    let done = || ok(r#"{"success":true}"#);
    let (endpoint, asked) = server(vec![done(), ok(list), done()]).await;
    let instead = WebhookOverride { callback_uri: "https://x/y".into(), verify_token: "secret".into() };
    client().subscribe_app(&endpoint, "token", "1", Some(&instead)).await.unwrap();
    let apps = client().list_subscribed_apps(&endpoint, "token", "1").await.unwrap();
    client().unsubscribe_app(&endpoint, "token", "1").await.unwrap();
    let app = apps.first().unwrap();
    assert_eq!((app.id.as_str(), app.override_callback_uri.as_deref()), ("9", Some("https://x/y")));
    let asked = asked.await.unwrap();
    let [first, _, last] = asked.as_slice() else { panic!("three requests") };
    assert!(first.contains(r#""override_callback_uri":"https://x/y""#), "{first}");
    assert!(last.starts_with("DELETE /v23.0/1/subscribed_apps "), "{last}");
}

#[tokio::test]
async fn a_profile_is_read_and_only_given_fields_are_written() {
    let read = r#"{"data":[{"messaging_product":"whatsapp","about":"Hola","websites":["https://x/"]}]}"#;
    let (endpoint, asked) = server(vec![ok(read), ok(r#"{"success":true}"#)]).await;
    let profile = client().get_business_profile(&endpoint, "token", "7").await.unwrap();
    assert_eq!((profile.about.as_str(), profile.description.as_str(), profile.profile_picture_url), ("Hola", "", None));
    let fields = Map::from_iter([("about".to_owned(), json!("Chau"))]);
    client().update_business_profile(&endpoint, "token", "7", fields).await.unwrap();
    let request = asked.await.unwrap().remove(1);
    assert!(request.ends_with(r#"{"about":"Chau","messaging_product":"whatsapp"}"#), "{request}");
}

#[tokio::test]
async fn a_file_is_uploaded_in_two_steps() {
    let answers = vec![ok(r#"{"id":"upload:MTphdHRhY2g=?sig=ARZ"}"#), ok(r#"{"h":"4::abc"}"#)];
    let (endpoint, asked) = server(answers).await;
    let handle = client().upload(&endpoint, "token", "5", "a.jpg", "image/jpeg", b"pixels".to_vec()).await.unwrap();
    assert_eq!(handle, "4::abc");
    let asked = asked.await.unwrap();
    let [open, send] = asked.as_slice() else { panic!("two requests") };
    let query = "file_name=a.jpg&file_length=6&file_type=image%2Fjpeg";
    assert!(open.starts_with(&format!("POST /v23.0/5/uploads?{query} ")), "{open}");
    assert!(send.starts_with("POST /v23.0/upload:MTphdHRhY2g=?sig=ARZ "), "{send}");
    assert!(send.contains("authorization: OAuth token") && send.contains("file_offset: 0"), "{send}");
    assert!(send.ends_with("pixels"), "{send}");
}

#[tokio::test]
async fn a_download_carries_no_token_and_ends_where_it_is_too_large() {
    let (endpoint, asked) = server(vec![ok("pixels"), ok("pixels")]).await;
    let url = format!("{}/picture", endpoint.base_url);
    let file = client().download(&url, 6).await.unwrap();
    assert_eq!(file.bytes, b"pixels");
    assert!(client().download(&url, 5).await.is_err());
    let asked = asked.await.unwrap();
    assert!(asked.iter().all(|request| !request.contains("authorization")), "{asked:?}");
}
