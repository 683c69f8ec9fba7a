//! Every order in which two or three threads and the host can take their turns.

use std::cell::RefCell;

use crate::calls::{Call, World};
use crate::host::Script;

/// How many runs of a program there are at most.
const RUNS_MAX: u64 = 50_000;

/// What a thread does with standard input.
#[derive(Clone, Copy, Debug)]
enum Does {
    /// Reads pieces of up to so many bytes, to the end.
    Reads(u32),
    /// Polls without a time limit, then reads a byte; and so on, to the end.
    PollsAndReads,
    /// Polls once, with a time limit.
    PollsOnce,
}

/// The choices of one run: those to repeat, and then the first of each.
struct Choices {
    repeat: Vec<usize>,
    /// What was chosen, and of how many.
    made: Vec<(usize, usize)>,
}

impl Choices {
    fn choose(&mut self, count: usize) -> usize {
        let chosen = self.repeat.get(self.made.len()).copied().unwrap_or(0);
        self.made.push((chosen, count));
        chosen
    }

    /// The run after this one, in depth-first order.
    fn next(mut self) -> Option<Self> {
        while let Some((chosen, count)) = self.made.pop() {
            if chosen + 1 < count {
                let before = self.made.iter().map(|(chosen, _)| *chosen);
                let repeat = before.chain([chosen + 1]).collect();
                return Some(Self {
                    repeat,
                    made: Vec::new(),
                });
            }
        }
        None
    }
}

/// A thread: what it does, and the call that it is in.
struct Thread<'w> {
    number: u32,
    does: Does,
    call: Option<Call<'w>>,
    is_polling: bool,
}

/// The bytes that were read, in the order in which reads ended.
type Log = RefCell<Vec<u8>>;

impl<'w> Thread<'w> {
    fn begin(&mut self, world: &'w World) {
        self.is_polling = !matches!(self.does, Does::Reads(_)) && !self.is_polling;
        self.call = Some(match (self.is_polling, self.does) {
            (true, Does::PollsOnce) => world.poll(self.number, Some(10)),
            (true, _) => world.poll(self.number, None),
            (false, Does::Reads(len)) => world.read(self.number, len),
            (false, _) => world.read(self.number, 1),
        });
    }

    /// Takes note of the end of the call, and begins the next, if there is one.
    fn end(&mut self, world: &'w World, log: &Log) {
        self.call = None;
        if self.is_polling {
            let events = world.polled(self.number);
            assert!(!events.is_empty(), "an event at least");
            for (_, errno, tag, bytes, flags) in events {
                assert_eq!(errno, 0);
                assert!(tag == 0 || bytes > 0 || flags == 1, "nothing is there");
            }
            if !matches!(self.does, Does::PollsOnce) {
                self.begin(world);
            }
            return;
        }
        let got = world.got(self.number);
        log.borrow_mut().extend(&got);
        if !got.is_empty() {
            self.begin(world);
        }
    }

    fn can_go_on(&self, is_late: bool) -> bool {
        let has_time = is_late && self.is_polling && matches!(self.does, Does::PollsOnce);
        let call = self.call.as_ref();
        call.is_some_and(|call| call.is_woken() || has_time)
    }
}

/// What may happen next.
#[derive(Clone, Copy, Debug)]
enum Step {
    GoesOn(usize),
    /// The host ends the read that is under way, with so many bytes.
    Arrives(usize),
    Ends,
    TimePasses,
}

/// One run; it fails when a byte is lost or read twice, or a thread is stuck.
fn run(program: &[Does], bytes: &[u8], choices: &mut Choices) {
    let world = World::new(Script::new(&[]));
    let log = Log::default();
    let mut threads: Vec<_> = (0..)
        .zip(program)
        .map(|(number, does)| Thread {
            number,
            does: *does,
            call: None,
            is_polling: false,
        })
        .collect();
    for thread in &mut threads {
        thread.begin(&world);
    }
    let mut arrived = 0;
    let mut is_late = false;
    loop {
        let mut steps: Vec<_> = (0..threads.len())
            .filter(|index| threads[*index].can_go_on(is_late))
            .map(Step::GoesOn)
            .collect();
        if let Some((_, room)) = world.host.under_way.get() {
            let left = (bytes.len() - arrived).min(room as usize);
            steps.extend((1..=left).map(Step::Arrives));
            steps.extend((arrived == bytes.len()).then_some(Step::Ends));
        }
        let polls_once = |thread: &Thread<'_>| matches!(thread.does, Does::PollsOnce);
        if !is_late && threads.iter().any(|t| polls_once(t) && t.call.is_some()) {
            steps.push(Step::TimePasses);
        }
        let Some(step) = (!steps.is_empty()).then(|| steps[choices.choose(steps.len())]) else {
            break;
        };
        match step {
            Step::GoesOn(index) => {
                let call = threads[index].call.as_mut().expect("it can go on");
                if call.poll() {
                    threads[index].end(&world, &log);
                }
            }
            Step::Arrives(count) => {
                world.arrive(&bytes[arrived..arrived + count], false);
                arrived += count;
            }
            Step::Ends => world.arrive(b"", true),
            Step::TimePasses => {
                world.host.monotonic.set(5_000);
                is_late = true;
            }
        }
    }
    let stuck = threads.iter().filter(|thread| thread.call.is_some());
    assert_eq!(stuck.count(), 0, "nothing can happen, and a thread waits");
    let reads = program.iter().any(|does| !matches!(does, Does::PollsOnce));
    assert_eq!(&*log.borrow(), if reads { bytes } else { b"" });
}

/// Explores the runs of a program, to which `bytes` arrive in pieces. Returns whether these are all
/// that there are.
fn explore(program: &[Does], bytes: &[u8]) -> bool {
    let mut choices = Some(Choices {
        repeat: Vec::new(),
        made: Vec::new(),
    });
    let mut runs = 0;
    while let Some(mut this) = choices.take_if(|_| runs < RUNS_MAX) {
        run(program, bytes, &mut this);
        runs += 1;
        choices = this.next();
    }
    println!("{program:?}: {runs} runs");
    assert!(runs > 100, "the threads do not meet");
    choices.is_none()
}

#[test]
fn two_readers() {
    assert!(explore(&[Does::Reads(1), Does::Reads(2)], b"abc"));
}

#[test]
fn a_reader_beside_one_that_polls() {
    assert!(explore(&[Does::Reads(2), Does::PollsAndReads], b"abc"));
}

#[test]
fn two_that_poll() {
    assert!(explore(&[Does::PollsAndReads, Does::PollsAndReads], b"ab"));
}

#[test]
fn a_poll_that_ends_by_its_time_beside_a_reader() {
    assert!(explore(&[Does::PollsOnce, Does::Reads(1)], b"abc"));
}

#[test]
fn three_readers() {
    assert!(explore(&[Does::Reads(1); 3], b"ab"));
}

#[test]
fn one_of_each_kind() {
    explore(
        &[Does::PollsOnce, Does::PollsAndReads, Does::Reads(2)],
        b"ab",
    );
}
