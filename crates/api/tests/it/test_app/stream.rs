//! The stream of events as a browser reads it.

use super::Caller;
use reqwest::{Client, Response};
use std::time::Duration;
use tokio::time::timeout;
use types::events::{Event, STREAM_EVENTS_PATH};

/// An open stream.
pub(crate) struct Stream {
    response: Response,
    buffer: String,
    /// The last id that came.
    pub(crate) last: Option<String>,
}

impl Stream {
    /// Open a stream, after an event or from now on; it has begun when this returns.
    pub(crate) async fn open(caller: &Caller, after: Option<&str>) -> Self {
        let client = Client::builder().no_proxy().build().unwrap();
        let mut request = client.get(format!("{}{STREAM_EVENTS_PATH}", caller.base));
        if let Some(token) = &caller.token {
            request = request.bearer_auth(token);
        }
        if let Some(id) = after {
            request = request.header("last-event-id", id);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = Self { response, buffer: String::new(), last: None };
        // A stream from now on begins with the id it resumes after.
        while after.is_none() && stream.last.is_none() {
            stream.block().await.expect("the stream has ended");
        }
        stream
    }

    /// The next event with its id; `None` when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<(i64, Event)> {
        loop {
            let block = self.block().await?;
            let data = block.lines().find_map(|line| line.strip_prefix("data: "));
            if let (Some(id), Some(data)) = (&self.last, data) {
                return Some((id.parse().unwrap(), serde_json::from_str(data).unwrap()));
            }
        }
    }

    /// The next events until one of them is the last that is wanted; that one is among them.
    pub(crate) async fn until(&mut self, last: impl Fn(&Event) -> bool) -> Vec<(i64, Event)> {
        let mut events = Vec::new();
        loop {
            let event = self.next().await.expect("the stream has ended");
            let is_last = last(&event.1);
            events.push(event);
            if is_last {
                return events;
            }
        }
    }

    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.buffer.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.buffer = rest;
                if let Some(id) = block.lines().find_map(|line| line.strip_prefix("id: ")) {
                    self.last = Some(id.to_owned());
                }
                return Some(block);
            }
            let chunk =
                timeout(Duration::from_secs(20), self.response.chunk()).await.expect("the stream is silent").ok()??;
            self.buffer.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}
