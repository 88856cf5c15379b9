//! The client against a server that answers, refuses, breaks off and stays silent.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::time::Duration;

use cercano_whatsapp::{Client, GraphEndpoint, OutgoingContent, OutgoingMessage, SendError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Answers one connection after the other with the given raw answers and returns what was asked.
async fn server(answers: Vec<String>) -> (GraphEndpoint, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/sandbox/graph/", listener.local_addr().unwrap());
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

fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}", body.len())
}

fn client() -> Client {
    Client::new(Client::http(Duration::from_millis(200), Duration::from_millis(500)).unwrap())
}

fn hello() -> OutgoingMessage {
    OutgoingMessage {
        to: "5511999998888".into(),
        biz_opaque_callback_data: Some("attempt".into()),
        context_message_id: None,
        content: OutgoingContent::Text { body: "Hola".into(), preview_url: false },
    }
}

async fn send(endpoint: &GraphEndpoint) -> Result<cercano_whatsapp::Accepted, SendError> {
    client().send(endpoint, "token", "1001", &hello()).await
}

#[tokio::test]
async fn an_accepted_message_has_its_wamid_and_the_corrected_phone() {
    let body = r#"{"messaging_product":"whatsapp","contacts":[{"input":"5511999998888","wa_id":"551199998888"}],
        "messages":[{"id":"wamid.A","message_status":"accepted"}]}"#;
    let (endpoint, asked) = server(vec![http("200 OK", "", body)]).await;
    let accepted = send(&endpoint).await.unwrap();
    assert_eq!(accepted.message_id, "wamid.A");
    assert_eq!(accepted.wa_id.as_deref(), Some("551199998888"));
    let request = asked.await.unwrap().remove(0);
    assert!(request.starts_with("POST /sandbox/graph/v23.0/1001/messages HTTP/1.1"), "{request}");
    assert!(request.contains("authorization: Bearer token"), "{request}");
    assert!(request.contains(r#""biz_opaque_callback_data":"attempt""#), "{request}");
}

#[tokio::test]
async fn a_refusal_keeps_code_details_and_waiting_time() {
    let body = r#"{"error":{"message":"(#131056) pair rate","type":"OAuthException","code":131056,"is_transient":true,
        "error_data":{"messaging_product":"whatsapp","details":"too many to this person"},"fbtrace_id":"Az8"}}"#;
    let (endpoint, _asked) = server(vec![http("429 Too Many Requests", "retry-after: 6\r\n", body)]).await;
    let Err(SendError::Refused(error)) = send(&endpoint).await else { panic!("it was refused") };
    assert_eq!((error.code, error.http_status), (131_056, 429));
    assert_eq!(error.details.as_deref(), Some("too many to this person"));
    assert_eq!(error.retry_after, Some(Duration::from_secs(6)));
    assert_eq!(error.fbtrace_id.as_deref(), Some("Az8"));
    assert!(error.is_transient);
}

#[tokio::test]
async fn a_page_of_a_proxy_is_a_refusal_without_code() {
    let (endpoint, _asked) = server(vec![http("502 Bad Gateway", "", "<html>")]).await;
    let Err(SendError::Refused(error)) = send(&endpoint).await else { panic!("it was refused") };
    assert_eq!((error.code, error.http_status), (cercano_whatsapp::GraphError::NO_CODE, 502));
    assert_eq!(error.remedy(), cercano_whatsapp::Remedy::Retry);
}

#[tokio::test]
async fn nobody_listening_means_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let endpoint = GraphEndpoint { base_url, version: "v23.0".into() };
    assert!(matches!(send(&endpoint).await, Err(SendError::NotSent(_))));
    let nonsense = GraphEndpoint { base_url: "nonsense".into(), version: "v23.0".into() };
    assert!(matches!(send(&nonsense).await, Err(SendError::NotSent(_))));
}

#[tokio::test]
async fn a_connection_lost_after_the_request_left_is_unknown() {
    let (endpoint, _asked) = server(vec![String::new()]).await;
    assert!(matches!(send(&endpoint).await, Err(SendError::Unknown(_))));
}

#[tokio::test]
async fn silence_is_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let endpoint = GraphEndpoint { base_url, version: "v23.0".into() };
    let waiting = tokio::spawn(async move {
        let kept = listener.accept().await.unwrap();
        tokio::time::sleep(Duration::from_secs(2)).await;
        drop(kept);
    });
    assert!(matches!(send(&endpoint).await, Err(SendError::Unknown(_))));
    waiting.abort();
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_unknown() {
    for body in ["", "{}", r#"{"messages":[]}"#, r#"{"messages":[{}]}"#, "<html>"] {
        let (endpoint, _asked) = server(vec![http("200 OK", "", body)]).await;
        assert!(matches!(send(&endpoint).await, Err(SendError::Unknown(_))), "{body}");
    }
    let broken = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{\"messages\"".to_owned();
    let (endpoint, _asked) = server(vec![broken]).await;
    assert!(matches!(send(&endpoint).await, Err(SendError::Unknown(_))));
}

#[tokio::test]
async fn templates_are_read_to_the_last_page() {
    let page = |id: &str, next: &str| {
        format!(
            r#"{{"data":[{{"id":"{id}","name":"t{id}","language":"es","status":"APPROVED","new_field":1}}],
            "paging":{{"cursors":{{"before":"x","after":"c{id}"}}{next}}}}}"#
        )
    };
    let first = http("200 OK", "", &page("1", r#","next":"https://elsewhere.invalid/""#));
    let (endpoint, asked) = server(vec![first, http("200 OK", "", &page("2", ""))]).await;
    let templates = client().list_templates(&endpoint, "token", "900").await.unwrap();
    let names: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
    assert_eq!(names, ["t1", "t2"]);
    let asked = asked.await.unwrap();
    assert!(asked.get(1).unwrap().starts_with("GET /sandbox/graph/v23.0/900/message_templates?"));
    assert!(asked.get(1).unwrap().contains("after=c1"));
}
