//! The limits of engines, for everything that the merge enlarges.
//!
//! Validation has held the program to these limits, but the result is larger
//! than the program. Without these checks a program just below a limit would be
//! answered with [`Error::Internal`], as if the defect were ours.
//!
//! The numbers are wasmparser's, which validates the result. Engines agree on
//! most of them: <https://webassembly.github.io/spec/js-api/#limits>

use crate::error::Error;
use crate::module::count;
use crate::plan::Plan;
use crate::program::Program;

/// Bytes of a function body.
const BODY_BYTES_MAX: usize = 7_654_321;
/// Locals of a function, parameters included.
const LOCALS_MAX: u32 = 50_000;
/// Bytes of a module in a component.
const MODULE_BYTES_MAX: usize = 1 << 30;

/// Checks the counts that the plan alone tells.
pub fn check_plan(program: &Program<'_>, plan: &Plan) -> Result<(), Error> {
    let (module, runtime) = (&program.module, &plan.runtime);
    let own = u32::from(plan.threads);
    let declared = u32::from(!program.declared_by_export.is_empty());
    let functions = plan.first_generated() + count(plan.generated_names().count());
    for (what, found, max) in [
        ("types", plan.type_count(), 1_000_000),
        ("functions", functions, 1_000_000),
        (
            "tables",
            module.table_count + runtime.table_count + own,
            100,
        ),
        (
            "globals",
            count(module.globals.len() + runtime.globals.len() + plan.added_globals().count()),
            1_000_000,
        ),
        ("tags", module.tag_count + 1, 1_000_000),
        (
            "element segments",
            module.element_count + runtime.element_count + own + declared,
            100_000,
        ),
        (
            "data segments",
            module.data_segments + runtime.data_segments,
            100_000,
        ),
    ] {
        if found > max {
            return Err(Error::TooLarge {
                message: format!("{found} {what} (of {max})"),
            });
        }
    }
    Ok(())
}

/// Checks a lowered body, which was at `offset` of the input.
pub fn check_body(bytes: usize, local_count: u32, offset: usize) -> Result<(), Error> {
    let too_large = |found: usize, what, max: usize| {
        let message =
            format!("a function of {found} {what} (of {max}; at offset {offset:#x} of the input)");
        Err(Error::TooLarge { message })
    };
    if bytes > BODY_BYTES_MAX {
        return too_large(bytes, "bytes", BODY_BYTES_MAX);
    }
    if local_count > LOCALS_MAX {
        return too_large(local_count as usize, "locals", LOCALS_MAX as usize);
    }
    Ok(())
}

/// Checks a generated body. The program's mutable globals make a body large: each has a local where
/// it is saved, and `coopt.thread_start` repeats the initialisers, which may have any length.
pub fn check_generated(name: &str, bytes: usize, local_count: u32) -> Result<(), Error> {
    if local_count > LOCALS_MAX {
        let message = format!(
            "mutable globals for which `{name}` has {local_count} locals (of {LOCALS_MAX})"
        );
        return Err(Error::TooLarge { message });
    }
    if bytes > BODY_BYTES_MAX {
        let message = format!(
            "mutable globals whose initialisers make `{name}` {bytes} bytes (of {BODY_BYTES_MAX})"
        );
        return Err(Error::TooLarge { message });
    }
    Ok(())
}

/// Checks the size of a module or of a part of it.
pub fn check_module(bytes: usize) -> Result<(), Error> {
    if bytes > MODULE_BYTES_MAX {
        let message = format!("a module of {bytes} bytes (of {MODULE_BYTES_MAX})");
        return Err(Error::TooLarge { message });
    }
    Ok(())
}
