//! What waits for one number: replies before active messages, each conversation in order.

use super::{
    Busy,
    pace::{Gate, Pace},
};
use db::messages::Due;
use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};
use tokio::time::Instant;
use types::{ConversationId, MessageId};

/// One number's part of the queue, as read from the database a page at a time. Nothing in it is claimed yet.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) pace: Pace,
    pub(super) gate: Arc<Gate>,
    pub(super) replies: VecDeque<Due>,
    pub(super) active: VecDeque<Due>,
    pub(super) in_flight: u32,
}

impl Lane {
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        let pace = Pace::new(per_second, now);
        Self { pace, gate: Arc::default(), replies: VecDeque::new(), active: VecDeque::new(), in_flight: 0 }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.in_flight == 0 && self.replies.is_empty() && self.active.is_empty()
    }

    /// The next messages that may go, at most `room`, one a conversation; what has to wait for its conversation keeps its
    /// place.
    pub(super) fn choose(&mut self, room: u32, busy: &Busy) -> Vec<Due> {
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        let mut chosen = Vec::new();
        let mut waiting: HashSet<ConversationId> = HashSet::new();
        for queue in [&mut self.replies, &mut self.active] {
            let mut kept = VecDeque::new();
            while chosen.len() < room {
                let Some(due) = queue.pop_front() else { break };
                if busy.has(due.conversation_id) || !waiting.insert(due.conversation_id) {
                    waiting.insert(due.conversation_id);
                    kept.push_back(due);
                } else {
                    chosen.push(due);
                }
            }
            while let Some(due) = kept.pop_back() {
                queue.push_front(due);
            }
        }
        chosen
    }

    /// Take in a page that was read, without what is here already.
    pub(super) fn refill(queue: &mut VecDeque<Due>, page: Vec<Due>) {
        let here: HashSet<MessageId> = queue.iter().map(|due| due.id).collect();
        queue.extend(page.into_iter().filter(|due| !here.contains(&due.id)));
    }
}
