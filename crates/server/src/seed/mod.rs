//! The demo organization: people, numbers in the sandbox, groups, templates and quick replies.

mod history;
mod people;
mod phrases;

use crate::{
    commands::SeedOptions,
    config::Config,
    logs, secrets,
    serve::{open, sandbox_base},
};
use ::sandbox::demo_world;
use anyhow::{Context, Result};
use app::App;
use db::{
    Scope,
    groups::NewGroup,
    numbers::NewNumber,
    queues::NumberAgents,
    templates::NewTemplate,
    wabas::{NewWaba, WabaState},
};
use people::People;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};
use types::{
    GroupId, Language, OrganizationId, WabaId,
    groups::{GroupContent, GroupKind},
    setup::SetupInput,
};

/// Messages a second of a number, as WhatsApp allows it to begin with.
const THROUGHPUT: u32 = 80;

/// What is printed, and kept for the next time.
#[derive(Debug, Serialize, Deserialize)]
struct Demo {
    url: String,
    phones_url: String,
    sign_ins: Vec<SignIn>,
}

/// How one person of the demo signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SignIn {
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: String,
}

pub(crate) async fn run(options: SeedOptions) -> Result<()> {
    let SeedOptions { server, json } = options;
    let config = Config::read(server)?;
    logs::start(config.log_format);
    let kept = config.data_dir.join("demo-sign-ins.json");
    let demo = if kept.exists() { read(&kept)? } else { make(&config, &kept).await? };
    print(&demo, json)
}

async fn make(config: &Config, kept: &Path) -> Result<Demo> {
    let (app, _keeper) = open(config).await?;
    let sign_ins = found(&app, config)
        .await
        .context("the demo organization cannot be made; is there another organization already?")?;
    let demo = Demo { url: config.public_url.clone(), phones_url: format!("{}/sandbox/", config.public_url), sign_ins };
    secrets::write_private(kept, &serde_json::to_string_pretty(&demo)?)?;
    app.db.close().await?;
    Ok(demo)
}

async fn found(app: &App, config: &Config) -> Result<Vec<SignIn>> {
    let administrator = people::sign_in("administrator", "Ana Duarte")?;
    let input = SetupInput {
        organization: "Viajes del Sur".to_owned(),
        time_zone: "America/Santiago".to_owned(),
        language: Language::Es,
        name: administrator.name.clone(),
        email: administrator.email.clone(),
        password: administrator.password.clone(),
    };
    let founded = app::organizations::found_first(app, &input).await?;
    let tx = db::begin(&app.db).await?;
    let people = People::make(app, &tx, &founded).await?;
    let waba = waba(app, &tx, config, founded.organization_id).await?;
    numbers(app, &tx, founded.organization_id, waba, &people).await?;
    templates(app, &tx, founded.organization_id, waba).await?;
    phrases::make(app, &tx, founded.organization_id).await?;
    history::make(app, &tx, &people).await?;
    tx.commit().await?;
    Ok([vec![administrator], people.sign_ins].concat())
}

async fn waba(app: &App, tx: &db::Tx, config: &Config, organization_id: OrganizationId) -> Result<WabaId> {
    let world = demo_world();
    let id: WabaId = app.ids.make();
    let new = NewWaba {
        id,
        organization_id,
        name: world.waba_name,
        waba_id: world.waba_id,
        app_id: world.app_id,
        base_url: &sandbox_base(config),
        graph_version: "v23.0",
        token_sealed: app.keys.seal(world.access_token.as_bytes(), id.0.as_bytes())?,
        sandbox: true,
    };
    db::wabas::create(tx, &new, app.clock.now()).await?;
    // A new sandbox has just what is written down here, and tells its events to this server.
    let state = WabaState { trouble: None, subscribed: Some(true), synchronized: true };
    db::wabas::set_state(tx, &Scope::of_organization(organization_id), id, &state, app.clock.now()).await?;
    Ok(id)
}

/// The sandbox's numbers, two an agent, in two groups below one.
async fn numbers(
    app: &App,
    tx: &db::Tx,
    organization_id: OrganizationId,
    waba_id: WabaId,
    people: &People,
) -> Result<()> {
    let now = app.clock.now();
    let all: GroupId = app.ids.make();
    let managers = [people.manager];
    let top = NewGroup {
        id: all,
        organization_id,
        parent_id: None,
        name: "Cono Sur y Caribe",
        kind: GroupKind::Sector,
        content: GroupContent::Groups,
        managers: &managers,
    };
    db::groups::create(tx, &top, now).await?;
    let mut groups = Vec::new();
    for name in ["Equipo Sur", "Equipo Norte"] {
        let id: GroupId = app.ids.make();
        let group = NewGroup {
            id,
            organization_id,
            parent_id: Some(all),
            name,
            kind: GroupKind::Team,
            content: GroupContent::Numbers,
            managers: &[],
        };
        db::groups::create(tx, &group, now).await?;
        groups.push(id);
    }
    let mut served = Vec::new();
    for (index, number) in demo_world().numbers.iter().enumerate() {
        let agents: Vec<_> = people.agents.get(index / 2).copied().into_iter().collect();
        let language = if number.phone.starts_with("55") { Language::Pt } else { Language::Es };
        let new = NewNumber {
            id: app.ids.make(),
            organization_id,
            waba_id,
            group_id: groups.get(index / 3).copied(),
            owner_id: agents.first().copied(),
            agents: &agents,
            phone_number_id: Some(number.id),
            phone: &format!("+{}", number.phone),
            name: number.verified_name,
            language,
            throughput: THROUGHPUT,
            chatbot: Some(&domain::chatbots::defaults(language)),
        };
        db::numbers::create(tx, &new, now).await?;
        served.push(NumberAgents {
            number_id: new.id,
            agents: agents.iter().map(|agent| (db::queues::default_of(new.id), *agent)).collect(),
        });
    }
    db::queues::store_agents(tx, &Scope::of_organization(organization_id), &served).await?;
    Ok(())
}

async fn templates(app: &App, tx: &db::Tx, organization_id: OrganizationId, waba_id: WabaId) -> Result<()> {
    let world = demo_world();
    let templates: Vec<_> = world
        .templates
        .iter()
        .map(|template| NewTemplate {
            id: app.ids.make(),
            organization_id,
            waba_id,
            template_id: template.id,
            name: template.name,
            language: template.language,
            category: template.category,
            status: "APPROVED",
            components: serde_json::Value::Array(template.components.clone()),
        })
        .collect();
    Ok(db::templates::save(tx, &templates, app.clock.now()).await?)
}

fn read(kept: &Path) -> Result<Demo> {
    let text = fs::read_to_string(kept).with_context(|| format!("{} cannot be read", kept.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is damaged", kept.display()))
}

#[expect(clippy::print_stdout, reason = "the sign-ins are what the command is for")]
fn print(demo: &Demo, json: bool) -> Result<()> {
    if json {
        println!("{}", serde_json::to_string_pretty(demo)?);
        return Ok(());
    }
    println!("The demo organization. Sign in at {} as", demo.url);
    for SignIn { role, name, email, password } in &demo.sign_ins {
        println!("  {role:<14} {name:<18} {email:<28} {password}");
    }
    println!("Play its customers at {}", demo.phones_url);
    Ok(())
}
