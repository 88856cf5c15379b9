//! Several processes on one database behave as one.

use crate::{
    distribution::{agents, contact, round, ticket},
    test_app::{Stream, TestApp, eventually},
    webhooks::House,
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use std::collections::{HashMap, HashSet};
use types::{MemberId, TicketId, events::Event, sessions::AgentStatus};

#[actix_web::test]
async fn two_replicas_give_a_slot_one_ticket_and_a_ticket_to_one_agent() {
    let app = TestApp::start().await;
    let (_others, workers) = app.replica();
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 1).await;
    let mut stream = Stream::open(&house.organization.administrator, None).await;
    let ids = join_all((0..8).map(|number| contact(&app, &house, number))).await;
    // All come at once, so that both have something to hand out.
    let people = agents(&app, &house, 5).await;
    join_all(people.iter().map(|person| person.is(AgentStatus::Online))).await;
    let taken = async || {
        let tickets = join_all(ids.iter().map(|id| ticket(&house, *id))).await;
        tickets.into_iter().filter_map(|ticket| ticket.assignee).map(|agent| agent.id).collect::<Vec<_>>()
    };
    let taken = eventually("every slot is taken", async || Some(taken().await).filter(|taken| taken.len() == 5)).await;
    assert_eq!(taken.iter().collect::<HashSet<_>>().len(), 5, "one each");
    round(&app, &house).await;
    workers.stop().await;
    // What it held alone is free again once its leases have ended, and this clock stands still.
    app.app.clock.advance(TimeDelta::seconds(7));
    // Nobody was ever given what somebody had: each ticket was handed out once.
    let last = contact(&app, &house, 20).await;
    let told = stream.until(|event| matches!(event, Event::TicketChanged { ticket } if ticket.id == last)).await;
    let mut handed_out: HashMap<TicketId, HashSet<MemberId>> = HashMap::new();
    for (_, event) in told {
        if let Event::TicketChanged { ticket } = event
            && let Some(agent) = ticket.assignee
            && ids.contains(&ticket.id)
        {
            handed_out.entry(ticket.id).or_default().insert(agent.id);
        }
    }
    assert_eq!(handed_out.values().map(HashSet::len).collect::<Vec<_>>(), [1; 5]);
}
