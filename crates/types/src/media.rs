//! Files: what people send and receive besides words (spec A2). Kept by Cercano itself, since WhatsApp keeps them for days.

use crate::{Endpoint, MediaId, messages::MediaKind, wire::wire_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Upload a file to be sent: a form with one part named `file`, streamed. The answer's id goes into a message within a day.
pub const CREATE_MEDIA: Endpoint<(), Media> = Endpoint::post("/api/v1/media");
/// The bytes, for who uploaded it or reaches a number on which it was said; `Range` is understood.
pub const GET_MEDIA_CONTENT: Endpoint<(), ()> = Endpoint::get("/api/v1/media/{id}/content");
/// A small picture of it (JPEG or PNG, 320 pixels at most), where there is one.
pub const GET_MEDIA_THUMBNAIL: Endpoint<(), ()> = Endpoint::get("/api/v1/media/{id}/thumbnail");

/// Pixels of a thumbnail's longer side at most.
pub const THUMBNAIL_MAX: u32 = 320;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Media {
    pub id: MediaId,
    /// As what it is sent. What a browser records becomes a voice note.
    pub kind: MediaKind,
    /// By its content, whatever its name says.
    #[schema(example = "image/jpeg")]
    pub mime_type: String,
    pub filename: String,
    /// Bytes.
    pub size: u64,
    pub file: MediaFile,
}

/// What is kept of the file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaFile {
    pub id: MediaId,
    pub state: MediaState,
    /// Bytes; null until it is here.
    #[serde(default)]
    pub size: Option<u64>,
    /// Pixels, of pictures.
    #[serde(default)]
    pub width: Option<u32>,
    #[serde(default)]
    pub height: Option<u32>,
    /// Milliseconds, of voice notes.
    #[serde(default)]
    pub duration: Option<u32>,
    /// Whether there is a thumbnail.
    #[serde(default)]
    pub thumbnail: bool,
}

wire_enum! {
    /// How far a file is.
    pub enum MediaState {
        /// It is being fetched from WhatsApp.
        Pending,
        Stored,
        /// It could not be fetched; a person can have it tried again while WhatsApp has it (seven days).
        Failed,
        /// WhatsApp has it no more.
        Expired,
        /// It was erased, with its contact or because it was older than it is kept.
        Erased,
    }
}

/// What WhatsApp takes of a kind of file: its types and its bytes at most (Cloud API, supported media types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaLimit {
    pub kind: MediaKind,
    pub mime_types: &'static [&'static str],
    /// Bytes.
    pub max: u64,
}

const MB: u64 = 1024 * 1024;

/// In the order in which a file's type is looked for; what is none of them goes as a document.
pub const MEDIA_LIMITS: &[MediaLimit] = &[
    MediaLimit { kind: MediaKind::Image, mime_types: &["image/jpeg", "image/png"], max: 5 * MB },
    MediaLimit { kind: MediaKind::Video, mime_types: &["video/mp4", "video/3gpp"], max: 16 * MB },
    MediaLimit {
        kind: MediaKind::Audio,
        mime_types: &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        max: 16 * MB,
    },
    MediaLimit { kind: MediaKind::Sticker, mime_types: &["image/webp"], max: 500 * 1024 },
    MediaLimit { kind: MediaKind::Document, mime_types: &[], max: 100 * MB },
];

/// What is taken of a kind; a voice note is an audio file.
pub fn limit_of(kind: MediaKind) -> MediaLimit {
    let kind = if kind == MediaKind::Voice { MediaKind::Audio } else { kind };
    let document = MediaLimit { kind: MediaKind::Document, mime_types: &[], max: 100 * MB };
    MEDIA_LIMITS.iter().copied().find(|limit| limit.kind == kind).unwrap_or(document)
}

/// As what a file of this type is sent. Types may carry parameters (`audio/ogg; codecs=opus`).
pub fn kind_of(mime_type: &str) -> MediaKind {
    let plain = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let found = MEDIA_LIMITS.iter().find(|limit| limit.mime_types.contains(&plain.as_str()));
    found.map_or(MediaKind::Document, |limit| limit.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_sent_as_what_its_type_is_and_else_as_a_document() {
        for (mime, kind) in [
            ("image/jpeg", MediaKind::Image),
            ("IMAGE/PNG", MediaKind::Image),
            ("image/gif", MediaKind::Document),
            ("audio/ogg; codecs=opus", MediaKind::Audio),
            ("application/pdf", MediaKind::Document),
            ("", MediaKind::Document),
        ] {
            assert_eq!(kind_of(mime), kind, "{mime}");
        }
    }
}
