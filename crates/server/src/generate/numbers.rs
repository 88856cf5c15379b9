//! Numbers by the hundred, the same ones in the sandbox and in the database.

use super::AddedNumber;
use ::sandbox::demo_world;
use anyhow::{Context, Result};
use app::App;
use db::numbers::{ChannelNumber, NewNumber};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use types::NumberId;

/// What the sandbox answers when it adds numbers.
#[derive(Deserialize)]
struct Added {
    numbers: Vec<SandboxNumber>,
}

#[derive(Deserialize)]
struct SandboxNumber {
    id: String,
    display_phone_number: String,
    verified_name: String,
}

/// Let a sandbox add numbers, and add the same ones here, beside a number that is there.
pub(super) async fn add(
    app: &App,
    beside: &ChannelNumber,
    sandbox_url: &str,
    count: u32,
    throughput: u32,
) -> Result<Vec<AddedNumber>> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
    let url = format!("{}/api/numbers", sandbox_url.trim_end_matches('/'));
    let asked = json!({"count": count, "throughput": throughput});
    let answer = http.post(&url).json(&asked).send().await.with_context(|| format!("{url} does not answer"))?;
    let added: Added = answer.error_for_status()?.json().await?;
    move_to(app, sandbox_url).await?;
    let wanted = added.numbers.into_iter().map(|number| {
        let digits: String = number.display_phone_number.chars().filter(char::is_ascii_digit).collect();
        (AddedNumber { phone_number_id: number.id, phone: format!("+{digits}") }, number.verified_name)
    });
    make(app, beside, wanted, throughput).await
}

/// Add numbers here alone: nobody plays WhatsApp for them.
pub(super) async fn fill(app: &App, beside: &ChannelNumber, count: u32, throughput: u32) -> Result<Vec<AddedNumber>> {
    let wanted = (0..count).map(|place| {
        let phone_number_id = format!("filled-{}", app.ids.make::<NumberId>());
        (AddedNumber { phone_number_id, phone: format!("+5697{place:07}") }, format!("Cartera {place:04}"))
    });
    make(app, beside, wanted, throughput).await
}

async fn make(
    app: &App,
    beside: &ChannelNumber,
    wanted: impl Iterator<Item = (AddedNumber, String)>,
    throughput: u32,
) -> Result<Vec<AddedNumber>> {
    let tx = db::begin(&app.db).await?;
    let mut made = Vec::new();
    for (added, name) in wanted {
        let new = NewNumber {
            id: app.ids.make::<NumberId>(),
            organization_id: beside.organization_id,
            waba_id: beside.waba_id,
            group_id: None,
            owner_id: beside.owner_id,
            agents: &[],
            phone_number_id: Some(&added.phone_number_id),
            phone: &added.phone,
            name: &name,
            language: beside.language,
            throughput,
            chatbot: Some(&domain::chatbots::defaults(beside.language)),
        };
        db::numbers::create(&tx, &new, app.clock.now()).await?;
        made.push(added);
    }
    tx.commit().await?;
    Ok(made)
}

/// Reach the demo's numbers at this sandbox.
pub(super) async fn move_to(app: &App, sandbox_url: &str) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::wabas::move_to(&tx, demo_world().waba_id, &format!("{}/graph", sandbox_url.trim_end_matches('/'))).await?;
    Ok(tx.commit().await?)
}
