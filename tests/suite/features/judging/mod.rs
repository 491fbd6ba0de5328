mod assigning;
mod panel;
mod sheets;
mod standing;
mod calibrating;
mod viewing;
