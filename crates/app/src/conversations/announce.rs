//! The word that attendance is open again, to who asked for it: by an approved template, for their window is mostly shut.

use super::{Batch, effects};
use crate::{App, Result};
use db::messages::NewAuthor;
use domain::{engine::Stage, templates::TemplateShape};
use std::collections::BTreeSet;
use types::{
    Language, WabaId,
    chatbots::AVAILABILITY_TEMPLATE,
    messages::{MessageContent, Origin},
};

/// Queue what the engine wanted to be sent. Not to whom somebody attends or wrote meanwhile, and not where the template is
/// gone: those conversations wait for nothing then.
pub(super) async fn all(app: &App, tx: &db::Tx, batch: &mut Batch) -> Result<()> {
    let wanted = std::mem::take(&mut batch.announcements);
    if wanted.is_empty() {
        return Ok(());
    }
    let mut waiting = Vec::with_capacity(wanted.len());
    for (index, asked_at) in wanted {
        if let Some(conversation) = batch.conversations.get(index)
            && let Some(line) = batch.lines.get(conversation.number_id)
        {
            waiting.push((index, conversation.id, asked_at, line.number.waba_id, line.number.language));
        }
    }
    let ids: Vec<_> = waiting.iter().map(|(_, id, ..)| *id).collect();
    let latest = db::messages::latest_active(tx, &ids).await?;
    let wabas: BTreeSet<_> = waiting.iter().map(|(_, _, _, waba, _)| *waba).collect();
    let templates = db::templates::list_announcing(tx, &wabas.into_iter().collect::<Vec<_>>()).await?;
    for (index, id, asked_at, waba, language) in waiting {
        let attended = batch.tickets.contains_key(&id);
        let written_to = latest.get(&id).is_some_and(|at| *at > asked_at);
        match template(&templates, waba, language).filter(|_| !attended && !written_to) {
            Some(content) => {
                effects::say(app, batch, index, (NewAuthor::Bot, Some(Origin::Automatic), None), content);
            }
            None => forget(batch, index),
        }
    }
    Ok(())
}

/// In the customers' language, or in whichever there is.
fn template(templates: &[(WabaId, String, TemplateShape)], waba: WabaId, language: Language) -> Option<MessageContent> {
    let code = language.to_string();
    let speaks = |spoken: &str| spoken == code || spoken.split(['_', '-']).next() == Some(&code);
    let of_account = || templates.iter().filter(|(of, ..)| *of == waba);
    let (_, spoken, shape) = of_account().find(|(_, spoken, _)| speaks(spoken)).or_else(|| of_account().next())?;
    domain::templates::render(shape, AVAILABILITY_TEMPLATE, spoken, &[]).ok()
}

/// Nobody was told, so nobody is waited for.
fn forget(batch: &mut Batch, index: usize) {
    if let Some(conversation) = batch.conversations.get_mut(index)
        && conversation.engine_state.stage == Stage::ToldAvailable
    {
        conversation.engine_state.stage = Stage::Idle;
    }
}
