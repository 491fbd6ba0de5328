mod blind;
mod sheet;
mod pull;
mod later;
