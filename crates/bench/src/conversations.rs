//! A thousand contacts writing at once to fifty numbers: from each message to the chatbot's first answer, and how many
//! events the conversation engine alone works on.
//!
//! The customers write on the sandbox's phones, so that a time holds the webhook's way, the database's commit, the
//! engine, the queue and the send; it ends when the sandbox has accepted the answer.

use crate::{
    book::{Goal, Page, float},
    lab::{Installation, Lab, Store, free_address},
    load::{record, times},
    wire::{self, Wire},
};
use anyhow::{Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use domain::engine::{self, Facts, State};
use hdrhistogram::Histogram;
use serde_json::json;
use std::{
    collections::HashMap,
    hint::black_box,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{io::AsyncReadExt, net::TcpStream, task::JoinSet, time::sleep};

const CONTACTS: u64 = 1_000;
const NUMBERS: usize = 50;
/// Times the thousand write, each time as other people.
const ROUNDS: u64 = 3;
/// Connections the phones write over.
const CONNECTIONS: usize = 64;
/// What is not answered by then is reported as not answered.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

/// When each phone wrote, and what came of it.
struct Phones {
    wrote: Mutex<HashMap<String, (Instant, bool)>>,
    answered: Mutex<Histogram<u64>>,
}

pub(crate) async fn run(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("conversations");
    let listen = free_address()?;
    let installation = Installation::seeded(lab, store, listen).await?;
    let (_sandbox, sandbox) = installation.sandbox(lab, listen).await?;
    let url = format!("http://{sandbox}/sandbox");
    let options = ["--numbers", &NUMBERS.to_string(), "--throughput", "80", "--sandbox-url", &url];
    let numbers = installation.generate(lab, &options).await?.numbers;
    let (server, _) = installation.start(lab, listen).await?;
    let phones = Arc::new(Phones { wrote: Mutex::default(), answered: Mutex::new(times()?) });
    let news = Wire::connect(sandbox).await?.follow(wire::get("/sandbox/api/events", None).as_bytes()).await?;
    let listening = tokio::spawn(listen_to(news, phones.clone()));

    let contacts = lab.much(CONTACTS);
    for round in 0..ROUNDS {
        let mut requests = Vec::new();
        for contact in 0..contacts {
            let number = numbers.get(usize::try_from(contact)? % NUMBERS).map(|number| number.phone_number_id.as_str());
            let phone = format!("5698{:07}", round * contacts + contact);
            let body = json!({"to_number_id": number, "type": "text", "text": "Hola, ¿me ayudan?"}).to_string();
            requests.push((phone.clone(), wire::post(&format!("/sandbox/api/phones/{phone}/messages"), "", &body)));
        }
        write_at_once(sandbox, requests, &phones).await?;
        let began = Instant::now();
        let all = (round + 1) * contacts;
        while lock(&phones.answered).len() < all && began.elapsed() < ANSWERED_WITHIN {
            sleep(Duration::from_millis(20)).await;
        }
        server.settle().await?;
    }
    listening.abort();
    let answered = lock(&phones.answered).clone();
    let name = format!("{contacts} contacts at once to {NUMBERS} numbers, first answer");
    page.times(&name, Goal::None, Goal::None, &answered);
    page.note(
        "answered, of those who wrote",
        "×",
        Goal::AtLeast(1.0),
        float(answered.len()) / float(contacts * ROUNDS),
    );
    if store == Store::Sqlite {
        page.note("the engine alone, one core", "events/s", Goal::AtLeast(1_000_000.0), engine_alone());
    }
    Ok(page)
}

/// Every phone writes once, as fast as the sandbox takes it.
async fn write_at_once(sandbox: SocketAddr, requests: Vec<(String, String)>, phones: &Arc<Phones>) -> Result<()> {
    let requests = Arc::new(Mutex::new(requests));
    let mut tasks = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (requests, phones) = (requests.clone(), phones.clone());
        tasks.spawn(async move {
            let mut wire = Wire::connect(sandbox).await?;
            loop {
                let Some((phone, request)) = lock(&requests).pop() else { return anyhow::Ok(()) };
                lock(&phones.wrote).insert(phone, (Instant::now(), false));
                let answer = wire.ask(request.as_bytes()).await?;
                ensure!(answer.status == 201, "the sandbox answered {}", answer.status);
            }
        });
    }
    while let Some(task) = tasks.join_next().await {
        task??;
    }
    Ok(())
}

/// Read the sandbox's news: of each phone, the first tells that it wrote, and the second that it was answered.
async fn listen_to(mut news: TcpStream, phones: Arc<Phones>) -> Result<()> {
    let mut text = Vec::new();
    while news.read_buf(&mut text).await? > 0 {
        let now = Instant::now();
        let Some(end) = text.iter().rposition(|byte| *byte == b'\n') else { continue };
        let rest = text.split_off(end + 1);
        let read = String::from_utf8_lossy(&text).into_owned();
        text = rest;
        for line in read.lines().filter_map(|line| line.strip_prefix("data: ")) {
            let Ok(said) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            ensure!(said.get("kind").is_none_or(|kind| kind != "reset"), "the sandbox's news came too fast");
            if said.get("kind").is_none_or(|kind| kind != "message") {
                continue;
            }
            let phone = said.get("phone").and_then(serde_json::Value::as_str).unwrap_or_default();
            let mut wrote = lock(&phones.wrote);
            match wrote.get_mut(phone) {
                Some((_, told)) if !*told => *told = true,
                Some((began, _)) => {
                    record(&mut lock(&phones.answered), now.saturating_duration_since(*began));
                    wrote.remove(phone);
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// Run a whole conversation through the engine again and again for a second: a greeting, questions, queues of two pages, an
/// attendance, a survey.
fn engine_alone() -> f64 {
    let settings = engine::sample::settings();
    let facts =
        Facts { contact_name: Some("Ana"), number_name: Some("Norte"), company: Some("Cercano"), agent_name: None };
    // A Friday at noon in Santiago, within the sample's hours.
    let noon = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_007) + TimeDelta::hours(15);
    let (began, mut events) = (Instant::now(), 0_u64);
    while began.elapsed() < Duration::from_secs(1) {
        for _ in 0..200 {
            let (mut state, mut now) = (State::default(), noon);
            for (later, event) in engine::sample::talk() {
                now += later;
                let (next, effects) = engine::step(black_box(&settings), &facts, state, event, now);
                black_box(&effects);
                state = next;
                events += 1;
            }
        }
    }
    float(events) / began.elapsed().as_secs_f64()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
