mod assigning;
mod panel;
mod sheets;
mod standing;
