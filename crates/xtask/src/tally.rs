//! Counts tests while the programs that run them print.

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Adds what a line of cargo test or of Playwright reports; any other line counts nothing.
    pub(crate) fn count(&mut self, line: &str) {
        let plain = without_colours(line);
        let line = plain.trim();
        if let Some(result) = line.strip_prefix("test result:") {
            self.passed += number_before(result, "passed");
            self.failed += number_before(result, "failed");
        } else if let Some(rest) = after_number(line) {
            // Playwright's summary: `12 passed (31.4s)`, `1 failed`, `1 flaky`.
            match rest {
                "failed" | "flaky" | "interrupted" | "did not run" => self.failed += first_number(line),
                "passed" => self.passed += first_number(line),
                timed if timed.starts_with("passed (") => self.passed += first_number(line),
                _ => {}
            }
        }
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let mut last = 0;
    for part in text.split([' ', ';', '.']) {
        if part == word {
            return last;
        }
        last = part.parse().unwrap_or(0);
    }
    0
}

fn first_number(line: &str) -> u64 {
    line.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0)
}

fn after_number(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(' ')?;
    number.parse::<u64>().is_ok().then_some(rest)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line.chars();
    while let Some(letter) = rest.next() {
        if letter == '\u{1b}' {
            // A colour runs from the escape to its `m`.
            for code in rest.by_ref() {
                if code == 'm' {
                    break;
                }
            }
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        for line in lines {
            tally.count(line);
        }
        (tally.passed, tally.failed)
    }

    #[test]
    fn results_of_cargo_test_are_summed() {
        let one = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.10s\n";
        let two = "test result: \u{1b}[31mFAILED\u{1b}[m. 4 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(tally(&[one, two]), (16, 2));
    }

    #[test]
    fn results_of_playwright_are_summed() {
        assert_eq!(
            tally(&["  1 failed\n", "    main_job.spec.ts:3:1 › story\n", "  1 flaky\n", "  7 passed (31.4s)\n"]),
            (7, 2)
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(tally(&["test a_ticket_is_taken ... ok\n", "3 warnings\n", "running 4 tests\n", ""]), (0, 0));
    }
}
