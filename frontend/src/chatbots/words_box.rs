//! A text the chatbot says: its count, the variables to insert, and the text that comes with a new number.

use super::{
    controls::{Below, Count, Toggle},
    editing::{Editing, Part},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{button::Button, field::fresh_id, icon::Icon},
};
use leptos::{html, prelude::*};
use types::{
    chatbots::{ChatbotSettings, OptionalText},
    settings_changes::SettingsField,
};

/// What stands in texts for something that is known when they are sent.
const VARIABLES: [&str; 4] = ["contact.name", "agent.name", "number.name", "company"];

/// How to find the text that comes with a new number.
#[derive(Clone, Copy)]
pub struct Standard(Callback<(ChatbotSettings,), String>);

impl Standard {
    pub fn new(read: impl Fn(&ChatbotSettings) -> String + Send + Sync + 'static) -> Self {
        Self(Callback::new(move |(settings,): (ChatbotSettings,)| read(&settings)))
    }

    /// There is none, such as for the answer to a question of one's own.
    pub fn none() -> Self {
        Self::new(|_| String::new())
    }

    fn read(self, settings: &ChatbotSettings) -> String {
        self.0.run((settings.clone(),))
    }
}

#[component]
pub fn WordsBox(
    #[prop(into)] label: Signal<String>,
    part: Part<String>,
    #[prop(into)] pointer: String,
    /// Characters at most.
    #[prop(into)]
    max: Signal<usize>,
    /// The text that comes with a new number.
    standard: Standard,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] hint: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let id = fresh_id("words");
    let below = format!("{id}-below");
    let error = editing.fault(pointer.clone());
    let area = NodeRef::<html::Textarea>::new();
    let insert = move |variable: &str| {
        let Some(area) = area.get_untracked() else { return };
        let text = part.value.get_untracked();
        let end = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        let from = area.selection_start().ok().flatten().unwrap_or(end);
        let to = area.selection_end().ok().flatten().unwrap_or(end);
        let (text, caret) = inserted(&text, from, to, &format!("{{{{{variable}}}}}"));
        part.set(text.clone());
        area.set_value(&text);
        let _ = area.focus();
        // It fails only for a caret outside of the text.
        let _ = area.set_selection_range(caret, caret);
    };
    let name = move |variable: &str| match variable {
        "contact.name" => t_string!(i18n, chatbots.variable_contact),
        "agent.name" => t_string!(i18n, chatbots.variable_agent),
        "number.name" => t_string!(i18n, chatbots.variable_number),
        _ => t_string!(i18n, chatbots.variable_company),
    };
    let given = Memo::new(move |_| {
        let language = editing.about.with(|about| about.language);
        standard.read(&domain::chatbots::defaults(language))
    });
    let pointless =
        Signal::derive(move || given.with(|given| given.is_empty() || part.value.with(|text| text == given)));
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                <span>{label}</span>
                <Count count=Signal::derive(move || part.value.with(|text| text.chars().count())) max />
            </label>
            <textarea node_ref=area class="input" id=id rows=rows prop:value=part.value data-pointer=pointer
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:input:target=move |event| part.set(event.target().value())></textarea>
            <div class="row bot-tools" role="group" aria-label=move || format!("{}: {}", t_string!(i18n, chatbots.variables), label.get())>
                {VARIABLES.map(|variable| view! {
                    <Button small=true on:click=move |_| insert(variable)>
                        {move || format!("{{{{{variable}}}}}")}
                        <span class="visually-hidden">{move || format!(" ({})", name(variable))}</span>
                    </Button>
                }).collect_view()}
                <button type="button" class="button quiet small" disabled=pointless
                    on:click=move |_| part.set(given.get_untracked())>
                    {Icon::Undo.draw()}{t!(i18n, chatbots.default_text)}
                    <span class="visually-hidden">{move || format!(": {}", label.get())}</span>
                </button>
            </div>
            <Below id=below hint error />
        </div>
    }
}

/// A text with its switch. What is switched off is not shown, unless something is wrong with it.
#[component]
pub fn SwitchedWords(
    field: SettingsField,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] switch: Signal<String>,
    /// Where it is in the document, and in a new number's settings.
    read: fn(&ChatbotSettings) -> &OptionalText,
    write: fn(&mut ChatbotSettings) -> &mut OptionalText,
    pointer: &'static str,
    #[prop(into)] max: Signal<usize>,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let editing = Editing::use_here();
    let on = editing.part(field, move |settings| read(settings).on, move |settings, on| write(settings).on = on);
    let text = editing.part(
        field,
        move |settings| read(settings).text.clone(),
        move |settings, text| write(settings).text = text,
    );
    let standard = move |settings: &ChatbotSettings| read(settings).text.clone();
    view! {
        <Toggle label=switch part=offering(editing, on, text, standard) pointer hint disabled />
        <ShownWords shown=on.value label text pointer=format!("{pointer}/text") max standard=Standard::new(standard) />
    }
}

/// A switch that fills in the default text when it is switched on and there is none.
pub fn offering(
    editing: Editing,
    on: Part<bool>,
    text: Part<String>,
    standard: impl Fn(&ChatbotSettings) -> String + Send + Sync + 'static,
) -> Part<bool> {
    Part::of(on.value, move |value: bool| {
        if value && text.value.with_untracked(|text| text.trim().is_empty()) {
            let language = editing.about.with_untracked(|about| about.language);
            text.set(standard(&domain::chatbots::defaults(language)));
        }
        on.set(value);
    })
}

/// A text that is shown while it is on, or while something is wrong with it.
#[component]
pub fn ShownWords(
    #[prop(into)] shown: Signal<bool>,
    label: Signal<String>,
    text: Part<String>,
    pointer: String,
    max: Signal<usize>,
    standard: Standard,
) -> impl IntoView {
    let editing = Editing::use_here();
    let wrong = editing.fault(pointer.clone());
    let shown = Memo::new(move |_| shown.get() || wrong.with(Option::is_some));
    let pointer = StoredValue::new(pointer);
    view! {
        <Show when=move || shown.get()>
            <WordsBox label part=text pointer=pointer.get_value() max standard />
        </Show>
    }
}

/// A text with the part of it between two places replaced, and where the caret stands afterwards. Places are counted as
/// browsers count them, in units of UTF-16.
fn inserted(text: &str, from: u32, to: u32, what: &str) -> (String, u32) {
    let at = |place: u32| {
        let mut units = 0_usize;
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        text.char_indices()
            .find(|(_, letter)| {
                let here = units >= place;
                units += letter.len_utf16();
                here
            })
            .map_or(text.len(), |(index, _)| index)
    };
    let (from, to) = (at(from), at(to.max(from)));
    let before = text.get(..from).unwrap_or_default();
    let after = text.get(to..).unwrap_or_default();
    let caret = before.encode_utf16().count() + what.encode_utf16().count();
    (format!("{before}{what}{after}"), u32::try_from(caret).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::inserted;

    #[test]
    fn a_variable_is_put_where_the_caret_stands() {
        assert_eq!(inserted("Hola, !", 6, 6, "{{x}}"), ("Hola, {{x}}!".to_owned(), 11));
        assert_eq!(inserted("Hola", 99, 99, "{{x}}"), ("Hola{{x}}".to_owned(), 9));
        assert_eq!(inserted("", 0, 0, "{{x}}"), ("{{x}}".to_owned(), 5));
    }

    #[test]
    fn what_is_selected_is_replaced_and_an_emoji_counts_as_two() {
        assert_eq!(inserted("😃 nombre!", 3, 9, "{{x}}"), ("😃 {{x}}!".to_owned(), 8));
    }
}
