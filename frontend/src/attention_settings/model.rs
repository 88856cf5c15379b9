//! What is written on the page, as it is typed, and the settings it makes.

use types::{
    FieldError, Language,
    attention_settings::{
        AgentMay, AttentionSettings, CustomerSignals, DistributionRule, InactivityClose, InactivityWarning,
    },
    validate,
};

/// In what a span of time is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Unit {
    #[default]
    Minutes,
    Hours,
    Days,
}

impl Unit {
    fn minutes(self) -> u32 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => 24 * 60,
        }
    }
}

/// A span of time as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub amount: String,
    pub unit: Unit,
}

impl Span {
    /// In the largest unit in which it is a whole number.
    pub fn of(minutes: u32) -> Self {
        let whole = |unit: &Unit| minutes > 0 && minutes.is_multiple_of(unit.minutes());
        let unit = [Unit::Days, Unit::Hours].into_iter().find(whole).unwrap_or_default();
        Self { amount: (minutes / unit.minutes()).to_string(), unit }
    }

    /// None where no whole number is typed.
    pub fn minutes(&self) -> Option<u32> {
        self.amount.trim().parse::<u32>().ok().map(|amount| amount.saturating_mul(self.unit.minutes()))
    }
}

/// The page's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box of the page by itself")]
pub struct Draft {
    pub tags: Vec<String>,
    pub mandatory_tag: bool,
    pub distribution: DistributionRule,
    pub tickets_at_a_time: String,
    pub closes: bool,
    pub close_after: Span,
    pub warns: bool,
    pub warning: String,
    pub lead: Span,
    pub return_minutes: String,
    pub read_receipts: bool,
    pub typing: bool,
    pub active_answers_first: bool,
    pub cancel_words: Vec<String>,
    pub transfer: bool,
    pub close: bool,
    pub start: bool,
}

impl Draft {
    pub fn of(settings: &AttentionSettings) -> Self {
        let AttentionSettings {
            tags,
            mandatory_tag,
            distribution,
            tickets_at_a_time,
            inactivity: InactivityClose { on: closes, close_after_minutes, warning },
            return_to_queue_minutes,
            customer_signals: CustomerSignals { read_receipts, typing },
            active_answers_first,
            cancel_words,
            agent_may: AgentMay { transfer, close, start_conversations },
        } = settings;
        let InactivityWarning { on: warns, text, lead_minutes } = warning;
        Self {
            tags: tags.clone(),
            mandatory_tag: *mandatory_tag,
            distribution: *distribution,
            tickets_at_a_time: tickets_at_a_time.to_string(),
            closes: *closes,
            close_after: Span::of(*close_after_minutes),
            warns: *warns,
            warning: text.clone(),
            lead: Span::of(*lead_minutes),
            return_minutes: return_to_queue_minutes.to_string(),
            read_receipts: *read_receipts,
            typing: *typing,
            active_answers_first: *active_answers_first,
            cancel_words: cancel_words.clone(),
            transfer: *transfer,
            close: *close,
            start: *start_conversations,
        }
    }

    /// What would be saved. A number that is none is 0, which no field allows; in a part that is off, it is the default.
    pub fn settings(&self) -> AttentionSettings {
        let whole = |typed: &str| typed.trim().parse().unwrap_or(0);
        let default = InactivityClose::default();
        let minutes = |span: &Span, on: bool, default: u32| span.minutes().unwrap_or(if on { 0 } else { default });
        AttentionSettings {
            tags: self.tags.clone(),
            mandatory_tag: self.mandatory_tag,
            distribution: self.distribution,
            tickets_at_a_time: whole(&self.tickets_at_a_time),
            inactivity: InactivityClose {
                on: self.closes,
                close_after_minutes: minutes(&self.close_after, self.closes, default.close_after_minutes),
                warning: InactivityWarning {
                    on: self.warns,
                    text: self.warning.clone(),
                    lead_minutes: minutes(&self.lead, self.closes && self.warns, default.warning.lead_minutes),
                },
            },
            return_to_queue_minutes: whole(&self.return_minutes),
            customer_signals: CustomerSignals { read_receipts: self.read_receipts, typing: self.typing },
            active_answers_first: self.active_answers_first,
            cancel_words: self.cancel_words.clone(),
            agent_may: AgentMay { transfer: self.transfer, close: self.close, start_conversations: self.start },
        }
    }
}

/// All that is wrong with settings, in the reader's words.
pub fn faults(settings: &AttentionSettings, language: Language) -> Vec<FieldError> {
    domain::attention_settings::check(settings)
        .into_iter()
        .map(|fault| validate::field(fault.pointer, fault.code, fault.limit, language))
        .collect()
}

/// What is wrong with a field or a part of it: the server points into the body, the rules into the settings.
pub fn fault(faults: &[FieldError], name: &str) -> Option<String> {
    faults.iter().find(|error| rest(&error.pointer, name) == Some("")).map(|error| error.detail.clone())
}

/// Whether anything is wrong with a part or what is in it.
pub fn has_fault_within(faults: &[FieldError], name: &str) -> bool {
    faults.iter().any(|error| rest(&error.pointer, name).is_some())
}

/// What is wrong with a list: the value that is meant is named.
pub fn list_fault(faults: &[FieldError], name: &str, values: &[String]) -> Option<String> {
    let (error, rest) = faults.iter().find_map(|error| Some((error, rest(&error.pointer, name)?)))?;
    let value = rest.trim_start_matches('/').parse::<usize>().ok().and_then(|at| values.get(at));
    Some(value.map_or_else(|| error.detail.clone(), |value| format!("«{value}»: {}", error.detail)))
}

/// What follows a field's name in a pointer; nothing when it points elsewhere.
fn rest<'a>(pointer: &'a str, name: &str) -> Option<&'a str> {
    let pointer = pointer.strip_prefix("/settings").unwrap_or(pointer);
    let rest = pointer.strip_prefix('/')?.strip_prefix(name)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::FieldCode;

    fn error(pointer: &str) -> FieldError {
        FieldError { pointer: pointer.to_owned(), code: FieldCode::TooLong, detail: "too long".to_owned() }
    }

    #[test]
    fn settings_survive_the_page_unchanged() {
        let settings = AttentionSettings { tags: vec!["Venta".to_owned()], ..AttentionSettings::default() };
        assert_eq!(Draft::of(&settings).settings(), settings);
    }

    #[test]
    fn a_span_is_written_in_the_largest_unit_that_fits() {
        for (minutes, amount, unit) in
            [(5, "5", Unit::Minutes), (90, "90", Unit::Minutes), (120, "2", Unit::Hours), (2880, "2", Unit::Days)]
        {
            assert_eq!(Span::of(minutes), Span { amount: amount.to_owned(), unit }, "{minutes}");
            assert_eq!(Span::of(minutes).minutes(), Some(minutes));
        }
    }

    #[test]
    fn a_number_that_is_none_is_never_sent_as_one_that_is_allowed() {
        let mut draft = Draft::of(&AttentionSettings::default());
        draft.tickets_at_a_time = "many".to_owned();
        draft.closes = true;
        draft.close_after.amount = String::new();
        let settings = draft.settings();
        assert_eq!((settings.tickets_at_a_time, settings.inactivity.close_after_minutes), (0, 0));
    }

    #[test]
    fn what_is_off_may_be_unfinished() {
        let mut draft = Draft::of(&AttentionSettings::default());
        draft.close_after.amount = String::new();
        assert_eq!(draft.settings().inactivity, InactivityClose::default());
    }

    #[test]
    fn a_fault_is_found_where_the_rules_and_where_the_server_point() {
        for pointer in ["/inactivity/warning/text", "/settings/inactivity/warning/text"] {
            assert_eq!(fault(&[error(pointer)], "inactivity/warning/text").as_deref(), Some("too long"));
            assert_eq!(fault(&[error(pointer)], "inactivity/warn"), None);
            assert_eq!(fault(&[error(pointer)], "inactivity"), None, "what is in it has a place of its own");
            assert!(has_fault_within(&[error(pointer)], "inactivity/warning"));
            assert!(!has_fault_within(&[error(pointer)], "inactivity/warn"));
        }
    }

    #[test]
    fn a_number_out_of_range_is_a_fault_of_its_field() {
        let mut draft = Draft::of(&AttentionSettings::default());
        draft.tickets_at_a_time = "51".to_owned();
        draft.return_minutes = "soon".to_owned();
        let faults = faults(&draft.settings(), Language::Es);
        for name in ["tickets_at_a_time", "return_to_queue_minutes"] {
            assert!(fault(&faults, name).is_some(), "{name}: {faults:?}");
        }
        assert_eq!(faults.len(), 2);
    }

    #[test]
    fn a_fault_of_a_list_names_the_value() {
        let values = ["a".to_owned(), "b".to_owned()];
        assert_eq!(list_fault(&[error("/tags/1")], "tags", &values).as_deref(), Some("«b»: too long"));
        assert_eq!(list_fault(&[error("/tags")], "tags", &values).as_deref(), Some("too long"));
    }
}
