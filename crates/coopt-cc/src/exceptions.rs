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

/// The same for the linker, which compiles what comes from `clang -flto`. It takes all of them for
/// `longjmp`, too.
const LINKER: [&str; 4] = [
    "-Wl,-mllvm,-wasm-use-legacy-eh=false",
    "-Wl,-mllvm,-wasm-enable-sjlj",
    "-Wl,-mllvm,-wasm-enable-eh",
    "-Wl,-mllvm,-exception-model=wasm",
];

/// The words for a command line.
pub(crate) fn words(is_cxx: bool, links: bool) -> impl Iterator<Item = OsString> {
    let of_cxx = EXCEPTIONS_OF_CXX.iter().filter(move |_| is_cxx);
    let linker = LINKER.iter().filter(move |_| links);
    let words = EXCEPTIONS_OF_C.iter().chain(of_cxx).chain(linker);
    words.map(Into::into)
}
