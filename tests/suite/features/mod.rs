//! Acts, without HTTP. Paths mirror `src/features`.

mod accounts;
mod contests;
mod entries;
mod judging;
mod selection;
mod units;
