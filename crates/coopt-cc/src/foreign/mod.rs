//! Words that other platforms' linkers take and wasm-ld does not know.
//!
//! Build systems write them without asking. They are dropped here if the program is
//! the same without them. Words that would change it (`-T`, `--defsym`) are left to
//! wasm-ld, which refuses them.
//!
//! ```text
//! table    what is dropped, and why
//! linker   the words for a linker, in order
//! ```

mod linker;
mod table;

use std::ffi::OsString;

use self::linker::LinkerWords;
use self::table::OF_THE_DRIVER;
use crate::options::{END_OF_OPTIONS, TAKES_NEXT_WORD};

/// The words, without those that other platforms' linkers take.
pub(crate) fn without(words: &[OsString]) -> Vec<OsString> {
    let mut kept = Vec::new();
    let mut linker = LinkerWords::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        // The options in question are text.
        let text = word.to_str().unwrap_or_default();
        if text == END_OF_OPTIONS {
            kept.push(word.clone());
            kept.extend(words.by_ref().cloned());
        } else if let Some(list) = text.strip_prefix("-Wl,") {
            let given: Vec<String> = list
                .split(',')
                .flat_map(|word| linker.translate(word))
                .collect();
            if !given.is_empty() {
                kept.push(format!("-Wl,{}", given.join(",")).into());
            }
        } else if ["-Xlinker", "-z"].contains(&text) {
            let Some(value) = words.next() else {
                kept.push(word.clone());
                break;
            };
            match value.to_str() {
                Some(value) => kept.extend(for_linker(&mut linker, text, value)),
                None => kept.extend([word, value].map(Clone::clone)),
            }
        } else if TAKES_NEXT_WORD.contains(&text) {
            kept.push(word.clone());
            kept.extend(words.next().cloned());
        } else if !OF_THE_DRIVER.contains(&text) {
            kept.push(word.clone());
        }
    }
    kept
}

/// The words for the value of `-Xlinker` or `-z`.
fn for_linker(linker: &mut LinkerWords, option: &str, value: &str) -> Vec<OsString> {
    let mut given = Vec::new();
    if option == "-z" {
        given.extend(linker.translate("-z"));
    }
    given.extend(linker.translate(value));
    let words = given.into_iter();
    words
        .flat_map(|word| ["-Xlinker".into(), word.into()])
        .collect()
}
