//! Makes the shipped wasm smaller with Binaryen's wasm-opt, which npm installs.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{machine, shell};

/// What current browsers understand and rustc or wasm-bindgen uses; wasm-opt refuses what is not named.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The optimizer; without npm the app is larger and otherwise the same, so its absence is only said.
pub(crate) fn find() -> Result<Option<PathBuf>> {
    let found = machine::npm::wasm_opt()?;
    if found.is_none() {
        shell::say("npm is not installed: the app is not optimized by wasm-opt and will be larger than it could be");
    }
    Ok(found)
}

pub(crate) fn shrink(optimizer: &Path, wasm: &Path) -> Result<()> {
    let small = wasm.with_extension("small.wasm");
    shell::run(shell::command(optimizer).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&small))?;
    fs::rename(small, wasm)?;
    Ok(())
}
