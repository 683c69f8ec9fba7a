//! A double of the host: which host threads exist and which one executes.
//!
//! The double performs actions as a host does, and objects to what a host traps on.
//! Like a host, it reuses the number of an ended host thread at once.

use std::collections::BTreeMap;

use coopt_sched::{Action, HostThread, ThreadId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HostState {
    NotStarted,
    Executing,
    Suspended,
}

struct Host {
    state: HostState,
    /// The thread that the code on this host thread is part of.
    running: Option<ThreadId>,
}

pub struct Hosts {
    hosts: BTreeMap<HostThread, Host>,
    executing: HostThread,
}

impl Hosts {
    /// One host thread, which runs the main thread.
    pub fn new(main: HostThread) -> Self {
        let host = Host {
            state: HostState::Executing,
            running: Some(ThreadId::MAIN),
        };
        Self {
            hosts: BTreeMap::from([(main, host)]),
            executing: main,
        }
    }

    pub fn create(&mut self) -> HostThread {
        let unused = (0..)
            .map(HostThread)
            .find(|host| !self.hosts.contains_key(host));
        let host = unused.expect("numbers do not run out");
        self.hosts.insert(
            host,
            Host {
                state: HostState::NotStarted,
                running: None,
            },
        );
        host
    }

    /// The thread on the executing host thread leaves its start function.
    pub fn leave(&mut self, thread: ThreadId) {
        let left = self.executing_mut().running.take();
        assert_eq!(left, Some(thread));
    }

    /// Performs an action and returns the thread that the executing host thread then
    /// runs, or `None` when that host thread has to ask the scheduler.
    pub fn perform(&mut self, action: Action) -> Option<ThreadId> {
        match action {
            Action::Switch(to) => {
                self.executing_mut().state = HostState::Suspended;
                self.start_or_resume(to);
            }
            Action::End(to) => {
                let ended = self.hosts.remove(&self.executing).expect("it exists");
                assert_eq!(ended.running, None, "a host thread ends without a thread");
                self.start_or_resume(to);
            }
            Action::Continue => {}
            Action::Idle | Action::YieldToHost | Action::Deadlock | Action::Finished => {
                unreachable!("{action:?} resumes nothing")
            }
        }
        self.executing_mut().running
    }

    /// The executing host thread enters a thread's start function.
    pub fn enter(&mut self, thread: ThreadId) {
        let before = self.executing_mut().running.replace(thread);
        assert_eq!(before, None);
    }

    pub fn executing(&self) -> HostThread {
        self.executing
    }

    fn start_or_resume(&mut self, to: HostThread) {
        let host = self
            .hosts
            .get_mut(&to)
            .expect("only existing host threads are resumed");
        assert_ne!(host.state, HostState::Executing, "a host traps on this");
        assert!(host.state == HostState::Suspended || host.running.is_none());
        host.state = HostState::Executing;
        self.executing = to;
    }

    fn executing_mut(&mut self) -> &mut Host {
        let host = self
            .hosts
            .get_mut(&self.executing)
            .expect("the executing one exists");
        assert_eq!(host.state, HostState::Executing);
        host
    }
}
