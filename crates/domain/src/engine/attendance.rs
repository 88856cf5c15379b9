//! The way into attendance: the hours, the queue, the pre-attendance message, the ticket.

use super::{Destination, Effect, Stage, run::Run, say::button, taps};
use types::messages::MessageContent;

impl Run<'_> {
    /// Hours are looked at first, then the queue is chosen, unless the destination is known.
    pub(super) fn attend(&mut self, destination: Option<Destination>) {
        if self.is_closed() {
            return self.unavailable();
        }
        match destination {
            Some(destination) => self.open_ticket(destination),
            None if self.offer_queues() => {}
            None => self.open_ticket(Destination::DefaultQueue),
        }
    }

    pub(super) fn open_ticket(&mut self, destination: Destination) {
        self.forget_callback();
        self.state.attended_since = Some(self.now);
        let message = self.pre_attendance();
        self.send(message);
        self.effect(Effect::OpenTicket { destination });
        self.go(Stage::InAttendance);
        (self.state.agent_wrote_at, self.state.warned, self.state.ticket) = (None, false, None);
    }

    fn pre_attendance(&self) -> Option<MessageContent> {
        let pre = &self.settings.chatbot.attention.pre_attendance;
        if !(pre.on && pre.cancel_button) {
            return self.text(pre.on, &pre.text);
        }
        let words = self.words();
        Some(MessageContent::Buttons {
            body: self.body(&pre.text, words.moment),
            buttons: vec![button(taps::cancel(self.now), words.cancel)],
        })
    }
}
