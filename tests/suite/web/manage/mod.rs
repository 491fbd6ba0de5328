mod people;
mod contests;
mod pools;
