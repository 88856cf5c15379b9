//! How soon an empty folder serves, and how large what is shipped is.

use crate::{
    book::{Goal, Page, float},
    lab::{Installation, Lab, Store, free_address},
};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// To `/readyz` from an empty folder, the median of five.
pub(crate) async fn start(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("start");
    let mut times = Vec::new();
    for _ in 0..5 {
        let installation = Installation::empty(lab, store).await?;
        let (_server, took) = installation.start(lab, free_address()?).await?;
        times.push(took);
    }
    times.sort();
    let median = times.get(2).context("nothing was started")?;
    page.note("ready on an empty folder", "s", Goal::AtMost(0.5), median.as_secs_f64());
    Ok(page)
}

pub(crate) fn size(lab: &Lab) -> Result<Page> {
    let mut page = Page::new("size");
    let binary = fs::metadata(lab.program("cercano"))?.len();
    page.note("the server's program", "MB", Goal::None, float(binary) / 1e6);
    let (mut raw, mut brotli, mut gzip) = (0, 0, 0);
    add(&lab.target().join("spa"), &mut |name, bytes| match name.rsplit_once('.').map(|(_, end)| end) {
        Some("br") => brotli += bytes,
        Some("gz") => gzip += bytes,
        Some(_) | None => raw += bytes,
    })?;
    page.note("the browser app", "kB", Goal::None, float(raw) / 1e3);
    page.note("the browser app, brotli", "kB", Goal::None, float(brotli) / 1e3);
    page.note("the browser app, gzip", "kB", Goal::None, float(gzip) / 1e3);
    Ok(page)
}

fn add(folder: &Path, take: &mut impl FnMut(&str, u64)) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} is not built", folder.display()))? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_dir() {
            add(&entry.path(), take)?;
        } else {
            take(&entry.file_name().to_string_lossy(), about.len());
        }
    }
    Ok(())
}
