//! From ratings to standings, reliability, uncertainty and assignment. Pure: no database, no clock, only numbers and names.
