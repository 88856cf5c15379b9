//! What becomes of a message after it was accepted: sent, delivered, read or failed, each told by webhook.

use std::time::Duration;

use tokio::time;

use crate::world::{Event, Message, Record, Status};
use crate::{Sandbox, clock, webhooks};

impl Sandbox {
    /// Takes up what a killed sandbox had under way.
    pub(crate) fn resume(&self) {
        let (events, unsettled): (Vec<_>, Vec<_>) = self.inner.with(|kept| {
            let world = &kept.world;
            let events =
                world.pending.iter().map(|(id, event)| (*id, webhooks::lane_key(world.phone_of(event)))).collect();
            let outbound = world.messages.iter().filter(|message| !message.inbound && message.status < Status::Read);
            (events, outbound.map(|message| message.wamid.clone()).collect())
        });
        for (id, key) in events {
            self.inner.outbox.push(id, key);
        }
        for wamid in unsettled {
            self.follow(wamid);
        }
    }

    /// Lets an accepted message go its way.
    pub(crate) fn follow(&self, wamid: String) {
        let sandbox = self.clone();
        self.inner.runtime.spawn(async move {
            while let Some((wait, next)) = sandbox.next_step(&wamid) {
                if wait > 0 {
                    time::sleep(Duration::from_millis(wait)).await;
                }
                sandbox.step(&wamid, next);
            }
        });
    }

    /// A phone was switched on or opened: what waited for it goes on.
    pub(crate) fn wake(&self, phone: &str) {
        let waiting: Vec<String> = self.inner.with(|kept| {
            let of_phone = kept.world.messages.iter().filter(|message| message.phone == phone && !message.inbound);
            of_phone
                .filter(|message| matches!(message.status, Status::Sent | Status::Delivered))
                .map(|message| message.wamid.clone())
                .collect()
        });
        for wamid in waiting {
            self.follow(wamid);
        }
    }

    /// The customer looks at the chat with a number: everything delivered is read.
    pub(crate) fn read_chat(&self, number: &str, phone: &str) -> usize {
        let unread: Vec<String> = self.inner.with(|kept| {
            let world = &kept.world;
            let reachable = world.phone(phone);
            if reachable.silent || reachable.blocked {
                return Vec::new();
            }
            let outbound = world.thread(number, phone).filter(|message| !message.inbound);
            outbound
                .filter(|message| matches!(message.status, Status::Sent | Status::Delivered))
                .map(|message| message.wamid.clone())
                .collect()
        });
        for wamid in &unread {
            self.step(wamid, Status::Delivered);
            self.step(wamid, Status::Read);
        }
        unread.len()
    }

    /// Sets a status if it is further than the one there is, and tells it.
    fn step(&self, wamid: &str, status: Status) {
        let told = self.inner.with(|kept| {
            let message = kept.world.message(wamid)?;
            if message.status >= status {
                return None;
            }
            let (number, phone) = (message.number_id.clone(), message.phone.clone());
            let error = message.fails_with.filter(|_| status == Status::Failed);
            let event = Event::Status { wamid: wamid.into(), status, at: clock::now(), error };
            Some((kept.commit_event(event), number, phone))
        });
        if let Some((id, number, phone)) = told {
            self.push_event(id, &number, &phone);
            self.inner.tell("status", &number, &phone);
        }
    }

    /// What happens next to a message and after how many milliseconds; `None` when it stays as it is.
    fn next_step(&self, wamid: &str) -> Option<(u64, Status)> {
        self.inner.with(|kept| {
            let world = &kept.world;
            let Message { status, fails_with, phone, .. } = world.message(wamid)?;
            let (settings, phone) = (&world.settings, world.phone(phone));
            match status {
                Status::Accepted if fails_with.is_some() => Some((settings.sent_after_ms, Status::Failed)),
                Status::Accepted => Some((settings.sent_after_ms, Status::Sent)),
                Status::Sent if phone.silent || phone.blocked => None,
                Status::Sent => Some((settings.delivered_after_ms, Status::Delivered)),
                Status::Delivered if phone.auto_read.unwrap_or(settings.auto_read) && !phone.silent => {
                    Some((settings.read_after_ms, Status::Read))
                }
                Status::Delivered | Status::Read | Status::Failed => None,
            }
        })
    }

    /// The business read a customer's message.
    pub(crate) fn read_by_business(&self, number: &str, wamid: &str) -> bool {
        let phone = self.inner.with(|kept| {
            let message = kept.world.message(wamid).filter(|message| message.inbound && message.number_id == number)?;
            let (phone, read) = (message.phone.clone(), message.status == Status::Read);
            if !read {
                kept.commit(Record::ReadByBusiness { wamid: wamid.into() });
            }
            Some(phone)
        });
        if let Some(phone) = &phone {
            self.inner.tell("status", number, phone);
        }
        phone.is_some()
    }
}
