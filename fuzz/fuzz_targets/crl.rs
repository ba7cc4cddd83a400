//! Can any bytes, read as a CRL, make judging panic or never end? Run: `cargo fuzz run crl`.

#![no_main]

mod judged;

use crossroots::cert::Crl;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(crl) = Crl::from_der(bytes) else { return };
    judged::with_evidence(vec![crl], Vec::new());
});
