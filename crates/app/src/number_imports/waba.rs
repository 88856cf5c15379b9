//! Adding a number to its WhatsApp account, once: whenever an earlier try may have worked, the account is asked first.

use crate::{App, channel};
use db::number_imports::{Job, WhatsappNumber};
use domain::phones::PhoneNumber;
use types::graph::{GraphReason, GraphTrouble};
use whatsapp::{Client, GraphEndpoint, SendError, client::PhoneNumberInfo};

/// Add it, or find it there. `again` is whether it was tried before: then it may be there already.
pub(super) async fn add(app: &App, job: &Job, again: bool) -> Result<WhatsappNumber, GraphTrouble> {
    let Ok(token) = app.keys.open(&job.token_sealed, job.waba_id.0.as_bytes()) else {
        return Err(GraphTrouble::from_reason(GraphReason::TokenInvalid));
    };
    let account = Account {
        client: &app.whatsapp,
        endpoint: GraphEndpoint { base_url: job.base_url.clone(), version: job.graph_version.clone() },
        token: String::from_utf8_lossy(&token).into_owned(),
        job,
    };
    let trouble = |error: &SendError| channel::trouble(error, app.clock.now());
    if again && let Some(found) = account.find().await.map_err(|error| trouble(&error))? {
        return Ok(found);
    }
    let Some((code, rest)) = domain::number_imports::split(&job.country_code, job.phone) else {
        return Err(GraphTrouble::from_reason(GraphReason::NumberInvalid));
    };
    match account.add(&code, &rest).await {
        Ok(phone_number_id) => Ok(WhatsappNumber { phone_number_id, status: "PENDING".to_owned(), verified: false }),
        Err(error) => {
            let refused = trouble(&error);
            // It may be there because of us after all. Where the account cannot be asked, the next try asks it.
            let perhaps = matches!(refused.reason, GraphReason::NumberInUse | GraphReason::OutcomeUnknown);
            let found = if perhaps { account.find().await.ok().flatten() } else { None };
            found.ok_or(refused)
        }
    }
}

struct Account<'a> {
    client: &'a Client,
    endpoint: GraphEndpoint,
    token: String,
    job: &'a Job,
}

impl Account<'_> {
    async fn add(&self, code: &str, rest: &str) -> Result<String, SendError> {
        let Self { client, endpoint, token, job } = self;
        client.add_phone_number(endpoint, token, &job.account, code, rest, &job.name).await
    }

    /// The number in the account, if it is there.
    async fn find(&self) -> Result<Option<WhatsappNumber>, SendError> {
        let Self { client, endpoint, token, job } = self;
        let numbers = client.list_phone_numbers(endpoint, token, &job.account).await?;
        Ok(numbers.into_iter().find(|number| is(number, job.phone)).map(|number| WhatsappNumber {
            verified: number.code_verification_status.as_deref() == Some("VERIFIED"),
            status: number.status.unwrap_or_else(|| "PENDING".to_owned()),
            phone_number_id: number.id,
        }))
    }
}

/// Whether it is this phone, by either number the phone may be known by.
fn is(number: &PhoneNumberInfo, phone: PhoneNumber) -> bool {
    let digits: String = number.display_phone_number.chars().filter(char::is_ascii_digit).collect();
    PhoneNumber::from_wa_id(&digits).is_ok_and(|shown| shown.canonical() == phone.canonical())
}
