//! What others change, as it happens: one event stream for the whole app.

use crate::{
    api::{self, Query},
    remote::Remote,
};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc, time::Duration};
use types::{
    audit_log::AuditSubject,
    events::{Event, STREAM_EVENTS_PATH},
    sessions::GET_ME,
};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventSource, MessageEvent};

type Handler = Rc<dyn Fn(&Event)>;

/// How long a break of the stream goes unmentioned; browsers reconnect within it more often than not.
const PATIENCE: Duration = Duration::from_millis(2500);
/// Changes come in bursts; a list is asked for once per burst.
const BURST: Duration = Duration::from_millis(400);
/// How long until a stream the browser has given up is opened anew.
const AGAIN: Duration = Duration::from_secs(3);

thread_local! {
    static HANDLERS: RefCell<Vec<(u64, Handler)>> = const { RefCell::new(Vec::new()) };
}

/// The stream, as a context of the signed-in app.
#[derive(Clone, Copy)]
pub struct Realtime {
    /// Whether the break has lasted long enough to tell.
    pub lost: RwSignal<bool>,
    open: RwSignal<bool>,
    source: StoredValue<Option<EventSource>, LocalStorage>,
    closed: StoredValue<bool>,
    next: StoredValue<u64>,
}

impl Realtime {
    pub fn provide() -> Self {
        let realtime = Self {
            lost: RwSignal::new(false),
            open: RwSignal::new(false),
            source: StoredValue::new_local(None),
            closed: StoredValue::new(false),
            next: StoredValue::new(0),
        };
        provide_context(realtime);
        realtime.connect(false);
        on_cleanup(move || {
            realtime.closed.try_set_value(true);
            realtime.source.try_with_value(|source| source.iter().for_each(EventSource::close));
        });
        realtime
    }

    /// A stream is refused to those who are signed out, and only another call says that it was for that.
    async fn connect_again(self) {
        let _ = api::ask(GET_ME, &[], Query::none()).await;
        self.connect(true);
    }

    /// `again` is a stream the browser gave up: it has lost its place, so that pages load their data anew.
    fn connect(self, again: bool) {
        if self.closed.try_get_value() != Some(false) {
            return;
        }
        let Ok(source) = EventSource::new(STREAM_EVENTS_PATH) else { return };
        let opened = Closure::<dyn Fn()>::new(move || {
            self.open.try_set(true);
            self.lost.try_set(false);
            if again {
                tell(&Event::Reset);
            }
        });
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        let came = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| {
            let event = message.data().as_string().and_then(|data| serde_json::from_str::<Event>(&data).ok());
            event.iter().for_each(tell);
        });
        source.set_onmessage(Some(came.as_ref().unchecked_ref()));
        let broken = source.clone();
        let failed = Closure::<dyn Fn()>::new(move || {
            self.open.try_set(false);
            set_timeout(
                move || {
                    if self.open.try_get_untracked() == Some(false) {
                        self.lost.try_set(true);
                    }
                },
                PATIENCE,
            );
            if broken.ready_state() == EventSource::CLOSED {
                set_timeout(move || spawn_local(self.connect_again()), AGAIN);
            }
        });
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        // They live as long as the page: the browser keeps calling them.
        opened.forget();
        came.forget();
        failed.forget();
        self.source.try_set_value(Some(source));
    }
}

/// Hear every event for as long as the component lives.
pub fn use_events(handler: impl Fn(&Event) + 'static) {
    let realtime = expect_context::<Realtime>();
    let id = realtime.next.get_value();
    realtime.next.set_value(id.wrapping_add(1));
    HANDLERS.with_borrow_mut(|handlers| handlers.push((id, Rc::new(handler))));
    on_cleanup(move || HANDLERS.with_borrow_mut(|handlers| handlers.retain(|(other, _)| *other != id)));
}

/// Ask again whenever things of these kinds change, once per burst.
pub fn reload_on<T: Send + Sync + 'static>(subjects: &'static [AuditSubject], remote: Remote<T>) {
    use_events(move |event| match event {
        Event::ListChanged { subject } if subjects.contains(subject) => remote.reload_soon(BURST),
        Event::AccessChanged | Event::Reset => remote.reload_soon(BURST),
        Event::ListChanged { .. }
        | Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::NumberImportChanged { .. } => {}
    });
}

/// The list is copied first, because a handler may bring up or take down a component that listens too.
fn tell(event: &Event) {
    let handlers = HANDLERS.with_borrow(|handlers| handlers.iter().map(|(_, h)| Rc::clone(h)).collect::<Vec<_>>());
    for handler in handlers {
        handler(event);
    }
}
