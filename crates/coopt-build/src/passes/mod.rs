//! The passes over the code of a program, one file each, and their order.
//!
//! To add one: its file here, its line in [`enabled`], an option if it can be switched. The rules
//! that passes keep are those of [`crate::rewrite`].

mod atomics;
mod calls;
mod in_place;
mod lookups;
mod pointers;
mod stack;
mod turns;

use crate::options::{Options, Preempt};
use crate::plan::layout::has_threads;
use crate::program::Program;
use crate::rewrite::Pass;

/// The passes that change a program, in their order. A pass is offered the instructions that no
/// earlier pass has replaced (W2).
pub fn enabled(program: &Program<'_>, options: &Options) -> Vec<Box<dyn Pass>> {
    let mut passes: Vec<Box<dyn Pass>> = Vec::new();
    if options.preempt != Preempt::Off && has_threads(program, options) {
        let turns = turns::Turns::new(options.preempt == Preempt::Loops);
        if turns.has_work(program) {
            passes.push(Box::new(turns));
        }
    }
    if options.stack_check {
        let check = stack::StackCheck::new(program, has_threads(program, options));
        passes.extend(check.map(|check| Box::new(check) as Box<dyn Pass>));
    }
    if options.call_check {
        let pointers = pointers::Pointers::new(program);
        passes.extend(pointers.map(|pointers| Box::new(pointers) as Box<dyn Pass>));
    }
    if options.waits_in_place {
        passes.push(Box::new(in_place::InPlace::new(program)));
    }
    passes.push(Box::new(lookups::Lookups));
    passes.push(Box::new(calls::Calls));
    passes.push(Box::new(atomics::Atomics));
    passes
}
