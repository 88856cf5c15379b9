//! The attendance centre: contacts choose a queue. Whoever is not understood twice gets to "Otros asuntos".

use super::{
    Destination, Effect, Stage,
    inbound::Heard,
    menu::{self, Entry},
    run::Run,
    taps::{self, Tap},
    understand,
};
use types::{QueueId, chatbots::OwnQueue};

#[derive(Clone, Copy)]
pub(super) enum Queue<'a> {
    /// A queue of the number's own, and its name without the blanks around it.
    Own(&'a OwnQueue, &'a str),
    /// "Otros asuntos", in the customers' language.
    Default(&'a str),
}

impl Queue<'_> {
    fn destination(self) -> Destination {
        match self {
            Self::Own(queue, _) => queue.id.map_or(Destination::DefaultQueue, Destination::Queue),
            Self::Default(_) => Destination::DefaultQueue,
        }
    }
}

impl Entry for Queue<'_> {
    fn id(&self) -> String {
        match self {
            Self::Own(queue, name) => taps::queue(queue.id, name),
            Self::Default(_) => taps::DEFAULT_QUEUE.to_owned(),
        }
    }

    fn label(&self) -> &str {
        match self {
            Self::Own(_, name) | Self::Default(name) => name,
        }
    }

    fn question(&self) -> &'static str {
        ""
    }
}

impl<'a> Run<'a> {
    /// Show the queues, if contacts choose among them.
    pub(super) fn offer_queues(&mut self) -> bool {
        let queues = self.queues();
        if queues.is_empty() {
            return false;
        }
        self.show_queues(&queues, 0, false);
        true
    }

    /// A queue of the menu, or of an older one.
    pub(super) fn chooses_queue(&mut self, heard: &Heard<'_>) {
        if self.is_closed() {
            return self.unavailable();
        }
        let queues = self.queues();
        if queues.is_empty() {
            return self.open_ticket(Destination::DefaultQueue);
        }
        let (page, missed) = match self.state.stage {
            Stage::ChoosingQueue { page, missed } => (page, missed),
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::InAttendance
            | Stage::SurveyInvited { .. }
            | Stage::Surveyed { .. }
            | Stage::OfferedCallback
            | Stage::ToldAvailable => (0, false),
        };
        let own = |is: &dyn Fn(&OwnQueue, &str) -> bool| {
            queues.iter().find(|queue| matches!(queue, Queue::Own(queue, name) if is(queue, name))).copied()
        };
        let by_id = |id: QueueId| own(&|queue, _| queue.id == Some(id));
        let chosen = match heard.tap {
            Some(Tap::MoreQueues(page)) => return self.show_queues(&queues, page, missed),
            Some(Tap::DefaultQueue) => return self.open_ticket(Destination::DefaultQueue),
            // One that was saved meanwhile is still known by its name.
            Some(Tap::Queue(id)) => by_id(id).or_else(|| pick(&queues, heard.said)),
            Some(Tap::QueueByName(small)) => own(&|_, name| taps::is_named(name, small)),
            _ => pick(&queues, heard.said),
        };
        match chosen {
            Some(queue) => self.open_ticket(queue.destination()),
            None if menu::pages(queues.len()) > 1 && understand::same(heard.said, self.words().more_options) => {
                self.show_queues(&queues, page.saturating_add(1), missed);
            }
            None if missed => self.open_ticket(Destination::DefaultQueue),
            None => self.show_queues(&queues, 0, true),
        }
    }

    fn show_queues(&mut self, queues: &[Queue<'_>], page: u8, missed: bool) {
        let words = self.words();
        let body = self.body(&self.settings.chatbot.queues.prompt, words.choose_queue);
        self.effect(Effect::Send(menu::show(words, queues, page, "queue", body)));
        self.go(Stage::ChoosingQueue { page, missed });
    }

    /// The menu, "Otros asuntos" last; empty when contacts do not choose.
    fn queues(&self) -> Vec<Queue<'a>> {
        let settings = &self.settings.chatbot.queues;
        let mut queues: Vec<Queue<'a>> = Vec::new();
        if !settings.centre_on {
            return queues;
        }
        queues.reserve(settings.own.len() + 1);
        for own in &settings.own {
            let name = own.name.trim();
            // The settings' check allows neither; a menu with them would be refused.
            let repeated = || {
                queues.iter().any(|known| {
                    taps::same_name(known.label(), name)
                        || matches!(known, Queue::Own(known, _) if own.id.is_some() && known.id == own.id)
                })
            };
            if !name.is_empty() && !repeated() {
                queues.push(Queue::Own(own, name));
            }
        }
        if !queues.is_empty() {
            queues.push(Queue::Default(self.words().default_queue));
        }
        queues
    }
}

fn pick<'a>(queues: &[Queue<'a>], said: &str) -> Option<Queue<'a>> {
    menu::pick(queues, said).and_then(|place| queues.get(place).copied())
}
