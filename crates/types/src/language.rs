//! The three languages the product speaks.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;

/// A language of the product's words: Spanish first, Portuguese and English complete.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumIter,
    EnumString,
    Display,
    AsRefStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Language {
    #[default]
    Es,
    Pt,
    En,
}

impl Language {
    /// Choose from an `Accept-Language` header (RFC 9110 § 12.5.4): the known language of highest weight, else Spanish.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let Ok(language) = primary.parse::<Self>() else { continue };
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_language_of_highest_weight_is_chosen() {
        for (header, expected) in [
            ("pt-BR,pt;q=0.9,en;q=0.8", Language::Pt),
            ("fr;q=1, en;q=0.3", Language::En),
            ("en;q=0.2,es-CL;q=0.7", Language::Es),
            ("de", Language::Es),
            ("", Language::Es),
            ("pt;q=0", Language::Es),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }
}
