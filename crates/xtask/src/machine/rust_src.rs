//! Builds the WebAssembly target's standard library from the source Debian packages for this Rust version.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::wasm_target::TARGET;
use crate::shell;

const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
const SUITE: &str = "trixie-backports";

/// Leaves the target where rustup would have put it, as if rustup had.
pub(crate) fn build_target() -> Result<()> {
    let sysroot = PathBuf::from(shell::read(shell::command("rustc").args(["--print", "sysroot"]))?.trim());
    let work = shell::target().join("wasm-target");
    fresh(&work)?;
    put_source(&sysroot, &work)?;
    let built = build(&work)?;
    put_libraries(&sysroot, &built)?;
    fs::remove_dir_all(&work)?;
    Ok(())
}

fn put_source(sysroot: &Path, work: &Path) -> Result<()> {
    let place = sysroot.join("lib/rustlib/src/rust/library");
    if place.join("std/Cargo.toml").is_file() {
        return Ok(());
    }
    let library = download(work)?;
    let parent = place.parent().context("the sysroot has no parent")?;
    fs::create_dir_all(parent)?;
    let halfway = parent.join("library.new");
    fresh(&halfway)?;
    shell::run(shell::command("cp").arg("-rT").arg(library).arg(&halfway))?;
    fs::rename(halfway, place)?;
    Ok(())
}

/// Fetches and unpacks `rust-src` of exactly our version; apt checks its signature.
fn download(work: &Path) -> Result<PathBuf> {
    if shell::find("apt-get").is_none() || !Path::new(KEYRING).is_file() {
        bail!("install Rust's {TARGET} target (`rustup target add {TARGET}`) and run this again");
    }
    let version = version()?;
    let sources = work.join("sources.list");
    fs::write(&sources, format!("deb [signed-by={KEYRING}] {} {SUITE} main\n", mirror()?))?;
    let (lists, cache, status) = (work.join("lists"), work.join("cache"), work.join("status"));
    fs::create_dir_all(lists.join("partial"))?;
    fs::create_dir_all(cache.join("archives/partial"))?;
    fs::write(&status, "")?;
    let apt_get = |words: &[&str]| {
        let mut command = shell::command("apt-get");
        command.current_dir(work);
        // A list and a cache of our own: the machine's stay as they are. Root's files are readable to apt's own user
        // only outside of a home folder, so the sandbox user is root.
        command.args(["-q", "-o", "APT::Sandbox::User=root", "-o", "Dir::Etc::sourceparts=-"]);
        command.args(["-o", &format!("Dir::Etc::sourcelist={}", sources.display())]);
        command.args(["-o", &format!("Dir::State::lists={}", lists.display())]);
        command.args(["-o", &format!("Dir::State::status={}", status.display())]);
        command.args(["-o", &format!("Dir::Cache={}", cache.display())]);
        command.args(words);
        command
    };
    shell::run(&mut apt_get(&["update"]))?;
    shell::run(&mut apt_get(&["download", &format!("rust-src={version}*")]))?;
    let unpacked = work.join("unpacked");
    let package = find(work, |name| name.starts_with("rust-src_"))?;
    shell::run(shell::command("dpkg-deb").arg("--extract").arg(package).arg(&unpacked))?;
    let source = find(&unpacked.join("usr/src"), |name| name.starts_with("rustc-"))?;
    Ok(source.join("library"))
}

fn version() -> Result<String> {
    let text = shell::read(shell::command("rustc").arg("--version"))?;
    text.split(' ').nth(1).map(str::to_owned).context("rustc does not say its version")
}

/// The mirror this machine already uses, so that no address is written here.
fn mirror() -> Result<String> {
    let mut command = shell::command("apt-get");
    command.args(["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]);
    let addresses = shell::read(&mut command)?;
    let main = addresses.lines().find(|line| !line.contains("security"));
    main.map(str::to_owned).context("apt knows no mirror; run `apt-get update` first")
}

/// Builds the standard library as a dependency of an empty crate; stable Rust is told to allow it.
fn build(work: &Path) -> Result<PathBuf> {
    let probe = work.join("probe");
    fs::create_dir_all(probe.join("src"))?;
    // A workspace of its own, since it lies inside ours.
    fs::write(probe.join("Cargo.toml"), "[package]\nname = \"probe\"\nedition = \"2024\"\n[workspace]\n")?;
    fs::write(probe.join("src/lib.rs"), "")?;
    let mut cargo = shell::cargo(&["build", "--release", "--target", TARGET]);
    cargo
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test")
        .current_dir(&probe)
        .env("RUSTC_BOOTSTRAP", "1")
        // Without the bitcode a release build with link-time optimization fails.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", probe.join("target"));
    shell::run(&mut cargo)?;
    Ok(probe.join("target").join(TARGET).join("release/deps"))
}

fn put_libraries(sysroot: &Path, built: &Path) -> Result<()> {
    let place = sysroot.join("lib/rustlib").join(TARGET);
    let halfway = sysroot.join("lib/rustlib").join(format!("{TARGET}.new"));
    fresh(&halfway)?;
    let lib = halfway.join("lib");
    fs::create_dir_all(&lib)?;
    for entry in fs::read_dir(built)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(text) = name.to_str() else { continue };
        if Path::new(text).extension().is_some_and(|kind| kind == "rlib") && !text.starts_with("libprobe-") {
            fs::copy(entry.path(), lib.join(text))?;
        }
    }
    // Two sets of libraries side by side break every build, so the old one goes as a whole.
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::rename(halfway, place)?;
    Ok(())
}

fn find(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<PathBuf> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(&wanted) {
            return Ok(entry.path());
        }
    }
    bail!("{} does not hold what was expected", folder.display())
}

fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}
