//! The JavaScript side of the compiled app: wasm-bindgen as a library, so that its version is the lock file's.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Site, hash, optimize};
use crate::shell;

pub(crate) struct Glue {
    pub(crate) script: String,
    pub(crate) wasm: Vec<u8>,
    /// JavaScript that crates bring along; `script` imports it from `./snippets/`.
    pub(crate) snippets: Site,
}

/// Makes the glue, or takes what was made of the same bytes the last time.
pub(crate) fn glue(compiled: &[u8], release: bool) -> Result<Glue> {
    let folder = shell::target().join(if release { "spa-glue-release" } else { "spa-glue" });
    let optimizer = if release { optimize::find()? } else { None };
    let stamp = format!("{} {}", hash(&compiled), optimizer.is_some());
    let stamp_file = folder.join("stamp");
    if fs::read_to_string(&stamp_file).is_ok_and(|known| known == stamp) {
        return load(&folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    shell::say("wasm-bindgen: the app's JavaScript side");
    Bindgen::new()
        .input_bytes("app", compiled.to_vec())
        .web(true)?
        .typescript(false)
        // The page says where the wasm is, because its name carries its hash.
        .omit_default_module_path(true)
        .remove_name_section(release)
        .remove_producers_section(true)
        .generate(&folder)
        .context("wasm-bindgen")?;
    if let Some(optimizer) = optimizer {
        optimize::shrink(&optimizer, &folder.join("app_bg.wasm"))?;
    }
    fs::write(stamp_file, stamp)?;
    load(&folder)
}

fn load(folder: &Path) -> Result<Glue> {
    let mut snippets = Site::new();
    collect(&folder.join("snippets"), Path::new(""), &mut snippets)?;
    Ok(Glue {
        script: fs::read_to_string(folder.join("app.js"))?,
        wasm: fs::read(folder.join("app_bg.wasm"))?,
        snippets,
    })
}

/// Reads every file below a folder, under its path from there; a missing folder holds nothing.
pub(crate) fn collect(folder: &Path, below: &Path, into: &mut Site) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, into)?;
        } else {
            into.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
