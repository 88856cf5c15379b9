//! Turns `locales/` into the `i18n` module, so that a key that is missing in one language does not compile.

use leptos_i18n_parser::parse_locales::{
    self,
    options::{Config, ParseOptions},
};
use std::{env, error::Error, fs, path::PathBuf};

const NAMESPACES: &[&str] = &[
    "ui",
    "shell",
    "messages",
    "sign_in",
    "setup",
    "no_access",
    "home",
    "quick_replies",
    "desk",
    "campaigns",
    "campaign_reports",
    "profiles",
    "members",
    "account",
    "member_links",
    "organizations",
    "audit_log",
    "numbers",
    "groups",
    "wabas",
    "verifications",
    "whatsapp_profiles",
    "number_imports",
    "getting_started",
    "absences",
    "off_hours_contacts",
    "attention_settings",
    "template_activations",
    "chatbots",
    "settings_copies",
    "settings_changes",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let words = |error| -> Box<dyn Error> { format!("{error}").into() };
    let config = Config::new("es")
        .map_err(words)?
        .add_locales(["pt", "en"])
        .map_err(words)?
        .add_namespaces(NAMESPACES)
        .map_err(words)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales::parse_locales(None, config).map_err(words)?;
    let complaints = parsed.diag.warnings().iter().map(ToString::to_string).collect::<Vec<_>>();
    if !complaints.is_empty() {
        return Err(complaints.join("\n").into());
    }
    let attributes = "#![allow(warnings, clippy::all, clippy::pedantic, clippy::restriction, reason = \"generated\")]"
        .parse()
        .map_err(|error| format!("{error}"))?;
    let module = leptos_i18n_codegen::gen_code(&parsed, None, false, Some(&attributes), false).map_err(words)?;
    let home = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("i18n.rs");
    fs::write(home, module.to_string())?;
    Ok(())
}
