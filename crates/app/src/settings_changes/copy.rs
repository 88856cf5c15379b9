//! Copying parts of one number's settings to others (spec S5). Template activations, the WhatsApp profile and groups are no
//! part of them.

use super::{Asked, Made, make, plan, reference, shown};
use crate::{App, Result, changes::By, chosen};
use db::{Scope, chatbots::NumberSettings};
use types::{
    Language,
    settings_changes::{
        SettingsChange, SettingsChangeKind, SettingsCopyInput, SettingsField, SettingsPart, SettingsPlan,
    },
};

/// What a copy would do; nothing is changed.
pub async fn preview_copy(
    app: &App,
    scope: &Scope,
    input: &SettingsCopyInput,
    language: Language,
) -> Result<SettingsPlan> {
    let db = app.db.read();
    let source = reference(db, scope, input.reference_number_id).await?;
    let fields = fields(&input.parts);
    Ok(shown(plan(app, db, scope, &asked(input, &source, &fields, language)).await?))
}

/// Copy, all or none. The number the settings are taken from stays as it is, also among the targets.
pub async fn copy(
    app: &App,
    scope: &Scope,
    by: &By,
    input: &SettingsCopyInput,
    language: Language,
) -> Result<SettingsChange> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let source = reference(&tx, scope, input.reference_number_id).await?;
    let fields = fields(&input.parts);
    let plan = plan(app, &tx, scope, &asked(input, &source, &fields, language)).await?;
    let made = Made { kind: SettingsChangeKind::SettingsCopy, reference: Some(&source.number), fields: &fields };
    make(app, tx, scope, by, &made, plan).await
}

fn asked<'a>(
    input: &'a SettingsCopyInput,
    source: &'a NumberSettings,
    fields: &'a [SettingsField],
    language: Language,
) -> Asked<'a> {
    let SettingsCopyInput { reference_number_id, targets, parts: _, expected } = input;
    Asked {
        targets,
        beside: Some(*reference_number_id),
        chatbot: &source.chatbot,
        attention: &source.attention,
        fields,
        expected: expected.as_deref(),
        pointer: None,
        language,
    }
}

/// The fields of the parts, each once.
fn fields(parts: &[SettingsPart]) -> Vec<SettingsField> {
    let mut fields: Vec<SettingsField> = Vec::new();
    for field in parts.iter().flat_map(|part| domain::chatbots::fields(*part)) {
        if !fields.contains(field) {
            fields.push(*field);
        }
    }
    fields
}
