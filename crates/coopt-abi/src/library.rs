//! Which functions are library code: said by the objects of the C library that set-up makes, and
//! read by `coopt-build` in the linked module.

/// The custom section that says it: an `i32` for each function, relocated by
/// `R_WASM_FUNCTION_OFFSET_I32`. In the linked module that is where the function's body begins,
/// counted in bytes from the start of the code section, and 0 for one that was left out.
pub const SECTION: &str = "coopt.library";
