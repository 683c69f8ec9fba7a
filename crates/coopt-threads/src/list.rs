//! Lists that go through their elements, so that neither adding nor removing
//! one needs memory or a search.
//!
//! The program may write over the elements, which lie in its memory: it makes a
//! mutex anew while the mutex is held, or reuses a stack. So a walk steps only
//! to an element whose own links name the element before it (L1). Whatever the
//! links say, a walk ends; elements that were written over may be left out.

use core::cell::Cell;
use core::{iter, ptr};

/// A type whose values can be in a list.
pub trait Linked: Sized {
    /// The neighbours of the element.
    fn links(&self) -> &Links<Self>;
}

/// The neighbours of an element; null at the ends, and in no list.
#[repr(C)]
pub struct Links<T> {
    next: Cell<*const T>,
    previous: Cell<*const T>,
}

impl<T> Links<T> {
    /// The neighbours of an element in no list: none.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            next: Cell::new(ptr::null()),
            previous: Cell::new(ptr::null()),
        }
    }
}

impl<T> Default for Links<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// A list, newest first.
pub struct List<T> {
    newest: Cell<*const T>,
}

impl<T> List<T> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            newest: Cell::new(ptr::null()),
        }
    }

    /// Whether the list has no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.newest.get().is_null()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Linked> List<T> {
    /// Adds an element, unless it is in the list.
    ///
    /// # Safety
    ///
    /// The element stays where it is until it is [removed](Self::remove), or
    /// the list is never used again.
    #[expect(unsafe_code, reason = "the list keeps the element's address")]
    pub unsafe fn insert(&self, element: &T) {
        if self.contains(element) {
            return;
        }
        let next = self.newest.replace(element);
        element.links().next.set(next);
        element.links().previous.set(ptr::null());
        if let Some(next) = follow(next) {
            next.links().previous.set(element);
        }
    }

    /// Removes an element, if it is in the list.
    pub fn remove(&self, element: &T) {
        if !self.contains(element) {
            return;
        }
        let (next, previous) = (next_of(element), previous_of(element));
        let address = |element: Option<&T>| element.map_or(ptr::null(), ptr::from_ref);
        match previous {
            Some(previous) => previous.links().next.set(address(next)),
            None => self.newest.set(address(next)),
        }
        if let Some(next) = next {
            next.links().previous.set(address(previous));
        }
        element.links().next.set(ptr::null());
        element.links().previous.set(ptr::null());
    }

    /// Whether an element is in this list, rather than in none.
    #[must_use]
    pub fn contains(&self, element: &T) -> bool {
        ptr::eq(self.newest.get(), element) || previous_of(element).is_some()
    }

    /// Removes and returns the newest element.
    pub fn pop(&self) -> Option<&T> {
        let newest = follow(self.newest.get())?;
        self.remove(newest);
        Some(newest)
    }

    /// All elements, newest first. The list must not change meanwhile.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let newest = self.newest.get();
        // By L1 an element has one predecessor: a circle has the newest.
        iter::successors(follow(newest), move |&element| {
            next_of(element).filter(|next| !ptr::eq(*next, newest))
        })
    }
}

fn next_of<T: Linked>(element: &T) -> Option<&T> {
    follow(element.links().next.get()).filter(|next| ptr::eq(next.links().previous.get(), element))
}

fn previous_of<T: Linked>(element: &T) -> Option<&T> {
    follow(element.links().previous.get())
        .filter(|previous| ptr::eq(previous.links().next.get(), element))
}

fn follow<'a, T>(link: *const T) -> Option<&'a T> {
    #[expect(unsafe_code, reason = "links are addresses")]
    // SAFETY: null, or an element in a list, which stays where it is by the
    // promise to `insert`. (An element that the program has written over may
    // have any links. In the program's one memory such a link traps or leads to
    // bytes of the program, and the fields of an element are cells.)
    unsafe {
        link.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Item {
        links: Links<Item>,
        name: u32,
    }

    impl Linked for Item {
        fn links(&self) -> &Links<Self> {
            &self.links
        }
    }

    fn items() -> [Item; 4] {
        [0, 1, 2, 3].map(|name| Item {
            links: Links::new(),
            name,
        })
    }

    fn insert(list: &List<Item>, item: &Item) {
        #[expect(unsafe_code, reason = "it is unsafe to add")]
        // SAFETY: the tests' items outlive their lists' use.
        unsafe {
            list.insert(item);
        }
    }

    fn names(list: &List<Item>) -> Vec<u32> {
        list.iter().take(10).map(|item| item.name).collect()
    }

    extern crate std;
    use std::vec::Vec;

    #[test]
    fn it_is_newest_first_and_gives_up_any() {
        let (list, items) = (List::new(), items());
        items.iter().for_each(|item| insert(&list, item));
        insert(&list, &items[1]);
        assert_eq!(names(&list), [3, 2, 1, 0]);
        list.remove(&items[2]);
        list.remove(&items[2]);
        assert_eq!(names(&list), [3, 1, 0]);
        assert_eq!(list.pop().map(|item| item.name), Some(3));
        list.remove(&items[0]);
        assert_eq!(names(&list), [1]);
        list.remove(&items[1]);
        assert!(list.is_empty());
    }

    /// Each of the elements is written over and added again, in turn.
    #[test]
    fn a_walk_ends_whatever_was_written_over() {
        for broken in 0..4 {
            let (list, items) = (List::new(), items());
            items.iter().for_each(|item| insert(&list, item));
            items[broken].links.next.set(ptr::null());
            items[broken].links.previous.set(ptr::null());
            insert(&list, &items[broken]);
            let walked = names(&list);
            assert!(walked.len() <= 4, "{broken}: {walked:?}");
            assert!(walked.contains(&(broken as u32)), "{broken}: {walked:?}");
            for item in &items {
                list.remove(item);
            }
            while list.pop().is_some() {}
            assert!(list.is_empty());
        }
    }

    #[test]
    fn a_circle_through_the_newest_is_walked_once() {
        let (list, items) = (List::new(), items());
        items.iter().for_each(|item| insert(&list, item));
        items[0].links.next.set(&raw const items[3]);
        items[3].links.previous.set(&raw const items[0]);
        assert_eq!(names(&list), [3, 2, 1, 0]);
    }
}
