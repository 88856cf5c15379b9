//! A signal for each field of the page.

use super::model::{Draft, Span};
use leptos::prelude::*;
use types::attention_settings::DistributionRule;

/// A span of time: its amount, and its unit as the choice has it.
#[derive(Clone, Copy)]
pub struct SpanField {
    pub amount: RwSignal<String>,
    pub unit: RwSignal<String>,
}

impl SpanField {
    fn new(span: &Span) -> Self {
        Self { amount: RwSignal::new(span.amount.clone()), unit: RwSignal::new(span.unit.to_string()) }
    }

    fn set(self, span: Span) {
        self.amount.set(span.amount);
        self.unit.set(span.unit.to_string());
    }

    /// Followed.
    fn get(self) -> Span {
        Span { amount: self.amount.get(), unit: self.unit.with(|unit| unit.parse().unwrap_or_default()) }
    }
}

#[derive(Clone, Copy)]
pub struct Fields {
    pub tags: RwSignal<Vec<String>>,
    pub mandatory_tag: RwSignal<bool>,
    pub distribution: RwSignal<DistributionRule>,
    pub tickets_at_a_time: RwSignal<String>,
    pub closes: RwSignal<bool>,
    pub close_after: SpanField,
    pub warns: RwSignal<bool>,
    pub warning: RwSignal<String>,
    pub lead: SpanField,
    pub return_minutes: RwSignal<String>,
    pub read_receipts: RwSignal<bool>,
    pub typing: RwSignal<bool>,
    pub active_answers_first: RwSignal<bool>,
    pub cancel_words: RwSignal<Vec<String>>,
    pub transfer: RwSignal<bool>,
    pub close: RwSignal<bool>,
    pub start: RwSignal<bool>,
}

impl Fields {
    pub fn new(draft: Draft) -> Self {
        Self {
            close_after: SpanField::new(&draft.close_after),
            lead: SpanField::new(&draft.lead),
            tags: RwSignal::new(draft.tags),
            mandatory_tag: RwSignal::new(draft.mandatory_tag),
            distribution: RwSignal::new(draft.distribution),
            tickets_at_a_time: RwSignal::new(draft.tickets_at_a_time),
            closes: RwSignal::new(draft.closes),
            warns: RwSignal::new(draft.warns),
            warning: RwSignal::new(draft.warning),
            return_minutes: RwSignal::new(draft.return_minutes),
            read_receipts: RwSignal::new(draft.read_receipts),
            typing: RwSignal::new(draft.typing),
            active_answers_first: RwSignal::new(draft.active_answers_first),
            cancel_words: RwSignal::new(draft.cancel_words),
            transfer: RwSignal::new(draft.transfer),
            close: RwSignal::new(draft.close),
            start: RwSignal::new(draft.start),
        }
    }

    pub fn set(self, draft: Draft) {
        let Draft {
            tags,
            mandatory_tag,
            distribution,
            tickets_at_a_time,
            closes,
            close_after,
            warns,
            warning,
            lead,
            return_minutes,
            read_receipts,
            typing,
            active_answers_first,
            cancel_words,
            transfer,
            close,
            start,
        } = draft;
        self.tags.set(tags);
        self.mandatory_tag.set(mandatory_tag);
        self.distribution.set(distribution);
        self.tickets_at_a_time.set(tickets_at_a_time);
        self.closes.set(closes);
        self.close_after.set(close_after);
        self.warns.set(warns);
        self.warning.set(warning);
        self.lead.set(lead);
        self.return_minutes.set(return_minutes);
        self.read_receipts.set(read_receipts);
        self.typing.set(typing);
        self.active_answers_first.set(active_answers_first);
        self.cancel_words.set(cancel_words);
        self.transfer.set(transfer);
        self.close.set(close);
        self.start.set(start);
    }

    /// Followed.
    pub fn draft(self) -> Draft {
        Draft {
            tags: self.tags.get(),
            mandatory_tag: self.mandatory_tag.get(),
            distribution: self.distribution.get(),
            tickets_at_a_time: self.tickets_at_a_time.get(),
            closes: self.closes.get(),
            close_after: self.close_after.get(),
            warns: self.warns.get(),
            warning: self.warning.get(),
            lead: self.lead.get(),
            return_minutes: self.return_minutes.get(),
            read_receipts: self.read_receipts.get(),
            typing: self.typing.get(),
            active_answers_first: self.active_answers_first.get(),
            cancel_words: self.cancel_words.get(),
            transfer: self.transfer.get(),
            close: self.close.get(),
            start: self.start.get(),
        }
    }
}
