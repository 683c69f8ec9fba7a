//! Words that other platforms' linkers take and wasm-ld does not know.
//!
//! Build systems write them without asking. They are dropped here if the program is
//! the same without them. Words that would change it (`-T`, `--defsym`) are left to
//! wasm-ld, which refuses them.

/// Words that are dropped for one reason.
struct Kind {
    /// Words without a value, or with one behind `=`.
    alone: &'static [&'static str],
    /// Words with a value, behind `=` or as the next word.
    with_value: &'static [&'static str],
}

/// wasm-ld looks into archives as often as it must, and refuses what is undefined.
const AS_WASM_LD_DOES: Kind = Kind {
    alone: &[
        "start-group",
        "end-group",
        "(",
        ")",
        "no-undefined",
        "nostdlib",
    ],
    with_value: &[],
};

/// There are no shared libraries: nothing to find, to name, to version or to show them.
const OF_SHARED_LIBRARIES: Kind = Kind {
    alone: &[
        "as-needed",
        "no-as-needed",
        "add-needed",
        "no-add-needed",
        "copy-dt-needed-entries",
        "no-copy-dt-needed-entries",
        "allow-shlib-undefined",
        "no-allow-shlib-undefined",
        "enable-new-dtags",
        "disable-new-dtags",
        "Bsymbolic",
        "Bsymbolic-functions",
        "no-dynamic-linker",
        "default-symver",
        "undefined-version",
        "no-undefined-version",
    ],
    with_value: &[
        "soname",
        "h",
        "rpath",
        "R",
        "rpath-link",
        "dynamic-linker",
        "I",
        "version-script",
        "dynamic-list",
        "exclude-libs",
    ],
};

/// A module has no ELF headers, segments or addresses.
const OF_ELF: Kind = Kind {
    alone: &[
        "pie",
        "pic-executable",
        "no-pie",
        "eh-frame-hdr",
        "no-eh-frame-hdr",
        "ld-generated-unwind-info",
        "no-ld-generated-unwind-info",
        "omagic",
        "no-omagic",
        "nmagic",
        "N",
        "n",
        "rosegment",
        "no-rosegment",
        "relax",
        "no-relax",
        "warn-rwx-segments",
        "no-warn-rwx-segments",
        "warn-execstack",
        "no-warn-execstack",
        "warn-shared-textrel",
    ],
    with_value: &["hash-style", "pack-dyn-relocs", "spare-dynamic-tags"],
};

/// They make the file smaller or the linker more talkative, but no other program.
const OF_TASTE: Kind = Kind {
    alone: &[
        "sort-common",
        "icf",
        "d",
        "dc",
        "dp",
        "x",
        "discard-all",
        "X",
        "discard-locals",
        "discard-none",
        "warn-common",
        "no-warn-common",
        "warn-once",
        "warn-mismatch",
        "no-warn-mismatch",
        "no-warn-search-mismatch",
        "cref",
        "stats",
        "print-memory-usage",
        "no-keep-memory",
        "reduce-memory-overheads",
        "no-threads",
        "gdb-index",
        "no-gdb-index",
    ],
    with_value: &[
        "sort-section",
        "compress-debug-sections",
        "package-metadata",
    ],
};

const KINDS: [Kind; 4] = [AS_WASM_LD_DOES, OF_SHARED_LIBRARIES, OF_ELF, OF_TASTE];

/// Values of `-z`, all about ELF; what they set has the value behind `=`.
const KEYWORDS_OF_ELF: [&str; 33] = [
    "relro",
    "norelro",
    "now",
    "lazy",
    "defs",
    "execstack",
    "noexecstack",
    "origin",
    "separate-code",
    "noseparate-code",
    "separate-loadable-segments",
    "max-page-size",
    "common-page-size",
    "combreloc",
    "nocombreloc",
    "text",
    "notext",
    "textoff",
    "nodelete",
    "nodlopen",
    "nodump",
    "nodefaultlib",
    "initfirst",
    "interpose",
    "global",
    "pack-relative-relocs",
    "ibt",
    "ibtplt",
    "shstk",
    "force-ibt",
    "cet-report",
    "start-stop-gc",
    "nostart-stop-gc",
];

/// Options of the driver itself that clang would call unused for this target.
const OF_THE_DRIVER: [&str; 8] = [
    "-rdynamic",
    "-pie",
    "-no-pie",
    "-nopie",
    "-static-pie",
    "-static-libgcc",
    "-shared-libgcc",
    "-static-libstdc++",
];

/// Whether clang would call the option unused.
pub(crate) fn is_dropped(option: &str) -> bool {
    OF_THE_DRIVER.contains(&option)
}

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

/// What becomes of an option of a linker.
enum Fate {
    Kept,
    Dropped,
    DroppedWithNext,
}

fn fate(word: &str) -> Fate {
    let name = match word.strip_prefix("--") {
        // `--x` is not `-x`.
        Some(name) if name.len() > 1 => name,
        Some(_) => return Fate::Kept,
        None => match word.strip_prefix('-') {
            Some(name) => name,
            None => return Fate::Kept,
        },
    };
    let (name, has_value) = match name.split_once('=') {
        Some((name, _)) => (name, true),
        None => (name, false),
    };
    let takes_value = KINDS.iter().any(|kind| kind.with_value.contains(&name));
    if takes_value && !has_value {
        Fate::DroppedWithNext
    } else if takes_value || KINDS.iter().any(|kind| kind.alone.contains(&name)) {
        Fate::Dropped
    } else {
        Fate::Kept
    }
}

fn is_keyword_of_elf(value: &str) -> bool {
    let name = value.split_once('=').map_or(value, |(name, _)| name);
    KEYWORDS_OF_ELF.contains(&name)
}

/// The keyword of `-znow`, if it is one that is not wasm-ld's.
fn keyword_attached(word: &str) -> Option<&str> {
    word.strip_prefix("-z")
        .filter(|keyword| is_keyword_of_elf(keyword) || *keyword == "muldefs")
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

    #[test]
    fn no_word_has_two_meanings() {
        let mut all: Vec<&str> = KINDS
            .iter()
            .flat_map(|kind| kind.alone.iter().chain(kind.with_value))
            .copied()
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
