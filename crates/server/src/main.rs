//! The one binary: it reads the configuration, wires the rooms together, and runs.

mod commands;
mod config;
mod generate;
mod logs;
mod openapi;
mod organization;
mod sandbox;
mod secrets;
mod seed;
mod serve;
mod spa;

use clap::Parser;
use commands::{Cercano, Command, OrganizationCommand};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cercano::parse().command {
        Command::Serve(options) => serve::run(options).await,
        Command::Migrate(options) => serve::migrate(options).await,
        Command::Seed(options) => seed::run(options).await,
        Command::Organization(OrganizationCommand::Create(options)) => organization::create(options).await,
        Command::Generate(options) => generate::run(options).await,
        Command::Sandbox(options) => sandbox::run(options).await,
        Command::Openapi(options) => openapi::run(options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cercano: {error:#}");
            ExitCode::FAILURE
        }
    }
}
