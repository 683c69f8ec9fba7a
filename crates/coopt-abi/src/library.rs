//! What coopt-build finds of the C library in a linked module.

/// The name of the custom section that names the functions of library code (ARCHITECTURE.md, I6).
/// Set-up adds it to the objects of the C library. It holds an `i32` for each library function, relocated by
/// `R_WASM_FUNCTION_OFFSET_I32`. In the linked module that is the offset of the function's body,
/// in bytes from the start of the code section, or 0 for a function left out.
pub const SECTION: &str = "coopt.library";

/// The function that the thread layer exports, without parameters and results, which a thread calls
/// when its turn is over though it does not wait.
pub const TURN_OVER: &str = "__coopt_turn_over";
