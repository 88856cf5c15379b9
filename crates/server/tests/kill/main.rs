//! Never twice, never lost: the server is killed ten times while a campaign of 2,000 goes out and customers write,
//! against a sandbox that refuses, repeats and reorders. Then every phone is looked at.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it saw"
)]

mod ledger;
mod processes;

use ledger::Ledger;
use processes::House;
use serde_json::{Value, json};
use std::{
    fmt::Write,
    time::{Duration, Instant},
};
use tokio::time::sleep;

const RECIPIENTS: usize = 2000;
const KILLS: u64 = 10;
/// Customers who write during each life of the server.
const WRITERS: u64 = 5;
/// The whole test ends within this time, or fails.
const PATIENCE: Duration = Duration::from_secs(170);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_survives_ten_kills_and_nobody_gets_it_twice() {
    tokio::time::timeout(PATIENCE, play()).await.expect("it takes too long");
}

async fn play() {
    let mut house = House::build().await;
    house.sandbox("PUT", "settings", &json!({"delivered_after_ms": 20, "read_after_ms": 40, "pair_rate": false})).await;
    let faults =
        json!({"http_500_rate": 0.03, "http_429_rate": 0.02, "duplicate_rate": 0.2, "reorder_rate": 0.2, "seed": 11});
    house.sandbox("PUT", "faults", &faults).await;
    house.start().await;
    let draft = house.upload(&sheet(&house.phones())).await;
    assert_eq!(draft["rows"]["valid"], json!(RECIPIENTS), "{draft}");
    let id = draft["id"].as_str().unwrap().to_owned();
    let sent = house.call("POST", &format!("campaigns/{id}/send"), Some(&json!({"name": "Junio"}))).await;
    assert_eq!(sent["status"], "preparing");

    let mut dice = Dice(2026);
    for kill in 0..KILLS {
        for writer in 0..WRITERS {
            house.write(&customer(kill * WRITERS + writer), kill * WRITERS + writer).await;
        }
        // The first kill falls into the preparation, the others into the sending.
        if kill > 0 {
            flowing(&house).await;
        }
        sleep(Duration::from_millis(50 + dice.below(600))).await;
        house.kill();
        // Sometimes it does not even get to its feet.
        if kill % 3 == 2 {
            house.spawn();
            sleep(Duration::from_millis(dice.below(200))).await;
            house.kill();
        }
        house.start().await;
        let campaign = house.call("GET", &format!("campaigns/{id}"), None).await;
        eprintln!("after kill {}: {} {}", kill + 1, campaign["status"], campaign["progress"]);
        if kill + 1 == KILLS {
            assert_ne!(campaign["status"], "finished", "the campaign was over before the last kill");
        }
    }
    let ledger = end(&house, &id).await;
    ledger.nobody_twice();
    ledger.nobody_lost();
    ledger.states_match();
    writers(&house, &ledger).await;
}

/// Wait until the server sends again. On `PostgreSQL` the right to send is a lease, and that of a killed process has to run
/// out first.
async fn flowing(house: &House) {
    let asked = async || {
        let stats = house.sandbox("GET", "stats", &json!({})).await;
        let numbers = stats["numbers"].as_object().unwrap().values().map(|number| number["asked"].as_u64().unwrap());
        numbers.sum::<u64>()
    };
    let (before, started) = (asked().await, Instant::now());
    while asked().await == before {
        assert!(started.elapsed() < Duration::from_secs(20), "the server sends nothing");
        sleep(Duration::from_millis(10)).await;
    }
}

/// Wait until the campaign has ended and everything the sandbox told is worked on.
async fn end(house: &House, id: &str) -> Ledger {
    let started = Instant::now();
    loop {
        sleep(Duration::from_millis(500)).await;
        let campaign = house.call("GET", &format!("campaigns/{id}"), None).await;
        let stats = house.sandbox("GET", "stats", &json!({})).await;
        if campaign["status"] == "finished" && stats["webhooks_pending"] == 0 {
            let ledger = Ledger::read(house, id).await;
            let counted = ledger.recipients.iter().filter(|recipient| recipient["status"] == "read").count();
            if ledger.is_settled() && campaign["progress"]["read"] == json!(counted) {
                eprintln!(
                    "settled {:.1} s after the last kill: {}",
                    started.elapsed().as_secs_f64(),
                    campaign["progress"]
                );
                return ledger;
            }
        }
        if started.elapsed() > Duration::from_secs(90) {
            let ledger = Ledger::read(house, id).await;
            ledger.states_match();
            panic!("it never settles: {campaign} {stats}");
        }
    }
}

/// Every customer who wrote is heard once and greeted at most once, whatever happened meanwhile.
async fn writers(house: &House, ledger: &Ledger) {
    let mut greeted = 0;
    for index in 0..KILLS * WRITERS {
        let phone = customer(index);
        let tickets = house.call("GET", &format!("tickets?view=all&q={}", &phone[2..]), None).await;
        let tickets = tickets["items"].as_array().unwrap();
        assert_eq!(tickets.len(), 1, "the customer {index} has one ticket");
        let conversation = tickets[0]["conversation_id"].as_str().unwrap();
        let thread = house.call("GET", &format!("conversations/{conversation}/messages"), None).await;
        let thread = thread["items"].as_array().unwrap().clone();
        let from = |kind: &str| thread.iter().filter(|message| message["author"]["kind"] == kind).collect::<Vec<_>>();
        let said: Vec<_> = from("contact").iter().map(|message| message["content"]["body"].clone()).collect();
        assert_eq!(said, [json!(processes::words(index))], "heard once");
        let bot = from("bot");
        assert_eq!(bot.len(), 2, "greeting and pre-attendance");
        for message in bot {
            let on_phone = ledger.count(message["id"].as_str().unwrap());
            assert!(on_phone <= 1, "the customer {index} is greeted twice");
            assert!(on_phone == 1 || message["status"] == "unconfirmed", "lost: {message}");
            greeted += on_phone;
        }
    }
    eprintln!("{greeted} of {} messages of the chatbot arrived, each once", 2 * KILLS * WRITERS);
}

fn customer(index: u64) -> String {
    format!("56977770{index:03}")
}

/// A csv over all numbers, in turn.
fn sheet(senders: &[String]) -> String {
    let mut csv = "remitente;destinatario;plantilla;idioma;nombre;header.1;body.1;body.2;body.3\n".to_owned();
    for index in 0..RECIPIENTS {
        let sender = &senders[index % senders.len()];
        let phone = 56_988_000_000 + index + 1;
        writeln!(csv, "{sender};+{phone};recordatorio_de_pago;es;Ana;Ana;{index};$ 15.000;10 de mayo").unwrap();
    }
    csv
}

/// Moments that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
