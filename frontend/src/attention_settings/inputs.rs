//! The fields of the page, section by section.

use super::{
    fields::{Fields, SpanField},
    model::{self, Unit},
};
use crate::{
    absences::text::TextWithVariables,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    language,
    ui::{
        check::{Check, RadioCards},
        field::{Select, TextField},
        tags::TagInput,
    },
};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::{
    FieldError,
    attention_settings::{CANCEL_WORD_MAX, CANCEL_WORDS_MAX, DistributionRule, TAG_MAX, TAGS_MAX},
    messages::TEXT_MAX,
};

#[component]
pub fn Inputs(fields: Fields, wrong: Memo<Vec<FieldError>>, may_edit: Memo<bool>) -> impl IntoView {
    view! {
        <fieldset class="stack" disabled=move || !may_edit.get()>
            <Tags fields wrong may_edit />
            <Distribution fields wrong />
            <Inactivity fields wrong may_edit />
            <Customer fields wrong may_edit />
            <Agents fields />
        </fieldset>
    }
}

#[component]
fn Tags(fields: Fields, wrong: Memo<Vec<FieldError>>, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let error =
        Signal::derive(move || wrong.with(|wrong| fields.tags.with(|tags| model::list_fault(wrong, "tags", tags))));
    let nothing = Signal::derive(move || !may_edit.get());
    view! {
        <section class="card" aria-labelledby="attention-tags">
            <div class="card-head"><div>
                <h3 id="attention-tags">{t!(i18n, attention_settings.tags)}</h3>
                <p>{t!(i18n, attention_settings.tags_text)}</p>
            </div></div>
            <div class="card-body">
                <TagInput values=fields.tags label=say!(i18n, attention_settings.tags_label) hint=say!(i18n, attention_settings.tags_hint)
                    check=Callback::new(move |(tag,): (String,)| too_long(&tag, TAG_MAX).then(|| untrack(|| t_string!(i18n, attention_settings.tag_too_long, max = TAG_MAX))))
                    max=TAGS_MAX error disabled=nothing />
                <Check label=say!(i18n, attention_settings.mandatory) hint=say!(i18n, attention_settings.mandatory_hint) value=fields.mandatory_tag />
            </div>
        </section>
    }
}

#[component]
fn Distribution(fields: Fields, wrong: Memo<Vec<FieldError>>) -> impl IntoView {
    let i18n = use_i18n();
    let cards = Signal::derive(move || {
        let locale = i18n.get_locale();
        let card = |rule| (rule, rule_words(locale, rule).to_owned(), rule_sentence(locale, rule).to_owned());
        DistributionRule::iter().map(card).collect::<Vec<_>>()
    });
    view! {
        <section class="card" aria-labelledby="attention-distribution">
            <div class="card-head"><div>
                <h3 id="attention-distribution">{t!(i18n, attention_settings.distribution)}</h3>
                <p>{t!(i18n, attention_settings.distribution_text)}</p>
            </div></div>
            <div class="card-body">
                <RadioCards legend=say!(i18n, attention_settings.rule) value=fields.distribution cards />
                <div class="two">
                    <TextField label=say!(i18n, attention_settings.at_a_time) hint=say!(i18n, attention_settings.at_a_time_hint)
                        kind="number" value=fields.tickets_at_a_time error=of(wrong, "tickets_at_a_time") />
                    <TextField label=say!(i18n, attention_settings.return_after) hint=say!(i18n, attention_settings.return_hint)
                        kind="number" value=fields.return_minutes error=of(wrong, "return_to_queue_minutes") />
                </div>
                <Check label=say!(i18n, attention_settings.active_first) hint=say!(i18n, attention_settings.active_first_hint) value=fields.active_answers_first />
            </div>
        </section>
    }
}

#[component]
fn Inactivity(fields: Fields, wrong: Memo<Vec<FieldError>>, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let nothing = Signal::derive(move || !may_edit.get());
    // What is off is not shown, unless something is wrong with it.
    let wrong_within = move |part: &'static str| wrong.with(|wrong| model::has_fault_within(wrong, part));
    let closes = Memo::new(move |_| fields.closes.get() || wrong_within("inactivity"));
    let warns = Memo::new(move |_| fields.warns.get() || wrong_within("inactivity/warning"));
    // Whoever switches it on has something to begin with.
    Effect::new(move |before: Option<bool>| {
        let warns = fields.warns.get();
        if before == Some(false) && warns && fields.warning.with_untracked(|text| text.trim().is_empty()) {
            let given = domain::attention_settings::defaults(language::current());
            fields.warning.set(given.inactivity.warning.text);
        }
        warns
    });
    view! {
        <section class="card" aria-labelledby="attention-inactivity">
            <div class="card-head"><div>
                <h3 id="attention-inactivity">{t!(i18n, attention_settings.inactivity)}</h3>
                <p>{t!(i18n, attention_settings.inactivity_text)}</p>
            </div></div>
            <div class="card-body">
                <Check label=say!(i18n, attention_settings.closes) value=fields.closes />
                <Show when=move || closes.get()>
                    <Span label=say!(i18n, attention_settings.close_after) hint=say!(i18n, attention_settings.close_after_hint)
                        span=fields.close_after error=of(wrong, "inactivity/close_after_minutes") />
                    <Check label=say!(i18n, attention_settings.warns) value=fields.warns />
                    <Show when=move || warns.get()>
                        <Span label=say!(i18n, attention_settings.lead) hint=say!(i18n, attention_settings.lead_hint)
                            span=fields.lead error=of(wrong, "inactivity/warning/lead_minutes") />
                        <TextWithVariables label=say!(i18n, attention_settings.warning) value=fields.warning rows=3
                            max=TEXT_MAX error=of(wrong, "inactivity/warning/text") disabled=nothing />
                    </Show>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Customer(fields: Fields, wrong: Memo<Vec<FieldError>>, may_edit: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let words = fields.cancel_words;
    let error =
        Signal::derive(move || wrong.with(|wrong| words.with(|words| model::list_fault(wrong, "cancel_words", words))));
    let nothing = Signal::derive(move || !may_edit.get());
    view! {
        <section class="card" aria-labelledby="attention-customer">
            <div class="card-head"><div>
                <h3 id="attention-customer">{t!(i18n, attention_settings.customer)}</h3>
                <p>{t!(i18n, attention_settings.customer_text)}</p>
            </div></div>
            <div class="card-body">
                <Check label=say!(i18n, attention_settings.read_receipts) hint=say!(i18n, attention_settings.read_receipts_hint) value=fields.read_receipts />
                <Check label=say!(i18n, attention_settings.typing) hint=say!(i18n, attention_settings.typing_hint) value=fields.typing />
                <TagInput values=words label=say!(i18n, attention_settings.cancel_words) hint=say!(i18n, attention_settings.cancel_words_hint)
                    check=Callback::new(move |(word,): (String,)| too_long(&word, CANCEL_WORD_MAX).then(|| untrack(|| t_string!(i18n, attention_settings.word_too_long, max = CANCEL_WORD_MAX))))
                    max=CANCEL_WORDS_MAX error disabled=nothing />
            </div>
        </section>
    }
}

#[component]
fn Agents(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card" aria-labelledby="attention-agents">
            <div class="card-head"><div>
                <h3 id="attention-agents">{t!(i18n, attention_settings.agents)}</h3>
                <p>{t!(i18n, attention_settings.agents_text)}</p>
            </div></div>
            <div class="card-body">
                <Check label=say!(i18n, attention_settings.may_transfer) value=fields.transfer />
                <Check label=say!(i18n, attention_settings.may_close) value=fields.close />
                <Check label=say!(i18n, attention_settings.may_start) value=fields.start />
            </div>
        </section>
    }
}

/// An amount and its unit.
#[component]
fn Span(label: Signal<String>, hint: Signal<String>, span: SpanField, error: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let units = Signal::derive(move || {
        let locale = i18n.get_locale();
        Unit::iter().map(|unit| (unit.to_string(), unit_words(locale, unit).to_owned())).collect::<Vec<_>>()
    });
    let unit_label = Signal::derive(move || t_string!(i18n, attention_settings.unit_of, name = label.get()));
    view! {
        <div class="attention-span">
            <TextField label hint kind="number" value=span.amount error />
            <Select label=unit_label value=span.unit choices=units />
        </div>
    }
}

fn of(wrong: Memo<Vec<FieldError>>, name: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || wrong.with(|wrong| model::fault(wrong, name)))
}

fn too_long(text: &str, max: usize) -> bool {
    text.chars().count() > max
}

pub fn rule_words(locale: Locale, rule: DistributionRule) -> &'static str {
    match rule {
        DistributionRule::FewestTickets => td_string!(locale, attention_settings.fewest),
        DistributionRule::LongestIdle => td_string!(locale, attention_settings.idle),
    }
}

fn rule_sentence(locale: Locale, rule: DistributionRule) -> &'static str {
    match rule {
        DistributionRule::FewestTickets => td_string!(locale, attention_settings.fewest_text),
        DistributionRule::LongestIdle => td_string!(locale, attention_settings.idle_text),
    }
}

pub fn unit_words(locale: Locale, unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => td_string!(locale, attention_settings.minutes),
        Unit::Hours => td_string!(locale, attention_settings.hours),
        Unit::Days => td_string!(locale, attention_settings.days),
    }
}
