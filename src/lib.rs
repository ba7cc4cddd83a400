//! crossroots: every road from a certificate to every root.

pub mod analysis;
pub mod cert;
pub mod chain;
pub mod check;
pub mod diagram;
pub mod explorer;
pub mod signature;
pub mod source;
pub mod tui;
pub mod worker;
