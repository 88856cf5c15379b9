//! Which replies are shown, and what becomes of their variables.

use types::{
    QuickReplyCategoryId,
    messages::TEXT_MAX,
    quick_replies::{QuickReply, QuickReplyCategory},
};

/// The variables a reply may hold (A7).
pub const CONTACT_NAME: &str = "{{contact.name}}";
pub const AGENT_NAME: &str = "{{agent.name}}";

/// The replies of a category that hold the wanted words: those with the words in their title first, then by title.
pub fn shown(all: &[QuickReply], category: Option<QuickReplyCategoryId>, wanted: &str) -> Vec<QuickReply> {
    let mut found: Vec<QuickReply> = all
        .iter()
        .filter(|reply| category.is_none_or(|category| reply.category_id == category))
        .filter(|reply| holds(reply, wanted))
        .cloned()
        .collect();
    let wanted = wanted.trim().to_lowercase();
    found.sort_by_key(|reply| {
        let title = reply.title.to_lowercase();
        (!title.contains(&wanted), title)
    });
    found
}

pub fn holds(reply: &QuickReply, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    reply.title.to_lowercase().contains(&wanted) || reply.text.to_lowercase().contains(&wanted)
}

pub fn category_name(all: &[QuickReplyCategory], id: QuickReplyCategoryId) -> String {
    all.iter().find(|category| category.id == id).map(|category| category.name.clone()).unwrap_or_default()
}

/// The text as it is inserted. A contact without a name leaves no hole in the sentence.
pub fn filled(text: &str, contact: &str, agent: &str) -> String {
    let text = text.replace(CONTACT_NAME, contact).replace(AGENT_NAME, agent);
    if contact.is_empty() { text.replace(" ,", ",").replace("  ", " ") } else { text }
}

/// Whether the text is over one message of WhatsApp's.
pub fn is_long(text: &str) -> bool {
    text.chars().count() > TEXT_MAX
}

/// The text in pieces that WhatsApp takes, cut at paragraphs, else at blanks, else where the limit is.
pub fn pieces(text: &str, max: usize) -> Vec<String> {
    let mut rest: Vec<char> = text.trim().chars().collect();
    let mut found = Vec::new();
    while rest.len() > max {
        let head = rest.get(..max).unwrap_or_default();
        let last = |matches: fn(&char) -> bool| head.iter().rposition(matches).filter(|at| *at > max / 2);
        let cut = last(|c| *c == '\n').or_else(|| last(|c| c.is_whitespace())).unwrap_or(max);
        let tail = rest.split_off(cut);
        found.push(rest.iter().collect::<String>().trim().to_owned());
        rest = tail.into_iter().skip_while(|c| c.is_whitespace()).collect();
    }
    if !rest.is_empty() {
        found.push(rest.into_iter().collect());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn reply(title: &str, text: &str, category: u128) -> QuickReply {
        QuickReply {
            id: Uuid::from_u128(category + 7).into(),
            category_id: Uuid::from_u128(category).into(),
            title: title.into(),
            text: text.into(),
            number_count: 1,
            shared_beyond_scope: false,
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn replies_are_found_by_title_and_text_in_one_category_or_all() {
        let all =
            [reply("Pago", "Puedes pagar aquí", 1), reply("Adiós", "Hasta luego", 2), reply("hola", "Buen día", 1)];
        let titles = |category: Option<u128>, wanted| {
            shown(&all, category.map(|id| Uuid::from_u128(id).into()), wanted)
                .into_iter()
                .map(|reply| reply.title)
                .collect::<Vec<_>>()
        };
        assert_eq!(titles(None, ""), ["Adiós", "hola", "Pago"]);
        assert_eq!(titles(Some(1), ""), ["hola", "Pago"]);
        assert_eq!(titles(None, " PAGAR "), ["Pago"]);
        assert!(titles(Some(2), "pagar").is_empty());
    }

    #[test]
    fn variables_are_filled_and_a_missing_name_leaves_no_hole() {
        let text = "Hola {{contact.name}}, soy {{agent.name}}.";
        assert_eq!(filled(text, "Ana", "Leo"), "Hola Ana, soy Leo.");
        assert_eq!(filled(text, "", "Leo"), "Hola, soy Leo.");
    }

    #[test]
    fn a_long_text_is_cut_at_paragraphs_and_nothing_is_lost() {
        let text = "uno dos tres\ncuatro cinco seis siete";
        assert_eq!(pieces(text, 16), ["uno dos tres", "cuatro cinco", "seis siete"]);
        assert_eq!(pieces(&"x".repeat(25), 10).iter().map(String::len).collect::<Vec<_>>(), [10, 10, 5]);
        assert_eq!(pieces("  ", 10), Vec::<String>::new());
    }
}
