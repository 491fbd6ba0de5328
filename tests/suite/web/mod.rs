//! Screens, in-process. Paths mirror the addresses.

mod contests;
mod api;
mod my;
mod sign_in;
mod site;
