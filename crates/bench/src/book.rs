//! What was measured, beside what is to be reached: a table for people, JSON for the next run.

use crate::lab::Store;
use anyhow::{Context, Result, bail};
use hdrhistogram::Histogram;
use serde::Serialize;
use std::{fmt::Write, fs, path::Path, time::Duration};

/// What is to be reached (quality.md).
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Goal {
    None,
    AtLeast(f64),
    AtMost(f64),
}

/// The figures of one bench on one database, in the order they were taken.
#[derive(Debug)]
pub(crate) struct Page {
    bench: &'static str,
    figures: Vec<(&'static str, String, &'static str, Goal, f64)>,
}

impl Page {
    pub(crate) fn new(bench: &'static str) -> Self {
        Self { bench, figures: Vec::new() }
    }

    pub(crate) fn note(&mut self, name: impl Into<String>, unit: &'static str, goal: Goal, value: f64) {
        self.note_in(self.bench, name, unit, goal, value);
    }

    /// A figure that belongs to another bench and is taken on the way.
    pub(crate) fn note_in(
        &mut self,
        bench: &'static str,
        name: impl Into<String>,
        unit: &'static str,
        goal: Goal,
        value: f64,
    ) {
        let name = name.into();
        eprintln!("  {bench:<12} {name:<52} {:>12} {unit}", shown(value));
        self.figures.push((bench, name, unit, goal, value));
    }

    /// The median and the 99th percentile of times in microseconds.
    pub(crate) fn times(&mut self, name: &str, p50: Goal, p99: Goal, times: &Histogram<u64>) {
        self.note(format!("{name}, p50"), "ms", p50, millis(times.value_at_quantile(0.5)));
        self.note(format!("{name}, p99"), "ms", p99, millis(times.value_at_quantile(0.99)));
    }
}

/// All figures of a run.
#[derive(Debug, Default)]
pub(crate) struct Book {
    lines: Vec<Line>,
    failed: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    bench: &'static str,
    name: String,
    unit: &'static str,
    goal: Goal,
    sqlite: Option<f64>,
    postgres: Option<f64>,
}

#[derive(Serialize)]
struct Written<'a> {
    seconds: f64,
    quick: bool,
    cores: usize,
    figures: &'a [Line],
    failed: &'a [String],
}

impl Book {
    pub(crate) fn take(&mut self, store: Store, page: Page) {
        for (bench, name, unit, goal, value) in page.figures {
            let known = self.lines.iter().position(|line| line.bench == bench && line.name == name);
            let line = match known.and_then(|at| self.lines.get_mut(at)) {
                Some(line) => line,
                None => self.lines.push_mut(Line { bench, name, unit, goal, sqlite: None, postgres: None }),
            };
            match store {
                Store::Sqlite => line.sqlite = Some(value),
                Store::Postgres => line.postgres = Some(value),
            }
        }
    }

    pub(crate) fn fail(&mut self, store: Store, bench: &str) {
        self.failed.push(format!("{bench} on {}", store.title()));
    }

    /// Print the table and write the file.
    pub(crate) fn finish(mut self, file: &Path, took: Duration, quick: bool) -> Result<()> {
        let order = ["ingest", "read", "organization", "dispatch", "events", "start", "memory", "size"];
        self.lines.sort_by_key(|line| order.iter().position(|bench| *bench == line.bench));
        print(&self.table());
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let Self { lines, failed } = &self;
        let written = Written { seconds: took.as_secs_f64(), quick, cores, figures: lines, failed };
        fs::write(file, serde_json::to_vec_pretty(&written)?)
            .with_context(|| format!("{} cannot be written", file.display()))?;
        print(&format!("\n{:.0} s on {cores} cores; as JSON in {}\n", took.as_secs_f64(), file.display()));
        if !failed.is_empty() {
            bail!("could not be measured: {}", failed.join(", "));
        }
        Ok(())
    }

    fn table(&self) -> String {
        let mut text = format!("\n{:<9} {:<52} {:>11} {:>11} {:>11} unit\n", "", "", "goal", "SQLite", "PostgreSQL");
        for Line { bench, name, unit, goal, sqlite, postgres } in &self.lines {
            let aim = match goal {
                Goal::None => String::new(),
                Goal::AtLeast(aim) => format!("≥ {}", shown(*aim)),
                Goal::AtMost(aim) => format!("≤ {}", shown(*aim)),
            };
            let cell = |value: &Option<f64>| value.map_or_else(|| "–".to_owned(), |value| marked(*goal, value));
            // Writing to a String cannot fail.
            let _ =
                writeln!(text, "{bench:<12} {name:<52} {aim:>11} {:>11} {:>11} {unit}", cell(sqlite), cell(postgres));
        }
        text.push_str("! misses its goal on this machine, shared with the load that is made\n");
        text
    }
}

fn marked(goal: Goal, value: f64) -> String {
    let met = match goal {
        Goal::None => true,
        Goal::AtLeast(aim) => value >= aim,
        Goal::AtMost(aim) => value <= aim,
    };
    format!("{}{}", if met { "" } else { "! " }, shown(value))
}

fn shown(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// Microseconds as milliseconds.
pub(crate) fn millis(micros: u64) -> f64 {
    float(micros) / 1000.0
}

pub(crate) fn float(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(text: &str) {
    print!("{text}");
}
