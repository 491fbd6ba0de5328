mod games;
mod uploads;
