//! The explorer itself: it finds what is there, and brings it back.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::rc::Rc;

use coopt_sim::{Explorer, Schedule, World};
use coopt_sync::{Clock, Deadline, Error, Kind, Mutex, Semaphore};

/// The orders in which threads ended, one for each schedule.
type Orders = Rc<RefCell<BTreeSet<Vec<u8>>>>;

/// Three threads, each of which yields once.
fn three_yield(world: &World, seen: &Orders) {
    let order = Rc::new(RefCell::new(Vec::new()));
    for name in 0..3 {
        let order = Rc::clone(&order);
        world.spawn(move |w| {
            w.yield_now();
            order.borrow_mut().push(name);
        });
    }
    let seen = Rc::clone(seen);
    world.finally(move |_| {
        seen.borrow_mut().insert(order.take());
    });
}

#[test]
fn all_orders_are_found_and_the_report_says_so() {
    let seen = Orders::default();
    let report = Explorer::model("orders").exhaustive(99, 99_999, &|w| three_yield(w, &seen));
    assert_eq!(seen.borrow().len(), 6, "3! orders");
    assert!(report.complete);
    assert!(
        report.schedules > 6 && report.choices_max >= 4,
        "{report:?}"
    );
}

#[test]
fn a_bounded_exploration_does_not_claim_to_be_complete() {
    let seen = Orders::default();
    let by_count = Explorer::model("count").exhaustive(99, 4, &|w| three_yield(w, &seen));
    assert_eq!((by_count.schedules, by_count.complete), (4, false));
    let by_depth = Explorer::model("depth").exhaustive(1, 99_999, &|w| three_yield(w, &seen));
    assert_eq!((by_depth.schedules, by_depth.complete), (3, false));
}

#[test]
fn drawn_schedules_find_all_orders_too() {
    for pct in [false, true] {
        let seen = Orders::default();
        let explorer = Explorer::model("drawn");
        let program = |w: &World| three_yield(w, &seen);
        let report = if pct {
            explorer.pct(300, 3, &program)
        } else {
            explorer.random(300, &program)
        };
        assert_eq!(report.schedules, 300);
        assert_eq!(seen.borrow().len(), 6, "pct {pct}");
    }
}

#[test]
fn the_scheduler_has_one_order() {
    let seen = Orders::default();
    let report = Explorer::scheduled("orders").exhaustive(99, 99, &|w| three_yield(w, &seen));
    assert_eq!((report.schedules, report.complete), (1, true));
    assert_eq!(*seen.borrow(), BTreeSet::from([vec![0, 1, 2]]));
}

/// The message with which an exploration fails.
fn failure<T>(explore: impl FnOnce() -> T) -> String {
    let outcome = catch_unwind(AssertUnwindSafe(explore));
    let error = outcome.err().expect("the program is wrong");
    error.downcast_ref::<String>().expect("a message").clone()
}

#[test]
fn a_failure_prints_a_schedule_that_brings_it_back() {
    for message in [
        failure(|| Explorer::model("racy").exhaustive(99, 999, &fails_rarely)),
        failure(|| Explorer::model("racy").random(999, &fails_rarely)),
        failure(|| Explorer::model("racy").pct(999, 2, &fails_rarely)),
    ] {
        let schedule = message.split_once("COOPT_SIM_REPLAY=model-racy:");
        let schedule = schedule.expect("a replay string").1;
        let schedule = schedule.split_whitespace().next().expect("a schedule");
        assert_eq!(schedule, "23");
        let schedule: Schedule = schedule.parse().expect("digits");
        let again = failure(|| Explorer::model("racy").replay(&schedule, &fails_rarely));
        assert!(
            again.contains("replayed") && again.contains(":23 "),
            "{again}"
        );
    }
}

/// A program that fails under one schedule, `23`.
fn fails_rarely(world: &World) {
    world.spawn(|w| {
        assert!(
            w.choose(3) < 2 || w.choose(5) != 3,
            "the fourth of the third"
        )
    });
}

/// The exploration stops long before the schedule that fails.
#[test]
fn passes_unless_the_environment_asks_for_a_schedule() {
    Explorer::model("rare").exhaustive(99, 2, &fails_rarely);
}

#[test]
fn the_environment_replays_a_schedule() {
    let test = "explorer::passes_unless_the_environment_asks_for_a_schedule";
    let passes = |replay: &str| {
        let mut this = Command::new(env::current_exe().expect("this program"));
        let run = this.args(["--exact", test]).env("COOPT_SIM_REPLAY", replay);
        let output = run.output().expect("it starts");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.success(), printed)
    };
    let (passed, printed) = passes("model-rare:23");
    assert!(
        !passed && printed.contains("the fourth of the third"),
        "{printed}"
    );
    assert!(
        printed.contains("COOPT_SIM_REPLAY=model-rare:23 cargo"),
        "{printed}"
    );
    for harmless in ["model-rare:22", "model-rare:", "another:23"] {
        let (passed, printed) = passes(harmless);
        assert!(passed, "{harmless}: {printed}");
    }
}

#[test]
fn a_drawn_failure_names_its_seed() {
    let runs = Cell::new(0);
    let counted = |w: &World| {
        runs.set(runs.get() + 1);
        fails_rarely(w);
    };
    let message = failure(|| Explorer::model("rare").random(999, &counted));
    let seed = runs.get() - 1;
    assert!(seed > 0, "not every schedule fails");
    assert!(message.contains(&format!("seed {seed})")), "{message}");
}

#[test]
fn schedules_survive_being_written_down() {
    let schedule = Schedule::new(vec![0, 1, 35, 10, 0, 2, 0, 0]);
    assert_eq!(schedule.to_string(), "01za02");
    assert_eq!("01za02".parse(), Ok(schedule));
    assert!("0-1".parse::<Schedule>().is_err());
}

#[test]
fn a_stuck_program_fails_and_names_the_threads() {
    let program = |w: &World| {
        let semaphore = Semaphore::new(0);
        w.spawn(move |w| {
            let _ = semaphore.wait(w, Deadline::Never);
        });
    };
    for explorer in [Explorer::model("stuck"), Explorer::scheduled("stuck")] {
        failure(|| explorer.exhaustive(9, 9, &program));
        let meant = |w: &World| {
            w.expect_deadlock();
            program(w);
        };
        assert!(explorer.exhaustive(9, 9, &meant).complete);
    }
}

/// A mutex that is held throughout, and a thread that waits until a deadline
/// on the time of day, which somebody sets back.
fn clock_is_set_back(world: &World, ends_ns: &Rc<RefCell<BTreeSet<u64>>>) {
    let mutex = Rc::new(Mutex::new(Kind::Normal));
    let held = Rc::clone(&mutex);
    world.allow_clock_change(-30);
    world.spawn(move |w| held.lock(w).expect("free"));
    let ends_ns = Rc::clone(ends_ns);
    world.spawn(move |w| {
        if mutex.try_lock(w).is_ok() {
            mutex.unlock(w).expect("mine");
            return;
        }
        let deadline = w.deadline(Clock::Realtime, 10);
        assert_eq!(mutex.lock_until(w, deadline), Err(Error::TimedOut));
        assert!(w.is_over(deadline), "too early");
        ends_ns.borrow_mut().insert(w.monotonic_ns());
    });
}

#[test]
fn clocks_are_set_whenever_it_matters() {
    for explorer in [Explorer::model("clock"), Explorer::scheduled("clock")] {
        let ends_ns = Rc::default();
        assert!(
            explorer
                .exhaustive(99, 999, &|w| clock_is_set_back(w, &ends_ns))
                .complete
        );
        assert_eq!(
            *ends_ns.borrow(),
            BTreeSet::from([10, 40]),
            "before, or never"
        );
    }
}
