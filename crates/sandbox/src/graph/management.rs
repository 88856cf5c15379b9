//! Faults of management calls: the next calls of an edge are refused, broken, or done without an answer.

use actix_web::http::Method;

use super::Call;
use super::refusal::Refusal;
use crate::faults::ManagementFault;
use crate::store::Kept;
use crate::world::Record;

/// What a fault makes of a call.
pub(super) enum Planned {
    /// It is not looked at.
    Refused(Refusal),
    /// It is done, and the connection breaks before the answer.
    Unanswered,
}

/// The fault that waits for a call, which is one less from then on. A number's own faults come before everybody's.
pub(super) fn planned(call: &Call<'_>, node: &str, edge: &str) -> Option<Planned> {
    let method = call.request.method();
    let phone = phone(call, node);
    call.sandbox.inner.with(|kept| take(kept, node, method, edge, &phone)).map(|fault| {
        let ManagementFault { code, subcode, details, http_500, unanswered, .. } = fault;
        let details = details.unwrap_or_else(|| "The sandbox was told to fail so".into());
        match code {
            Some(code) => {
                let refusal = Refusal::of(code, details);
                Planned::Refused(match subcode {
                    Some(subcode) => refusal.with_subcode(subcode),
                    None => refusal,
                })
            }
            None if http_500 => Planned::Refused(Refusal::broken()),
            None if unanswered => Planned::Unanswered,
            None => Planned::Refused(Refusal::broken()),
        }
    })
}

fn take(kept: &mut Kept, node: &str, method: &Method, edge: &str, phone: &str) -> Option<ManagementFault> {
    let own = kept.world.numbers.get(node).filter(|number| number.faults.is_some()).cloned();
    if let Some(mut number) = own
        && let Some(found) = number.faults.as_mut().and_then(|faults| faults.take_management(method, edge, phone))
    {
        kept.commit(Record::Number(Box::new(number)));
        return Some(found);
    }
    let mut faults = kept.world.faults.clone();
    let found = faults.take_management(method, edge, phone)?;
    kept.commit(Record::Faults(faults));
    Some(found)
}

/// The phone a call is about: of the number, or of the one that is added.
fn phone(call: &Call<'_>, node: &str) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let known =
        call.sandbox.inner.with(|kept| kept.world.numbers.get(node).map(|number| digits(&number.display_phone_number)));
    known.unwrap_or_else(|| {
        let parameters = call.parameters().unwrap_or_default();
        let text = |key: &str| parameters.get(key).map(|value| digits(&value.to_string())).unwrap_or_default();
        let country = Some(text("cc")).filter(|cc| !cc.is_empty()).unwrap_or_else(|| text("country_code"));
        format!("{country}{}", text("phone_number"))
    })
}
