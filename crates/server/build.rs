//! Makes sure the folder that gets embedded exists, so that the server compiles before the app was ever built.
use std::fs::{self, File};
use std::io::{Result, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Cercano</title>\n\
    <p>This server was built without its app. Build both with <code>cargo xtask run</code>.</p>\n</html>\n";

fn main() -> Result<()> {
    let folder = Path::new("../../target/spa");
    let page = folder.join("index.html");
    if !page.exists() {
        fs::create_dir_all(folder)?;
        let mut file = File::create(&page)?;
        file.write_all(PAGE.as_bytes())?;
        // Cargo would take a file younger than this run for a change, and build the server a second time.
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_hours(24))?;
    }
    println!("cargo::rerun-if-changed={}", page.display());
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
