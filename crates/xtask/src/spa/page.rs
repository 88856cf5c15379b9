//! Puts the page together: hashed names, the style sheet, and an `index.html` that a strict content policy accepts.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::bindgen::{Glue, collect};
use super::{Site, hash};
use crate::shell;

/// Where `frontend/index.html` wants the links to style sheet, scripts and wasm.
const PLACEHOLDER: &str = "<!-- assets -->";

pub(crate) fn assemble(glue: &Glue) -> Result<Site> {
    let frontend = shell::root().join("frontend");
    let mut site = Site::new();
    collect(&frontend.join("public"), Path::new(""), &mut site)?;
    let page = frontend.join("index.html");
    let page = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let names = add_assets(&mut site, glue, &style_sheet(&frontend)?);
    site.insert("index.html".into(), with_links(&page, &names)?.into_bytes());
    Ok(site)
}

/// Names below `assets/`.
struct Names {
    style: String,
    boot: String,
    script: String,
    wasm: String,
}

fn add_assets(site: &mut Site, glue: &Glue, style: &str) -> Names {
    let mut add = |name: String, content: Vec<u8>| {
        site.insert(Path::new("assets").join(&name), content);
        name
    };
    let mut script = glue.script.clone();
    if !glue.snippets.is_empty() {
        let folder = format!("snippets-{}", hash(&glue.snippets));
        script = script.replace("./snippets/", &format!("./{folder}/"));
        for (path, content) in &glue.snippets {
            add(format!("{folder}/{}", path.display()), content.clone());
        }
    }
    let script = add(format!("app-{}.js", hash(&script)), script.into_bytes());
    let wasm = add(format!("app-{}_bg.wasm", hash(&glue.wasm)), glue.wasm.clone());
    let boot = boot_script(&script, &wasm);
    let boot = add(format!("boot-{}.js", hash(&boot)), boot.into_bytes());
    let style = add(format!("app-{}.css", hash(&style)), style.as_bytes().to_vec());
    Names { style, boot, script, wasm }
}

/// The only script of the page. Addresses are its own neighbours, because a page may lie at any depth.
fn boot_script(script: &str, wasm: &str) -> String {
    format!(
        "import init from './{script}';\n\
         init({{ module_or_path: new URL('./{wasm}', import.meta.url) }}).catch((error) => {{\n  \
         document.getElementById('boot-failed')?.removeAttribute('hidden');\n  \
         throw error;\n\
         }});\n"
    )
}

fn with_links(page: &str, names: &Names) -> Result<String> {
    if page.matches(PLACEHOLDER).count() != 1 {
        bail!("frontend/index.html must hold `{PLACEHOLDER}` once, in its head");
    }
    let Names { style, boot, script, wasm } = names;
    let links = [
        format!(r#"<link rel="stylesheet" href="/assets/{style}">"#),
        format!(r#"<link rel="modulepreload" href="/assets/{script}">"#),
        format!(r#"<link rel="preload" href="/assets/{wasm}" as="fetch" type="application/wasm" crossorigin>"#),
        format!(r#"<script type="module" src="/assets/{boot}"></script>"#),
    ];
    Ok(page.replace(PLACEHOLDER, &links.join("\n")))
}

/// `styles/` first, whose tokens everything else uses, then the sheets that lie beside their components.
fn style_sheet(frontend: &Path) -> Result<String> {
    let mut sheet = String::new();
    for folder in ["styles", "src"] {
        let mut files = Site::new();
        collect(&frontend.join(folder), Path::new(folder), &mut files)?;
        for (path, content) in files {
            if path.extension().is_some_and(|kind| kind == "css") {
                sheet.push_str(&readable(&path, content)?);
                sheet.push('\n');
            }
        }
    }
    Ok(sheet)
}

fn readable(path: &Path, content: Vec<u8>) -> Result<String> {
    String::from_utf8(content).with_context(|| format!("{} is not UTF-8", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Glue, Names, Site, add_assets, with_links};

    fn glue(script: &str) -> Glue {
        let snippets = Site::from([("crate-1/inline0.js".into(), b"export {}".to_vec())]);
        Glue { script: script.to_owned(), wasm: b"\0asm".to_vec(), snippets }
    }

    #[test]
    fn a_changed_content_has_another_name() {
        let (mut one, mut two) = (Site::new(), Site::new());
        let old = add_assets(&mut one, &glue("old"), "");
        let new = add_assets(&mut two, &glue("new"), "");
        assert_ne!(old.script, new.script);
        assert_ne!(old.boot, new.boot, "the boot script names the other script, so it differs as well");
        assert_eq!(old.wasm, new.wasm);
    }

    #[test]
    fn snippets_are_imported_from_where_they_are() {
        let mut site = Site::new();
        let names = add_assets(&mut site, &glue("import {} from './snippets/crate-1/inline0.js'"), "");
        let script = String::from_utf8(site[&std::path::Path::new("assets").join(&names.script)].clone()).unwrap();
        let imported = script.split('\'').nth(1).unwrap().trim_start_matches("./");
        assert!(site.contains_key(&std::path::Path::new("assets").join(imported)));
    }

    #[test]
    fn a_page_without_the_placeholder_is_refused() {
        let names = || Names { style: "s".into(), boot: "b".into(), script: "j".into(), wasm: "w".into() };
        assert!(with_links("<head></head>", &names()).is_err());
        let page = with_links("<head><!-- assets --></head>", &names()).unwrap();
        assert!(page.contains(r#"src="/assets/b""#) && !page.contains("<!--"));
    }
}
