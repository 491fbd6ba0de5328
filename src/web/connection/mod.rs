//! Connections that send files straight from the kernel. The web server copies every byte of an answer into its own buffer
//! and from there into the socket; a file that is in memory needs neither (`sendfile`). So the server listens with a socket
//! of our own (`socket`): the head of the answer goes through the server's buffer, and when that is written, the socket
//! sends the piece that the answer's body ([`FileBody`]) has put into the connection's [`Outbox`].

mod body;
mod piece;
mod server;
mod socket;

pub use body::FileBody;
pub use server::listen;
pub use socket::Outbox;
