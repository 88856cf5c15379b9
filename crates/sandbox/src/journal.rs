//! An append-only file of records. It is written before a change is answered, so a killed sandbox knows what it
//! promised; it is not flushed to the disk, because a power cut may cost a sandbox its last second.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use crate::world::{Record, World};

const FILE: &str = "sandbox.jsonl";
const NEW: &str = "sandbox.jsonl.new";

/// The open journal.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    failing: bool,
}

impl Journal {
    /// The world a folder's journal remembers; `None` when there is no journal.
    pub(crate) fn read(dir: &Path) -> io::Result<Option<World>> {
        match File::open(dir.join(FILE)) {
            Ok(file) => replay(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Starts a journal that holds this world and nothing older.
    pub(crate) fn begin(dir: &Path, world: &World) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let new = dir.join(NEW);
        let mut writer = BufWriter::new(File::create(&new)?);
        for record in world.records() {
            serde_json::to_writer(&mut writer, &record)?;
            writer.write_all(b"\n")?;
        }
        writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(new, dir.join(FILE))?;
        Ok(Self { file: OpenOptions::new().append(true).open(dir.join(FILE))?, failing: false })
    }

    /// Keeps a record. A full disk is said once; the sandbox goes on in memory.
    pub(crate) fn append(&mut self, record: &Record) {
        let written = serde_json::to_vec(record).map_err(io::Error::from).and_then(|mut line| {
            line.push(b'\n');
            self.file.write_all(&line)
        });
        match written {
            Ok(()) => self.failing = false,
            Err(error) if !self.failing => {
                self.failing = true;
                tracing::error!(%error, "the sandbox's journal cannot be written");
            }
            Err(_) => {}
        }
    }
}

/// A line that breaks off is the last thing a killed process wrote; it was never answered for.
fn replay(file: File) -> io::Result<World> {
    let mut world = World::default();
    for line in BufReader::new(file).split(b'\n') {
        match serde_json::from_slice(&line?) {
            Ok(record) => world.apply(record),
            Err(error) => tracing::warn!(%error, "the sandbox's journal has an unreadable line"),
        }
    }
    Ok(world)
}
