//! `coopt cc` and `coopt c++`: clang, a thread-aware C library, one of C++, and a component at the end.
//!
//! The user's words reach clang in order, and all but a few (`foreign`) untouched. Our words go around
//! them: defaults first, so that the user's override them, and for a link the
//! name of a temporary output file at the end. So every option of clang works,
//! known here or not, and the output of a command that does not link is clang's
//! own.
//!
//! For the user:
//!
//! - Everything is compiled for [`TARGET`] with `-pthread`. The main thread has
//!   1 MiB of stack (`-Wl,-z,stack-size=BYTES`). Memory may grow to 4 GiB.
//! - A program without `-o` goes to `a.out`, as clang has it.
//! - `--coopt-threads=off` makes a component that any WASI 0.3 host runs, in
//!   which no thread can be created. `--coopt-max-threads=N` says how many
//!   threads may live at once, `--coopt-preempt=spins|loops|off` where the turn
//!   of a thread may end that does not wait. `--coopt-stack-check=off` leaves
//!   stacks unchecked, and `--coopt-call-check=off` calls by pointers. With
//!   `--coopt-absent=error` functions which always fail do not link. Only these
//!   options are not clang's.
//! - The compiler is `COOPT_CLANG`, else that of `WASI_SDK_PATH`, else the
//!   newest of `clang-22` to `clang-19`, else `clang`.
//! - The C library is `--sysroot`, else `COOPT_SYSROOT`, else that of
//!   `WASI_SDK_PATH`, else coopt's own: near coopt's executable, or in the
//!   user's data folder.
//! - `coopt c++` links as `clang++` does. `coopt cc` does so for what is C++ by
//!   its name or by `-x`. Exceptions and `setjmp` become the standard
//!   instructions of WebAssembly, which takes clang 20.
//! - Output of `-r` is clang's own, too. `-shared` is refused. Words of other
//!   platforms' linkers are dropped where the program is the same without them.
//!
//! The crate knows nothing of components: its caller says how a core module
//! becomes one ([`Componentize`]). The file of a component appears whole
//! ([`coopt_files`]).
//!
//! # Floors
//!
//! | floor | modules |
//! |---|---|
//! | words: the target, clang's options, exceptions, what can go wrong, where searches look | `lib`, `options`, `exceptions`, `error`, `hint`, `surroundings` |
//! | words of other linkers, words in files | `foreign`, `response` |
//! | what stands on the command line; which compiler; which C library | `typed`, `clang`, `sysroot` |
//! | what the command line means: the words for clang, and what follows; what build systems are told | `plan`, `toolchain` |
//! | where the component goes | `output` |
//! | the plan, carried out | `driver` |

mod clang;
mod driver;
mod error;
mod exceptions;
mod foreign;
mod hint;
mod options;
mod output;
mod plan;
mod response;
mod surroundings;
mod sysroot;
mod toolchain;
mod typed;

pub use self::clang::Clang;
pub use self::driver::{Componentize, Ended, run};
pub use self::error::Error;
pub use self::exceptions::{EXCEPTIONS_OF_C, EXCEPTIONS_OF_CXX};
pub use self::hint::Hint;
pub use self::plan::{Language, Plan, Preempt, Settings, Then, Threads};
pub use self::surroundings::Surroundings;
pub use self::sysroot::Sysroot;
pub use self::toolchain::{BuildSystem, toolchain};
pub use self::typed::Typed;

/// The target that everything is compiled for.
pub const TARGET: &str = "wasm32-wasip1-threads";

/// The folder beside the C library with one that lacks the functions that always fail, such as
/// `fork`.
pub const WITHOUT_ABSENT: &str = "without-absent";

/// The oldest release of clang that knows the target.
const CLANG_VERSION_MIN: u32 = 19;
