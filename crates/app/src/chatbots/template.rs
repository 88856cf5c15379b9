//! Asking WhatsApp for the template that tells of the next opening (decisions.md § Conversation).

use super::availability;
use crate::{
    App, Error, Result, channel,
    wabas::{self, Reached},
};
use db::{Scope, templates::NewTemplate};
use types::{
    NumberId,
    chatbots::{AVAILABILITY_TEMPLATE, AvailabilityState, AvailabilityTemplate},
};
use whatsapp::{SendError, management::WantedTemplate};

/// "There is already content in this language for this template" (Graph reference, error codes of templates).
const EXISTS: i64 = 2_388_024;

/// Ask for the template in the number's account, in the language of its customers. Where there is one, nothing is asked, and
/// its state is the answer.
pub async fn create_availability_template(app: &App, scope: &Scope, id: NumberId) -> Result<AvailabilityTemplate> {
    let number = db::chatbots::get(app.db.read(), scope, id).await?;
    super::made(std::slice::from_ref(&number))?;
    let there = availability(app.db.read(), scope, &number).await?;
    if there.state != AvailabilityState::Missing {
        return Ok(there);
    }
    // The account is the organization's, whatever of its numbers the caller reaches.
    let whole = Scope::of_organization(scope.organization_id());
    let reached = wabas::reached(app, db::wabas::access(app.db.read(), &whole, number.waba_id).await?)?;
    let (language, components) = domain::chatbots::availability_wording(number.language);
    let wanted = WantedTemplate { name: AVAILABILITY_TEMPLATE, language, category: "UTILITY", components: &components };
    let Reached { access, endpoint, token } = &reached;
    let asked = app.whatsapp.create_template(endpoint, token, &access.waba_id, &wanted).await;
    match asked {
        Ok(created) => {
            let template = NewTemplate {
                id: app.ids.make(),
                organization_id: scope.organization_id(),
                waba_id: number.waba_id,
                template_id: &created.id,
                name: AVAILABILITY_TEMPLATE,
                language,
                category: &created.category,
                status: &created.status,
                components,
            };
            let tx = db::begin(&app.db).await?;
            db::templates::save(&tx, &[template], app.clock.now()).await?;
            tx.commit().await.map_err(db::Error::from)?;
            app.directory.refresh(app).await?;
        }
        // Somebody asked for it at the same moment, or elsewhere.
        Err(SendError::Refused(error)) if error.error_subcode == Some(EXISTS) => {
            wabas::synchronize(app, &whole, number.waba_id, None).await?;
        }
        Err(error) => return Err(Error::whatsapp(channel::trouble(&error, app.clock.now()))),
    }
    availability(app.db.read(), scope, &number).await
}
