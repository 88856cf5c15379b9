//! A history of any size on top of the demo organization, to see how an installation behaves when it is large.
//! The same options on the same organization give the same texts, times and states.

mod history;
mod numbers;
mod organization;

use crate::{commands::GenerateOptions, config::Config, logs, seed::SignIn, serve::open};
use anyhow::{Context, Result, bail};
use db::numbers::ChannelNumber;
use serde::Serialize;

/// What is printed.
#[derive(Debug, Default, Serialize)]
struct Generated {
    tickets: u64,
    messages: u64,
    /// The numbers that were added.
    numbers: Vec<AddedNumber>,
    /// Messages that wait for WhatsApp's reports.
    awaiting: Vec<Awaiting>,
    /// How those who were made and can sign in do so.
    sign_ins: Vec<SignIn>,
}

#[derive(Debug, Serialize)]
struct AddedNumber {
    phone_number_id: String,
    /// E.164.
    phone: String,
}

/// A message WhatsApp took and has not reported on.
#[derive(Debug, Serialize)]
struct Awaiting {
    /// What a report carries as `biz_opaque_callback_data`.
    id: String,
    wamid: String,
    phone_number_id: String,
    /// Whom it went to, as WhatsApp calls the person.
    to: String,
}

pub(crate) async fn run(options: GenerateOptions) -> Result<()> {
    let GenerateOptions { server, tickets, messages, awaiting, numbers, groups, throughput, sandbox_url } = options;
    let config = Config::read(server)?;
    logs::start(config.log_format);
    let (app, _keeper) = open(&config).await?;
    let there = db::numbers::for_channel(app.db.read()).await?;
    let first = there.first().context("there is no number yet; run `cercano seed` first")?;
    let mut generated = Generated::default();
    match (numbers, sandbox_url) {
        (0, None) => {}
        (0, Some(url)) => numbers::move_to(&app, &url).await?,
        (_, Some(url)) => generated.numbers = numbers::add(&app, first, &url, numbers, throughput).await?,
        (_, None) if groups > 0 => generated.numbers = numbers::fill(&app, first, numbers, throughput).await?,
        (_, None) => bail!("--numbers wants --sandbox-url, where the numbers are added too, or --groups"),
    }
    if groups > 0 {
        generated.sign_ins.push(organization::add(&app, first, groups).await?);
    }
    if tickets > 0 {
        let own: Vec<ChannelNumber> =
            there.iter().filter(|number| number.organization_id == first.organization_id).cloned().collect();
        generated.awaiting = history::add(&app, &own, tickets, messages, awaiting).await?;
        (generated.tickets, generated.messages) = (tickets, messages);
        app::search::catch_up(&app).await?;
    }
    app.db.close().await?;
    print(&generated)
}

#[expect(clippy::print_stdout, reason = "what was made is the command's answer")]
fn print(generated: &Generated) -> Result<()> {
    println!("{}", serde_json::to_string(generated)?);
    Ok(())
}
