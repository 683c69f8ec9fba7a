//! What is dropped, and why.

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
pub(super) const OF_THE_DRIVER: [&str; 8] = [
    "-rdynamic",
    "-pie",
    "-no-pie",
    "-nopie",
    "-static-pie",
    "-static-libgcc",
    "-shared-libgcc",
    "-static-libstdc++",
];

/// What becomes of an option of a linker.
pub(super) enum Fate {
    /// wasm-ld is given it.
    Kept,
    /// It is dropped.
    Dropped,
    /// It is dropped, and so is the word behind it.
    DroppedWithNext,
}

/// What becomes of `word`.
pub(super) fn fate(word: &str) -> Fate {
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

/// Whether `-z` means something of ELF with this value.
pub(super) fn is_keyword_of_elf(value: &str) -> bool {
    let name = value.split_once('=').map_or(value, |(name, _)| name);
    KEYWORDS_OF_ELF.contains(&name)
}

/// The keyword of `-znow`, if it is one that is not wasm-ld's.
pub(super) fn keyword_attached(word: &str) -> Option<&str> {
    word.strip_prefix("-z")
        .filter(|keyword| is_keyword_of_elf(keyword) || *keyword == "muldefs")
}

#[cfg(test)]
mod tests {
    use super::*;

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
