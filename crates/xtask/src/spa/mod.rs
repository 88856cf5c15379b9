//! `cargo xtask frontend`: from the `frontend` crate to the folder the server embeds, `target/spa`.
//!
//! `index.html` and the files of `frontend/public` keep their names; everything in `assets/` carries a hash of its
//! content in its name and never changes under it.
mod bindgen;
mod compress;
mod optimize;
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::machine::wasm_target;
use crate::shell;

/// Paths below `target/spa` and what they hold.
type Site = BTreeMap<PathBuf, Vec<u8>>;

pub(crate) fn build(release: bool) -> Result<()> {
    wasm_target::ensure()?;
    let mut cargo = shell::cargo(&["build", "--package", "frontend", "--target", wasm_target::TARGET]);
    if release {
        cargo.args(["--profile", "wasm-release"]);
    }
    shell::run(&mut cargo)?;
    let profile = if release { "wasm-release" } else { "debug" };
    let compiled = shell::target().join(wasm_target::TARGET).join(profile).join("frontend.wasm");
    let compiled = fs::read(&compiled).with_context(|| compiled.display().to_string())?;

    let glue = bindgen::glue(&compiled, release)?;
    let site = page::assemble(&glue)?;
    let stamp = format!("{profile} {}", hash(&site));
    let place = shell::root().join("target/spa");
    let stamp_file = shell::root().join("target/spa.stamp");
    if place.join("index.html").is_file() && fs::read_to_string(&stamp_file).is_ok_and(|known| known == stamp) {
        shell::say("target/spa is up to date");
        return Ok(());
    }
    let site = if release { compress::with_twins(site)? } else { site };
    publish(&site, &place)?;
    fs::write(stamp_file, stamp)?;
    report(&site);
    Ok(())
}

/// Builds the folder beside its place and renames it, so that the server never embeds half a page.
fn publish(site: &Site, place: &Path) -> Result<()> {
    let new = place.with_extension(format!("new-{}", std::process::id()));
    let old = place.with_extension(format!("old-{}", std::process::id()));
    for (path, content) in site {
        let file = new.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&new))?;
        fs::write(&file, content).with_context(|| file.display().to_string())?;
    }
    if place.exists() {
        fs::rename(place, &old)?;
    }
    fs::rename(&new, place)?;
    if old.exists() {
        fs::remove_dir_all(old)?;
    }
    Ok(())
}

fn report(site: &Site) {
    shell::say("target/spa:");
    for (path, content) in site {
        shell::say(&format!("{:>10} bytes  {}", content.len(), path.display()));
    }
}

/// A short name for a content. It only has to tell the versions of one file apart, so the standard hasher will do.
fn hash(content: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
