//! Work on many items at the same time, results in the order of the items.
//!
//! A worker waits once it is a whole window ahead of the result to be handed out next, so that one slow item
//! among a million quick ones does not pile up results.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Stack of a worker: deep trees recurse, and the system's default for threads is a quarter of the main thread's.
const STACK: usize = 16 << 20;

/// Finished results that may wait for an earlier one, per worker.
const WINDOW: usize = 4;

struct State<R> {
    next_to_start: usize,
    next_to_hand_out: usize,
    finished: BTreeMap<usize, R>,
    /// How many items there are, once the last one was taken.
    count: Option<usize>,
    stopped: bool,
}

/// Calls `work` on every item on `threads` threads and `hand_out` on every result, in the order of the items, on the
/// calling thread.
///
/// # Errors
/// The first error of `hand_out`; no further item is then begun.
pub(crate) fn map<T: Sync, R: Send, E>(
    items: &[T],
    threads: NonZero<usize>,
    work: impl Fn(&T) -> R + Sync,
    mut hand_out: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = NonZero::new(threads.get().min(items.len())).unwrap_or(NonZero::<usize>::MIN);
    stream(
        items.iter(),
        threads,
        |item| (item, work(item)),
        |(item, result)| hand_out(item, result),
    )
}

/// As [`map`], of items that come one after the other and are not held: no more of them are taken than are worked on.
///
/// # Errors
/// As of [`map`].
pub(crate) fn stream<T, R: Send, E>(
    items: impl Iterator<Item = T> + Send,
    threads: NonZero<usize>,
    work: impl Fn(T) -> R + Sync,
    mut hand_out: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.get();
    let items = Mutex::new(items.fuse());
    let state = Mutex::new(State {
        next_to_start: 0,
        next_to_hand_out: 0,
        finished: BTreeMap::new(),
        count: None,
        stopped: false,
    });
    let changed = Condvar::new();
    let begin = || {
        // Whoever takes an item tells its place before another is taken.
        let mut items = items.lock().unwrap_or_else(PoisonError::into_inner);
        let mut held = lock(&state);
        while !held.stopped && held.next_to_start >= held.next_to_hand_out + threads * WINDOW {
            held = changed.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        if held.stopped {
            return None;
        }
        drop(held);
        let item = items.next();
        let mut held = lock(&state);
        let index = held.next_to_start;
        if item.is_some() {
            held.next_to_start += 1;
        } else {
            held.count = Some(index);
            changed.notify_all();
        }
        item.map(|item| (index, item))
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || {
                    let _alarm = Alarm(&state, &changed);
                    while let Some((index, item)) = begin() {
                        let result = work(item);
                        lock(&state).finished.insert(index, result);
                        changed.notify_all();
                    }
                })
                .expect("the system can start a thread");
        }
        for index in 0.. {
            let mut held = lock(&state);
            let result = loop {
                if let Some(result) = held.finished.remove(&index) {
                    break result;
                }
                // Where a worker failed, the scope tells how once all have ended.
                if held.count == Some(index) || held.stopped {
                    return Ok(());
                }
                held = changed.wait(held).unwrap_or_else(PoisonError::into_inner);
            };
            held.next_to_hand_out = index + 1;
            drop(held);
            changed.notify_all();
            if let Err(error) = hand_out(result) {
                lock(&state).stopped = true;
                changed.notify_all();
                return Err(error);
            }
        }
        Ok(())
    })
}

/// Ends the work where a worker panics, so that nobody waits for what it was at.
struct Alarm<'a, R>(&'a Mutex<State<R>>, &'a Condvar);

impl<R> Drop for Alarm<'_, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(self.0).stopped = true;
            self.1.notify_all();
        }
    }
}

fn lock<R>(state: &Mutex<State<R>>) -> MutexGuard<'_, State<R>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(threads: usize, count: u32) -> Vec<u32> {
        let items: Vec<u32> = (0..count).collect();
        let mut out = Vec::new();
        map(
            &items,
            NonZero::new(threads).unwrap(),
            |&item| item * item,
            |_, result| {
                out.push(result);
                Ok::<(), ()>(())
            },
        )
        .unwrap();
        out
    }

    #[test]
    fn keeps_the_order_on_any_number_of_threads() {
        let expected: Vec<u32> = (0..1000).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            assert_eq!(run(threads, 1000), expected);
        }
        assert!(run(3, 0).is_empty());
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_worker_that_fails_ends_the_work() {
        let work = |&n: &u32| assert_ne!(n, 3);
        let one = NonZero::<usize>::MIN;
        map(&[1, 2, 3, 4, 5], one, work, |_, ()| Ok::<(), ()>(())).unwrap();
    }

    #[test]
    fn an_error_of_the_receiver_ends_the_work() {
        let items = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        let result = map(
            &items,
            NonZero::new(2).unwrap(),
            |&n| n,
            |_, n| if n == 3 { Err(n) } else { Ok(()) },
        );
        assert_eq!(result, Err(3));
    }
}
