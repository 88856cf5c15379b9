//! Variables in texts: `{{contact.name}}` and its like. A value that is missing leaves no hole.

use std::borrow::Cow;

/// What the variables stand for. None and blank both mean that there is no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    pub contact_name: Option<&'a str>,
    pub number_name: Option<&'a str>,
    pub agent_name: Option<&'a str>,
    pub company: Option<&'a str>,
}

impl Facts<'_> {
    /// The words of a variable's value, which stands on one line. None when nobody knows such a variable.
    fn value(&self, variable: &str) -> Option<impl Iterator<Item = &str>> {
        let value = match variable {
            "contact.name" => self.contact_name,
            "number.name" => self.number_name,
            "agent.name" => self.agent_name,
            "company" => self.company,
            _ => return None,
        };
        let words = value.unwrap_or_default().split(|c: char| c.is_whitespace() || c.is_control());
        Some(words.filter(|word| !word.is_empty()))
    }
}

/// Fill a text's variables.
///
/// Where a value is missing, the blank and the comma that led to it go too ("Hola, {{contact.name}}!" → "Hola!"), as
/// do brackets or quotes that would stand around nothing; at the start of a line, what follows is taken up
/// ("{{contact.name}}, gracias" → "Gracias"). An unknown variable stays as it was written, and values are never
/// looked into for variables of their own.
pub fn fill<'a>(text: &'a str, facts: &Facts<'_>) -> Cow<'a, str> {
    if !text.contains("{{") {
        return Cow::Borrowed(text);
    }
    // Values are mostly shorter than what stands for them.
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, variable, after)) = next_variable(rest) {
        filled.push_str(before);
        rest = after;
        match facts.value(name(variable)) {
            None => filled.push_str(variable),
            Some(mut words) => match words.next() {
                None => rest = close_hole(&mut filled, rest),
                Some(first) => {
                    filled.push_str(first);
                    for word in words {
                        filled.push(' ');
                        filled.push_str(word);
                    }
                }
            },
        }
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

/// The first variable of a text that nobody knows, with its braces.
pub fn unknown_variable(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some((_, variable, after)) = next_variable(rest) {
        if Facts::default().value(name(variable)).is_none() {
            return Some(variable);
        }
        rest = after;
    }
    None
}

/// What stands between a variable's braces.
fn name(variable: &str) -> &str {
    variable.trim_matches(|c| c == '{' || c == '}').trim()
}

/// The text before the next variable, the variable with its braces, and the text after it.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (_, from_name) = text.split_once("{{")?;
    let (name, after) = from_name.split_once("}}")?;
    let end = text.len() - after.len();
    // The innermost braces make the variable: "{{a {{company}}" has one.
    let start = end - 4 - name.rsplit("{{").next().unwrap_or(name).len();
    Some((text.get(..start)?, text.get(start..end)?, after))
}

/// Take away what surrounded a variable without value; returns what is left after it.
fn close_hole<'a>(filled: &mut String, rest: &'a str) -> &'a str {
    let mut rest = rest;
    for (open, close) in [('(', ')'), ('[', ']'), ('"', '"'), ('“', '”'), ('«', '»'), ('*', '*'), ('_', '_')] {
        if filled.ends_with(open)
            && let Some(after) = rest.strip_prefix(close)
        {
            filled.pop();
            rest = after;
            break;
        }
    }
    let before = filled.trim_end_matches([' ', '\u{a0}']);
    let leads_line = before.is_empty() || before.ends_with(['\n', '¡', '¿']);
    if leads_line {
        let after = rest.trim_start_matches([' ', ',', '\u{a0}']);
        filled.truncate(before.len());
        let mut letters = after.chars();
        if after.len() < rest.len()
            && let Some(first) = letters.next()
            && first.is_lowercase()
        {
            filled.extend(first.to_uppercase());
            return letters.as_str();
        }
        return after;
    }
    let joins_next_word = rest.starts_with(|c: char| c.is_alphanumeric());
    if !joins_next_word {
        let kept = before.strip_suffix([',', ':']).map_or(before, str::trim_end).len();
        filled.truncate(kept);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOBODY: Facts<'_> = Facts { contact_name: None, number_name: None, agent_name: None, company: None };
    const ANA: Facts<'_> = Facts {
        contact_name: Some("Ana"),
        number_name: Some("Ventas Norte"),
        agent_name: Some("Ben"),
        company: Some("Viajes del Sur"),
    };

    #[test]
    fn a_text_reads_well_with_and_without_its_values() {
        for (text, with, without) in [
            ("Hola", "Hola", "Hola"),
            ("Hola, {{contact.name}}!", "Hola, Ana!", "Hola!"),
            ("¡Hola, {{contact.name}}! ¿Qué tal?", "¡Hola, Ana! ¿Qué tal?", "¡Hola! ¿Qué tal?"),
            ("Hola {{contact.name}}, bienvenida", "Hola Ana, bienvenida", "Hola, bienvenida"),
            ("Hola {{contact.name}}", "Hola Ana", "Hola"),
            ("Hola, {{contact.name}} 👋", "Hola, Ana 👋", "Hola 👋"),
            ("Hola, {{contact.name}}.\nGracias", "Hola, Ana.\nGracias", "Hola.\nGracias"),
            ("{{contact.name}}, gracias", "Ana, gracias", "Gracias"),
            ("{{contact.name}} gracias", "Ana gracias", "Gracias"),
            ("Uno\n{{contact.name}}, dos", "Uno\nAna, dos", "Uno\nDos"),
            ("¡{{contact.name}}, élite!", "¡Ana, élite!", "¡Élite!"),
            ("{{contact.name}}", "Ana", ""),
            (
                "Gracias por escribir a {{company}} ({{number.name}}).",
                "Gracias por escribir a Viajes del Sur (Ventas Norte).",
                "Gracias por escribir a.",
            ),
            ("Ticket ({{agent.name}}) abierto", "Ticket (Ben) abierto", "Ticket abierto"),
            ("*{{contact.name}}* hola", "*Ana* hola", "Hola"),
            ("{{ contact.name }}: {{agent.name}}", "Ana: Ben", ""),
            ("{{contact.name}}{{agent.name}}", "AnaBen", ""),
            ("Hola, {{contact.name}} y {{agent.name}}!", "Hola, Ana y Ben!", "Hola y!"),
            ("{{other}} y {{1}}", "{{other}} y {{1}}", "{{other}} y {{1}}"),
            ("{{Contact.Name}}", "{{Contact.Name}}", "{{Contact.Name}}"),
            ("a {{ b", "a {{ b", "a {{ b"),
            ("a {{ {{company}}", "a {{ Viajes del Sur", "a {{"),
            ("}} {{company}} {{", "}} Viajes del Sur {{", "}} {{"),
            ("", "", ""),
        ] {
            assert_eq!(fill(text, &ANA), with, "{text}");
            assert_eq!(fill(text, &NOBODY), without, "{text} without values");
        }
    }

    #[test]
    fn a_name_cannot_smuggle_in_lines_or_variables() {
        let name = |name| Facts { contact_name: Some(name), ..ANA };
        assert_eq!(fill("Hola, {{contact.name}}!", &name("  Ana\n\nMaría\u{0} ")), "Hola, Ana María!");
        assert_eq!(fill("Hola, {{contact.name}}!", &name("{{company}}")), "Hola, {{company}}!");
        assert_eq!(fill("Hola, {{contact.name}}!", &name(" \t ")), "Hola!");
    }

    proptest! {
        #[test]
        fn no_known_variable_is_left(parts in proptest::collection::vec(prop_oneof![
            "[a-zñ,. ¡!\n(){}]{0,4}",
            Just("{{contact.name}}".to_owned()), Just("{{company}}".to_owned()), Just("{{agent.name}}".to_owned()),
        ], 0..8)) {
            let text = parts.concat();
            for facts in [NOBODY, ANA] {
                let filled = fill(&text, &facts);
                for variable in ["{{contact.name}}", "{{company}}", "{{agent.name}}"] {
                    prop_assert!(!filled.contains(variable), "{} in {}", variable, filled);
                }
            }
        }
    }
}
