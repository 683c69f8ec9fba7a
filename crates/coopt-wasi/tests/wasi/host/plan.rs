//! What the host does with the operations that begin.

use std::cell::RefCell;
use std::collections::VecDeque;

/// How an operation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It completes at once.
    Now,
    /// It blocks, until the test ends it.
    Later,
    /// A function does not even begin, until the test has it begin.
    LaterStart,
    /// A stream moves so many items at most.
    Part(u32),
    /// A stream moves so many items at most, and its other end is gone.
    Last(u32),
    /// A function fails with this `error-code`; the other end of a stream is gone for it.
    Fail(u8),
    /// A stream moves so many items at most, and then its other end is gone for this error.
    PartThenFail(u32, u8),
}

impl Step {
    /// How many items a stream moves at most.
    pub fn items_max(self) -> u32 {
        match self {
            Self::Part(max) | Self::Last(max) | Self::PartThenFail(max, _) => max,
            Self::Fail(_) => 0,
            Self::Now | Self::Later | Self::LaterStart => u32::MAX,
        }
    }

    /// How the stream's other end has gone, if it has.
    pub fn end(self) -> Option<Result<(), u8>> {
        match self {
            Self::Last(_) => Some(Ok(())),
            Self::Fail(error) | Self::PartThenFail(_, error) => Some(Err(error)),
            Self::Now | Self::Later | Self::LaterStart | Self::Part(_) => None,
        }
    }
}

/// The name of an operation: of a function in WIT, or "read", "write", "entries", "result";
/// of sockets "receive", "send", "probe" (a write of nothing), "accept".
pub type Name = &'static str;

/// What the host does with the operations that begin, and which did.
pub struct Plan {
    steps: RefCell<VecDeque<(Name, Step)>>,
    otherwise: RefCell<Box<dyn FnMut(Name) -> Step>>,
    begun: RefCell<Vec<Name>>,
}

impl Plan {
    /// Everything completes at once.
    pub fn new() -> Self {
        Self {
            steps: RefCell::default(),
            otherwise: RefCell::new(Box::new(|_| Step::Now)),
            begun: RefCell::default(),
        }
    }

    /// The next operations of this name go on like this.
    pub fn set(&self, name: Name, steps: &[Step]) {
        let steps = steps.iter().map(|step| (name, *step));
        self.steps.borrow_mut().extend(steps);
    }

    /// Every operation that nothing else is said of goes on as `step` says.
    pub fn otherwise(&self, step: impl FnMut(Name) -> Step + 'static) {
        *self.otherwise.borrow_mut() = Box::new(step);
    }

    /// Notes that an operation begins; how it goes on.
    pub fn next(&self, name: Name) -> Step {
        self.note(name);
        let mut steps = self.steps.borrow_mut();
        let place = steps.iter().position(|(other, _)| *other == name);
        match place.and_then(|place| steps.remove(place)) {
            Some((_, step)) => step,
            None => (self.otherwise.borrow_mut())(name),
        }
    }

    /// How something goes that returns at once: an error, if one was set.
    pub fn next_at_once(&self, name: Name) -> Step {
        self.note(name);
        let mut steps = self.steps.borrow_mut();
        let place = steps.iter().position(|(other, _)| *other == name);
        let step = place.and_then(|place| steps.remove(place));
        step.map_or(Step::Now, |(_, step)| step)
    }

    /// Notes that something begins which always completes at once.
    pub fn note(&self, name: Name) {
        self.begun.borrow_mut().push(name);
    }

    /// How many operations of this name have begun.
    pub fn count(&self, name: Name) -> usize {
        self.begun
            .borrow()
            .iter()
            .filter(|begun| **begun == name)
            .count()
    }

    /// Fails when a step was set that no operation took.
    pub fn assert_taken(&self) {
        let steps = self.steps.borrow();
        assert!(
            steps.is_empty(),
            "nothing began that was planned: {steps:?}"
        );
    }
}
