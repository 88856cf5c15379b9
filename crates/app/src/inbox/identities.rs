//! Events that show that two contacts are one person: by both of the person's ids in one message, or by a number that was
//! changed for one we know already.

use crate::{
    Result,
    channel::Lines,
    contacts::{self, NowCalled},
};
use chrono::{DateTime, Utc};
use db::{contacts::Identity, events::NewEvent};
use domain::phones::PhoneNumber;
use types::OrganizationId;
use whatsapp::{InboundContent, InboundMessage};

/// What was merged.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) events: Vec<NewEvent>,
    /// Phones that were changed for others: what came from them before in the same batch is the same person's.
    pub(super) former: Vec<((OrganizationId, PhoneNumber), PhoneNumber)>,
}

/// Whom these ids are of, read with one question each for phones and for business-scoped ids.
pub(super) struct Whom<'a> {
    pub(super) organizations: &'a [OrganizationId],
    pub(super) phones: &'a [PhoneNumber],
    pub(super) user_ids: &'a [String],
}

impl Whom<'_> {
    pub(super) async fn find(&self, tx: &db::Tx) -> Result<Vec<Identity>> {
        Ok(db::contacts::find_identities(tx, self.organizations, self.phones, self.user_ids).await?)
    }
}

/// Merge contacts until none of these messages, which are all news, shows two that are one; then `known` is as they are.
pub(super) async fn settle(
    tx: &db::Tx,
    lines: &Lines,
    news: &[&InboundMessage],
    whom: &Whom<'_>,
    known: &mut Vec<Identity>,
    now: DateTime<Utc>,
) -> Result<Merged> {
    let mut merged = Merged::default();
    while let Some(crossing) = news.iter().find_map(|message| crossing(lines, message, known)) {
        let Crossing { one, other, called, former } = crossing;
        let organization = one.organization_id;
        merged.events.extend(contacts::merge(tx, (&one, &other), &called, now).await?);
        if let (Some(former), Some(phone)) = (former, called.phone) {
            merged.former.push(((organization, former.canonical()), phone.canonical()));
        }
        *known = whom.find(tx).await?;
    }
    Ok(merged)
}

struct Crossing {
    one: Identity,
    other: Identity,
    called: NowCalled,
    former: Option<PhoneNumber>,
}

fn crossing(lines: &Lines, message: &InboundMessage, known: &[Identity]) -> Option<Crossing> {
    let organization = lines.find((&message.waba_id, &message.phone_number_id))?.number.organization_id;
    let of_organization = || known.iter().filter(|contact| contact.organization_id == organization);
    let by_phone = |phone: PhoneNumber| {
        of_organization().find(|contact| contact.phone.is_some_and(|known| known.canonical() == phone.canonical()))
    };
    let by_user_id = |id: &str| of_organization().find(|contact| contact.user_id.as_deref() == Some(id));
    let from = message.from.as_deref().and_then(|from| PhoneNumber::from_wa_id(from).ok());
    let user_id = message.user_id.as_deref();
    if let Some((new, wa_id)) = changed_number(message) {
        let one = from.and_then(by_phone).or_else(|| user_id.and_then(by_user_id))?;
        let other = by_phone(new).filter(|other| other.id != one.id)?;
        let called = NowCalled { phone: Some(new), wa_id: Some(wa_id.to_owned()), user_id: None };
        return Some(Crossing { one: one.clone(), other: other.clone(), called, former: one.phone });
    }
    let (phone, user_id) = (from?, user_id?);
    let (one, other) = (by_phone(phone)?, by_user_id(user_id)?);
    if one.id == other.id || is_another(one, other, user_id) {
        return None;
    }
    // A stored phone is kept in the variant it has.
    let called = NowCalled { phone: one.phone, wa_id: message.from.clone(), user_id: Some(user_id.to_owned()) };
    Some(Crossing { one: one.clone(), other: other.clone(), called, former: None })
}

/// A phone that had somebody else, by an id of their own, before it had the person of this id.
pub(super) fn is_another(by_phone: &Identity, by_user_id: &Identity, user_id: &str) -> bool {
    by_phone.user_id.as_deref().is_some_and(|id| id != user_id) && by_user_id.phone.is_some()
}

/// The phone a person has from now on, and what `WhatsApp` calls it, where a message is that word.
pub(super) fn changed_number(message: &InboundMessage) -> Option<(PhoneNumber, &str)> {
    let InboundContent::System { new_wa_id: Some(wa_id), .. } = &message.content else { return None };
    Some((PhoneNumber::from_wa_id(wa_id).ok()?, wa_id))
}
