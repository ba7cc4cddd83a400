//! crossroots: every road from a certificate to every root.

pub mod diagram;
