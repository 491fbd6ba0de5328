mod people;
mod contests;
mod desk;
mod pools;
mod radar;
