//! A message as the contact sees it on WhatsApp, before it is sent: the preview of forms.

use crate::ui::icon::Icon;
use leptos::prelude::*;

/// What is shown; a part that is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previewed {
    pub header: Option<String>,
    pub body: String,
    pub footer: Option<String>,
    /// Each on its own line below the text, as WhatsApp draws them.
    pub buttons: Vec<String>,
}

#[component]
pub fn WhatsappPreview(
    #[prop(into)] message: Signal<Previewed>,
    #[prop(into)] label: Signal<String>,
    /// Stands there while there is nothing to show.
    #[prop(into)]
    nothing: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="whatsapp-preview" role="group" aria-label=label>
            {move || {
                let Previewed { header, body, footer, buttons } = message.get();
                if body.trim().is_empty() && header.is_none() {
                    return view! { <p class="muted small">{nothing}</p> }.into_any();
                }
                view! {
                    <div class="whatsapp-message">
                        <div class="bubble out">
                            {header.map(|header| view! { <p class="bubble-text strong">{header}</p> })}
                            <p class="bubble-text">{body}</p>
                            {footer.map(|footer| view! { <p class="muted small">{footer}</p> })}
                        </div>
                        {(!buttons.is_empty()).then(|| view! {
                            <ul class="whatsapp-buttons">
                                {buttons.into_iter().map(|button| view! { <li>{Icon::Link.draw()}<span>{button}</span></li> }).collect_view()}
                            </ul>
                        })}
                    </div>
                }
                .into_any()
            }}
        </div>
    }
}
