mod assigning;
mod head;
mod panel;
mod sheets;
mod standing;
mod calibrating;
mod viewing;
