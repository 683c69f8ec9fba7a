//! A set of priorities: which lists of the run queue hold threads.

use coopt_abi::thread::Priority;

/// A bit for each priority, the low word first. The set is not a `u128`, because
/// shifting a `u128` by a variable is a function call in WebAssembly.
pub(crate) struct LevelSet([u64; 2]);

const _: () = assert!(
    Priority::MAX.get() < 2 * u64::BITS,
    "each priority has a bit"
);

impl LevelSet {
    pub(crate) const EMPTY: Self = Self([0; 2]);

    #[inline(always)]
    pub(crate) fn insert(&mut self, priority: Priority) {
        let (word, bit) = Self::position(priority);
        self.0[word] |= bit;
    }

    pub(crate) fn remove(&mut self, priority: Priority) {
        let (word, bit) = Self::position(priority);
        self.0[word] &= !bit;
    }

    pub(crate) fn contains(&self, priority: Priority) -> bool {
        let (word, bit) = Self::position(priority);
        self.0[word] & bit != 0
    }

    /// The highest priority in the set.
    pub(crate) fn highest(&self) -> Option<Priority> {
        match self.0 {
            [0, 0] => None,
            [low, 0] => Priority::new(low.ilog2()),
            [_, high] => Priority::new(u64::BITS + high.ilog2()),
        }
    }

    /// The word and the bit of a priority.
    #[inline(always)]
    fn position(priority: Priority) -> (usize, u64) {
        let number = priority.get();
        let word = usize::from(number >= u64::BITS);
        (word, 1 << (number % u64::BITS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_of_any_two_is_found() {
        assert_eq!(LevelSet::EMPTY.highest(), None);
        for one in Priority::all() {
            for other in Priority::all() {
                let mut set = LevelSet::EMPTY;
                set.insert(one);
                set.insert(other);
                assert_eq!(set.highest(), Some(one.max(other)));
                assert!(set.contains(one) && set.contains(other));
                set.remove(one.max(other));
                let left = Some(one.min(other)).filter(|_| one != other);
                assert_eq!(set.highest(), left);
            }
        }
    }
}
