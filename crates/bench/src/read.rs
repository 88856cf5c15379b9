//! What Desk reads and finds, with a long history and with a tenth of it: a time that grows with the history has no index.

use crate::{
    book::{Goal, Page, float, millis},
    ingest,
    lab::{Installation, Lab, Server, Store, free_address},
    load::{record, times},
    webhooks::Writer,
    wire::Wire,
};
use anyhow::{Context, Result, ensure};
use hdrhistogram::Histogram;
use serde_json::Value;
use std::{collections::BTreeMap, time::Instant};

const TICKETS: u64 = 100_000;
const MESSAGES: u64 = 1_000_000;
/// The size that is promised, which takes a quarter of an hour to fill: only when asked for.
const LARGEST_TICKETS: u64 = 1_000_000;
const LARGEST_MESSAGES: u64 = 5_000_000;
/// Requests of each kind.
const ASKED: usize = 400;

/// The times of each kind of page.
type Times = BTreeMap<&'static str, Histogram<u64>>;

pub(crate) async fn run(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("read");
    let small = measure(lab, store, TICKETS / 10, MESSAGES / 10, None).await?;
    let large = measure(lab, store, TICKETS, MESSAGES, Some(&mut page)).await?;
    for (name, times) in &large {
        page.times(name, Goal::AtMost(2.0), Goal::AtMost(20.0), times);
        if let Some(before) = small.get(name) {
            let ratio = millis(times.value_at_quantile(0.5)) / millis(before.value_at_quantile(0.5));
            page.note(format!("{name}, p50 over that of a tenth"), "×", Goal::AtMost(1.5), ratio);
        }
    }
    Ok(page)
}

/// The same with as much as is promised, alone.
pub(crate) async fn largest(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("desk");
    let times = measure(lab, store, LARGEST_TICKETS, LARGEST_MESSAGES, Some(&mut page)).await?;
    for (name, times) in &times {
        let most = if name.starts_with("search") { 100.0 } else { 20.0 };
        page.times(name, Goal::None, Goal::AtMost(most), times);
    }
    Ok(page)
}

/// Searches for what is said often, seldom, never together, and half typed.
const SEARCHES: [(&str, &str); 5] = [
    ("search, said in every eighth message", "/api/v1/messages/search?q=reserva"),
    ("search, two words said often", "/api/v1/messages/search?q=estado%20reserva"),
    ("search, a beginning", "/api/v1/messages/search?q=comprob"),
    ("search, said in every thousandth message", "/api/v1/messages/search?q=ref%20611"),
    ("search, two words never said together", "/api/v1/messages/search?q=comprobante%20maleta"),
];

/// Fill an installation and read it.
async fn measure(lab: &Lab, store: Store, tickets: u64, messages: u64, page: Option<&mut Page>) -> Result<Times> {
    let (tickets, messages) = (lab.much(tickets), lab.much(messages));
    let (_graph, graph) = lab.graph().await?;
    let installation = Installation::seeded(lab, store, graph).await?;
    let began = Instant::now();
    let options = ["--tickets", &tickets.to_string(), "--messages", &messages.to_string(), "--awaiting", "4000"];
    let generated = installation.generate(lab, &options).await?;
    let filled = began.elapsed();
    let (server, ready) = installation.start(lab, free_address()?).await?;
    let times = read(&server).await?;
    if let Some(page) = page {
        let rows = float(messages) / filled.as_secs_f64();
        page.note(format!("filled with {messages} messages at"), "/s", Goal::None, rows);
        page.note_in("start", format!("ready with {messages} messages"), "s", Goal::AtMost(1.0), ready.as_secs_f64());
        ingest::mix(&server, &mut Writer::default(), &generated.awaiting, lab.much(1_000), 1_000, page).await?;
    }
    Ok(times)
}

async fn read(server: &Server) -> Result<Times> {
    let mut all = Times::new();
    for (role, names) in [
        (
            "administrator",
            ["inbox waiting, all in reach", "inbox closed, all in reach", "counts, all in reach", "thread", "contact"],
        ),
        (
            "agent",
            ["inbox waiting, an agent's", "inbox mine, an agent's", "counts, an agent's", "thread, an agent's", ""],
        ),
    ] {
        let token = server.sign_in(role).await?;
        let (mut threads, mut contacts) = (Vec::new(), Vec::new());
        let mut path = "/api/v1/tickets?view=closed&limit=200".to_owned();
        for _ in 0..2 {
            let listed = server.get(&token, &path).await?;
            for ticket in listed.get("items").and_then(Value::as_array).into_iter().flatten() {
                threads.push(format!("/api/v1/conversations/{}/messages?limit=20", text(ticket, "/conversation_id")?));
                contacts.push(format!("/api/v1/contacts/{}", text(ticket, "/contact/id")?));
            }
            path = format!("/api/v1/tickets?view=closed&limit=200&cursor={}", text(&listed, "/next_cursor")?);
        }
        let same = |path: &str| vec![path.to_owned()];
        let second = if role == "agent" { "mine" } else { "closed" };
        let paths = [
            same("/api/v1/tickets?view=waiting&limit=40"),
            same(&format!("/api/v1/tickets?view={second}&limit=40")),
            same("/api/v1/tickets/counts"),
            threads,
            contacts,
        ];
        let mut wire = Wire::connect(server.listen).await?;
        for (name, paths) in names.into_iter().zip(&paths).filter(|(name, _)| !name.is_empty()) {
            all.insert(name, time(&mut wire, &token, paths).await?);
        }
        for (name, path) in SEARCHES.iter().filter(|_| role == "administrator") {
            all.insert(name, time(&mut wire, &token, &same(path)).await?);
        }
    }
    Ok(all)
}

/// Ask for each path in turn, one request after another.
pub(crate) async fn time(wire: &mut Wire, token: &str, paths: &[String]) -> Result<Histogram<u64>> {
    let mut times = times()?;
    let mut shortest = usize::MAX;
    for (asked, path) in paths.iter().cycle().take(ASKED + 20).enumerate() {
        let sent = Instant::now();
        let answer = wire.get(path, Some(token)).await?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        shortest = shortest.min(answer.length);
        // The first ones open what a running server has open.
        if asked >= 20 {
            record(&mut times, sent.elapsed());
        }
    }
    ensure!(shortest > 20, "an answer of {} is empty", paths.first().map_or("", String::as_str));
    Ok(times)
}

pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str> {
    value.pointer(pointer).and_then(Value::as_str).with_context(|| format!("there is no {pointer}"))
}
