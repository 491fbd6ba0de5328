mod assigning;
mod head;
mod notes;
mod panel;
mod sheets;
mod standing;
mod calibrating;
mod viewing;
