//! Compresses once, as hard as it goes, what the server would otherwise compress for every visitor.
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};

use super::Site;

/// Other files, such as pictures and fonts, are compressed in themselves.
const KINDS: [&str; 9] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Adds a `.br` and a `.gz` beside each file that gets smaller by it.
pub(crate) fn with_twins(mut site: Site) -> Result<Site> {
    let (brotlis, gzips) = thread::scope(|scope| {
        let brotlis = scope.spawn(|| twins(&site, "br", brotli));
        let gzips = twins(&site, "gz", gzip);
        (brotlis.join(), gzips)
    });
    let Ok(brotlis) = brotlis else { bail!("the compression panicked") };
    site.extend(brotlis?);
    site.extend(gzips?);
    Ok(site)
}

fn twins(site: &Site, kind: &str, compress: fn(&[u8]) -> Result<Vec<u8>>) -> Result<Site> {
    let mut twins = Site::new();
    for (path, content) in site.iter().filter(|(path, _)| is_compressible(path)) {
        let compressed = compress(content)?;
        if compressed.len() < content.len() {
            twins.insert(PathBuf::from(format!("{}.{kind}", path.display())), compressed);
        }
    }
    Ok(twins)
}

fn is_compressible(path: &Path) -> bool {
    path.extension().and_then(|kind| kind.to_str()).is_some_and(|kind| KINDS.contains(&kind))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &params).context("brotli")?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::{Site, with_twins};

    #[test]
    fn text_gets_twins_and_pictures_do_not() {
        let site = Site::from([("app.css".into(), vec![b' '; 500]), ("logo.png".into(), vec![b' '; 500])]);
        let names: Vec<_> = with_twins(site).unwrap().into_keys().map(|path| path.display().to_string()).collect();
        assert_eq!(names, ["app.css", "app.css.br", "app.css.gz", "logo.png"]);
    }

    #[test]
    fn a_twin_that_would_be_larger_is_left_out() {
        let site = Site::from([("a.txt".into(), b"a".to_vec())]);
        assert_eq!(with_twins(site).unwrap().len(), 1);
    }
}
