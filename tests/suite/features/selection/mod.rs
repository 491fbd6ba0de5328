mod decide;
mod nominations;
