//! Campaigns: from a sheet to the report (spec C1).

mod course;
mod review;
mod sheets;
mod story;

use crate::{
    test_app::{Organization, Person, TestApp, eventually},
    webhooks::House,
};
use types::{
    CampaignId, Permission,
    campaigns::{
        CREATE_CAMPAIGN, Campaign, CampaignProgress, CampaignRecipient, CampaignSendInput, CampaignStatus,
        GET_CAMPAIGN, LIST_CAMPAIGN_RECIPIENTS, SEND_CAMPAIGN,
    },
};

/// What a person needs to run campaigns, and to see Desk beside.
const MANAGER: &[Permission] = &[
    Permission::ViewCampaigns,
    Permission::EditCampaigns,
    Permission::ViewCampaignReports,
    Permission::ViewDesk,
    Permission::EditDesk,
];
const HEADER: &str = "Remitente;Teléfono;Plantilla;Idioma;Nombre;header.1;body.1;{{2}};body.3\n";

/// An organization with templates, and a manager of one number.
async fn house(app: &TestApp) -> (House, Person) {
    let house = House::new(app, "one").await;
    app.templates(&house.organization).await;
    let manager = app.member(&house.organization, MANAGER).await;
    let group = app.group(&house.organization, None, &[&manager]).await;
    app.grouped_number(&house.organization, "grouped", &[], Some(group)).await;
    (house, manager)
}

/// The number's own phone of a manager's group: the second one that is made.
const SENDER: &str = "+56955550102";

/// A csv of rows that are right, to as many phones.
fn sheet(sender: &str, rows: usize) -> String {
    let rows = (0..rows).map(|index| row(sender, &format!("+5695555{:04}", 2001 + index)));
    HEADER.to_owned() + &rows.collect::<String>()
}

fn row(sender: &str, recipient: &str) -> String {
    format!("{sender};{recipient};recordatorio_de_pago;es;Ana;Ana;3 de 12;$ 15.000;10 de mayo\n")
}

async fn upload(person: &Person, csv: &str) -> Campaign {
    person.upload(CREATE_CAMPAIGN, "junio.csv", csv.as_bytes()).await.ok()
}

async fn send(person: &Person, id: CampaignId) -> Campaign {
    person.send(SEND_CAMPAIGN, &[&id], &input(false)).await.ok()
}

fn input(leave_out_faulty: bool) -> CampaignSendInput {
    CampaignSendInput { name: "Recordatorio de junio".to_owned(), leave_out_faulty }
}

/// The campaign once it is as wanted. Whenever it is looked at, its parts add up.
async fn until(person: &Person, id: CampaignId, what: &str, wanted: impl Fn(&Campaign) -> bool) -> Campaign {
    eventually(what, async || {
        let campaign = person.call(GET_CAMPAIGN, &[&id]).await.ok();
        assert_eq!(parts(&campaign.progress), campaign.progress.total, "{:?}", campaign.progress);
        wanted(&campaign).then_some(campaign)
    })
    .await
}

fn is(status: CampaignStatus) -> impl Fn(&Campaign) -> bool {
    move |campaign| campaign.status == status
}

fn parts(progress: &CampaignProgress) -> u64 {
    let CampaignProgress {
        total: _,
        queued,
        sending,
        unconfirmed,
        sent,
        delivered,
        read,
        failed,
        cancelled,
        answered: _,
    } = *progress;
    queued + sending + unconfirmed + sent + delivered + read + failed + cancelled
}

async fn recipients(person: &Person, id: CampaignId) -> Vec<CampaignRecipient> {
    person.query(LIST_CAMPAIGN_RECIPIENTS, &[&id], "limit=200").await.ok().items
}

/// A manager in a sandbox's organization who reaches all of its numbers.
async fn sandbox_manager(app: &TestApp, organization: &Organization) -> Person {
    let manager = app.member(organization, MANAGER).await;
    app.sandbox_numbers(organization, &[&manager]).await;
    app.templates(organization).await;
    manager
}
