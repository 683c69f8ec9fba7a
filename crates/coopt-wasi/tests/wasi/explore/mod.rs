//! Every order in which two or three threads and the host can take their turns.

mod files;
mod input;
mod pipes;
mod sockets;

use coopt_sim::{Explorer, World as Choices};

use crate::call::Call;
use crate::host::{Name, Operation, Step};
use crate::sockets::Accepting;
use crate::world::{Polling, Reading, World, Writing};

/// A call that a thread is in.
enum Doing {
    Read(Reading),
    Poll(Polling),
    Write(Writing),
    Accept(Accepting),
}

impl Doing {
    fn call(&mut self) -> &mut Call {
        match self {
            Self::Read(reading) => &mut reading.call,
            Self::Poll(polling) => &mut polling.call,
            Self::Write(writing) => &mut writing.call,
            Self::Accept(accepting) => &mut accepting.call,
        }
    }

    fn as_call(&self) -> &Call {
        match self {
            Self::Read(reading) => &reading.call,
            Self::Poll(polling) => &polling.call,
            Self::Write(writing) => &writing.call,
            Self::Accept(accepting) => &accepting.call,
        }
    }
}

/// What the threads of a world do.
trait Program {
    fn world(&self) -> &World;

    /// How many threads there are.
    fn threads(&self) -> usize;

    /// Begins the next call of a thread; `None` when there is none.
    fn begin(&mut self, thread: usize) -> Option<Doing>;

    /// Takes note of the end of a thread's call.
    fn end(&mut self, thread: usize, doing: Doing);

    /// How an operation of the host may end now.
    fn ends(&self, operation: Operation) -> Vec<Step>;

    /// Whether a thread's call may go on that nothing has been told to: its time has come.
    fn is_late(&self, _: usize) -> bool {
        false
    }

    /// Whether time may pass. It does so once.
    fn can_time_pass(&self) -> bool {
        false
    }

    fn time_passes(&mut self) {}

    /// Whether a thread may be interrupted in its call.
    fn can_be_interrupted(&self, _: usize) -> bool {
        false
    }

    /// Takes note of an interruption.
    fn interrupted(&mut self, _: usize) {}
}

/// What may happen next.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Begins(usize),
    GoesOn(usize),
    Interrupted(usize),
    /// The host ends an operation.
    Completes(u32, Step),
    /// The event of an operation's end is delivered.
    Delivered(u32),
    TimePasses,
}

/// What a thread is at.
enum Thread {
    Between,
    In {
        doing: Doing,
        /// Whether the call has gone on for its time.
        was_late: bool,
    },
    Ended,
}

/// One run of a program.
struct Run<'p> {
    program: &'p mut dyn Program,
    threads: Vec<Thread>,
}

impl<'p> Run<'p> {
    fn new(program: &'p mut dyn Program) -> Self {
        program
            .world()
            .host()
            .plan
            .otherwise(|name: Name| match name {
                "read" | "write" | "result" | "receive" | "send" | "accept" => Step::Later,
                _ => Step::Now,
            });
        let threads = (0..program.threads()).map(|_| Thread::Between).collect();
        Self { program, threads }
    }

    /// Lets everything happen in the order that is chosen, until all threads have ended.
    fn go(&mut self, choices: &Choices) {
        const TURNS_MAX: u32 = 500;
        let mut turns_left = 0..TURNS_MAX;
        while self
            .threads
            .iter()
            .any(|thread| !matches!(thread, Thread::Ended))
        {
            assert!(turns_left.next().is_some(), "the run does not end");
            let turns = self.turns();
            assert!(!turns.is_empty(), "nothing can happen, and a thread waits");
            self.take(turns[choices.choose(turns.len())]);
        }
    }

    fn turns(&self) -> Vec<Turn> {
        let host = self.program.world().host();
        let mut turns = Vec::new();
        for (index, thread) in self.threads.iter().enumerate() {
            turns.extend(match thread {
                Thread::Between => Some(Turn::Begins(index)),
                Thread::In { doing, was_late } => {
                    let is_late = !was_late && self.program.is_late(index);
                    let can_go_on = doing.as_call().is_woken() || is_late;
                    can_go_on.then_some(Turn::GoesOn(index))
                }
                Thread::Ended => None,
            });
        }
        for (waitable, operation) in host.under_way() {
            if !host.can_end(waitable) {
                continue;
            }
            let ends = self.program.ends(operation).into_iter();
            turns.extend(ends.map(|step| Turn::Completes(waitable, step)));
        }
        let interruptible =
            (0..self.threads.len()).filter(|thread| self.can_be_interrupted(*thread));
        turns.extend(interruptible.map(Turn::Interrupted));
        turns.extend(host.undelivered().into_iter().map(Turn::Delivered));
        turns.extend(self.program.can_time_pass().then_some(Turn::TimePasses));
        turns
    }

    fn can_be_interrupted(&self, thread: usize) -> bool {
        let is_waiting = match &self.threads[thread] {
            Thread::In { doing, .. } => !doing.as_call().is_interrupted(),
            Thread::Between | Thread::Ended => false,
        };
        is_waiting && self.program.can_be_interrupted(thread)
    }

    fn take(&mut self, turn: Turn) {
        let host = self.program.world().host();
        match turn {
            Turn::Begins(thread) => {
                self.threads[thread] = match self.program.begin(thread) {
                    Some(doing) => Thread::In {
                        doing,
                        was_late: false,
                    },
                    None => Thread::Ended,
                };
                self.settle(thread);
            }
            Turn::GoesOn(thread) => {
                if let Thread::In { doing, was_late } = &mut self.threads[thread] {
                    *was_late |= !doing.as_call().is_woken();
                    doing.call().poll();
                }
                self.settle(thread);
            }
            Turn::Interrupted(thread) => {
                let flag = &self.program.world().wasi.interrupted;
                if let Thread::In { doing, .. } = &mut self.threads[thread] {
                    doing.call().interrupt(flag);
                }
                self.program.interrupted(thread);
            }
            Turn::Completes(waitable, step) => host.complete(waitable, step),
            Turn::Delivered(waitable) => host.deliver(waitable),
            Turn::TimePasses => self.program.time_passes(),
        }
    }

    /// Takes note of a call that has ended.
    fn settle(&mut self, thread: usize) {
        let has_ended = match &mut self.threads[thread] {
            Thread::In { doing, .. } => doing.call().has_ended(),
            Thread::Between | Thread::Ended => false,
        };
        if !has_ended {
            return;
        }
        let ended = std::mem::replace(&mut self.threads[thread], Thread::Between);
        if let Thread::In { doing, .. } = ended {
            self.program.end(thread, doing);
        }
    }
}

/// Explores the runs of a program, and fails when some are left out.
fn explore_all(label: &str, run: &dyn Fn(&Choices)) {
    let report = Explorer::model(label).exhaustive(usize::MAX, u64::MAX, run);
    // A replay of one run says nothing of the others.
    assert!(report.complete || report.schedules == 0);
}

/// Explores runs of a program that has too many: the first of all, and some at random.
fn explore_some(label: &str, run: &dyn Fn(&Choices)) {
    const RUNS_MAX: u64 = 8_000;
    explore_up_to(RUNS_MAX, label, run);
}

/// Explores so many runs of both kinds: of a program whose runs take long.
fn explore_up_to(runs_max: u64, label: &str, run: &dyn Fn(&Choices)) {
    let explorer = Explorer::model(label);
    explorer.exhaustive(usize::MAX, runs_max, run);
    explorer.random(runs_max, run);
}
