mod judging;
mod results;
