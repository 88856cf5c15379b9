//! Numbers by the hundred, the same ones in the sandbox and in the database.

use super::AddedNumber;
use ::sandbox::demo_world;
use anyhow::{Context, Result};
use app::App;
use db::numbers::{ChannelNumber, NewNumber};
use domain::engine::Settings;
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
    let tx = db::begin(&app.db).await?;
    let mut made = Vec::with_capacity(added.numbers.len());
    for SandboxNumber { id, display_phone_number, verified_name } in added.numbers {
        let digits: String = display_phone_number.chars().filter(char::is_ascii_digit).collect();
        let phone = format!("+{digits}");
        let new = NewNumber {
            id: app.ids.make::<NumberId>(),
            organization_id: beside.organization_id,
            waba_id: beside.waba_id,
            group_id: None,
            owner_id: beside.owner_id,
            agents: &[],
            phone_number_id: Some(&id),
            phone: &phone,
            name: &verified_name,
            language: beside.language,
            throughput,
            chatbot: Some(&Settings::default_for(beside.language)),
        };
        db::numbers::create(&tx, &new, app.clock.now()).await?;
        made.push(AddedNumber { phone_number_id: id, phone });
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
