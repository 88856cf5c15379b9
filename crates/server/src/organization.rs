//! Further organizations of an installation: only whoever runs it makes them (decisions: organizations).

use crate::{commands::OrganizationOptions, config::Config, logs, serve};
use anyhow::{Result, bail};
use types::{
    ErrorCode, FieldError, members::NewMemberInput, organizations::OrganizationInput, setup::SetupInput, validate,
    words,
};

pub(crate) async fn create(options: OrganizationOptions) -> Result<()> {
    let OrganizationOptions { server, name, time_zone, language, admin_name, email } = options;
    let config = Config::read(server)?;
    logs::start(config.log_format);
    let organization = OrganizationInput {
        name: name.clone(),
        time_zone: time_zone.clone(),
        language,
        retention_days: None,
        version: 1,
    };
    let administrator = NewMemberInput { name: admin_name.clone(), email: email.clone() };
    let checked = [validate::check(&organization, language), validate::check(&administrator, language)];
    let wrong: Vec<FieldError> = checked.into_iter().filter_map(Result::err).flatten().collect();
    if !wrong.is_empty() {
        bail!(listed(&wrong));
    }
    let (app, _keeper) = serve::open(&config).await?;
    // The administrator chooses a password by the link.
    let input =
        SetupInput { organization: name, time_zone, language, name: admin_name, email, password: String::new() };
    let link = match app::organizations::found_further(&app, &input).await {
        Ok(link) => link,
        Err(app::Error::Refused(refusal)) if refusal.code == ErrorCode::ValidationFailed => {
            bail!(listed(&refusal.fields))
        }
        Err(app::Error::Refused(refusal)) => bail!(words::error(refusal.code, language).detail),
        Err(error) => return Err(error.into()),
    };
    print(&link);
    Ok(app.db.close().await?)
}

fn listed(wrong: &[FieldError]) -> String {
    wrong
        .iter()
        .map(|field| format!("{}: {}", field.pointer.trim_start_matches('/'), field.detail))
        .collect::<Vec<_>>()
        .join("; ")
}

#[expect(clippy::print_stdout, reason = "the link is what the command is for")]
fn print(link: &str) {
    println!("{link}");
}
