//! The zip file around an xlsx or ods: its parts, each with a limit on what it may inflate to.

use super::unreadable;
use std::io::{self, BufReader, Read, Seek};
use types::ErrorCode;
use zip::{ZipArchive, read::ZipFile, result::ZipError};

/// Bytes all parts together may say they inflate to.
const MAX_DECLARED: u64 = 1 << 30;
/// Bytes one part may inflate to in any case.
const FREE: u64 = 16 << 20;
/// How many times its compressed size a larger part may have. Real sheets stay under 60; a bomb is near 1,000.
const MAX_RATIO: u64 = 200;
/// Bytes between one `<` and the next at most: more is no text of a cell, and the XML reader would keep it in memory.
const MAX_RUN: usize = 4 << 20;

/// A zip file that is not trusted.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
}

/// A part being inflated; reading past its limit fails with [`io::ErrorKind::FileTooLarge`].
pub(super) struct Part<'a, R: Read> {
    inner: ZipFile<'a, R>,
    left: u64,
    run: usize,
}

impl<R: Read + Seek> Archive<R> {
    pub(super) fn open(file: R) -> Result<Self, ErrorCode> {
        let mut zip = ZipArchive::new(file).map_err(refusal)?;
        let mut declared: u64 = 0;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(refusal)?;
            if part.encrypted() {
                return Err(ErrorCode::SheetEncrypted);
            }
            declared = declared.saturating_add(part.size());
        }
        if declared > MAX_DECLARED { Err(ErrorCode::SheetTooLarge) } else { Ok(Self { zip }) }
    }

    /// Whether it is an ods. Refuses an encrypted one.
    pub(super) fn is_spreadsheet_document(&mut self) -> Result<bool, ErrorCode> {
        let Some(mimetype) = self.text("mimetype", 256)? else { return Ok(false) };
        if !mimetype.trim().starts_with("application/vnd.oasis.opendocument.spreadsheet") {
            return Err(unreadable("a document, but no spreadsheet"));
        }
        let manifest = self.text("META-INF/manifest.xml", 1 << 20)?.unwrap_or_default();
        if manifest.contains("encryption-data") { Err(ErrorCode::SheetEncrypted) } else { Ok(true) }
    }

    /// Open a part; None when there is none of that name. It may inflate to `limit` bytes.
    pub(super) fn part(&mut self, name: &str, limit: u64) -> Result<Option<BufReader<Part<'_, R>>>, ErrorCode> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let inner = self.zip.by_index(index).map_err(refusal)?;
        let by_ratio = inner.compressed_size().saturating_mul(MAX_RATIO).max(FREE);
        Ok(Some(BufReader::with_capacity(64 * 1024, Part { inner, left: limit.min(by_ratio), run: 0 })))
    }

    fn text(&mut self, name: &str, limit: u64) -> Result<Option<String>, ErrorCode> {
        let Some(mut part) = self.part(name, limit)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(io_refusal)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

impl<R: Read> Read for Part<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = u64::try_from(read)
            .ok()
            .and_then(|read| self.left.checked_sub(read))
            .ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let fresh = buffer.get(..read).unwrap_or_default();
        self.run = match fresh.iter().rposition(|byte| *byte == b'<') {
            Some(last) => read - last,
            None => self.run + read,
        };
        if self.run > MAX_RUN { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(read) }
    }
}

/// What an error while inflating means to the customer.
pub(super) fn io_refusal(error: io::Error) -> ErrorCode {
    if error.kind() == io::ErrorKind::FileTooLarge { ErrorCode::SheetTooLarge } else { unreadable(error) }
}

fn refusal(error: ZipError) -> ErrorCode {
    if matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) {
        ErrorCode::SheetEncrypted
    } else {
        unreadable(error)
    }
}
