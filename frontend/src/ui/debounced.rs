//! A text that is acted on once its writer has paused.

use leptos::prelude::*;
use std::time::Duration;

/// How long a writer pauses before what is typed is searched for.
const PAUSE: Duration = Duration::from_millis(150);

/// The text without blanks around it, as it stood at the last pause.
pub fn debounced(text: RwSignal<String>) -> Memo<String> {
    let settled = RwSignal::new(text.get_untracked());
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        let now = text.get();
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = turn.get_value();
        if before.is_some() {
            set_timeout(
                move || {
                    if turn.try_get_value() == Some(mine) {
                        settled.try_set(now);
                    }
                },
                PAUSE,
            );
        }
    });
    Memo::new(move |_| settled.with(|text| text.trim().to_owned()))
}
