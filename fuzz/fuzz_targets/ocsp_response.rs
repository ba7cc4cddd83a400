//! Can any bytes, read as an OCSP response, make judging panic or never end? Run: `cargo fuzz run ocsp_response`.

#![no_main]

mod judged;

use crossroots::cert::OcspResponse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(response) = OcspResponse::from_der(bytes) else { return };
    judged::with_evidence(Vec::new(), vec![response]);
});
