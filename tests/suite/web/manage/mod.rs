mod people;
mod contests;
mod pools;
mod radar;
