//! What is not files: clocks, random bytes, surroundings, standard streams.

use std::collections::VecDeque;
use std::thread;

use coopt_wasi::{Clocks, Memory as _, Random, Span, Stdio, Surroundings};

use super::Script;
use super::handles::{Kind, Sink, Source};

/// What comes by standard input.
#[derive(Debug, Default)]
pub struct Input {
    /// What has come and not been read.
    pub bytes: VecDeque<u8>,
    /// How it ends, if it does.
    pub end: Option<Result<(), u8>>,
    /// Whether the end comes with the last bytes, and not behind them.
    pub ends_with_last: bool,
    /// What comes as a read is cancelled.
    pub on_cancel: Vec<u8>,
}

/// The size of the result of a stream of `wasi:cli`.
const RESULT_SIZE: u32 = 2;

impl Clocks for Script {
    fn monotonic_now(&self) -> u64 {
        self.monotonic.get()
    }

    fn monotonic_resolution(&self) -> u64 {
        7
    }

    fn system_now(&self, to: u32) {
        self.store_instant(to, self.realtime.get());
    }

    fn system_resolution(&self) -> u64 {
        9
    }
}

impl Random for Script {
    /// The bytes count up from 1.
    fn random_bytes(&self, len: u64, to: u32) {
        let len = u32::try_from(len).expect("no more than there is memory");
        let len = len.min(self.random_max.get());
        if self.random_elsewhere.get() {
            // A list that is longer than what was asked for goes elsewhere.
            let before = self.realloc(1, len + 64);
            let span = Span::new(before, len + 64);
            let at = self.wasi().scratch.realloc(self, span, 1, len);
            self.store32(to, at.expect("room"));
        } else {
            let at = self.realloc(1, len);
            self.store32(to, at);
        }
        let bytes: Vec<u8> = (1..=len).map(|byte| byte as u8).collect();
        self.memory.set(self.load32(to), &bytes);
        self.store32(to + 4, len);
    }
}

impl Surroundings for Script {
    fn arguments(&self, to: u32) {
        let all = self.arguments.borrow();
        let list = self.realloc(4, 8 * all.len() as u32);
        for (index, argument) in (0..).zip(&*all) {
            self.store_string(list + 8 * index, argument.as_bytes());
        }
        self.store32(to, list);
        self.store32(to + 4, all.len() as u32);
    }

    fn environment(&self, to: u32) {
        let all = self.environment.borrow();
        let list = self.realloc(4, 16 * all.len() as u32);
        for (index, (name, value)) in (0..).zip(&*all) {
            self.store_string(list + 16 * index, name.as_bytes());
            self.store_string(list + 16 * index + 8, value.as_bytes());
        }
        self.store32(to, list);
        self.store32(to + 4, all.len() as u32);
    }
}

impl Script {
    fn terminal(&self, to: u32) {
        self.store8(to, self.is_terminal.get().into());
        if self.is_terminal.get() {
            self.store32(to + 4, self.handles.add(Kind::Terminal));
        }
    }

    fn drop_terminal(&self, terminal: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        let kind = self.handles.remove(terminal);
        assert!(matches!(kind, Kind::Terminal), "{terminal} is no terminal");
    }
}

impl Stdio for Script {
    fn stdin_open(&self, to: u32) {
        self.plan.note("stdin");
        self.open_stream(to, Source::Stdio, Kind::Input);
    }

    fn stdout_open(&self, stream: u32) -> u32 {
        self.plan.note("stdout");
        self.take_stream(stream, Source::Stdio, Sink::Stdout)
    }

    fn stderr_open(&self, stream: u32) -> u32 {
        self.plan.note("stderr");
        self.take_stream(stream, Source::Stdio, Sink::Stderr)
    }

    fn stdio_result_read(&self, future: u32, to: u32) -> u32 {
        self.read_result(future, Source::Stdio, Span::new(to, RESULT_SIZE))
    }

    fn stdio_result_cancel(&self, future: u32) -> u32 {
        self.cancel(future)
    }

    fn stdio_result_drop(&self, future: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        self.drop_result(future, Source::Stdio);
    }

    fn terminal_stdin(&self, to: u32) {
        self.terminal(to);
    }

    fn terminal_stdout(&self, to: u32) {
        self.terminal(to);
    }

    fn terminal_stderr(&self, to: u32) {
        self.terminal(to);
    }

    fn terminal_input_drop(&self, terminal: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        self.drop_terminal(terminal);
    }

    fn terminal_output_drop(&self, terminal: u32) {
        if thread::panicking() {
            // The program has trapped, and nothing of it goes on.
            return;
        }
        self.drop_terminal(terminal);
    }
}
