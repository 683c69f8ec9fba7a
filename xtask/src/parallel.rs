//! Work on many things at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};

use anyhow::Result;

/// Does `work` on all items, as many at once as there are processors. The first error ends it.
///
/// # Errors
/// Those of `work`.
pub fn for_each<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    let count = available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| match worker.join() {
                Ok(outcome) => outcome,
                Err(panic) => std::panic::resume_unwind(panic),
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_worked_on_once_and_an_error_is_told() {
        let seen = std::sync::Mutex::new(Vec::new());
        let note = |item: &u32| {
            seen.lock().expect("nobody panics").push(*item);
            Ok(())
        };
        let items: Vec<u32> = (0..100).collect();
        for_each(&items, note).expect("nothing fails");
        let mut all = seen.into_inner().expect("nobody panics");
        all.sort_unstable();
        assert_eq!(all, items);

        let failure = for_each(&items, |item| {
            anyhow::ensure!(*item != 50, "the fiftieth fails");
            Ok(())
        });
        assert!(failure.is_err_and(|error| error.to_string().contains("fiftieth")));
    }
}
