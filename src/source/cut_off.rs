//! From when on does a store's root no longer count for what it issues? Mozilla's table, and what a store file says itself.
//!
//! In a file, the line `distrust-after: 2024-11-30` in front of a PEM block speaks of that block's certificate; readers of PEM pass
//! over text between blocks (RFC 7468 2).

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::batch::{Problem, ProblemKind};
use super::found::Found;
use super::pem_block::blocks;
use crate::cert::{Fingerprint, Origin, Time, escape};

const MOZILLA: &str = include_str!("../../assets/mozilla-distrust-after.toml");
const KEY: &str = "distrust-after:";
/// A date without a time means the whole of that day.
const REST_OF_DAY: i64 = 86_399;

/// By the root's SHA-256: server certificates issued later than this do not count.
pub(super) type CutOffs = BTreeMap<Fingerprint, Time>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    root: Vec<Root>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    #[expect(dead_code, reason = "for people who read the table")]
    name: String,
    sha256: String,
    after: String,
    #[expect(dead_code, reason = "for people who read the table")]
    source: String,
}

/// The built-in table of Mozilla's store; a line that cannot be read would be a mistake of this program, and a test finds it.
pub(super) fn of_mozilla() -> CutOffs {
    let table = toml::from_str::<Table>(MOZILLA).map_or_else(|_| Vec::new(), |table| table.root);
    table.iter().filter_map(|root| Some((Fingerprint::parse(&root.sha256)?, moment(&root.after)?))).collect()
}

/// What a store file, `text`, says of `certificates`, which were read from it; and the lines that cannot be understood.
pub(super) fn of_file(path: &Path, text: &[u8], certificates: &[Found]) -> (CutOffs, Vec<Problem>) {
    if !text.windows(KEY.len()).any(|window| window.eq_ignore_ascii_case(KEY.as_bytes())) {
        return (CutOffs::new(), Vec::new());
    }
    let starts: Vec<(usize, usize)> = blocks(text).filter_map(|block| Some((block.line, block.number?))).collect();
    let (mut out, mut problems) = (CutOffs::new(), Vec::new());
    for (place, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let Some(said) = said_in(&String::from_utf8_lossy(line)) else { continue };
        let number = place + 1;
        let block = starts.iter().find(|(start, _)| *start > number).map(|(_, block)| *block);
        let of_block = |origin: &Origin| matches!(origin.outermost(), Origin::File { block: Some(found), .. } if Some(*found) == block);
        match (moment(&said), certificates.iter().find(|found| of_block(&found.origin))) {
            (Some(after), Some(found)) => {
                out.insert(found.certificate.sha256, after);
            }
            (after, _) => {
                let reason = if after.is_none() { "expected a date such as 2024-11-30" } else { "no certificate follows it" };
                let place = format!("{}, line {number}", escape(&path.to_string_lossy()));
                problems.push(Problem::new(ProblemKind::Broken, place, format!("{KEY} {}: {reason}", escape(&said))));
            }
        }
    }
    (out, problems)
}

/// What stands behind `distrust-after:` in a line, which a `#` may begin.
fn said_in(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches('#').trim_start();
    let key = line.get(..KEY.len()).filter(|start| start.eq_ignore_ascii_case(KEY))?;
    line.strip_prefix(key).map(|said| said.trim().to_owned())
}

fn moment(text: &str) -> Option<Time> {
    // Only what says its day: `now` and `+30d` would be another moment every day.
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let time = Time::parse(text, Time(0)).ok().filter(|_| begins)?;
    Some(if text.contains(':') { time } else { time.plus(REST_OF_DAY) })
}

#[cfg(test)]
mod tests {
    use super::super::file::ReadLimits;
    use super::super::folder::read_path;
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let cut_offs = of_mozilla();
        assert_eq!(cut_offs.len(), MOZILLA.matches("[[root]]").count());
        let izenpe = Fingerprint::parse("2530cc8e98321502bad96f9b1fba1b099e2d299e0f4548bb914f363bc0d4531f").unwrap();
        assert_eq!(cut_offs[&izenpe].rfc3339(), "2026-04-15T23:59:59Z");
    }

    #[test]
    fn a_line_speaks_of_the_block_behind_it() {
        let made = || {
            let key = rcgen::KeyPair::generate().unwrap();
            rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&key).unwrap()
        };
        let (first, second) = (made(), made());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.pem");
        let text = format!(
            "# distrust-after: 2024-11-30\n{}Distrust-After: soon\n distrust-after: 2025-01-01T12:00:00Z\n{}distrust-after: 2026-01-01\n",
            first.pem(),
            second.pem()
        );
        std::fs::write(&path, &text).unwrap();
        let (cut_offs, problems) = of_file(&path, text.as_bytes(), &read_path(&path, &ReadLimits::default()).certificates);
        assert_eq!(cut_offs[&Fingerprint::of(first.der())].rfc3339(), "2024-11-30T23:59:59Z");
        assert_eq!(cut_offs[&Fingerprint::of(second.der())].rfc3339(), "2025-01-01T12:00:00Z");
        let said: Vec<&str> = problems.iter().map(|problem| problem.reason.as_str()).collect();
        assert_eq!(
            said,
            ["distrust-after: soon: expected a date such as 2024-11-30", "distrust-after: 2026-01-01: no certificate follows it"]
        );
    }
}
