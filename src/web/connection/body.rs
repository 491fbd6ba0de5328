//! A body whose bytes never pass through the server.

use std::{
    fs::File,
    io,
    ops::Range,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use actix_web::body::{BodySize, MessageBody};
use bytes::Bytes;

use super::{piece::Piece, socket::Outbox};

/// Its answer says its length itself (`no_chunking`), because the server is given no byte that it could count.
pub struct FileBody {
    outbox: Outbox,
    piece: Option<Piece>,
}

impl FileBody {
    pub fn new(outbox: Outbox, file: Arc<File>, range: Range<u64>) -> Self {
        Self { outbox, piece: Some(Piece::new(file, range)) }
    }
}

impl MessageBody for FileBody {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    /// The server writes out what it holds whenever a body has nothing for it, and flushes the socket, which is when the
    /// socket sends the piece and wakes the task. So nothing is to be waited for here.
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if let Some(piece) = self.piece.take() {
            self.outbox.put(piece);
            return Poll::Pending;
        }
        if self.outbox.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    }
}
