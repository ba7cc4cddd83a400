//! What is a file that holds nothing which is read here? Named by its first bytes, so that a person sees which file was taken for which.

/// First bytes, and what begins with them.
const BEGINNINGS: [(&[u8], &str); 30] = [
    (b"\x7fELF", "an ELF program or library"),
    (b"MZ", "a DOS or Windows program"),
    (b"\xfe\xed\xfa\xce", "a Mach-O program"),
    (b"\xfe\xed\xfa\xcf", "a Mach-O program"),
    (b"\xce\xfa\xed\xfe", "a Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\xca\xfe\xba\xbe", "a Java class or a Mach-O program"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a file compressed by gzip: decompress it first"),
    (b"BZh", "a file compressed by bzip2: decompress it first"),
    (b"\xfd7zXZ\0", "a file compressed by xz: decompress it first"),
    (b"\x28\xb5\x2f\xfd", "a file compressed by zstd: decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"!<arch>\n", "an archive of ar: a Debian package or a static library"),
    (b"\xed\xab\xee\xdb", "an RPM package"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database: of NSS, export it with certutil or pk12util"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE file: a Windows installer (MSI) or an old Office document"),
    (b"MSCF", "a Windows cabinet"),
    (b"ssh-", "an OpenSSH public key, which is no X.509 certificate"),
    (b"ecdsa-sha2-", "an OpenSSH public key, which is no X.509 certificate"),
    (b"sk-", "an OpenSSH public key, which is no X.509 certificate"),
    (b"SSH PRIVATE KEY FILE", "an SSH private key"),
    (b"PuTTY-User-Key-File", "a PuTTY private key"),
    (b"\x00asm", "a WebAssembly module"),
];

/// First words of text, in lower case.
const TEXTS: [(&str, &str); 4] =
    [("<!doctype html", "an HTML page"), ("<html", "an HTML page"), ("<?xml", "an XML document"), ("#!", "a script")];
/// Where tar has its magic (POSIX ustar).
const TAR: std::ops::Range<usize> = 257..262;

/// What the bytes are, with an article; `None`: of no kind that has a name here.
pub(super) fn name(bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("an empty file");
    }
    if let Some((_, name)) = BEGINNINGS.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Some(name);
    }
    if bytes.get(TAR) == Some(b"ustar") {
        return Some("a tar archive");
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let starts = |begin: &str| text.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin.as_bytes()));
    if let Some((_, name)) = TEXTS.iter().find(|(begin, _)| starts(begin)) {
        return Some(name);
    }
    let is_text = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
    match text {
        [b'{' | b'[', ..] if serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok() => Some("JSON"),
        [] => Some("nothing but white space"),
        // Text, in UTF-16 by its byte order mark.
        _ if is_text(bytes) || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => None,
        _ => Some("binary data of no kind that is known here"),
    }
}
