//! Buffers that are used again, at addresses that a disk can take its blocks from. A new one each time would have to be
//! cleared each time, and would never lie in the processor's cache.

use std::sync::{Arc, Mutex, PoisonError};

/// What disks may ask of addresses, lengths and offsets for what goes to them directly.
pub const BLOCK_BYTES: usize = 4096;

/// Cheap to clone: everything inside is shared.
#[derive(Clone)]
pub struct Buffers {
    buffer_bytes: usize,
    max_idle: usize,
    idle: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// Goes back where it came from when it is dropped.
pub struct Buffer {
    memory: Vec<u8>,
    start: usize,
    length: usize,
    home: Buffers,
}

impl Buffers {
    pub fn new(buffer_bytes: usize, max_idle: usize) -> Self {
        Self { buffer_bytes, max_idle, idle: Arc::default() }
    }

    /// An empty one; the last that was given back first.
    pub fn take(&self) -> Buffer {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let memory = idle.unwrap_or_else(|| vec![0; self.buffer_bytes + BLOCK_BYTES]);
        let start = memory.as_ptr().align_offset(BLOCK_BYTES).min(BLOCK_BYTES);
        Buffer { memory, start, length: 0, home: self.clone() }
    }
}

impl Buffer {
    pub fn is_full(&self) -> bool {
        self.length == self.home.buffer_bytes
    }

    /// Takes in as many of the bytes as there is room for and answers the others.
    pub fn fill<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let room = self.home.buffer_bytes - self.length;
        let (now, later) = bytes.split_at(room.min(bytes.len()));
        let from = self.start + self.length;
        if let Some(to) = self.memory.get_mut(from..from + now.len()) {
            to.copy_from_slice(now);
            self.length += now.len();
        }
        later
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self.memory.get(self.start..self.start + self.length).unwrap_or_default()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut idle = self.home.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.home.max_idle {
            idle.push(std::mem::take(&mut self.memory));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_aligned_takes_what_it_has_room_for_and_is_used_again() {
        let buffers = Buffers::new(2 * BLOCK_BYTES, 1);
        let mut first = buffers.take();
        assert_eq!(first.fill(&[1; 3 * BLOCK_BYTES]).len(), BLOCK_BYTES);
        assert!(first.is_full());
        assert_eq!(first.as_ref(), [1; 2 * BLOCK_BYTES]);
        let address = first.as_ref().as_ptr();
        assert_eq!(address.align_offset(BLOCK_BYTES), 0);
        let second = buffers.take();
        drop(first);
        drop(second);
        assert_eq!(buffers.idle.lock().unwrap().len(), 1, "no more are kept than was said");
        let mut again = buffers.take();
        assert!(again.as_ref().is_empty());
        assert!(again.fill(b"abc").is_empty());
        assert_eq!(again.as_ref(), b"abc");
        assert_eq!(again.as_ref().as_ptr(), address);
    }
}
