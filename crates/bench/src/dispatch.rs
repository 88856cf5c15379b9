//! Campaigns out: how fast many numbers send, and how close to its limit one number does.

use crate::{
    book::{Goal, Page, float},
    lab::{AddedNumber, Installation, Lab, SENT, Server, Store},
    load::flood,
    wire::post,
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{
    fmt::Write,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// A campaign that is not sent by then is not waited for.
const SENT_WITHIN: Duration = Duration::from_secs(45);

/// What sends to whom.
struct Campaign<'a> {
    senders: &'a [AddedNumber],
    recipients: u64,
    /// The first of its recipients among those of all campaigns.
    first: u64,
}

pub(crate) async fn run(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("dispatch");
    let server_listen = crate::lab::free_address()?;
    let installation = Installation::seeded(lab, store, server_listen).await?;
    let (_sandbox, sandbox) = installation.sandbox(lab, server_listen).await?;
    let url = format!("http://{sandbox}/sandbox");
    let mut numbers = Vec::new();
    for (count, throughput) in [("100", "80"), ("1", "80"), ("1", "1000")] {
        let options = ["--numbers", count, "--throughput", throughput, "--sandbox-url", &url];
        numbers.push(installation.generate(lab, &options).await?.numbers);
    }
    let [many, slow, fast] = numbers.as_slice() else { return Ok(page) };
    let (server, _) = installation.start(lab, server_listen).await?;
    let token = server.sign_in("administrator").await?;
    let ceiling = if store == Store::Sqlite { Some(ceiling(lab, sandbox, many).await?) } else { None };
    if let Some(ceiling) = ceiling {
        page.note("yardstick: what the sandbox takes", "/s", Goal::None, ceiling);
    }

    let silent = |latency: u64| json!({"latency_ms": latency, "drop_webhook_rate": 1.0});
    let runs = [
        ("100 numbers, Graph at 0 ms, no reports", silent(0), 2_500.0),
        ("100 numbers, Graph at 100 ms, no reports", silent(100), 2_000.0),
        ("100 numbers, Graph at 100 ms, reports come in", json!({"latency_ms": 100}), 2_000.0),
    ];
    let mut first = 0;
    for (name, faults, goal) in runs {
        set_faults(lab, sandbox, &faults).await?;
        let campaign = Campaign { senders: many, recipients: lab.much(16_000), first };
        first += campaign.recipients;
        let rate = send(&server, &token, &campaign).await?;
        page.note(name, "/s", Goal::AtLeast(goal), rate);
        server.settle().await?;
    }
    set_faults(lab, sandbox, &json!({})).await?;
    for (senders, limit, recipients) in [(slow, 80.0, 640), (fast, 1_000.0, 8_000)] {
        let campaign = Campaign { senders, recipients: lab.much(recipients).max(200), first };
        first += campaign.recipients;
        let rate = send(&server, &token, &campaign).await?;
        page.note(format!("one number of {limit}/s, of its limit"), "×", Goal::AtLeast(0.98), rate / limit);
        let most = most_in_a_second(lab, sandbox, senders).await?;
        page.note(format!("one number of {limit}/s, most in any second"), "", Goal::AtMost(limit), most);
        server.settle().await?;
    }
    let stats = sandbox_api(lab, sandbox, "stats").await?;
    let twice = stats.get("duplicates").and_then(Value::as_array).map_or(0, Vec::len);
    page.note("sent twice", "", Goal::AtMost(0.0), float(u64::try_from(twice)?));
    Ok(page)
}

/// What the sandbox takes from a client that does nothing else.
async fn ceiling(lab: &Lab, sandbox: SocketAddr, numbers: &[AddedNumber]) -> Result<f64> {
    set_faults(lab, sandbox, &json!({"drop_webhook_rate": 1.0})).await?;
    let world = sandbox_api(lab, sandbox, "world").await?;
    let token = world.get("access_token").and_then(Value::as_str).context("the sandbox names no token")?;
    let template = json!({"name": TEMPLATE, "language": {"code": "es"}});
    let requests = (0..lab.much(4_000)).zip(numbers.iter().cycle()).map(|(place, number)| {
        let message = json!({
            "messaging_product": "whatsapp", "to": format!("5697{:07}", place), "type": "template", "template": template,
        });
        let path = format!("/sandbox/graph/v23.0/{}/messages", number.phone_number_id);
        post(&path, &format!("Authorization: Bearer {token}\r\n"), &message.to_string())
    });
    Ok(flood(sandbox, requests.collect(), 64).await?.per_second())
}

/// The template every recipient gets; it has no variables.
const TEMPLATE: &str = "atendimento_esta_disponivel";

/// Send a campaign; gives how many went a second between its first and its last tenth.
async fn send(server: &Server, token: &str, campaign: &Campaign<'_>) -> Result<f64> {
    let mut sheet = "remitente,destinatario,plantilla,idioma\r\n".to_owned();
    for (place, number) in (campaign.first..campaign.first + campaign.recipients).zip(campaign.senders.iter().cycle()) {
        // Those that end in 0000 are not on WhatsApp.
        let recipient = place / 9_999 * 10_000 + place % 9_999 + 1;
        write!(sheet, "{},+5698{recipient:07},{TEMPLATE},es\r\n", number.phone)?;
    }
    let boundary = "cercano-bench-boundary";
    let part = "Content-Disposition: form-data; name=\"file\"; filename=\"bench.csv\"\r\nContent-Type: text/csv";
    let form = format!("--{boundary}\r\n{part}\r\n\r\n{sheet}\r\n--{boundary}--\r\n");
    let kind = format!("multipart/form-data; boundary={boundary}");
    let draft = server.post(token, types::campaigns::CREATE_CAMPAIGN.path, &kind, form).await?;
    let valid = draft.pointer("/rows/valid").and_then(Value::as_u64);
    ensure!(valid == Some(campaign.recipients), "the sheet has {valid:?} valid rows of {}", campaign.recipients);
    let id = draft.get("id").and_then(Value::as_str).context("the draft has no id")?;
    let before = server.figure(SENT).await?;
    let path = types::campaigns::SEND_CAMPAIGN.path.replace("{id}", id);
    server.post(token, &path, "application/json", json!({"name": "bench"}).to_string()).await?;
    let started = Instant::now();
    let (low, high) = (campaign.recipients / 10, campaign.recipients - campaign.recipients / 10);
    let (mut begin, mut latest) = (None, (Instant::now(), 0));
    while latest.1 < high && started.elapsed() < SENT_WITHIN {
        latest = (Instant::now(), server.figure(SENT).await? - before);
        if begin.is_none() && latest.1 >= low {
            begin = Some(latest);
        }
        sleep(Duration::from_millis(20)).await;
    }
    let (at, count) = begin.context("hardly anything was sent")?;
    let rate = float(latest.1 - count) / (latest.0 - at).as_secs_f64();
    // The rest goes before the next campaign begins.
    server.wait_for(SENT, before + campaign.recipients, SENT_WITHIN).await?;
    Ok(rate)
}

async fn most_in_a_second(lab: &Lab, sandbox: SocketAddr, numbers: &[AddedNumber]) -> Result<f64> {
    let stats = sandbox_api(lab, sandbox, "stats").await?;
    let of = |number: &AddedNumber| {
        stats.pointer(&format!("/numbers/{}/max_in_any_second", number.phone_number_id))?.as_u64()
    };
    Ok(float(numbers.iter().filter_map(of).max().context("the number sent nothing")?))
}

async fn set_faults(lab: &Lab, sandbox: SocketAddr, faults: &Value) -> Result<()> {
    let url = format!("http://{sandbox}/sandbox/api/faults");
    lab.http.put(url).json(faults).send().await?.error_for_status()?;
    Ok(())
}

async fn sandbox_api(lab: &Lab, sandbox: SocketAddr, name: &str) -> Result<Value> {
    Ok(lab.http.get(format!("http://{sandbox}/sandbox/api/{name}")).send().await?.error_for_status()?.json().await?)
}
