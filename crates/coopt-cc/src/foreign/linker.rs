//! The words for a linker, in order: values belong to the words before them.

use super::table::{Fate, fate, is_keyword_of_elf, keyword_attached};

/// What the linker's words are before which the next one stands.
#[derive(Default)]
enum Next {
    /// An option, an input, or a value that wasm-ld takes.
    #[default]
    Word,
    /// The value of a word that was dropped.
    DroppedValue,
    /// The value of `-z`.
    Keyword,
}

/// Reads the words for a linker, in order.
#[derive(Default)]
pub(crate) struct LinkerWords {
    next: Next,
    /// Whether all members of archives are linked.
    whole_archive: bool,
    /// The same at each `--push-state`, which wasm-ld does not know.
    pushed: Vec<bool>,
}

impl LinkerWords {
    /// What wasm-ld is given for `word`.
    pub(crate) fn translate(&mut self, word: &str) -> Vec<String> {
        match std::mem::take(&mut self.next) {
            Next::DroppedValue => Vec::new(),
            Next::Keyword if is_keyword_of_elf(word) => Vec::new(),
            Next::Keyword if word == "muldefs" => vec!["--allow-multiple-definition".to_owned()],
            Next::Keyword => vec!["-z".to_owned(), word.to_owned()],
            Next::Word => self.translate_option(word),
        }
    }

    fn translate_option(&mut self, word: &str) -> Vec<String> {
        match word {
            "-z" => self.next = Next::Keyword,
            "--push-state" | "-push-state" => self.pushed.push(self.whole_archive),
            "--pop-state" | "-pop-state" => {
                let before = self.pushed.pop().unwrap_or(self.whole_archive);
                if before != self.whole_archive {
                    self.whole_archive = before;
                    let no = if before { "" } else { "no-" };
                    return vec![format!("--{no}whole-archive")];
                }
            }
            _ => {
                if let Some(keyword) = keyword_attached(word) {
                    self.next = Next::Keyword;
                    return self.translate(keyword);
                }
                match fate(word) {
                    Fate::Kept => {
                        self.note_archives(word);
                        return vec![word.to_owned()];
                    }
                    Fate::Dropped => {}
                    Fate::DroppedWithNext => self.next = Next::DroppedValue,
                }
            }
        }
        Vec::new()
    }

    fn note_archives(&mut self, word: &str) {
        match word.trim_start_matches('-') {
            "whole-archive" => self.whole_archive = true,
            "no-whole-archive" => self.whole_archive = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_given(line: &str, expected: &str) {
        let mut words = LinkerWords::default();
        let given: Vec<String> = line
            .split_whitespace()
            .flat_map(|word| words.translate(word))
            .collect();
        assert_eq!(given.join(" "), expected, "{line}");
    }

    #[test]
    fn words_of_shared_libraries_and_elf_are_dropped() {
        for line in [
            "--start-group --end-group",
            "-( -)",
            "--as-needed --no-as-needed --no-undefined",
            "-soname x.so",
            "-soname=x.so --soname x.so -h x.so",
            "-rpath /x --rpath=/x --rpath-link /x",
            "--version-script v.map --version-script=v.map -version-script v.map",
            "-z relro -z now -znow -z max-page-size=4096",
            "--hash-style=gnu --hash-style both",
            "-pie --pie -x -X --icf=all --sort-common=descending",
        ] {
            assert_given(line, "");
        }
    }

    #[test]
    fn words_of_wasm_ld_are_kept() {
        for line in [
            "--gc-sections --build-id=sha1 --build-id",
            "-z stack-size=65536 -O2 -s -S",
            "-Map x.map --export=f --export g",
            "--whole-archive -lx --no-whole-archive",
            "--entry start a.o --x start-group",
            // These would change the program.
            "--defsym=f=g -T x.ld --nonsense",
        ] {
            assert_given(line, line);
        }
        assert_given("-z muldefs", "--allow-multiple-definition");
    }

    #[test]
    fn a_value_looks_like_whatever_it_looks_like() {
        assert_given("-soname --gc-sections --build-id", "--build-id");
    }

    #[test]
    fn the_state_of_archives_is_restored() {
        assert_given(
            "--push-state --whole-archive a --pop-state b",
            "--whole-archive a --no-whole-archive b",
        );
        assert_given(
            "--whole-archive --push-state --no-whole-archive a --pop-state",
            "--whole-archive --no-whole-archive a --whole-archive",
        );
        assert_given("--push-state --as-needed a --pop-state", "a");
        assert_given("--pop-state a", "a");
    }
}
