//! Screens, in-process. Paths mirror the addresses.

mod site;
