//! Acts, without HTTP. Paths mirror `src/features`.

mod accounts;
mod attachments;
mod awards;
mod audit;
mod contests;
mod entries;
mod judging;
mod links;
mod publication;
mod selection;
mod units;
mod voting;
mod radar;
