//! The words by which clang compiles exceptions and `longjmp` to the standard instructions of
//! WebAssembly. Unasked, clang writes those of an earlier draft, which few engines run.

use std::ffi::OsString;

/// The oldest release of clang that writes the standard instructions.
pub(crate) const CLANG_WITH_EXCEPTIONS: u32 = 20;

/// What C needs for `setjmp`. Code that does not call it is the same without these words.
pub const EXCEPTIONS_OF_C: [&str; 4] = [
    "-mllvm",
    "-wasm-use-legacy-eh=false",
    "-mllvm",
    "-wasm-enable-sjlj",
];

/// What C++ needs for `throw` and `catch`, besides.
pub const EXCEPTIONS_OF_CXX: [&str; 1] = ["-fwasm-exceptions"];

/// The same for the linker, which compiles what comes from `clang -flto`.
const LINKER_OF_C: [&str; 2] = [
    "-Wl,-mllvm,-wasm-use-legacy-eh=false",
    "-Wl,-mllvm,-wasm-enable-sjlj",
];
const LINKER_OF_CXX: [&str; 2] = [
    "-Wl,-mllvm,-wasm-enable-eh",
    "-Wl,-mllvm,-exception-model=wasm",
];

/// The words for a command line.
pub(crate) fn words(is_cxx: bool, links: bool) -> impl Iterator<Item = OsString> {
    let of_cxx = EXCEPTIONS_OF_CXX.iter().filter(move |_| is_cxx);
    let linker_of_c = LINKER_OF_C.iter().filter(move |_| links);
    let linker_of_cxx = LINKER_OF_CXX.iter().filter(move |_| links && is_cxx);
    let words = EXCEPTIONS_OF_C.iter().chain(of_cxx);
    words
        .chain(linker_of_c)
        .chain(linker_of_cxx)
        .map(Into::into)
}
