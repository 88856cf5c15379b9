//! The world under its lock, together with what is not kept: figures, dice and listeners.

use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::web::Bytes;
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::broadcast;

use crate::faults::Dice;
use crate::journal::Journal;
use crate::pace::Meter;
use crate::webhooks::Outbox;
use crate::world::{Event, Record, Settings, World};
use crate::{Sandbox, SandboxConfig, clock, demo};

/// What every clone of a sandbox shares.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) config: SandboxConfig,
    pub(crate) http: reqwest::Client,
    pub(crate) outbox: Outbox,
    pub(crate) runtime: Handle,
    kept: Mutex<Kept>,
    news: broadcast::Sender<News>,
}

/// The world and its journal.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) world: World,
    pub(crate) meters: HashMap<String, Meter>,
    pub(crate) media: Vec<Media>,
    /// Resumable uploads by their session; they are gone after a restart.
    pub(crate) uploads: HashMap<String, Upload>,
    dice: HashMap<String, Dice>,
    journal: Option<Journal>,
}

/// A file someone uploaded; media live in memory and are gone after a restart.
#[derive(Clone, Debug)]
pub(crate) struct Media {
    pub(crate) id: String,
    pub(crate) mime_type: String,
    pub(crate) filename: Option<String>,
    pub(crate) bytes: Bytes,
}

/// A resumable upload.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) mime_type: String,
    pub(crate) length: usize,
    /// Absent until they came.
    pub(crate) bytes: Option<Bytes>,
}

/// What the phones page is told: enough to know what to ask for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct News {
    pub(crate) kind: &'static str,
    pub(crate) number: String,
    pub(crate) phone: String,
}

/// All media together; the oldest go first.
const MOST_MEDIA: usize = 64 * 1_024 * 1_024;

impl Inner {
    pub(crate) fn open(config: SandboxConfig, outbox: Outbox) -> io::Result<Self> {
        let fresh = || demo::world(&Settings::default());
        let (journal, world) = match &config.dir {
            Some(dir) => {
                let world = Journal::read(dir)?.unwrap_or_else(fresh);
                (Some(Journal::begin(dir, &world)?), world)
            }
            None => (None, fresh()),
        };
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(15))
            .pool_max_idle_per_host(64)
            .tcp_nodelay(true)
            .build()
            .map_err(io::Error::other)?;
        let kept = Kept {
            world,
            meters: HashMap::new(),
            media: Vec::new(),
            uploads: HashMap::new(),
            dice: HashMap::new(),
            journal,
        };
        let (news, _) = broadcast::channel(8_192);
        Ok(Self { config, http, outbox, runtime: Handle::current(), kept: Mutex::new(kept), news })
    }

    /// Looks at or changes what is kept. A panic elsewhere does not make the sandbox useless.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells the open pages.
    pub(crate) fn tell(&self, kind: &'static str, number: &str, phone: &str) {
        if self.news.receiver_count() > 0 {
            // Nobody listening any more is no fault.
            drop(self.news.send(News { kind, number: number.into(), phone: phone.into() }));
        }
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }
}

impl Sandbox {
    /// Everything back to a new sandbox.
    pub(crate) fn reset(&self) -> io::Result<()> {
        self.inner.with(|kept| {
            // Ids go on, so that what is still under way does not settle an event of the new world.
            let last_event = kept.world.last_event;
            kept.world = demo::world(&Settings::default());
            kept.world.last_event = last_event;
            kept.meters.clear();
            kept.dice.clear();
            kept.media.clear();
            kept.uploads.clear();
            if let Some(dir) = &self.inner.config.dir {
                kept.journal = Some(Journal::begin(dir, &kept.world)?);
            }
            Ok::<_, io::Error>(())
        })?;
        self.inner.tell("reset", "", "");
        Ok(())
    }
}

impl Kept {
    /// Makes a change and keeps it.
    pub(crate) fn commit(&mut self, record: Record) {
        if let Some(journal) = &mut self.journal {
            journal.append(&record);
        }
        self.world.apply(record);
    }

    /// Keeps something that has to be told, and returns its id.
    pub(crate) fn commit_event(&mut self, event: Event) -> u64 {
        let id = self.world.last_event + 1;
        self.commit(Record::Event { id, event });
        id
    }

    pub(crate) fn meter(&mut self, number: &str) -> &mut Meter {
        self.meters.entry(number.into()).or_default()
    }

    /// The dice of a number, thrown from its seed or from chance.
    pub(crate) fn dice(&mut self, number: &str) -> &mut Dice {
        let seed = self.world.faults_of(number).seed;
        self.dice.entry(number.into()).or_insert_with(|| Dice::new(seed.unwrap_or_else(clock::chance), number))
    }

    /// The dice of a number's webhooks. They are told when their time has come, so with dice in common the same seed would
    /// not fail the same requests on a busy machine.
    pub(crate) fn webhook_dice(&mut self, number: &str) -> &mut Dice {
        let seed = self.world.faults_of(number).seed;
        let key = webhook_key(number);
        self.dice.entry(key.clone()).or_insert_with(|| Dice::new(seed.unwrap_or_else(clock::chance), &key))
    }

    /// New faults start with new dice.
    pub(crate) fn forget_dice(&mut self, number: Option<&str>) {
        match number {
            Some(number) => {
                self.dice.remove(number);
                self.dice.remove(&webhook_key(number));
            }
            None => self.dice.clear(),
        }
    }

    pub(crate) fn keep_media(&mut self, media: Media) {
        self.media.push(media);
        let mut size: usize = self.media.iter().map(|media| media.bytes.len()).sum();
        while size > MOST_MEDIA && self.media.len() > 1 {
            size -= self.media.remove(0).bytes.len();
        }
    }

    pub(crate) fn find_media(&self, id: &str) -> Option<&Media> {
        self.media.iter().find(|media| media.id == id)
    }
}

fn webhook_key(number: &str) -> String {
    format!("{number} webhooks")
}
