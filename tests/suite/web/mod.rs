//! Screens, in-process. Paths mirror the addresses.

mod api;
mod site;
