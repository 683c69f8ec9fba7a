//! Generated modules with every atomic instruction of the threads proposal, in
//! every width.
//!
//! `wat/atomics_values.expected` is what one of the modules prints: for each
//! instruction a hash over its results and over the memory after it. Node runs the
//! instructions themselves and must print the same as coopt, which lowers them to
//! plain instructions.

use std::fmt::Write as _;
use std::path::Path;

use crate::expectation::Expectation;
use crate::file::read_file;
use crate::program::{Language, Program};

/// Widths of an access in bits, for each type of the value.
const TYPES: [(&str, &[u32]); 2] = [("i32", &[32, 8, 16]), ("i64", &[64, 8, 16, 32])];

const OPERATORS: [&str; 6] = ["add", "sub", "and", "or", "xor", "xchg"];

/// What an instruction takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Load,
    Store,
    /// A read-modify-write.
    Modify,
    CompareExchange,
}

/// An atomic instruction.
#[derive(Clone, Debug)]
struct Instruction {
    name: String,
    shape: Shape,
    value: &'static str,
    width_bits: u32,
}

/// Every atomic access. Waits, notifications and the fence have hand-written
/// tests, because values do not matter to them.
fn instructions() -> Vec<Instruction> {
    let mut all = Vec::new();
    for (value, widths) in TYPES {
        for &width_bits in widths {
            let full = value.ends_with(&width_bits.to_string());
            let width = if full {
                String::new()
            } else {
                width_bits.to_string()
            };
            let sign = if full { "" } else { "_u" };
            let mut add = |name, shape| {
                all.push(Instruction {
                    name,
                    shape,
                    value,
                    width_bits,
                });
            };
            add(format!("{value}.atomic.load{width}{sign}"), Shape::Load);
            add(format!("{value}.atomic.store{width}"), Shape::Store);
            for operator in OPERATORS {
                add(
                    format!("{value}.atomic.rmw{width}.{operator}{sign}"),
                    Shape::Modify,
                );
            }
            add(
                format!("{value}.atomic.rmw{width}.cmpxchg{sign}"),
                Shape::CompareExchange,
            );
        }
    }
    // 7 widths; a load, a store, six operators and a compare-exchange for each.
    assert_eq!(all.len(), 7 * 9);
    all
}

/// The generated programs.
///
/// # Errors
/// A text, when a file of expected output cannot be read.
pub fn programs(root: &Path, print: &str) -> Result<Vec<Program>, String> {
    let mut programs = vec![hashes(root, print)?];
    for instruction in instructions() {
        // The traps of an instruction do not depend on the operator.
        let is_first = !instruction.name.contains("rmw") || instruction.name.contains("add");
        if is_first || instruction.shape == Shape::CompareExchange {
            programs.push(out_of_bounds(root, print, &instruction));
            if instruction.width_bits > 8 {
                programs.push(unaligned(root, print, &instruction));
            }
        }
    }
    Ok(programs)
}

/// One module that runs every instruction on many values.
fn hashes(root: &Path, print: &str) -> Result<Program, String> {
    let file = root.join("tests/wat/atomics_values.expected");
    let all = instructions();
    let mut body = String::from(HASH_FUNCTIONS);
    let (mut names, mut calls) = (String::new(), String::new());
    for (number, instruction) in all.iter().enumerate() {
        let name = format!("{} ", instruction.name);
        // Writing to a string does not fail.
        let _ = writeln!(body, "{}", hash_function(number, instruction));
        let _ = writeln!(
            calls,
            "    (call $print_text (i32.const {}) (i32.const {}))\n    (call $print_hex (call $test{number}))",
            NAMES + names.len(),
            name.len()
        );
        names += &name;
    }
    let _ = writeln!(body, "  (data (i32.const {NAMES}) \"{names}\")");
    let stdout = read_file(&file)?;
    Ok(program(
        "atomics_values",
        file,
        &module(print, &body, &calls),
        Expectation {
            stdout,
            ..Expectation::default()
        },
    ))
}

/// Where the names of the instructions lie.
const NAMES: usize = 1024;

/// The 64 bytes that instructions work on begin at 256. `$next` returns
/// pseudo-random numbers: a linear congruential generator, with the upper half
/// first. One number in four has 7 bits, so that narrow comparisons succeed.
const HASH_FUNCTIONS: &str = r"
  (global $seed (mut i64) (i64.const 1))
  (global $hash (mut i64) (i64.const 0))
  (func $next (result i64)
    (local $value i64)
    (global.set $seed (i64.add (i64.mul (global.get $seed) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
    (local.set $value (i64.rotl (global.get $seed) (i64.const 32)))
    (if (result i64) (i64.eqz (i64.and (global.get $seed) (i64.const 0x3000000000)))
      (then (i64.and (local.get $value) (i64.const 0x7f)))
      (else (local.get $value))))
  (func $mix (param $value i64)
    (global.set $hash (i64.mul (i64.xor (i64.rotl (global.get $hash) (i64.const 23)) (local.get $value)) (i64.const 0x9e3779b97f4a7c15))))
  (func $begin
    (local $at i32)
    (global.set $hash (i64.const 0))
    (loop $next
      (i64.store offset=256 (local.get $at) (call $next))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 64)))))
  (func $end (result i64)
    (local $at i32)
    (loop $next
      (call $mix (i64.load offset=256 (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 64))))
    (global.get $hash))
";

/// A function that applies `instruction` a hundred times and returns the hash.
fn hash_function(number: usize, instruction: &Instruction) -> String {
    let Instruction {
        name,
        shape,
        value,
        width_bits,
    } = instruction;
    let (wrap, extend) = match *value {
        "i32" => ("i32.wrap_i64", "i64.extend_i32_u"),
        _ => ("", ""),
    };
    let operand = format!("({wrap} (call $next))");
    let operand = if wrap.is_empty() {
        "(call $next)".to_owned()
    } else {
        operand
    };
    let at = "offset=256 (local.get $at)";
    let result = |code: String| {
        if extend.is_empty() {
            code
        } else {
            format!("({extend} {code})")
        }
    };
    let step = match shape {
        Shape::Load => format!("(call $mix {})", result(format!("({name} {at})"))),
        Shape::Store => format!("({name} {at} {operand})"),
        Shape::Modify => format!("(call $mix {})", result(format!("({name} {at} {operand})"))),
        // Every other time the expected value is the one in memory, so that
        // the exchange happens.
        Shape::CompareExchange => {
            let load = load_of(value, *width_bits);
            let expected =
                format!("(select ({load} {at}) {operand} (i32.and (local.get $i) (i32.const 1)))");
            format!(
                "(call $mix {})",
                result(format!("({name} {at} {expected} {operand})"))
            )
        }
    };
    let slots = 64 / (width_bits / 8) - 1;
    let shift = (width_bits / 8).trailing_zeros();
    format!(
        "  (func $test{number} (result i64)\n    (local $i i32) (local $at i32)\n    (call $begin)\n    (loop $again\n      \
         (local.set $at (i32.shl (i32.and (i32.wrap_i64 (call $next)) (i32.const {slots})) (i32.const {shift})))\n      \
         {step}\n      (local.set $i (i32.add (local.get $i) (i32.const 1)))\n      \
         (br_if $again (i32.lt_u (local.get $i) (i32.const 100))))\n    (call $end))"
    )
}

/// The plain load of the same width.
fn load_of(value: &str, width_bits: u32) -> String {
    if value.ends_with(&width_bits.to_string()) {
        format!("{value}.load")
    } else {
        format!("{value}.load{width_bits}_u")
    }
}

/// A module with `instruction` at an address that its width does not divide: a trap.
fn unaligned(root: &Path, print: &str, instruction: &Instruction) -> Program {
    let half = instruction.width_bits / 8 / 2;
    let code = access(instruction, 256 + half, 0);
    trapping(root, print, "unaligned", instruction, &code)
}

/// A module with `instruction` at 2^32, which address and offset reach together: a trap.
fn out_of_bounds(root: &Path, print: &str, instruction: &Instruction) -> Program {
    let code = access(instruction, 0xffff_fff8, 8);
    trapping(root, print, "out_of_bounds", instruction, &code)
}

fn access(instruction: &Instruction, address: u32, offset: u32) -> String {
    let Instruction {
        name, shape, value, ..
    } = instruction;
    let operand = format!("({value}.const 0)");
    let address = format!("offset={offset} (i32.const {address})");
    match shape {
        Shape::Load => format!("(drop ({name} {address}))"),
        Shape::Store => format!("({name} {address} {operand})"),
        Shape::Modify => format!("(drop ({name} {address} {operand}))"),
        Shape::CompareExchange => format!("(drop ({name} {address} {operand} {operand}))"),
    }
}

fn trapping(
    root: &Path,
    print: &str,
    what: &str,
    instruction: &Instruction,
    code: &str,
) -> Program {
    let name = format!("atomics_{what}/{}", instruction.name);
    let file = root.join("tests/wat").join(&name);
    let calls = format!("    (call $print (i32.const 1))\n    {code}\n");
    program(
        &name,
        file,
        &module(print, "", &calls),
        Expectation {
            exit: i32::from(TRAP),
            stdout: "1\n".to_owned(),
            ..Expectation::default()
        },
    )
}

/// The exit code of a program that trapped.
const TRAP: u8 = 134;

fn module(print: &str, body: &str, calls: &str) -> String {
    format!(
        "(module\n  (import \"env\" \"memory\" (memory 1 1 shared))\n  \
         (import \"wasi_snapshot_preview1\" \"fd_write\" (func $fd_write (param i32 i32 i32 i32) (result i32)))\n  \
         (export \"memory\" (memory 0))\n{print}{body}  (func (export \"_start\")\n{calls}))\n"
    )
}

fn program(
    name: &str,
    file: std::path::PathBuf,
    source: &str,
    expectation: Expectation,
) -> Program {
    Program {
        name: format!("wat/{name}"),
        file,
        source: source.to_owned(),
        language: Language::Wat,
        expectation,
    }
}
