//! XML as a stream, with the few things both spreadsheet formats need.

use super::{archive, unreadable};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesEnd, BytesStart, Event},
};
use std::{borrow::Cow, io::BufRead};
use types::ErrorCode;

/// A reader that tells `<a/>` as `<a></a>`.
pub(super) fn reader<B: BufRead>(part: B) -> Reader<B> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// What matters of an XML event here.
pub(super) enum Piece<'b> {
    Open(BytesStart<'b>),
    Close(BytesEnd<'b>),
    Words(Cow<'b, str>),
    /// A comment, a declaration: nothing that is shown.
    Nothing,
    /// The end of the part.
    End,
}

/// The next piece; `buffer` is only there to be used again.
pub(super) fn next<'b, B: BufRead>(reader: &mut Reader<B>, buffer: &'b mut Vec<u8>) -> Result<Piece<'b>, ErrorCode> {
    buffer.clear();
    let event = reader.read_event_into(buffer).map_err(refusal)?;
    Ok(match event {
        Event::Start(element) | Event::Empty(element) => Piece::Open(element),
        Event::End(element) => Piece::Close(element),
        Event::Text(text) => Piece::Words(text.xml10_content()),
        Event::CData(text) => Piece::Words(text.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => Piece::Words(Cow::Owned(c.to_string())),
            Ok(None) | Err(_) => {
                resolve_predefined_entity(&reference).map_or(Piece::Nothing, |c| Piece::Words(c.into()))
            }
        },
        Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Piece::Nothing,
        Event::Eof => Piece::End,
    })
}

/// An attribute by its name without namespace prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// A part of an archive as XML, which must be there.
pub(super) fn open<'a, R: std::io::Read + std::io::Seek>(
    archive: &'a mut archive::Archive<R>,
    name: &str,
    limit: u64,
) -> Result<Reader<std::io::BufReader<archive::Part<'a, R>>>, ErrorCode> {
    let part = archive.part(name, limit)?.ok_or_else(|| unreadable("a part is missing"))?;
    Ok(reader(part))
}

fn refusal(error: quick_xml::Error) -> ErrorCode {
    if let quick_xml::Error::Io(error) = &error
        && error.kind() == std::io::ErrorKind::FileTooLarge
    {
        return ErrorCode::SheetTooLarge;
    }
    unreadable(error)
}
