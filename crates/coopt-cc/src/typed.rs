//! What stands on the command line, as far as `coopt cc` must know it.
//!
//! `coopt cc` must know which options keep clang from linking, where the output
//! goes, and which options take the next word as their value: the `-c` of `-o -c`
//! is a file name. Other options need only be told from inputs.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use crate::error::Error;
use crate::foreign;
use crate::options::{
    END_OF_OPTIONS, FRONT_ENDS, LEAVES_LIBRARIES_OUT, PRINTS, SHARED, STOPS_BEFORE_LINK,
    TAKES_NEXT_WORD,
};
use crate::response::{self, ReadFile};

/// What stands on a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The words for clang: all but our options, and those of other linkers. Response
    /// files stand for their words if any of these is in them.
    pub for_clang: Vec<OsString>,
    /// Whether clang's internal front end is called, to which no word may be
    /// added.
    pub is_front_end: bool,
    /// Whether an option keeps clang from linking a program.
    pub stops_before_link: bool,
    /// The option that asks for a shared library, as typed.
    pub shared: Option<String>,
    /// Files to compile or link; `-` is standard input.
    pub inputs: Vec<OsString>,
    /// Whether there is `-l`, which is an input of a link.
    pub names_library: bool,
    /// The value of the last `-o`.
    pub output: Option<PathBuf>,
    /// The value of the last `--target`.
    pub target: Option<String>,
    /// Whether an option says that inputs are C++ (`-x c++`).
    pub says_cxx: bool,
    /// Whether an option keeps clang from linking its libraries.
    pub leaves_libraries_out: bool,
    /// The value of the last `--sysroot`.
    pub names_sysroot: Option<PathBuf>,
    /// The value of the last `--coopt-threads`.
    pub threads: Option<String>,
    /// The value of the last `--coopt-max-threads`.
    pub max_threads: Option<String>,
    /// The value of the last `--coopt-preempt`.
    pub preempt: Option<String>,
    /// The value of the last `--coopt-stack-check`.
    pub stack_check: Option<String>,
    /// The value of the last `--coopt-call-check`.
    pub call_check: Option<String>,
    /// The value of the last `--coopt-absent`.
    pub absent: Option<String>,
}

impl Typed {
    /// Reads a command line. `read_file` reads a response file (`@file`).
    ///
    /// # Errors
    ///
    /// [`Error::UnknownOption`] for an option that begins with `--coopt-` and is
    /// none of ours.
    pub fn read(words: &[OsString], read_file: &ReadFile<'_>) -> Result<Self, Error> {
        let mut typed = Self::default();
        let expanded = response::expand(words, read_file);
        let (ours, theirs): (Vec<_>, Vec<_>) = expanded.into_iter().partition(is_ours);
        for option in &ours {
            typed.read_ours(&option.to_string_lossy())?;
        }
        // To clang's front end, all words are its own.
        let first = theirs.first();
        typed.is_front_end = first.is_some_and(|word| FRONT_ENDS.iter().any(|name| word == name));
        let kept = match typed.is_front_end {
            true => theirs.clone(),
            false => foreign::without(&theirs),
        };
        let mut rest = kept.iter();
        while let Some(word) = rest.next() {
            typed.read_word(word, &mut rest);
        }
        // Response files are there because a command line has no room for their words.
        let (ours_beside_files, beside_files): (Vec<_>, Vec<_>) =
            words.iter().cloned().partition(is_ours);
        let files_stay = kept == theirs && ours.len() == ours_beside_files.len();
        typed.for_clang = if files_stay { beside_files } else { kept };
        Ok(typed)
    }

    /// Reads an option of ours.
    fn read_ours(&mut self, option: &str) -> Result<(), Error> {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let place = match name {
            "--coopt-threads" => &mut self.threads,
            "--coopt-max-threads" => &mut self.max_threads,
            "--coopt-preempt" => &mut self.preempt,
            "--coopt-stack-check" => &mut self.stack_check,
            "--coopt-call-check" => &mut self.call_check,
            "--coopt-absent" => &mut self.absent,
            _ => {
                return Err(Error::UnknownOption {
                    option: option.to_owned(),
                });
            }
        };
        *place = Some(value.to_owned());
        Ok(())
    }

    fn read_word<'a>(&mut self, word: &'a OsStr, rest: &mut impl Iterator<Item = &'a OsString>) {
        // Options are text; a file name may be other bytes.
        let text = word.to_string_lossy();
        if text == "-" || !text.starts_with('-') {
            self.inputs.push(word.to_owned());
        } else if text == END_OF_OPTIONS {
            self.inputs.extend(rest.cloned());
        } else if TAKES_NEXT_WORD.contains(&&*text) {
            if let Some(value) = rest.next() {
                self.read_option(&text, value);
            }
        } else if let Some((name, value)) = attached(&text) {
            self.read_option(name, OsStr::new(value));
        } else {
            self.leaves_libraries_out |= LEAVES_LIBRARIES_OUT.contains(&&*text);
            let prints = PRINTS.iter().any(|prefix| text.starts_with(prefix));
            self.stops_before_link |= prints || STOPS_BEFORE_LINK.contains(&&*text);
            self.note_shared(&text);
        }
    }

    fn read_option(&mut self, name: &str, value: &OsStr) {
        match name {
            "-o" | "--output" => self.output = Some(PathBuf::from(value)),
            "-target" | "--target" => self.target = Some(value.to_string_lossy().into_owned()),
            "--sysroot" => self.names_sysroot = Some(PathBuf::from(value)),
            "-l" => self.names_library = true,
            "-x" => self.says_cxx |= value.to_string_lossy().starts_with("c++"),
            "-Wl" | "-Xlinker" => {
                for word in value.to_string_lossy().split(',') {
                    self.stops_before_link |= ["-r", "--relocatable"].contains(&word);
                    self.note_shared(word);
                }
            }
            _ => {}
        }
    }

    fn note_shared(&mut self, word: &str) {
        if SHARED.contains(&word) {
            self.shared = Some(word.to_owned());
        }
    }
}

/// Whether the word is an option of ours.
fn is_ours(word: &OsString) -> bool {
    word.to_str()
        .is_some_and(|word| word.starts_with("--coopt-"))
}

/// The option and the value in one word, if the option matters here.
fn attached(word: &str) -> Option<(&str, &str)> {
    for (prefix, name) in [
        ("--target=", "--target"),
        ("--sysroot=", "--sysroot"),
        ("--output=", "--output"),
        ("-Wl,", "-Wl"),
    ] {
        if let Some(value) = word.strip_prefix(prefix) {
            return Some((name, value));
        }
    }
    let (name, value) = word.split_at_checked(2)?;
    // Options of clang begin with `-objcmt-`. They are no outputs.
    let is_output = name == "-o" && !value.starts_with("bj");
    // `-xnone` and its kin have no space, either. No other option of clang begins with `-x`.
    (is_output || ["-l", "-x"].contains(&name)).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Typed {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        Typed::read(&words, &|name| match name.to_str()? {
            "link.rsp" => Some(b"-o 'my program' a.o\n\"b c.o\" -DX=a\\ b".to_vec()),
            "compile.rsp" => Some(b"-c @again.rsp".to_vec()),
            "again.rsp" => Some(b"-o x.o x.c @again.rsp".to_vec()),
            "ours.rsp" => Some(b"a.o --coopt-threads=off".to_vec()),
            "gnu.rsp" => Some(b"-Wl,--start-group 'b c.a' -Wl,--end-group".to_vec()),
            _ => None,
        })
        .expect("the options of ours are right")
    }

    #[track_caller]
    fn assert_links(line: &str, links: bool) {
        assert_eq!(!read(line).stops_before_link, links, "{line}");
    }

    #[test]
    fn a_stop_before_the_link_is_seen() {
        for line in [
            "-c a.c",
            "a.c -c -o a.o",
            "-S a.c",
            "-E a.c",
            "-M a.c",
            "-MM a.c",
            "-fsyntax-only a.c",
            "--version",
            "-v --help",
            "-### a.c",
            "-dumpmachine",
            "-print-search-dirs",
            "-print-prog-name=ld",
            "--print-target-triple",
            "-r a.o b.o",
            "-Wl,-r a.o",
            "-Wl,--gc-sections,--relocatable a.o",
            "-Xlinker -r a.o",
            "@compile.rsp",
        ] {
            assert_links(line, false);
        }
    }

    #[test]
    fn a_value_that_looks_like_an_option_is_a_value() {
        for line in [
            "a.c -o -c",
            "-include -E a.c",
            "-MF -M -MD a.c",
            "-Xclang -E a.c",
            "-D -S a.c",
            "-MD a.c",
            "-MMD -MP a.c",
            "-Wl,-rpath,x a.c",
            "-Xlinker --retain a.c",
            "-x c -",
            "-Wall -O2 -g a.c -lm",
            "-std=c11 -pthread a.c",
            "@link.rsp",
        ] {
            assert_links(line, true);
        }
    }

    #[test]
    fn the_last_output_counts_attached_or_not() {
        for (line, output) in [
            ("a.c", None),
            ("-o x a.c", Some("x")),
            ("-ox a.c", Some("x")),
            ("-o x a.c -o y", Some("y")),
            ("--output=x a.c", Some("x")),
            ("-o y a.c --output x", Some("x")),
            ("-o x -- a.c -o", Some("x")),
            ("@link.rsp", Some("my program")),
            ("a.c -o", None),
        ] {
            assert_eq!(read(line).output, output.map(PathBuf::from), "{line}");
        }
    }

    #[test]
    fn inputs_are_told_from_values() {
        for (line, inputs) in [
            ("-I inc -L lib -isystem sys a.c b.o", &["a.c", "b.o"][..]),
            ("-x c - -o x", &["-"]),
            ("--target wasm32-wasi --sysroot s -T script a.c", &["a.c"]),
            ("-lfoo -l bar", &[]),
            ("@link.rsp", &["a.o", "b c.o"]),
            ("@missing.rsp", &["@missing.rsp"]),
        ] {
            let expected: Vec<OsString> = inputs.iter().map(OsString::from).collect();
            assert_eq!(read(line).inputs, expected, "{line}");
        }
        assert!(read("-lfoo").names_library && read("-l foo").names_library);
    }

    #[test]
    fn a_language_is_seen_in_every_spelling() {
        for (line, expected) in [
            ("-x c++ -", true),
            ("-xc++ - -x none a.o", true),
            ("-x c++-header h", true),
            ("-x c -", false),
            ("-Xclang -xc++", false),
        ] {
            assert_eq!(read(line).says_cxx, expected, "{line}");
        }
    }

    #[test]
    fn target_and_sysroot_are_seen_in_every_spelling() {
        for line in [
            "--target=t --sysroot=s",
            "--target t --sysroot s",
            "-target t --sysroot=s",
        ] {
            let typed = read(line);
            assert_eq!(typed.target.as_deref(), Some("t"), "{line}");
            assert_eq!(typed.names_sysroot, Some(PathBuf::from("s")), "{line}");
        }
    }

    #[test]
    fn our_options_are_ours_alone() {
        let typed = read("-O2 --coopt-threads=off a.c");
        assert_eq!(typed.threads.as_deref(), Some("off"));
        assert_eq!(typed.for_clang, ["-O2", "a.c"]);

        let typed = read("--coopt-max-threads=8 a.c --coopt-max-threads=9");
        assert_eq!(typed.max_threads.as_deref(), Some("9"));
        assert_eq!(typed.for_clang, ["a.c"]);

        for word in ["--coopt-thread=off", "--coopt-max-threadsx=1", "--coopt-"] {
            let unknown = Typed::read(&[word.into()], &|_| None);
            assert!(
                matches!(unknown, Err(Error::UnknownOption { .. })),
                "{word}"
            );
        }
    }

    #[test]
    fn the_front_end_is_recognised() {
        assert!(read("-cc1 -triple wasm32 a.c").is_front_end);
        assert!(!read("a.c -cc1").is_front_end);
    }

    #[test]
    fn clang_sees_response_files_as_typed() {
        assert_eq!(read("@link.rsp -g").for_clang, ["@link.rsp", "-g"]);
    }

    #[test]
    fn our_options_may_stand_in_a_response_file() {
        let typed = read("@ours.rsp -g");
        assert_eq!(typed.threads.as_deref(), Some("off"));
        assert_eq!(typed.for_clang, ["a.o", "-g"]);
        let typed = read("@link.rsp --coopt-threads=off -g");
        assert_eq!(typed.threads.as_deref(), Some("off"));
        assert_eq!(typed.for_clang, ["@link.rsp", "-g"]);
    }

    #[test]
    fn words_of_other_linkers_are_dropped_wherever_they_stand() {
        for (line, expected) in [
            ("-Wl,--start-group a.a -Wl,--end-group", &["a.a"][..]),
            (
                "-Wl,--as-needed,--gc-sections,-soname,x a.o",
                &["-Wl,--gc-sections", "a.o"],
            ),
            ("-Wl,--version-script -Wl,x.map a.o", &["a.o"]),
            ("-Xlinker --version-script -Xlinker x.map a.o", &["a.o"]),
            (
                "-Xlinker --gc-sections a.o",
                &["-Xlinker", "--gc-sections", "a.o"],
            ),
            ("-z now a.o", &["a.o"]),
            (
                "-Wl,-z,now,-z,stack-size=8 a.o",
                &["-Wl,-z,stack-size=8", "a.o"],
            ),
            ("-rdynamic -pie -fPIC a.o", &["-fPIC", "a.o"]),
            (
                "-include -pie a.c -- -pie",
                &["-include", "-pie", "a.c", "--", "-pie"],
            ),
            ("@gnu.rsp", &["b c.a"]),
        ] {
            assert_eq!(read(line).for_clang, expected, "{line}");
        }
        let typed = read("-z stack-size=8 a.o");
        assert_eq!(typed.for_clang[..2], ["-Xlinker", "-z"]);
        assert_eq!(typed.for_clang[2..4], ["-Xlinker", "stack-size=8"]);
    }

    #[test]
    fn a_shared_library_is_seen() {
        for (line, shared) in [
            ("-shared a.c", Some("-shared")),
            ("-fPIC a.o -Wl,-O1,--shared", Some("--shared")),
            ("-Xlinker -shared a.o", Some("-shared")),
            ("-o -shared a.c -Wl,-rpath,-shared", None),
        ] {
            assert_eq!(read(line).shared.as_deref(), shared, "{line}");
        }
    }

    #[test]
    fn no_words_are_no_words() {
        assert_eq!(read(""), Typed::default());
    }
}
