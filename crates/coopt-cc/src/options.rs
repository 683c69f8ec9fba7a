//! The options of clang that `coopt cc` must know.

/// The word behind which all are inputs.
pub(crate) const END_OF_OPTIONS: &str = "--";

/// Options that are followed by their value when they stand alone.
pub(crate) const TAKES_NEXT_WORD: [&str; 43] = [
    "-o",
    "--output",
    "-x",
    "-I",
    "-D",
    "-U",
    "-L",
    "-l",
    "-F",
    "-T",
    "-u",
    "-z",
    "-e",
    "-A",
    "-G",
    "-include",
    "-imacros",
    "-isystem",
    "-iquote",
    "-idirafter",
    "-iprefix",
    "-iwithprefix",
    "-iwithprefixbefore",
    "-isysroot",
    "-include-pch",
    "-MF",
    "-MT",
    "-MQ",
    "-MJ",
    "-Xclang",
    "-Xlinker",
    "-Xassembler",
    "-Xpreprocessor",
    "-Xanalyzer",
    "-mllvm",
    "-target",
    "--target",
    "--sysroot",
    "--param",
    "-arch",
    "-resource-dir",
    "-working-directory",
    "-rpath",
];

/// Options with which clang does not link a program.
pub(crate) const STOPS_BEFORE_LINK: [&str; 20] = [
    "-c",
    "-S",
    "-E",
    "-M",
    "-MM",
    "-fsyntax-only",
    "-###",
    "--analyze",
    "--precompile",
    "-emit-ast",
    "-dumpversion",
    "-dumpmachine",
    "--version",
    "--help",
    "-help",
    "--help-hidden",
    "--compile",
    "--assemble",
    "--preprocess",
    "-r",
];

/// Options by which clang or its linker makes a shared library.
pub(crate) const SHARED: [&str; 2] = ["-shared", "--shared"];

/// Options that keep clang from linking its libraries.
pub(crate) const LEAVES_LIBRARIES_OUT: [&str; 3] = ["-nostdlib", "-nodefaultlibs", "-nostdlib++"];

/// How options begin with which clang only prints something.
pub(crate) const PRINTS: [&str; 3] = ["-print-", "--print-", "--autocomplete="];

/// The words by which clang's internal front ends are called, before all others.
pub(crate) const FRONT_ENDS: [&str; 3] = ["-cc1", "-cc1as", "-cc1gen-reproducer"];
