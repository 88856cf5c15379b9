//! One message of the thread.

use super::{
    model::{self, Pending},
    state::Desk,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl::{Style, use_writer},
    messages,
    ui::{button::Button, failure::FailureNote, icon::Icon},
};
use leptos::prelude::*;
use types::messages::{Author, Message, MessageContent};

#[component]
pub fn Bubble(message: Message, reaction: Option<String>, quote: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let at = message.created_at;
    if let MessageContent::HandedOver { ticket_number } = message.content {
        let desk = Desk::use_here();
        // Of the open ticket the queue is known; of earlier ones the number says it all.
        let queue = Memo::new(move |_| {
            desk.ticket.with(|ticket| {
                let open = ticket.as_ref().filter(|ticket| ticket.ticket_number == ticket_number)?;
                Some(open.queue.as_ref().map(|queue| queue.name.clone()))
            })
        });
        let words = move || {
            let handed = t_string!(i18n, messages.handed_over, number = ticket_number);
            match queue.get() {
                Some(name) => {
                    format!("{handed} · {}", name.unwrap_or_else(|| t_string!(i18n, desk.default_queue).to_owned()))
                }
                None => handed,
            }
        };
        return view! {
            <li class="thread-event">
                <span>{words}</span>
                <time>{move || writer.with(|writer| writer.time(at, Style::Time))}</time>
            </li>
        }
        .into_any();
    }
    let side = match message.author {
        Author::Contact => "in",
        Author::Bot | Author::System => "out bot",
        Author::Member { .. } | Author::Campaign { .. } => "out",
    };
    let status = message.status;
    let failure = StoredValue::new(message.failure.clone());
    let unconfirmed = status == types::messages::MessageStatus::Unconfirmed;
    let reacted = reaction.clone();
    view! {
        <li class=format!("thread-row {side}")>
            <div class=format!("bubble {side}")>
                <Who author=message.author.clone() />
                {quote.map(|quote| view! {
                    <p class="bubble-quote"><span class="visually-hidden">{t!(i18n, desk.reply_of)}": "</span>{quote}</p>
                })}
                <Content content=message.content.clone() />
                <p class="bubble-foot">
                    <time title=move || writer.with(|writer| writer.time(at, Style::DateTime))>
                        {move || writer.with(|writer| writer.time(at, Style::Time))}
                    </time>
                    {model::ticks(status).map(|ticks| view! {
                        <Ticks ticks /><span class="visually-hidden">{move || messages::status(i18n.get_locale(), status)}</span>
                    })}
                </p>
                {reaction.map(|emoji| view! {
                    <span class="bubble-reaction"><span class="visually-hidden">{t!(i18n, messages.reaction)}": "</span>{emoji}</span>
                })}
            </div>
            <Show when=move || failure.with_value(Option::is_some)>
                <p class="bubble-failure">
                    {Icon::Warning.draw()}
                    {move || failure.with_value(|failure| failure.as_ref().map(|failure| messages::failure(i18n.get_locale(), failure)))}
                </p>
            </Show>
            {unconfirmed.then(|| view! {
                <p class="bubble-failure soft">{Icon::Info.draw()}{t!(i18n, messages.unconfirmed_hint)}</p>
            })}
            {reacted.map(|_| view! { <span class="bubble-gap"></span> })}
        </li>
    }
    .into_any()
}

/// A message of ours that the server has not taken yet.
#[component]
pub fn PendingBubble(pending: Pending) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let id = pending.client_id;
    view! {
        <li class="thread-row out">
            <div class="bubble out" class:pending=pending.failed.is_none()>
                <p class="bubble-text">{pending.text}</p>
                <p class="bubble-foot">
                    {if pending.failed.is_some() {
                        view! { <Ticks ticks=model::Ticks::Warning /><span>{t!(i18n, desk.not_sent)}</span> }.into_any()
                    } else {
                        view! { <Ticks ticks=model::Ticks::Clock /><span>{t!(i18n, desk.sending)}</span> }.into_any()
                    }}
                </p>
            </div>
            {pending.failed.map(|failed| view! {
                <div class="bubble-retry">
                    <FailureNote failed />
                    <div class="row row-end">
                        <Button small=true on:click=move |_| desk.discard(id)>{t!(i18n, desk.discard)}</Button>
                        <Button small=true on:click=move |_| desk.retry(id)>{t!(i18n, ui.retry)}</Button>
                    </div>
                </div>
            })}
        </li>
    }
}

/// How far a message came, drawn; the words stand beside it for those who do not see it.
#[component]
pub fn Ticks(ticks: model::Ticks) -> impl IntoView {
    let (class, icon) = match ticks {
        model::Ticks::Clock => ("ticks", Icon::Clock),
        model::Ticks::One => ("ticks", Icon::Check),
        model::Ticks::Two => ("ticks", Icon::CheckTwice),
        model::Ticks::TwoRead => ("ticks read", Icon::CheckTwice),
        model::Ticks::Warning => ("ticks warning", Icon::Warning),
    };
    view! { <span class=class>{icon.draw()}</span> }
}

#[component]
fn Who(author: Author) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let me = desk.session.me.with_untracked(|me| me.as_ref().map(|me| me.id));
    match author {
        Author::Contact | Author::System => ().into_any(),
        Author::Bot => view! { <p class="bubble-who">{t!(i18n, messages.bot)}</p> }.into_any(),
        Author::Member { id, .. } if Some(id) == me => {
            view! { <p class="visually-hidden">{t!(i18n, desk.you)}":"</p> }.into_any()
        }
        Author::Member { name, .. } => view! { <p class="bubble-who">{name}</p> }.into_any(),
        Author::Campaign { name } => {
            view! { <p class="bubble-who">{move || t_string!(i18n, messages.campaign, name = name.clone())}</p> }
                .into_any()
        }
    }
}

#[component]
fn Content(content: MessageContent) -> impl IntoView {
    let i18n = use_i18n();
    match content {
        MessageContent::Text { body } => view! { <p class="bubble-text">{body}</p> }.into_any(),
        MessageContent::Choice { title, .. } => view! { <p class="bubble-text">{title}</p> }.into_any(),
        MessageContent::Template { header, body, footer, buttons, .. } => view! {
            {header.map(|header| view! { <p class="bubble-text strong">{header}</p> })}
            <p class="bubble-text">{body}</p>
            {footer.map(|footer| view! { <p class="muted small">{footer}</p> })}
            <Options titles=buttons />
        }
        .into_any(),
        MessageContent::Buttons { body, buttons } => view! {
            <p class="bubble-text">{body}</p>
            <Options titles=buttons.into_iter().map(|choice| choice.title).collect() />
        }
        .into_any(),
        MessageContent::List { body, rows, .. } => view! {
            <p class="bubble-text">{body}</p>
            <Options titles=rows.into_iter().map(|choice| choice.title).collect() />
        }
        .into_any(),
        MessageContent::Link { body, button, .. } => view! {
            <p class="bubble-text">{body}</p>
            <Options titles=vec![button] />
        }
        .into_any(),
        MessageContent::Media { media, caption, filename, .. } => view! {
            <p class="bubble-media">
                <span aria-hidden="true">{media.emoji()}</span>
                <span>{move || messages::media(i18n.get_locale(), media)}{filename.map(|name| format!(" · {name}"))}</span>
            </p>
            {caption.map(|caption| view! { <p class="bubble-text">{caption}</p> })}
        }
        .into_any(),
        MessageContent::Location { name, address, latitude, longitude } => view! {
            <p class="bubble-media"><span aria-hidden="true">"📍"</span><span>{t!(i18n, messages.location)}</span></p>
            <p class="bubble-text">
                {[name, address].into_iter().flatten().collect::<Vec<_>>().join(" · ")}
                " "<span class="muted numeric">{format!("{latitude:.5}, {longitude:.5}")}</span>
            </p>
        }
        .into_any(),
        MessageContent::ContactCards { names } => view! {
            <p class="bubble-media"><span aria-hidden="true">"👤"</span><span>{t!(i18n, messages.contact_cards)}</span></p>
            <p class="bubble-text">{names.join(", ")}</p>
        }
        .into_any(),
        MessageContent::Reaction { emoji, .. } => {
            let words = move || reaction_words(i18n.get_locale(), &emoji);
            view! { <p class="bubble-text muted">{words}</p> }.into_any()
        }
        MessageContent::Unsupported { .. } => {
            view! { <p class="bubble-text muted">{t!(i18n, messages.unsupported)}</p> }.into_any()
        }
        // It is a line of the thread, not a bubble.
        MessageContent::HandedOver { .. } => ().into_any(),
    }
}

fn reaction_words(locale: Locale, emoji: &str) -> String {
    if emoji.is_empty() {
        td_string!(locale, messages.reaction_removed).to_owned()
    } else {
        format!("{}: {emoji}", td_string!(locale, messages.reaction))
    }
}

#[component]
fn Options(titles: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    (!titles.is_empty()).then(|| {
        view! {
            <ul class="bubble-options" aria-label=move || t_string!(i18n, messages.choices)>
                {titles.into_iter().map(|title| view! { <li>{title}</li> }).collect_view()}
            </ul>
        }
    })
}
