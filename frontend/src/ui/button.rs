//! Buttons.

use crate::ui::icon::Icon;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one main action of a page or a dialog.
    Primary,
    #[default]
    Secondary,
    /// Destroys something.
    Danger,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Danger => "danger",
        }
    }
}

/// A button with words.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    #[prop(optional)] icon: Option<Icon>,
    /// Submits the form it is in.
    #[prop(optional)]
    submit: bool,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// At work: it turns and cannot be pressed again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type=if submit { "submit" } else { "button" } class=format!("button {}", kind.class())
            class:busy=busy class:small=small disabled=move || disabled.get() || busy.get() aria-busy=move || busy.get().then_some("true")>
            {icon.map(Icon::draw)}
            {children()}
        </button>
    }
}

/// A button with an icon only; its name is for those who do not see it, and a tooltip.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class="button quiet icon-only" class:small=small aria-label=label title=label disabled=disabled>
            {icon.draw()}
        </button>
    }
}
