//! Measures a running Cercano from outside: as child processes on loopback, beside yardsticks taken in the same run.

mod book;
mod conversations;
mod dispatch;
mod events;
mod footprint;
mod ingest;
mod lab;
mod load;
mod organization;
mod read;
mod webhooks;
mod wire;
mod yardstick;

use anyhow::Result;
use book::Book;
use clap::{Parser, Subcommand};
use lab::{Lab, Store};
use std::{future::Future, path::PathBuf, time::Instant};

/// Measure Cercano: a table on standard output, JSON in the target folder.
#[derive(Debug, Parser)]
#[command(name = "cercano-bench")]
struct Options {
    /// A `PostgreSQL` whose user may create databases; without it only `SQLite` is measured
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Only what has this name: ingest, read, organization, conversations, dispatch, events, start, memory,
    /// size; and desk, the pages of Desk at the promised size, which takes a quarter of an hour and only runs by its name
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Only this database: sqlite or postgres
    #[arg(long, value_name = "DATABASE")]
    store: Option<String>,
    /// A tenth of the work, to see that it runs; its figures mean little
    #[arg(long)]
    quick: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What the bench starts of itself.
#[derive(Debug, Subcommand)]
enum Part {
    /// The yardstick: keeps webhooks and does nothing else
    #[command(hide = true)]
    Receiver {
        #[arg(long)]
        listen: std::net::SocketAddr,
        #[arg(long)]
        database_url: String,
    },
    /// A Graph that takes every message and tells nothing
    #[command(hide = true)]
    Graph {
        #[arg(long)]
        listen: std::net::SocketAddr,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    match options.part {
        Some(Part::Receiver { listen, database_url }) => return yardstick::receive(listen, &database_url).await,
        Some(Part::Graph { listen }) => return yardstick::take_messages(listen).await,
        None => {}
    }
    let started = Instant::now();
    let lab = Lab::new(options.postgres.as_deref(), options.quick)?;
    let mut book = Book::default();
    let wanted = |names: &[&str]| options.only.as_deref().is_none_or(|only| names.contains(&only));
    for store in
        lab.stores().into_iter().filter(|store| options.store.as_deref().is_none_or(|only| only == store.name()))
    {
        if wanted(&["ingest", "memory"]) {
            run(&mut book, store, "ingest", ingest::run(&lab, store)).await;
        }
        if wanted(&["events", "memory"]) {
            run(&mut book, store, "events", events::run(&lab, store)).await;
        }
        if wanted(&["dispatch"]) {
            run(&mut book, store, "dispatch", dispatch::run(&lab, store)).await;
        }
        if wanted(&["start"]) {
            run(&mut book, store, "start", footprint::start(&lab, store)).await;
        }
        if wanted(&["read", "start"]) {
            run(&mut book, store, "read", read::run(&lab, store)).await;
        }
        if options.only.as_deref() == Some("desk") {
            run(&mut book, store, "desk", read::largest(&lab, store)).await;
        }
        if wanted(&["conversations"]) {
            run(&mut book, store, "conversations", conversations::run(&lab, store)).await;
        }
        if wanted(&["organization"]) {
            run(&mut book, store, "organization", organization::run(&lab, store)).await;
        }
    }
    if wanted(&["size"]) {
        run(&mut book, Store::Sqlite, "size", std::future::ready(footprint::size(&lab))).await;
    }
    let file: PathBuf = lab.target().join("bench.json");
    book.finish(&file, started.elapsed(), options.quick)
}

/// One bench on one database. One that fails is named in the table, and the others still run.
async fn run(book: &mut Book, store: Store, name: &'static str, bench: impl Future<Output = Result<book::Page>>) {
    let started = Instant::now();
    eprintln!("bench: {name} on {}", store.title());
    match bench.await {
        Ok(page) => book.take(store, page),
        Err(error) => {
            eprintln!("bench: {name} on {} failed: {error:#}", store.title());
            book.fail(store, name);
        }
    }
    eprintln!("bench: {name} on {} took {:.0} s", store.title(), started.elapsed().as_secs_f64());
}
