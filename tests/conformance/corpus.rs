//! Where are the suites, and what do their files hold?

use std::path::{Path, PathBuf};

/// A folder of the corpora; says that it was skipped where there is none.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

/// The label and the bytes of every PEM block in a text. The program's own reader refuses what is no certificate, and a suite's
/// case may be just that.
pub fn pem_blocks(text: &str) -> Vec<(String, Vec<u8>)> {
    let blocks = pem::parse_many(text).unwrap();
    blocks.into_iter().map(|block| (block.tag().to_owned(), block.into_contents())).collect()
}

/// The blocks of a file that are certificates, as DER.
pub fn certificates_of(path: &Path) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let blocks = pem_blocks(&String::from_utf8_lossy(&bytes));
    blocks.into_iter().filter(|(label, _)| label.ends_with("CERTIFICATE")).map(|(_, der)| der).collect()
}
