//! The work that goes on without anybody asking: taking in, working on, sending, settling, telling.

use crate::{
    App, Result, campaigns, delivery, distribution, inbox, number_imports, presence, realtime, retention, search,
    timers, wabas, webhooks,
};
use std::time::Duration;
use tokio::task::JoinHandle;

/// What is on its way has this long to end when the server stops.
const END_TIMEOUT: Duration = Duration::from_secs(10);

/// What is running.
#[derive(Debug)]
pub struct Workers {
    endless: Vec<JoinHandle<()>>,
    settling: JoinHandle<()>,
}

/// Start them on the current runtime.
pub fn start(app: &App, keeper: inbox::Keeper) -> Result<Workers> {
    let (reports, outcomes) = delivery::outcomes();
    let busy = delivery::Busy::default();
    let settling = tokio::spawn(delivery::settle(app.clone(), outcomes, busy.clone()));
    let endless = vec![
        tokio::spawn(inbox::keep(app.clone(), keeper)),
        tokio::spawn(inbox::work(app.clone())),
        tokio::spawn(delivery::work(app.clone(), app.whatsapp.clone(), reports, busy)),
        tokio::spawn(campaigns::prepare(app.clone())),
        tokio::spawn(campaigns::watch(app.clone())),
        tokio::spawn(timers::run(app.clone())),
        tokio::spawn(realtime::run(app.clone())),
        tokio::spawn(wabas::work(app.clone())),
        tokio::spawn(webhooks::count(app.clone())),
        tokio::spawn(number_imports::work(app.clone())),
        tokio::spawn(retention::run(app.clone())),
        tokio::spawn(distribution::work(app.clone())),
        tokio::spawn(presence::work(app.clone())),
        tokio::spawn(search::work(app.clone())),
    ];
    Ok(Workers { endless, settling })
}

impl Workers {
    /// Begin nothing new, and wait for the outcomes of what is on its way: each attempt holds the way of its outcome open.
    pub async fn stop(self) {
        for worker in &self.endless {
            worker.abort();
        }
        if tokio::time::timeout(END_TIMEOUT, self.settling).await.is_err() {
            tracing::warn!(
                "some messages were still on their way; they will be unconfirmed until WhatsApp reports on them"
            );
        }
    }
}
