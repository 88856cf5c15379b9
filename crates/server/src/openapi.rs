//! The committed documents: written, or checked against what would be written.

use crate::commands::OpenapiOptions;
use anyhow::{Context, Result, bail};
use std::fs;

pub(crate) fn run(options: OpenapiOptions) -> Result<()> {
    let OpenapiOptions { write, check: _ } = options;
    for (path, document) in [("openapi/app.json", api::openapi::app()), ("openapi/growth.json", api::openapi::growth())]
    {
        let text = api::openapi::text(&document)?;
        if write {
            fs::write(path, text).with_context(|| format!("{path} cannot be written"))?;
        } else if fs::read_to_string(path).unwrap_or_default() != text {
            bail!("{path} is not what the server serves; run `cargo xtask openapi` and commit it");
        }
    }
    Ok(())
}
