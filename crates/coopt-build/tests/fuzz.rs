//! A bounded, deterministic run of what `fuzz/` does without end: damaged real
//! modules and made-up ones.
//!
//! Whatever the input, the answer is a component that validates or an error
//! that is not [`Error::Internal`], and `inspect` gives an answer too. A
//! failure prints the seed: `COOPT_FUZZ_SEED=<seed>` runs that case alone.

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use arbitrary::Unstructured;
use coopt_build::{Error, Options, Preempt, Threads, componentize, inspect};
use support::Fixture;
use wasmparser::WasmFeatures;

/// The variable that asks for one case.
const SEED: &str = "COOPT_FUZZ_SEED";

fn is_one_case() -> bool {
    std::env::var_os(SEED).is_some()
}

/// Runs `case` for `count` seeds from 0, or for the seed asked for. Returns how
/// many modules were accepted.
fn for_seeds(count: u64, case: impl Fn(&mut Random) -> Vec<u8>) -> usize {
    let asked = std::env::var(SEED).ok();
    let asked: Option<u64> = asked.map(|seed| seed.parse().expect("the seed is a number"));
    let seeds = asked.map_or(0..count, |seed| seed..seed + 1);
    let mut accepted = 0;
    for seed in seeds {
        let wasm = case(&mut Random::new(seed));
        let threads = match seed % 2 {
            0 => Threads::On,
            _ => Threads::Off,
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&wasm, threads)));
        match outcome {
            Ok(Ok(was_accepted)) => accepted += usize::from(was_accepted),
            Ok(Err(defect)) => panic!("{SEED}={seed}: {defect}"),
            Err(_) => panic!("{SEED}={seed}: it panicked"),
        }
    }
    accepted
}

/// Whether `wasm` was accepted, or the defect it shows.
fn check(wasm: &[u8], threads: Threads) -> Result<bool, String> {
    if let Ok(inspection) = inspect(wasm) {
        let _ = inspection.to_string();
    }
    let features = match threads {
        Threads::On => support::HOST,
        Threads::Off => support::HOST.difference(WasmFeatures::CM_THREADING),
    };
    let mut accepted = false;
    for preempt in [Preempt::Spins, Preempt::Loops, Preempt::Off] {
        let options = Options {
            threads,
            preempt,
            ..Options::default()
        };
        accepted = match componentize(wasm, &options) {
            Ok(component) => support::validate(&component, features).map(|()| true)?,
            Err(error @ Error::Internal { .. }) => return Err(error.to_string()),
            Err(_) => false,
        };
    }
    Ok(accepted)
}

#[test]
fn damaged_modules() {
    let lowered = Fixture::all("lower");
    let modules: Vec<_> = lowered.iter().map(Fixture::wasm).collect();
    let makers = Makers::new();
    let accepted = for_seeds(3_000, |random| {
        let mut wasm = match random.below(2) {
            0 => random.pick(&modules).clone(),
            _ => makers.make(random),
        };
        for _ in 0..=random.below(3) {
            damage(&mut wasm, &modules, random);
        }
        wasm
    });
    // Some damage leaves a valid program, such as another name or constant.
    assert!(is_one_case() || accepted > 100, "{accepted}");
}

/// Changes, removes, repeats or transplants some bytes, or cuts the module off.
fn damage(wasm: &mut Vec<u8>, donors: &[Vec<u8>], random: &mut Random) {
    const HEADER: usize = 8;
    const INTERESTING: [u8; 8] = [0x00, 0x01, 0x0b, 0x40, 0x7f, 0x80, 0xfe, 0xff];
    if wasm.len() <= HEADER + 1 {
        return;
    }
    let at = HEADER + random.below(wasm.len() - HEADER);
    let end = at + random.below((wasm.len() - at).min(16));
    match random.below(6) {
        0 => wasm[at] ^= 1 << random.below(8),
        1 => wasm[at] = *random.pick(&INTERESTING),
        2 => drop(wasm.drain(at..end)),
        3 => {
            let piece = wasm[at..end].to_vec();
            wasm.splice(at..at, piece);
        }
        4 => {
            let donor = random.pick(donors);
            let from = random.below(donor.len());
            let to = from + random.below((donor.len() - from).min(32));
            wasm.splice(at..end, donor[from..to].iter().copied());
        }
        _ => wasm.truncate(at),
    }
}

#[test]
fn made_up_modules() {
    let makers = Makers::new();
    let accepted = for_seeds(600, |random| makers.make(random));
    assert!(is_one_case() || accepted > 300, "{accepted}");
}

/// What `wasm-smith` is told of programs.
struct Makers {
    imports: Vec<u8>,
    exports: Vec<u8>,
}

impl Makers {
    fn new() -> Self {
        let parse = |text| wat::parse_str(text).expect("the text is right");
        Self {
            imports: parse(IMPORTS),
            exports: parse(EXPORTS),
        }
    }

    /// A module with the imports and exports of a program.
    fn make(&self, random: &mut Random) -> Vec<u8> {
        let bytes: Vec<u8> = (0..2_048).map(|_| random.byte()).collect();
        let config = wasm_smith::Config {
            available_imports: Some(self.imports.clone()),
            exports: Some(self.exports.clone()),
            gc_enabled: false,
            wide_arithmetic_enabled: false,
            compact_imports_enabled: false,
            // A few modules have features that are refused.
            memory64_enabled: random.below(16) == 0,
            max_memories: if random.below(16) == 0 { 3 } else { 1 },
            ..wasm_smith::Config::default()
        };
        let module = wasm_smith::Module::new(config, &mut Unstructured::new(&bytes));
        module.expect("there are bytes enough").to_bytes()
    }
}

/// What a made-up module may import.
const IMPORTS: &str = r#"(module
    (import "wasi" "thread-spawn" (func (param i32) (result i32)))
    (import "coopt" "thread_exit" (func))
    (import "coopt" "thread_yield" (func))
    (import "coopt" "futex_wait" (func (param i32 i32 i32 i32 i64) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
    (import "env" "memory" (memory 1 65536 shared)))"#;

/// What a made-up module exports.
const EXPORTS: &str = r#"(module
    (func (export "_start"))
    (func (export "wasi_thread_start") (param i32 i32)))"#;

/// `xorshift64*`: the same numbers everywhere and for ever.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("it is small");
        usize::try_from(self.next() % end).expect("it is below a usize")
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
