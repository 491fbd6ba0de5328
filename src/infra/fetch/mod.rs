//! The door to addresses that strangers name: asked with care, so that nobody can make this server speak with what is near
//! to it. Names are looked up once, every address behind them is checked, and the connection goes to what was checked.

mod address;
mod fetcher;

pub use address::is_public;
pub use fetcher::{Allowance, FetchError, Fetcher, Seen, install_crypto};
