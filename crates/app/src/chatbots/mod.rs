//! Chatbots: the settings of one number or of many (spec S3).

mod changes;
mod check;
mod template;

pub use changes::{change, preview};
pub use template::create_availability_template;

pub(crate) use check::{absence_misfits, agents, announces, check_many, faults, made, suggests};

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    chosen,
    settings_changes::{Rewrite, finish, record, write},
};
use db::{
    Scope,
    chatbots::{Chosen, NumberSettings, availability_templates, people},
};
use types::{
    ErrorCode, Language, NumberId,
    chatbots::{AvailabilityTemplate, Chatbot, ChatbotInput},
};

/// A number's chatbot with what its page needs to know beside. `ChatbotNotMade` while the number is still being included.
pub async fn get(app: &App, scope: &Scope, id: NumberId) -> Result<Chatbot> {
    let db = app.db.read();
    let number = db::chatbots::get(db, scope, id).await?;
    made(std::slice::from_ref(&number))?;
    let availability_template = availability(db, scope, &number).await?;
    let suggested_number = suggested(db, scope, &number).await?;
    let NumberSettings { number, language, company, time_zone, version, changed_at, chatbot, .. } = number;
    Ok(Chatbot {
        people: people(db, scope, &[id], Chosen::All).await?.of(id),
        number,
        version,
        changed_at,
        settings: chatbot,
        language,
        company,
        time_zone,
        suggested_number,
        availability_template,
    })
}

/// Save a chatbot's settings. `VersionConflict` when somebody saved since.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: NumberId,
    input: ChatbotInput,
    language: Language,
) -> Result<Chatbot> {
    let ChatbotInput { version, settings: mut chatbot } = input;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let scope = &chosen::scope_now(&tx, scope, by).await?;
    let before = opened(&tx, scope, id, version).await?;
    let people = people(&tx, scope, &[id], Chosen::All).await?;
    let mut wrong = faults(&chatbot, &domain::chatbots::chatbot_fields(), "/settings", language);
    wrong.extend(check::misfits(&tx, scope, &before, &chatbot, &people, "/settings", language).await?);
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    domain::chatbots::tidy(&mut chatbot);
    let attention = before.attention.clone();
    let changed = domain::chatbots::differences(
        (&before.chatbot, &attention),
        (&chatbot, &attention),
        &domain::chatbots::chatbot_fields(),
    );
    // The first save says that somebody has looked at it, whether anything changed or not.
    if !changed.is_empty() || before.changed_at.is_none() {
        let mut rewrites = [Rewrite { before, chatbot, attention, changes: changed }];
        let mut changes = Changes::default();
        write(app, &tx, scope, &people, &mut rewrites, &mut changes).await?;
        for rewrite in &rewrites {
            record(&mut changes, rewrite);
        }
        finish(app, tx, scope, by, changes).await?;
    }
    get(app, scope, id).await
}

/// A number's settings as a change starts from them, within a transaction that holds the organization.
pub(crate) async fn opened(tx: &db::Tx, scope: &Scope, id: NumberId, version: u64) -> Result<NumberSettings> {
    let before = db::chatbots::get(tx, scope, id).await?;
    made(std::slice::from_ref(&before))?;
    if before.version == version { Ok(before) } else { Err(ErrorCode::VersionConflict.into()) }
}

/// How the template of the next opening stands in the number's account.
pub(crate) async fn availability(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    number: &NumberSettings,
) -> Result<AvailabilityTemplate> {
    let mut found = availability_templates(db, scope, &[number.waba_id]).await?;
    let stored = found.remove(&number.waba_id).unwrap_or_default();
    Ok(domain::chatbots::availability(&check::availabilities(&stored), number.language))
}

/// The number that the absence suggests, when it is one of the organization's and still there.
pub(crate) async fn suggested(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    number: &NumberSettings,
) -> Result<Option<types::numbers::NumberRef>> {
    let ids: Vec<_> = suggests(&number.chatbot.attention.absence).into_iter().collect();
    Ok(db::chatbots::find_refs(db, scope, &ids).await?.pop())
}
