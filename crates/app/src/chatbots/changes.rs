//! Many chatbots at once (spec S3), with a number they are taken from or without.

use crate::{
    App, Error, Result,
    changes::By,
    chosen,
    settings_changes::{Asked, Made, make, plan, reference, shown},
};
use db::Scope;
use types::{
    FieldCode, Language,
    attention_settings::AttentionSettings,
    chatbots::ChatbotChangeInput,
    settings_changes::{SettingsChange, SettingsChangeKind, SettingsField, SettingsPlan},
    validate,
};

/// What a change would do; nothing is changed.
pub async fn preview(app: &App, scope: &Scope, input: &ChatbotChangeInput, language: Language) -> Result<SettingsPlan> {
    let db = app.db.read();
    if let Some(id) = input.reference_number_id {
        reference(db, scope, id).await?;
    }
    let (fields, attention) = (fields(input, language)?, AttentionSettings::default());
    Ok(shown(plan(app, db, scope, &asked(input, &attention, &fields, language)).await?))
}

/// Change many, all or none.
pub async fn change(
    app: &App,
    scope: &Scope,
    by: &By,
    input: &ChatbotChangeInput,
    language: Language,
) -> Result<SettingsChange> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let source = match input.reference_number_id {
        Some(id) => Some(reference(&tx, scope, id).await?),
        None => None,
    };
    let (fields, attention) = (fields(input, language)?, AttentionSettings::default());
    let plan = plan(app, &tx, scope, &asked(input, &attention, &fields, language)).await?;
    let reference = source.as_ref().map(|source| &source.number);
    let made = Made { kind: SettingsChangeKind::ChatbotChange, reference, fields: &fields };
    make(app, tx, scope, by, &made, plan).await
}

fn asked<'a>(
    input: &'a ChatbotChangeInput,
    attention: &'a AttentionSettings,
    fields: &'a [SettingsField],
    language: Language,
) -> Asked<'a> {
    let ChatbotChangeInput { targets, reference_number_id: _, settings, fields: _, expected } = input;
    Asked {
        targets,
        beside: None,
        chatbot: settings,
        attention,
        fields,
        expected: expected.as_deref(),
        pointer: Some("/settings"),
        language,
    }
}

/// The fields that are applied, each once: all of a chatbot where none are named. Those of the attention settings are none
/// of a chatbot's.
fn fields(input: &ChatbotChangeInput, language: Language) -> Result<Vec<SettingsField>> {
    let all = domain::chatbots::chatbot_fields();
    let Some(chosen) = &input.fields else { return Ok(all) };
    if chosen.is_empty() {
        return Err(Error::fields(vec![validate::field("/fields", FieldCode::Required, None, language)]));
    }
    let wrong: Vec<_> = chosen
        .iter()
        .enumerate()
        .filter(|(_, field)| !all.contains(field))
        .map(|(place, _)| validate::field(format!("/fields/{place}"), FieldCode::Invalid, None, language))
        .collect();
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    Ok(all.into_iter().filter(|field| chosen.contains(field)).collect())
}
