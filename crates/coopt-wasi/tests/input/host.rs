//! A host that does what a test says, and the program's memory.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use coopt_wasi::{Host, Memory, Progress, Stream};

/// The handle of the stream of standard input.
pub const STDIN: Stream = Stream(5);

/// Where the page of a host that has one begins.
pub const PAGE: u32 = 65_536;

/// What the host does with a read when it begins.
#[derive(Clone, Debug)]
pub enum Step {
    /// It has these bytes.
    Bytes(&'static [u8]),
    /// It has these bytes, and no more.
    Last(&'static [u8]),
    /// They come later.
    Block,
}

/// A scripted host.
pub struct Script {
    memory: RefCell<Vec<u8>>,
    steps: RefCell<VecDeque<Step>>,
    /// Where the read that is under way puts its bytes, and how many at most.
    pub under_way: Cell<Option<(u32, u32)>>,
    pub opened: Cell<u32>,
    pub monotonic: Cell<u64>,
    pub has_page: bool,
}

impl Script {
    pub fn new(steps: &[Step]) -> Self {
        Self {
            memory: RefCell::new(vec![0; 2 * PAGE as usize]),
            steps: RefCell::new(steps.iter().cloned().collect()),
            under_way: Cell::new(None),
            opened: Cell::new(0),
            monotonic: Cell::new(1000),
            has_page: true,
        }
    }

    pub fn bytes(&self, address: u32, len: u32) -> Vec<u8> {
        let at = address as usize;
        self.memory.borrow()[at..at + len as usize].to_vec()
    }

    pub fn set(&self, address: u32, bytes: &[u8]) {
        let at = address as usize;
        self.memory.borrow_mut()[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Ends the read that is under way; what its event says.
    pub fn end(&self, bytes: &[u8], is_last: bool) -> u32 {
        let (address, len) = self.under_way.take().expect("a read is under way");
        assert!(bytes.len() <= len as usize, "more than was asked for");
        self.set(address, bytes);
        (bytes.len() as u32) << 4 | u32::from(is_last)
    }

    fn word<const N: usize>(&self, address: u32) -> [u8; N] {
        self.bytes(address, N as u32).try_into().expect("N bytes")
    }
}

impl Memory for Script {
    fn load8(&self, address: u32) -> u8 {
        self.word::<1>(address)[0]
    }

    fn load32(&self, address: u32) -> u32 {
        u32::from_le_bytes(self.word(address))
    }

    fn load64(&self, address: u32) -> u64 {
        u64::from_le_bytes(self.word(address))
    }

    fn store32(&self, address: u32, value: u32) {
        self.set(address, &value.to_le_bytes());
    }

    fn store64(&self, address: u32, value: u64) {
        self.set(address, &value.to_le_bytes());
    }

    fn copy(&self, to: u32, from: u32, len: u32) {
        let bytes = self.bytes(from, len);
        self.set(to, &bytes);
    }

    fn add_page(&self) -> Option<u32> {
        self.has_page.then_some(PAGE)
    }
}

impl Host for Script {
    fn open_stdin(&self) -> Stream {
        self.opened.set(self.opened.get() + 1);
        STDIN
    }

    fn read(&self, stream: Stream, address: u32, len: u32) -> Option<Progress> {
        assert_eq!(stream, STDIN);
        assert_eq!(self.under_way.get(), None, "two reads at a time");
        assert!(len > 0, "a read of no bytes says nothing");
        let step = self.steps.borrow_mut().pop_front();
        self.under_way.set(Some((address, len)));
        match step.unwrap_or(Step::Block) {
            Step::Bytes(bytes) => Progress::from_bits(self.end(bytes, false)),
            Step::Last(bytes) => Progress::from_bits(self.end(bytes, true)),
            Step::Block => None,
        }
    }

    fn monotonic(&self) -> u64 {
        self.monotonic.get()
    }

    fn realtime(&self) -> u64 {
        1_000_000 + self.monotonic.get()
    }
}
