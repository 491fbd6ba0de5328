mod judging;
mod results;
mod panel;
mod looking;
mod calibration;
