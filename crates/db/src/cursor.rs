//! Cursors: where a page ended, as an opaque text. A cursor that cannot be read is refused, never guessed.

use crate::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};
use types::ErrorCode;

/// Write the position of the last item of a page.
pub fn write(position: &impl Serialize) -> Result<String> {
    let json = serde_json::to_vec(position)?;
    Ok(json.iter().fold(String::with_capacity(json.len() * 2), |mut text, byte| {
        let digits = b"0123456789abcdef";
        for index in [byte >> 4, byte & 15] {
            text.push(digits.get(usize::from(index)).copied().map_or('0', char::from));
        }
        text
    }))
}

/// Read the position a caller gives back.
pub fn read<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>> {
    let Some(text) = cursor else { return Ok(None) };
    let refused = || Error::Refused(ErrorCode::MalformedRequest);
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()
        .ok_or_else(refused)?;
    let bytes: Vec<u8> = digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    serde_json::from_slice(&bytes).map(Some).map_err(|_invented| refused())
}

/// Cut the one item too many that was asked for to know whether there is a next page.
pub fn page<T, P: Serialize>(mut items: Vec<T>, limit: u64, position: impl Fn(&T) -> P) -> Result<types::Page<T>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = match items.last() {
        Some(last) if more => Some(write(&position(last))?),
        Some(_) | None => None,
    };
    Ok(types::Page { items, next_cursor })
}
