//! A note on a file in a sentence: what stands there, and what programs make of it.

use super::grouped;
use crate::source::{Effect, MarkerFlaw, Note, NoteKind, Program, RequestedCertificate, TextEncoding};

/// `line 12: END and BEGIN on one line; OpenSSL, nginx and HAProxy do not read this file`, without the file's name.
pub fn note_words(note: &Note) -> String {
    let line = note.line.map_or_else(String::new, |line| format!("line {}: ", grouped(line as u128)));
    let others = if note.others == 0 { String::new() } else { format!(" (and {} more)", grouped(note.others as u128)) };
    format!("{line}{}{others}{}", kind_words(&note.kind), effect_words(note.kind.effects()))
}

/// Notes below the name of their file, in the order of the notes.
pub fn notes_by_place(notes: &[Note]) -> impl Iterator<Item = (&str, Vec<String>)> {
    let runs = notes.chunk_by(|one, next| one.place == next.place);
    runs.filter_map(|run| Some((run.first()?.place.as_str(), run.iter().map(note_words).collect())))
}

fn kind_words(kind: &NoteKind) -> String {
    let text = match kind {
        NoteKind::Encoding(TextEncoding::Utf8WithMark) => "the file begins with a UTF-8 byte order mark",
        NoteKind::Encoding(TextEncoding::Utf16) => "the file is UTF-16; PEM is ASCII (RFC 7468)",
        NoteKind::CarriageReturns => "the lines end in CR alone; expected LF or CR LF",
        NoteKind::MarkersOnOneLine => "END and BEGIN are on one line; each needs its own",
        NoteKind::Marker { is_begin, flaw } => return marker_words(*is_begin, *flaw),
        NoteKind::EndMissing { label } => return format!("BEGIN {label} without its END; the certificate is whole and was read"),
        NoteKind::EndOfAnotherLabel { begin, end } => return format!("BEGIN {begin} ends with END {end}; both must have the same label"),
        NoteKind::TextBehindMarker => "text follows the BEGIN marker on its line",
        NoteKind::IndentedMarker => "the BEGIN marker is indented; it must start its line",
        NoteKind::LiteralLineEnds => "line ends are written as \\n",
        NoteKind::BlankLine => "blank line inside a block",
        NoteKind::LongLine { columns } => {
            return format!("base64 in lines of {} characters; RFC 7468 has 64", grouped(*columns as u128));
        }
        NoteKind::InventedLabel { label } => return format!("{label} is not a PEM label; it must be CERTIFICATE"),
        NoteKind::OwnNotFirst { own, position, has_key } => {
            let why = if *has_key { "the certificate of the private key" } else { "the only one that is no CA" };
            return format!("the file does not begin with {own} ({why}), which is certificate {position} in it");
        }
        NoteKind::OutOfOrder { subject } => return format!("{subject} is out of order: it did not issue a certificate before it"),
        NoteKind::Repeated { subject, earlier } => return format!("{subject} is already certificate {earlier} of the file"),
        NoteKind::NotInChain { subject } => return format!("{subject} is not part of the chain"),
        NoteKind::RootIncluded { subject } => return format!("{subject} is a root; servers need not send it"),
        NoteKind::KeyOfNone => "the private key belongs to no certificate that was loaded with it",
        NoteKind::KeyOfAnother { subject, position } => {
            return format!("the private key belongs to {subject}, certificate {position} of the file, not to the first");
        }
        NoteKind::KeyOf { subjects } => return format!("the private key belongs to {}", subjects.join(", ")),
        NoteKind::IntegrityNotChecked => "integrity not checked (no password): the certificates are not encrypted, and were read",
        NoteKind::DefaultPassword { password } => return format!("opened with {password}, the default password of Java's tools"),
        NoteKind::KeyEncrypted => "the private key is encrypted; it is not compared with the certificates",
        NoteKind::KeyNotCompared => "the private key cannot be compared with the certificates: its kind is not supported",
        NoteKind::Request(request) => return request_words(request),
    };
    text.to_owned()
}

fn marker_words(is_begin: bool, flaw: MarkerFlaw) -> String {
    let marker = if is_begin { "BEGIN" } else { "END" };
    match flaw {
        MarkerFlaw::Dashes => format!("the {marker} line has typographic dashes; expected five hyphens on each side"),
        MarkerFlaw::DashCount => format!("the {marker} line needs five hyphens on each side"),
        MarkerFlaw::LowerCase => format!("the {marker} line must be in capitals"),
        MarkerFlaw::Space => format!("the {marker} line has a misplaced or non-breaking space"),
    }
}

fn request_words(request: &RequestedCertificate) -> String {
    let names = if request.names.is_empty() { "no SAN".to_owned() } else { format!("SANs: {}", request.names.join(", ")) };
    let signed = match request.is_signed {
        Some(true) => "signed by its own key",
        Some(false) => "its signature does not verify with its own key",
        None => "its signature algorithm is not supported",
    };
    let same = match request.certificates.as_slice() {
        [] => "no loaded certificate has its key".to_owned(),
        certificates => format!("its key is that of {}", certificates.join(", ")),
    };
    format!("certificate request for {} ({names}; key {}), {signed}; {same}", request.subject, request.key)
}

/// What programs do: first who refuses the file, then who passes over the block.
fn effect_words(effects: &[(Program, Effect)]) -> String {
    let named = |wanted: Effect| -> Vec<&str> {
        effects.iter().filter(|(_, effect)| *effect == wanted).map(|(program, _)| program.name()).collect()
    };
    let said = |programs: Vec<&str>, one: &str, several: &str| match programs.as_slice() {
        [] => String::new(),
        [only] => format!("; {only} {one}"),
        [first @ .., last] => format!("; {} and {last} {several}", first.join(", ")),
    };
    let refused = said(named(Effect::Refuses), "does not accept this file", "do not accept this file");
    said(named(Effect::PassesOver), "skips a block without a word", "skip a block without a word") + &refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_the_line_what_stands_there_and_who_refuses_it() {
        let said = |line, others, kind| note_words(&Note { place: "f".to_owned(), line, others, kind });
        assert_eq!(
            said(Some(12), 0, NoteKind::MarkersOnOneLine),
            "line 12: END and BEGIN are on one line; each needs its own; OpenSSL, nginx, HAProxy and Java's keytool do not accept this file"
        );
        assert_eq!(
            said(Some(1), 2, NoteKind::InventedLabel { label: "MY CERTIFICATE".to_owned() }),
            "line 1: MY CERTIFICATE is not a PEM label; it must be CERTIFICATE (and 2 more); OpenSSL, nginx and HAProxy skip a block \
             without a word"
        );
        assert_eq!(
            said(None, 0, NoteKind::Encoding(TextEncoding::Utf8WithMark)),
            "the file begins with a UTF-8 byte order mark; Java's keytool does not accept this file"
        );
    }
}
