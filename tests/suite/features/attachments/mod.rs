mod games;
mod lists;
mod uploads;
