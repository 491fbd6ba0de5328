//! Screens, in-process. Paths mirror the addresses.

mod bad_input;
mod contests;
mod files;
mod files_process;
mod admin;
mod api;
mod judge;
mod manage;
mod manage_entries;
mod my;
mod my_entries;
mod my_feedback;
mod results;
mod sign_in;
mod site;
mod units;
mod viewing;
mod uploads;
mod uploads_at_once;
mod uploads_process;
