mod blind;
mod sheet;
