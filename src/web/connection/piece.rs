//! A piece of a file on its way to a socket.

use std::{
    fs::File,
    io::{self, IoSliceMut},
    ops::Range,
    os::unix::fs::FileExt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use actix_web::rt::net::TcpStream;
use rustix::io::{Errno, ReadWriteFlags};
use tokio::{io::Interest, task::JoinHandle};

/// What is looked for in memory and sent at once; after as much the other connections of the thread have their turn.
const SLICE_BYTES: u64 = 1 << 20;
/// What is in memory came and goes in stretches and pages that are large, so that a window is there where its first byte is.
const WINDOW_BYTES: u64 = 256 << 10;
/// What comes from the disk comes in stretches of this size and place: the longer the kernel reads on, the larger are the pages
/// that it keeps the file in, and the less it costs to send them, now and for everybody after.
const STRETCH_BYTES: u64 = 4 << 20;
const READ_BYTES: usize = 1 << 20;
const FIRST_BYTES: usize = 4 << 10;

pub struct Piece {
    file: Arc<File>,
    at: u64,
    end: u64,
    /// As far as this the bytes are known to be in memory.
    warm_until: u64,
    warming: Option<JoinHandle<io::Result<()>>>,
}

impl Piece {
    pub fn new(file: Arc<File>, range: Range<u64>) -> Self {
        Self { file, at: range.start, end: range.end, warm_until: range.start, warming: None }
    }

    /// Ready when all is sent. Otherwise the task is woken when the socket takes more.
    pub fn poll_send(&mut self, socket: &TcpStream, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let turn_ends = self.at.saturating_add(SLICE_BYTES);
        while self.at < self.end {
            if self.at >= turn_ends {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            ready!(self.poll_warm(context))?;
            match self.send(socket) {
                // The file became shorter, which no file of the store does.
                Ok(0) => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    ready!(socket.poll_write_ready(context))?;
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        Poll::Ready(Ok(()))
    }

    fn send(&mut self, socket: &TcpStream) -> io::Result<usize> {
        let wanted = usize::try_from(self.warm_until - self.at).unwrap_or(usize::MAX);
        let (file, at) = (&self.file, &mut self.at);
        socket.try_io(Interest::WRITABLE, || {
            rustix::fs::sendfile(socket, file, Some(at), wanted).map_err(Into::into)
        })
    }

    /// What must come from the disk is fetched on a thread that may wait; the connection's own thread serves others.
    fn poll_warm(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.at < self.warm_until {
            return Poll::Ready(Ok(()));
        }
        let slice = self.at..self.end.min(self.at.saturating_add(SLICE_BYTES));
        if self.warming.is_none() && is_in_memory(&self.file, &slice) {
            self.warm_until = slice.end;
            return Poll::Ready(Ok(()));
        }
        let file = &self.file;
        let warming = self.warming.get_or_insert_with(|| {
            let file = Arc::clone(file);
            let slice = slice.clone();
            tokio::task::spawn_blocking(move || fetch(&file, &slice))
        });
        let fetched = ready!(Pin::new(warming).poll(context)).map_err(io::Error::other);
        self.warming = None;
        fetched??;
        self.warm_until = slice.end;
        Poll::Ready(Ok(()))
    }
}

/// Looked for where its stretches begin first: to look for a page has the kernel read it, and one in the middle of a stretch would
/// keep those around it small.
fn is_in_memory(file: &File, slice: &Range<u64>) -> bool {
    stretches(slice).chain(windows(slice)).all(|at| is_page_in_memory(file, at) == Some(true))
}

/// Where the stretches begin that a slice lies in.
fn stretches(slice: &Range<u64>) -> impl Iterator<Item = u64> {
    let first = slice.start - slice.start % STRETCH_BYTES;
    (first..slice.end).step_by(usize::try_from(STRETCH_BYTES).unwrap_or(usize::MAX))
}

fn windows(slice: &Range<u64>) -> impl Iterator<Item = u64> {
    let begins = slice.clone().step_by(usize::try_from(WINDOW_BYTES).unwrap_or(usize::MAX));
    begins.chain(slice.end.checked_sub(1))
}

/// Nothing where the file system cannot say.
fn is_page_in_memory(file: &File, at: u64) -> Option<bool> {
    let mut byte = [0];
    match rustix::io::preadv2(file, &mut [IoSliceMut::new(&mut byte)], at, ReadWriteFlags::NOWAIT) {
        Err(Errno::OPNOTSUPP) => None,
        read => Some(matches!(read, Ok(1) | Err(Errno::INTR))),
    }
}

/// Of a file system that cannot say what is there nothing more than the slice is read: it would be read again for the next one.
fn fetch(file: &File, slice: &Range<u64>) -> io::Result<()> {
    if is_page_in_memory(file, slice.start).is_none() {
        return read(file, slice.clone());
    }
    stretches(slice).try_for_each(|start| read(file, start..start + STRETCH_BYTES))
}

/// Only so that it is in memory. It begins with two single pages: to the kernel the second is the beginning of a reading in order,
/// and it makes the pages that it keeps a file in larger from one reading ahead to the next, of which the first is as short as what is
/// asked for. Asked for much at once it keeps the first megabytes in the smallest pages.
fn read(file: &File, range: Range<u64>) -> io::Result<()> {
    let mut bytes = vec![0; READ_BYTES];
    let mut at = range.start;
    while at < range.end {
        let is_first = at < range.start + 2 * FIRST_BYTES as u64;
        let wanted = if is_first { FIRST_BYTES } else { READ_BYTES };
        let n_read = file.read_at(bytes.get_mut(..wanted).unwrap_or_default(), at)?;
        if n_read == 0 {
            break;
        }
        at += n_read as u64;
    }
    Ok(())
}
