//! Can any file make the reader panic, or lose count of its blocks? Run: `cargo fuzz run pem_reader`.

#![no_main]

use crossroots::cert::Origin;
use crossroots::source::read_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let batch = read_bytes(bytes, &|block| Origin::File { path: "fuzz".to_owned(), block });
    for found in &batch.certificates {
        assert!(!found.certificate.der().is_empty());
    }
    for problem in &batch.problems {
        assert!(!problem.to_string().chars().any(char::is_control));
    }
});
