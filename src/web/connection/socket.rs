//! A connection: the server reads and writes it as any other; whatever is in its outbox goes out after what was written.

use std::{
    cell::{Cell, RefCell},
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use actix_web::rt::net::{ActixStream, Ready, TcpStream};
use rustix::net::SendFlags;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};

use super::piece::Piece;
use crate::infra::files::OpenFile;

/// What a connection is to send by itself. A connection answers one request after another, so that there is one piece at
/// a time.
#[derive(Clone, Default)]
pub struct Outbox(Rc<Inner>);

#[derive(Default)]
struct Inner {
    piece: RefCell<Option<Piece>>,
    /// The piece was put here in this turn of the thread.
    is_new: Cell<bool>,
    /// The file that was sent last, by its hash.
    last: RefCell<Option<(String, OpenFile)>>,
}

impl Outbox {
    /// A player asks for one piece of a film after the other on one connection, which keeps the film open meanwhile. Who may
    /// have it is decided each time, and not here.
    pub fn last_file(&self, hash: &str) -> Option<OpenFile> {
        self.0.last.borrow().as_ref().filter(|(last, _)| last == hash).map(|(_, file)| file.clone())
    }

    pub fn keep_open(&self, hash: &str, file: &OpenFile) {
        *self.0.last.borrow_mut() = Some((hash.to_owned(), file.clone()));
    }

    pub(super) fn put(&self, piece: Piece) {
        *self.0.piece.borrow_mut() = Some(piece);
        self.0.is_new.set(true);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.piece.borrow().is_none()
    }
}

pub struct Socket {
    stream: TcpStream,
    outbox: Outbox,
}

impl Socket {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, outbox: Outbox::default() }
    }

    pub fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.outbox.is_empty() {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        // All connections of the thread that have been asked for something are answered first, and then their pieces are sent:
        // to send one takes all that the processor keeps at hand, and the next answer would have to fetch it again.
        if self.outbox.0.is_new.replace(false) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        // The piece follows at once: the head of the answer goes out with its first bytes and not in a packet of its own.
        loop {
            let stream = &self.stream;
            let sent = stream.try_io(Interest::WRITABLE, || {
                rustix::net::send(stream, bytes, SendFlags::MORE | SendFlags::NOSIGNAL).map_err(Into::into)
            });
            match sent {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    ready!(TcpStream::poll_write_ready(stream, context))?;
                }
                sent => return Poll::Ready(sent),
            }
        }
    }

    /// Called when everything that the server had for the connection is written.
    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let mut outbox = this.outbox.0.piece.borrow_mut();
        if let Some(piece) = outbox.as_mut() {
            ready!(piece.poll_send(&this.stream, context))?;
            *outbox = None;
            // The server asks the body once more, and learns that this was all.
            context.waker().wake_by_ref();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl ActixStream for Socket {
    fn poll_read_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<Ready>> {
        ActixStream::poll_read_ready(&self.stream, context)
    }

    fn poll_write_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<Ready>> {
        ActixStream::poll_write_ready(&self.stream, context)
    }
}
