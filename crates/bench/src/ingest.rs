//! Webhooks in: how many are accepted, how soon they are answered, how fast they are worked on, and with how much memory.

use crate::{
    book::{Goal, Page, float},
    lab::{Installation, Lab, RECEIVED, Server, Store, WORKED},
    load::{Outcome, flood, paced},
    webhooks::{Writer, reports},
};
use anyhow::{Result, ensure};
use std::time::Duration;
use tokio::time::sleep;

/// Connections of a flood, and of a fixed pace.
const MANY: usize = 128;
const SOME: usize = 64;
/// What is not worked on by then is reported as not worked on.
const DRAINS_WITHIN: Duration = Duration::from_mins(1);

pub(crate) async fn run(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("ingest");
    let ceiling = ceiling(lab, store, &mut page).await?;
    let (_graph, graph) = lab.graph().await?;
    let installation = Installation::seeded(lab, store, graph).await?;
    let mixed = lab.much(8_000);
    let (tickets, messages) = ((mixed / 2).to_string(), (mixed * 4).to_string());
    let awaiting = (mixed + 200).to_string();
    let options = ["--tickets", &tickets, "--messages", &messages, "--awaiting", &awaiting];
    let generated = installation.generate(lab, &options).await?;
    let server = installation.serve(lab).await?;
    sleep(Duration::from_secs(2)).await;
    page.note_in("memory", "idle", "MB", Goal::AtMost(40.0), server.child.memory()?);
    let mut writer = Writer::default();

    let calm = paced(server.listen, writer.messages(lab.much(320))?, 80, 16).await?;
    page.times("answer at 80/s", Goal::None, Goal::AtMost(50.0), &calm.times);
    let memory = server.child.watch_memory();
    paced(server.listen, writer.messages(lab.much(4_000))?, 1_000, SOME).await?;
    page.note_in("memory", "at 1,000 messages/s", "MB", Goal::AtMost(150.0), memory.end());
    let busy = paced(server.listen, writer.messages(lab.much(8_000))?, 2_000, SOME).await?;
    page.times("answer at 2,000/s", Goal::None, Goal::AtMost(50.0), &busy.times);
    worked_on(&server).await?;

    let memory = server.child.watch_memory();
    saturate(lab, &server, &mut writer, ceiling, store, &mut page).await?;
    page.note_in("memory", "under a flood", "MB", Goal::AtMost(250.0), memory.end());

    mix(&server, &mut writer, &generated.awaiting, mixed, 4_000, &mut page).await?;
    Ok(page)
}

/// What a bare receiver takes.
async fn ceiling(lab: &Lab, store: Store, page: &mut Page) -> Result<f64> {
    let (_child, listen, _dir) = lab.yardstick(store).await?;
    flood(listen, Writer::default().messages(lab.much(2_000))?, MANY).await?;
    let outcome = flood(listen, Writer::default().messages(lab.much(20_000))?, MANY).await?;
    ensure!(outcome.refused == 0, "the yardstick refused {}", outcome.refused);
    page.note("yardstick: a bare receiver", "/s", Goal::None, outcome.per_second());
    page.times("yardstick: its answer at saturation", Goal::None, Goal::None, &outcome.times);
    Ok(outcome.per_second())
}

async fn saturate(
    lab: &Lab,
    server: &Server,
    writer: &mut Writer,
    ceiling: f64,
    store: Store,
    page: &mut Page,
) -> Result<()> {
    let before = server.figure(RECEIVED).await?;
    let outcome = flood(server.listen, writer.messages(lab.much(20_000))?, MANY).await?;
    let after = paced(server.listen, writer.messages(lab.much(160))?, 80, 16).await?;
    let Outcome { accepted, refused, began, times, .. } = &outcome;
    page.note("accepted at saturation", "/s", Goal::None, outcome.per_second());
    page.note("accepted, of what the yardstick takes", "×", Goal::AtLeast(0.6), outcome.per_second() / ceiling);
    page.note("refused at saturation", "", Goal::None, float(*refused));
    page.times("answer at saturation", Goal::None, Goal::AtMost(250.0), times);
    page.times("answer at 80/s right after", Goal::None, Goal::AtMost(250.0), &after.times);
    let all = accepted + after.accepted;
    let worked = server.wait_for(RECEIVED, before + all, DRAINS_WITHIN).await?;
    let done = server.figure(RECEIVED).await? - before;
    let goal = match store {
        Store::Sqlite => 1_500.0,
        Store::Postgres => 2_000.0,
    };
    page.note(
        "fully worked on, flood and drain",
        "/s",
        Goal::AtLeast(goal),
        float(done) / began.elapsed().as_secs_f64(),
    );
    ensure!(worked.is_some(), "only {done} of {all} messages were worked on within {DRAINS_WITHIN:?}");
    Ok(())
}

/// Three reports to one message at a fixed pace, and how far behind the server is at the end.
pub(crate) async fn mix(
    server: &Server,
    writer: &mut Writer,
    awaiting: &[crate::lab::Awaiting],
    messages: u64,
    per_second: u32,
    page: &mut Page,
) -> Result<()> {
    let mut reports = reports(awaiting)?.into_iter();
    let mut requests = Vec::new();
    for message in writer.messages(messages)? {
        requests.push(message);
        requests.extend(reports.by_ref().take(3));
    }
    worked_on(server).await?;
    let before = server.figure(WORKED).await?;
    let count = u64::try_from(requests.len())?;
    let outcome = paced(server.listen, requests, per_second, SOME).await?;
    let behind = count - outcome.refused - (server.figure(WORKED).await? - before);
    let drained = server.wait_for(WORKED, before + outcome.accepted, DRAINS_WITHIN).await?;
    let pace = thousands(per_second);
    page.note(format!("mixed 3 : 1 at {pace}/s, taken"), "/s", Goal::None, outcome.per_second());
    page.times(&format!("mixed 3 : 1 at {pace}/s, answer"), Goal::None, Goal::AtMost(50.0), &outcome.times);
    page.note(
        format!("mixed 3 : 1 at {pace}/s, behind at the end"),
        "events",
        Goal::AtMost(f64::from(per_second) / 4.0),
        float(behind),
    );
    let worked = float(outcome.accepted) / outcome.began.elapsed().as_secs_f64();
    page.note(
        format!("mixed 3 : 1 at {pace}/s, fully worked on"),
        "/s",
        Goal::AtLeast(f64::from(per_second) * 0.95),
        worked,
    );
    ensure!(drained.is_some(), "mixed events were not worked on within {DRAINS_WITHIN:?}");
    Ok(())
}

/// Wait until nothing is left to be worked on.
pub(crate) async fn worked_on(server: &Server) -> Result<()> {
    let kept = server.figure(crate::lab::EVENTS).await?;
    server.wait_for(WORKED, kept, DRAINS_WITHIN).await?;
    Ok(())
}

fn thousands(count: u32) -> String {
    if count >= 1_000 { format!("{},{:03}", count / 1_000, count % 1_000) } else { count.to_string() }
}
