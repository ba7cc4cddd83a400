//! crossroots: every road from a certificate to every root.

pub mod cert;
pub mod diagram;
pub mod source;
