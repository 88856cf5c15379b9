//! What stands where data is not: skeleton, empty, failed; and small ways to show a state.

use crate::{
    remote::Remote,
    ui::{failure::LoadFailed, icon::Icon},
};
use leptos::prelude::*;

/// Data once it has come; before, a skeleton; instead, what went wrong.
#[component]
pub fn Loaded<T: Clone + Send + Sync + 'static>(
    remote: Remote<T>,
    #[prop(default = 6)] lines: usize,
    /// Gets the data as a signal, so that a newer answer does not rebuild what is shown.
    children: Callback<(Signal<T>,), AnyView>,
) -> impl IntoView {
    let has = Memo::new(move |_| remote.value.with(Option::is_some));
    move || {
        if let Some(first) = has.get().then(|| remote.value.get_untracked()).flatten() {
            let data = Signal::derive(move || remote.value.get().unwrap_or_else(|| first.clone()));
            return children.run((data,));
        }
        match remote.failed.get() {
            Some(failed) => {
                view! { <LoadFailed failed on_retry=Callback::new(move |()| remote.reload()) /> }.into_any()
            }
            None => view! { <Skeleton lines /> }.into_any(),
        }
    }
}

/// Grey lines where text will be.
#[component]
pub fn Skeleton(#[prop(default = 6)] lines: usize) -> impl IntoView {
    view! { <div class="skeleton" aria-hidden="true">{(0..lines).map(|_| view! { <i></i> }).collect_view()}</div> }
}

/// Nothing to show yet, and what to do about it.
#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// It is all the page has, so its title is the page's.
    #[prop(optional)]
    whole_page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon.draw()}
            {if whole_page { view! { <h1>{title}</h1> }.into_any() } else { view! { <h2>{title}</h2> }.into_any() }}
            <p>{text}</p>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
}

/// How a state is coloured; the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Success,
    Warning,
    Danger,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Accent => "accent",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A person's initials on a colour of their own.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(optional)] small: bool) -> impl IntoView {
    view! { <span class=format!("avatar tone-{}", tone(&name)) class:small=small aria-hidden="true">{initials(&name)}</span> }
}

/// The first letters of the first and the last word; for a phone, its last two digits.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    match (words.next(), words.next_back()) {
        (Some(first), _) if first.starts_with('+') => {
            let digits: Vec<char> = name.chars().filter(char::is_ascii_digit).collect();
            digits.iter().skip(digits.len().saturating_sub(2)).collect()
        }
        (Some(first), Some(last)) => {
            first.chars().take(1).chain(last.chars().take(1)).collect::<String>().to_uppercase()
        }
        (Some(only), None) => only.chars().take(2).collect::<String>().to_uppercase(),
        (None, _) => "?".to_owned(),
    }
}

fn tone(name: &str) -> u32 {
    name.chars().fold(0_u32, |sum, c| sum.wrapping_mul(31).wrapping_add(u32::from(c))) % 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, expected) in
            [("Ana María Soto", "AS"), ("ana", "AN"), ("+56 9 1111 2234", "34"), ("", "?"), ("🌸 Flor", "FL")]
        {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
