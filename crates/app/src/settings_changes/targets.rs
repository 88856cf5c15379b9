//! Which numbers a change is for: those named, and all in reach below the groups named.

use crate::{Error, Result};
use db::Scope;
use std::collections::BTreeSet;
use types::{
    ErrorCode, FieldCode, GroupId, Language, NumberId,
    settings_changes::{TARGETS_MAX, Targets},
    validate,
};

/// The numbers, each once. `NotFound` for a number out of reach, and for a group with none in reach.
pub(super) async fn resolve(
    db: &impl db::ConnectionTrait,
    scope: &Scope,
    targets: &Targets,
    language: Language,
) -> Result<BTreeSet<NumberId>> {
    let Targets { number_ids, group_ids } = targets;
    if number_ids.is_empty() && group_ids.is_empty() {
        return Err(wrong(FieldCode::Required, None, language));
    }
    let too_many = || wrong(FieldCode::TooMany, i64::try_from(TARGETS_MAX).ok(), language);
    let groups: BTreeSet<GroupId> = group_ids.iter().copied().collect();
    let mut numbers: BTreeSet<NumberId> = number_ids.iter().copied().collect();
    if groups.len() > TARGETS_MAX || numbers.len() > TARGETS_MAX {
        return Err(too_many());
    }
    if !numbers.iter().all(|number| scope.reaches(*number)) {
        return Err(ErrorCode::NotFound.into());
    }
    let groups: Vec<_> = groups.into_iter().collect();
    let below = db::chatbots::below(db, scope, &groups).await?;
    if below.len() < groups.len() {
        return Err(ErrorCode::NotFound.into());
    }
    numbers.extend(below.into_values().flatten());
    if numbers.len() > TARGETS_MAX { Err(too_many()) } else { Ok(numbers) }
}

/// The targets are refused.
pub(super) fn wrong(code: FieldCode, limit: Option<i64>, language: Language) -> Error {
    Error::fields(vec![validate::field("/targets", code, limit, language)])
}
