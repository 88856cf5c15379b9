//! Reads a command's options; a handful of flags does not earn a dependency that is built first.
use anyhow::{Result, bail};

pub(crate) struct Args(Vec<String>);

impl Args {
    pub(crate) fn of_this_process() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// Takes the first word, when it is there.
    pub(crate) fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Takes a flag and says whether it was given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub(crate) fn option(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(at) = self.0.iter().position(|word| word == name) {
            if at + 1 >= self.0.len() {
                bail!("`{name}` wants a value");
            }
            self.0.remove(at);
            return Ok(Some(self.0.remove(at)));
        }
        let joined = format!("{name}=");
        let at = self.0.iter().position(|word| word.starts_with(&joined));
        let word = at.map(|at| self.0.remove(at));
        Ok(word.and_then(|word| word.strip_prefix(&joined).map(str::to_owned)))
    }

    /// What is left, for a program that reads its own options.
    pub(crate) fn rest(self) -> Vec<String> {
        self.0
    }

    /// Refuses what nobody took.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0.first() {
            Some(word) => bail!("`{word}` means nothing here; `cargo xtask help` lists the options"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(words: &[&str]) -> Args {
        Args(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn an_option_is_read_with_a_space_or_an_equals_sign() {
        assert_eq!(args(&["--listen", "a"]).option("--listen").unwrap().as_deref(), Some("a"));
        assert_eq!(args(&["--listen=a"]).option("--listen").unwrap().as_deref(), Some("a"));
    }

    #[test]
    fn an_option_without_its_value_is_refused() {
        assert!(args(&["--listen"]).option("--listen").is_err());
    }

    #[test]
    fn a_word_nobody_took_is_refused() {
        let mut args = args(&["--release", "--fast"]);
        assert!(args.flag("--release"));
        assert!(!args.flag("--release"));
        assert!(args.finish().is_err());
    }
}
