mod contests;
mod pools;
