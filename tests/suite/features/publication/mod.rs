mod publish;
mod statistics;
