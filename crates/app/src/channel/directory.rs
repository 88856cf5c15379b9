//! The numbers of all organizations with their tokens and templates, kept in memory and read anew every few seconds.

use crate::{App, Result};
use chrono::{DateTime, TimeDelta, Utc};
use db::numbers::ChannelNumber;
use domain::templates::TemplateShape;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::{Mutex, MutexGuard};
use types::{NumberId, OrganizationId, WabaId};
use whatsapp::GraphEndpoint;

/// How old what is kept may be.
const FRESH_FOR: TimeDelta = TimeDelta::seconds(5);

/// Numbers that nobody has are remembered up to so many.
const STRANGERS_MAX: usize = 10_000;

/// A number by what WhatsApp calls its account, and then what it calls the number.
pub type Called<'a> = (&'a str, &'a str);

/// A number that can be spoken through.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: ChannelNumber,
    pub endpoint: GraphEndpoint,
    /// The WABA's access token, opened; none when this installation's secret key does not open it. What comes from the
    /// number is taken in all the same.
    pub token: Option<Arc<str>>,
}

/// All of them at one time.
#[derive(Debug, Default)]
pub struct Lines {
    by_id: HashMap<NumberId, Arc<Line>>,
    /// By what WhatsApp calls each connected account, and then what it calls the number.
    by_account: HashMap<String, HashMap<String, NumberId>>,
    templates: HashMap<(WabaId, String, String), Arc<TemplateShape>>,
    read_at: Option<DateTime<Utc>>,
}

impl Lines {
    pub fn get(&self, id: NumberId) -> Option<&Arc<Line>> {
        self.by_id.get(&id)
    }

    /// The numbers of an organization.
    pub fn of(&self, organization: OrganizationId) -> impl Iterator<Item = &Arc<Line>> {
        self.by_id.values().filter(move |line| line.number.organization_id == organization)
    }

    /// The number an event is about. Anybody's Graph can say that any number is its own, so what comes of an account that is
    /// connected here goes to the numbers connected by it, and to no others.
    pub fn find(&self, called: Called<'_>) -> Option<&Arc<Line>> {
        let (account, phone_number_id) = called;
        if self.by_account.contains_key(account) {
            return self.exact(called);
        }
        let mut all = self.by_account.values().filter_map(|numbers| numbers.get(phone_number_id));
        match (all.next(), all.next()) {
            (Some(only), None) => self.by_id.get(only),
            _ => None,
        }
    }

    /// The number of just this account.
    fn exact(&self, (account, phone_number_id): Called<'_>) -> Option<&Arc<Line>> {
        self.by_id.get(self.by_account.get(account)?.get(phone_number_id)?)
    }

    pub fn template(&self, waba: WabaId, name: &str, language: &str) -> Option<&Arc<TemplateShape>> {
        self.templates.get(&(waba, name.to_owned(), language.to_owned()))
    }
}

/// Keeps the lines.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    kept: Arc<RwLock<Arc<Lines>>>,
    /// One reads at a time, so that what was read later is never replaced by what was read before.
    turn: Arc<Mutex<()>>,
    /// What WhatsApp called numbers that nobody had when they were last looked for.
    strangers: Arc<RwLock<HashSet<(String, String)>>>,
}

impl Directory {
    /// The lines, read anew when they are too old.
    pub async fn lines(&self, app: &App) -> Result<Arc<Lines>> {
        if let Some(kept) = self.fresh(app) {
            return Ok(kept);
        }
        let turn = self.turn.lock().await;
        // Somebody else may have read them meanwhile: of many who come at once only one reads.
        match self.fresh(app) {
            Some(kept) => Ok(kept),
            None => self.read(app, &turn).await,
        }
    }

    /// What is kept, if it is not too old.
    fn fresh(&self, app: &App) -> Option<Arc<Lines>> {
        let now = app.clock.now();
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).clone();
        kept.read_at.is_some_and(|at| now - at < FRESH_FOR && at <= now).then_some(kept)
    }

    /// The lines, with those of numbers that were added since they were last read, if WhatsApp already speaks of them.
    pub async fn lines_with(&self, app: &App, named: &HashSet<Called<'_>>) -> Result<Arc<Lines>> {
        let lines = self.lines(app).await?;
        // The account itself may be new, so that only a number of this very account counts as known.
        let is_new = |called: Called<'_>| lines.exact(called).is_none() && !self.is_stranger(called);
        if !named.iter().any(|called| is_new(*called)) {
            return Ok(lines);
        }
        let lines = self.refresh(app).await?;
        let mut strangers = self.strangers.write().unwrap_or_else(PoisonError::into_inner);
        if strangers.len() > STRANGERS_MAX {
            strangers.clear();
        }
        let unknown = named.iter().filter(|called| lines.exact(**called).is_none());
        strangers.extend(unknown.map(|(account, id)| ((*account).to_owned(), (*id).to_owned())));
        drop(strangers);
        Ok(lines)
    }

    fn is_stranger(&self, (account, phone_number_id): Called<'_>) -> bool {
        let called = (account.to_owned(), phone_number_id.to_owned());
        self.strangers.read().unwrap_or_else(PoisonError::into_inner).contains(&called)
    }

    /// Read the lines anew.
    pub async fn refresh(&self, app: &App) -> Result<Arc<Lines>> {
        let turn = self.turn.lock().await;
        self.read(app, &turn).await
    }

    async fn read(&self, app: &App, _turn: &MutexGuard<'_, ()>) -> Result<Arc<Lines>> {
        let mut lines = Lines { read_at: Some(app.clock.now()), ..Lines::default() };
        for account in db::wabas::list_connected(app.db.read()).await? {
            lines.by_account.entry(account).or_default();
        }
        for number in db::numbers::for_channel(app.db.read()).await? {
            let line = open(app, number);
            let ChannelNumber { id, account, phone_number_id, .. } = &line.number;
            lines.by_account.entry(account.clone()).or_default().insert(phone_number_id.clone(), *id);
            lines.by_id.insert(line.number.id, Arc::new(line));
        }
        for (waba, name, language, components) in db::templates::components(app.db.read()).await? {
            lines.templates.insert((waba, name, language), Arc::new(TemplateShape::parse(&components)));
        }
        let lines = Arc::new(lines);
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = lines.clone();
        Ok(lines)
    }
}

fn open(app: &App, number: ChannelNumber) -> Line {
    let token = match app.keys.open(&number.token_sealed, number.waba_id.0.as_bytes()) {
        Ok(token) => Some(String::from_utf8_lossy(&token).into()),
        Err(error) => {
            tracing::error!(%error, number = %number.id, "the token of a WABA cannot be opened");
            None
        }
    };
    let endpoint = GraphEndpoint { base_url: number.base_url.clone(), version: number.graph_version.clone() };
    Line { number, endpoint, token }
}
