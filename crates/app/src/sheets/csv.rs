//! csv: separated by comma, semicolon or tab, in whatever encoding spreadsheet programs save it.

use super::{RawRow, Visit, place, unreadable};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use types::ErrorCode;

/// Bytes that are looked at to tell the encoding of UTF-16 without mark, and whether it is text at all.
const SAMPLE: u64 = 4096;
/// Bytes of the first line that are looked at to tell the separator.
const FIRST_LINE: u64 = 64 * 1024;

pub(super) fn read<R: Read + Seek>(mut file: R, visit: &mut Visit<'_>) -> Result<(), ErrorCode> {
    let encoding = encoding(&mut file)?;
    let (separator, mut declared) = separator(text(&mut file, encoding)?)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        // The lines of a row are counted by their ends, and the last row may have none.
        .from_reader(text(&mut file, encoding)?.chain(&b"\n"[..]));
    let mut record = csv::StringRecord::new();
    let mut number: u32 = 0;
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).map_err(unreadable)? {
            return Ok(());
        }
        // The library skips blank lines; a spreadsheet program numbers them.
        let lines = reader.position().line() - before;
        let inside: usize = record.iter().map(|cell| cell.bytes().filter(|byte| *byte == b'\n').count()).sum();
        let inside = u64::try_from(inside).unwrap_or(u64::MAX);
        let blank = u32::try_from(lines.saturating_sub(inside).saturating_sub(1)).unwrap_or(0);
        number = number.saturating_add(1).saturating_add(blank);
        if number == 1 && declared {
            // `sep=;` tells the separator and is no row of the sheet.
            (number, declared) = (0, false);
            continue;
        }
        let mut cells = Vec::with_capacity(record.len());
        for (column, cell) in record.iter().enumerate() {
            place(&mut cells, column, cell.to_owned());
        }
        visit(RawRow { number, cells })?;
    }
}

/// How the bytes are text: by their mark, else UTF-8 if they are, else what western spreadsheet programs save.
fn encoding<R: Read + Seek>(file: &mut R) -> Result<&'static Encoding, ErrorCode> {
    let mut sample = Vec::new();
    file.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(unreadable)?;
    if let Some((encoding, _)) = Encoding::for_bom(&sample) {
        return Ok(encoding);
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => {}
        // Half the bytes of western text in UTF-16 are zero, always the same half.
        (0, odd) if odd > sample.len() / 4 => return Ok(UTF_16LE),
        (even, 0) if even > sample.len() / 4 => return Ok(UTF_16BE),
        _ => return Err(unreadable("neither a sheet nor text")),
    }
    let foreign = |byte: &u8| *byte < 32 && !matches!(*byte, b'\t' | b'\n' | b'\r');
    let starts = |mark: &[u8]| sample.starts_with(mark);
    if starts(b"%PDF") || starts(b"{\\rtf") || starts(b"<") || sample.iter().any(foreign) {
        return Err(unreadable("neither a sheet nor text"));
    }
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(if is_utf8(file)? { UTF_8 } else { WINDOWS_1252 })
}

fn is_utf8<R: Read>(file: &mut R) -> Result<bool, ErrorCode> {
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let (mut bytes, mut out) = (vec![0; 64 * 1024], vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut bytes).map_err(unreadable)?;
        let fresh = bytes.get(..read).unwrap_or_default();
        let (result, _, _) = decoder.decode_to_utf8_without_replacement(fresh, &mut out, read == 0);
        match result {
            encoding_rs::DecoderResult::Malformed(..) => return Ok(false),
            encoding_rs::DecoderResult::InputEmpty | encoding_rs::DecoderResult::OutputFull => {}
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

/// The file from its start, as UTF-8 without mark.
fn text<'f, R: Read + Seek>(file: &'f mut R, encoding: &'static Encoding) -> Result<Text<&'f mut R>, ErrorCode> {
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(Text {
        file,
        decoder: encoding.new_decoder_with_bom_removal(),
        raw: Vec::new(),
        ready: Vec::new(),
        at: 0,
        end: false,
    })
}

/// What separates the cells, and whether the first line exists only to say so. Outside quotes, the sign the first
/// line has most of.
fn separator<R: Read>(text: R) -> Result<(u8, bool), ErrorCode> {
    let mut first = Vec::new();
    BufReader::new(text).take(FIRST_LINE).read_until(b'\n', &mut first).map_err(unreadable)?;
    let line = first.strip_suffix(b"\n").unwrap_or(&first);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] = line {
        return Ok((*separator, true));
    }
    let mut quoted = false;
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    for byte in line {
        if *byte == b'"' {
            quoted = !quoted;
        }
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == sign);
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    Ok((most.map_or(b',', |(sign, _)| *sign), false))
}

/// Decodes as it is read.
struct Text<R> {
    file: R,
    decoder: Decoder,
    /// Bytes of the file that are not decoded yet.
    raw: Vec<u8>,
    /// Decoded bytes, given out up to `at`.
    ready: Vec<u8>,
    at: usize,
    end: bool,
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.ready.len() {
            if self.end {
                return Ok(0);
            }
            self.decode()?;
        }
        let fresh = self.ready.get(self.at..).unwrap_or_default();
        let given = fresh.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..given), fresh.get(..given)) {
            to.copy_from_slice(from);
        }
        self.at += given;
        Ok(given)
    }
}

impl<R: Read> Text<R> {
    fn decode(&mut self) -> io::Result<()> {
        let mut chunk = vec![0; 32 * 1024];
        let read = self.file.read(&mut chunk)?;
        self.raw.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let last = read == 0;
        self.ready.resize(self.decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(256 * 1024), 0);
        let (result, taken, written, _) = self.decoder.decode_to_utf8(&self.raw, &mut self.ready, last);
        self.ready.truncate(written);
        self.raw.drain(..taken);
        self.at = 0;
        self.end = last && result == CoderResult::InputEmpty;
        Ok(())
    }
}
