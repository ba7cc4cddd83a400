//! What is opened besides what is open already.

/// What is opened besides what is open already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// Nothing: the same is read anew.
    Nothing,
    /// As on the command line: a file, a folder, a server.
    Named(String),
    /// Text that holds certificates.
    Pasted(String),
}
