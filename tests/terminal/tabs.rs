//! Does every tab work in a real terminal: it shows, what is copied from it is what it shows, and neither another size nor a stop loses the place?

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::pty::Pty;
use super::{CTRL_Z, ESCAPE, SAMPLE, is_fingerprint_of, is_stopped, opened, quit};

const DOWN: &[u8] = b"\x1b[B";

/// Picks that line of the copy menu; what the terminal's clipboard is given. The menu is gone before it is, so the frame is whole then.
fn copied(pty: &mut Pty, key: char, label: &str) -> String {
    let before = pty.given_to_clipboard().len();
    pty.send(b"y");
    pty.wait_for("Copy");
    pty.send(key.encode_utf8(&mut [0; 4]).as_bytes());
    pty.wait_until(label, |pty| pty.given_to_clipboard().len() > before && !pty.shows("Copy"));
    let given = pty.given_to_clipboard();
    assert_eq!(given.len(), before + 1, "{label}");
    // Where there is no room for it, the status line is not drawn.
    if pty.rows().len() >= 15 {
        pty.wait_for(&format!("copied through the terminal (OSC 52): {label}"));
    }
    String::from_utf8(STANDARD.decode(given.last().unwrap()).unwrap()).unwrap()
}

/// The rows of the lower pane: those below its title, above the status line.
fn pane(pty: &Pty) -> Vec<String> {
    let rows = pty.rows();
    let title = rows.iter().position(|row| row.contains(" 1 Fields  2 ASN.1 ")).unwrap();
    rows[title + 1..rows.len() - 2].to_vec()
}

/// What stands in the rows, without arrows, signs, the bars' axis and what was cut off.
fn pieces(rows: &[String]) -> Vec<String> {
    let pieces = rows
        .iter()
        .flat_map(|row| row.split("  "))
        .map(|piece| piece.trim_matches([' ', '▸', '▾', '✓', '✗', '!', '?', '–', '…']).to_owned());
    pieces.filter(|piece| piece.chars().any(char::is_alphanumeric)).collect()
}

/// The bytes of the hex view that stand out as the element's: they are bold, where the rest is dim.
fn marked_bytes(pty: &Pty) -> String {
    let mut out = String::new();
    for (y, row) in (0..).zip(pty.rows()) {
        // The offset that a row begins with says where its bytes begin.
        let Some(start) = row.char_indices().position(|(at, _)| is_offset(row.get(at..at + 7))) else { continue };
        let x = u16::try_from(start).unwrap() + 7;
        for place in 0..8 {
            let cells: Vec<&vt100::Cell> = (1..3).filter_map(|digit| pty.screen().cell(y, x + place * 3 + digit)).collect();
            if cells.iter().all(|cell| cell.bold() || cell.inverse()) {
                out.extend(cells.iter().map(|cell| cell.contents()));
            }
        }
    }
    out
}

fn is_offset(part: Option<&str>) -> bool {
    part.is_some_and(|part| part.starts_with(' ') && part.ends_with(' ') && part[1..6].bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Every tab is gone to by its key, and something is copied from each.
#[test]
fn each_tab_gives_what_it_shows() {
    let mut pty = opened(&[], &[]);

    pty.send(b"1");
    pty.wait_until("the fields", |pty| pty.shows("▸ Subject ") && pty.shows("E6 by ISRG"));
    let value = copied(&mut pty, 'y', "value under the cursor");
    assert_eq!(pane(&pty)[0].split_once("Subject").unwrap().1.trim(), value);
    pty.send(DOWN);
    let both = copied(&mut pty, 'n', "name and value under the cursor");
    assert!(both.starts_with("Issuer: C=US"), "{both}");

    pty.send(b"2");
    pty.wait_for("tbsCertificate");
    pty.send(b"g");
    pty.wait_until("the bytes", |pty| pty.shows("00000  30 82"));
    for _ in 0..3 {
        pty.send(DOWN);
    }
    pty.wait_until("the version's bytes", |pty| marked_bytes(pty) == "020102");
    assert_eq!(copied(&mut pty, 'e', "ASN.1 element as hexadecimal"), marked_bytes(&pty));
    assert!(copied(&mut pty, 'x', "certificate as hexadecimal DER").starts_with("308202b63082023c"));

    pty.send(b"3");
    pty.wait_for("\"subject\": \"C=US");
    let document: serde_json::Value = serde_json::from_str(&copied(&mut pty, 'j', "certificate as JSON")).unwrap();
    let mut compared = 0;
    for (name, shown) in pane(&pty).iter().filter_map(|row| row.trim().strip_prefix('"')?.split_once("\": \"")) {
        let Some(value) = document[name].as_str() else { continue };
        assert!(value.starts_with(shown.trim_end_matches(['"', ',', '…'])), "{name}: {shown}");
        compared += 1;
    }
    assert!(compared >= 5, "{compared} values of the document are shown");

    // What the pane shows is what is given, and more: it goes on below, and is not cut at the right.
    for (key, seen) in [("4", "cross-signs"), ("6", "valid together")] {
        pty.send(key.as_bytes());
        pty.wait_for(seen);
        let given = copied(&mut pty, 'v', "this pane as text");
        let shown = pieces(&pane(&pty));
        assert!(shown.len() > 10, "{shown:?}");
        for piece in shown {
            assert!(given.contains(&piece), "`{piece}` is shown in {key} and not given:\n{given}");
        }
    }

    pty.send(b"5");
    pty.wait_for("of path 1/3");
    let given = copied(&mut pty, 'n', "name and value under the cursor");
    let (name, value) = given.split_once(": ").unwrap();
    assert!(name.starts_with("E6"), "the checks begin at the certificate that is looked at: {given}");
    assert!(pane(&pty).iter().any(|row| row.contains(name) && row.ends_with(value)), "{given}");
    quit(pty);
}

/// The place is the certificate that is looked at: its fingerprint is copied anew at every size.
#[test]
fn neither_a_size_nor_a_stop_loses_the_place() {
    let mut pty = opened(&[], &[]);
    pty.send(b"1");
    pty.wait_for("E6 by ISRG");
    let here = copied(&mut pty, 's', "SHA-256 fingerprint");
    assert!(is_fingerprint_of(SAMPLE, &here), "{here}");
    for (columns, rows) in [(40, 12), (300, 100), (80, 24)] {
        pty.resize((columns, rows));
        pty.wait_until("the hints on the last row", |pty| pty.rows().last().is_some_and(|row| row.contains("? help")));
        pty.wait_until("the focus", |pty| pty.shows("CN=E6") || pty.shows("O=Let's En"));
        assert_eq!(copied(&mut pty, 's', "SHA-256 fingerprint"), here, "at {columns}x{rows}");
        pty.send(ESCAPE);
        pty.send(b"1");
    }
    pty.send(CTRL_Z);
    pty.wait_until("a stopped process", is_stopped);
    pty.wait_until("the main screen", |pty| !pty.screen().alternate_screen());
    pty.assert_restored();
    pty.signal("CONT");
    pty.wait_until("the frame again", |pty| pty.screen().alternate_screen() && pty.shows("E6 by ISRG"));
    assert_eq!(copied(&mut pty, 's', "SHA-256 fingerprint"), here);
    quit(pty);
}
