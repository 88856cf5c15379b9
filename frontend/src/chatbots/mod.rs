//! Chatbot: the numbers' settings, one by one or many at once (spec S3).

mod agents;
mod attention;
mod conflict;
mod controls;
mod copy_day;
mod editing;
pub mod editor;
mod faq;
mod flow;
mod holidays;
mod hours;
mod intervals;
mod list;
mod list_table;
mod many;
pub mod model;
mod page;
mod phone;
mod preview;
mod queues;
mod rows;
mod scenes;
mod simulation;
mod social;
mod suggested;
mod talk;
mod template;
mod typed_text;
mod values;
pub mod words;
mod words_box;

pub use list::Chatbots;

use crate::routes;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::NumberId;
use uuid::Uuid;

/// The settings of one number (`/chatbots/<id>`), or of many at once (`/chatbots/many`).
#[component]
pub fn ChatbotPage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let many = routes::MANY_CHATBOTS.rsplit('/').next().unwrap_or_default();
    move || {
        if wanted.with(|wanted| wanted == many) {
            view! { <many::Many /> }.into_any()
        } else {
            // An address that is no id is an id nobody has.
            let id = wanted.get().parse().unwrap_or(NumberId(Uuid::nil()));
            view! { <page::One id /> }.into_any()
        }
    }
}
