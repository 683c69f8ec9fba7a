//! Keys: numbers, values, and destructors in rounds.

use core::ffi::c_void;
use std::cell::Cell;

use coopt_sync::{KeyTable, KeyValues, ROUNDS_MAX};

/// The "destructors" of these tests are names.
type Table = KeyTable<char, 4>;
type Values = KeyValues<4>;

fn value(n: usize) -> *mut c_void {
    std::ptr::without_provenance_mut(n)
}

#[test]
fn numbers_run_out_and_come_back() {
    let table = Table::new();
    let keys: Vec<_> = (0..4).map(|_| table.create(None).expect("free")).collect();
    assert_eq!(table.create(None), None);
    table.delete(keys[2]);
    assert_eq!(table.find(2), None);
    assert_eq!(table.find(4), None, "no such number");
    assert_eq!(table.create(None), Some(keys[2]));
}

#[test]
fn a_deleted_number_is_used_again_as_late_as_possible() {
    let table = Table::new();
    let first = table.create(None).expect("free");
    table.delete(first);
    assert_ne!(table.create(None), Some(first));
}

#[test]
fn destructors_run_for_values_that_have_one() {
    let (table, values) = (Table::new(), Values::new());
    let [a, none, unset] = [Some('a'), None, Some('u')].map(|d| table.create(d).expect("free"));
    values.set(a, value(1));
    values.set(none, value(2));
    values.set(unset, value(3));
    values.set(unset, value(0));
    let mut calls = Vec::new();
    values.destroy(&table, |destructor, value| {
        calls.push((destructor, value.addr()))
    });
    assert_eq!(calls, [('a', 1)]);
    assert!(values.get(a.number()).is_null());
    assert!(values.get(99).is_null(), "no such number");
}

#[test]
fn values_set_by_destructors_are_destroyed_in_later_rounds() {
    let (table, values) = (Table::new(), Values::new());
    let key = table.create(Some('k')).expect("free");
    let calls = Cell::new(0);
    values.set(key, value(1));
    values.destroy(&table, |_, value| {
        calls.set(calls.get() + 1);
        values.set(key, value);
    });
    assert_eq!(
        calls.get(),
        ROUNDS_MAX,
        "a destructor that always sets it anew is given up on"
    );
}

#[test]
fn a_key_deleted_by_a_destructor_has_no_destructor_any_more() {
    let (table, values) = (Table::new(), Values::new());
    let [first, second] = ['a', 'b'].map(|d| table.create(Some(d)).expect("free"));
    values.set(first, value(1));
    values.set(second, value(2));
    let mut calls = String::new();
    values.destroy(&table, |destructor, _| {
        calls.push(destructor);
        table.delete(second);
        values.clear(second);
    });
    assert_eq!(calls, "a");
}
