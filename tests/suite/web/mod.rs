//! Screens, in-process. Paths mirror the addresses.

mod api;
mod my;
mod sign_in;
mod site;
