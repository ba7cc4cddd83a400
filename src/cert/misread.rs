//! Why is a value not what its type promises? The field that was being read, and what is wrong with it.

/// A field that cannot be read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct Misread {
    /// As its RFC calls it.
    pub field: &'static str,
    pub fault: Fault,
}

impl Misread {
    pub(super) const fn new(field: &'static str, fault: Fault) -> Self {
        Self { field, fault }
    }
}

/// What is wrong with a field. A tag is the one byte of X.690 8.1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// Nothing stands where it belongs.
    #[error("missing")]
    Missing,
    #[error("the DER ends too early")]
    EndsEarly,
    #[error("a tag of more than one byte")]
    LongTag,
    /// Indefinite, or in more bytes than it takes (X.690 10.1).
    #[error("a length that DER does not allow")]
    Length,
    #[error("{announced} bytes announced, {present} present")]
    Overrun { announced: usize, present: usize },
    #[error("{} where {} belongs", kind(*.found), kind(*.expected))]
    Tag { found: u8, expected: u8 },
    #[error("{bytes} trailing bytes")]
    Trailing { bytes: usize },
    /// One of its fields stands behind one that follows it, or twice.
    #[error("{} is repeated or out of order", kind(*.tag))]
    Misplaced { tag: u8 },
    /// More than RFC 5280 has there.
    #[error("{} that is not defined", kind(*.tag))]
    Unknown { tag: u8 },
    /// What must stand once stands twice.
    #[error("a duplicate")]
    Duplicate,
    /// A list of at least one.
    #[error("empty")]
    Empty,
    #[error("a BOOLEAN that is neither 00 nor FF")]
    Boolean,
    #[error("an INTEGER that is not in its shortest form")]
    Integer,
    #[error("a negative number")]
    Negative,
    #[error("a number that is too large")]
    TooLarge,
    #[error("a BIT STRING without a sound count of unused bits")]
    BitString,
    /// X.690 11.2.1: who ignores the count reads other bits than who heeds it.
    #[error("a BIT STRING whose unused bits are not zero")]
    UnusedBits,
    #[error("a bit that is not defined")]
    UndefinedBit,
    #[error("an OBJECT IDENTIFIER that is not in its shortest form, or is cut off")]
    Identifier,
    #[error("not a name")]
    Name,
    #[error("bytes that its string type does not have")]
    Characters,
    #[error("more than {limit}")]
    TooMany { limit: usize },
    /// RFC 5280 4.2.1.10.
    #[error("a minimum other than 0")]
    Minimum,
    /// RFC 5280 4.2.1.10.
    #[error("a maximum")]
    Maximum,
    /// RFC 5280 5.2.5, 4.2.1.13.
    #[error("a name relative to an issuer without a directory name")]
    RelativeToNone,
    /// RFC 5280 4.2.1.13: a point names itself or who signs its CRL.
    #[error("neither a name nor a CRL issuer")]
    Nameless,
    /// RFC 5280 5.2.5.
    #[error("only for several kinds of certificates at once")]
    SeveralKinds,
    /// RFC 5280 4.1.2.5.
    #[error("not a time as RFC 5280 4.1.2.5 has it")]
    Time,
    /// RFC 6962 3.2, 3.3.
    #[error("not a list of timestamps")]
    Timestamps,
}

/// X.680 table 1, with its article.
fn kind(tag: u8) -> String {
    let known = match tag {
        0x01 => "a BOOLEAN",
        0x02 => "an INTEGER",
        0x03 => "a BIT STRING",
        0x04 => "an OCTET STRING",
        0x05 => "a NULL",
        0x06 => "an OBJECT IDENTIFIER",
        0x0a => "an ENUMERATED",
        0x0c => "a UTF8String",
        0x13 => "a PrintableString",
        0x16 => "an IA5String",
        0x17 => "a UTCTime",
        0x18 => "a GeneralizedTime",
        0x30 => "a SEQUENCE",
        0x31 => "a SET",
        _ if tag & 0xc0 == 0x80 => return format!("a field [{}]{}", tag & 0x1f, if tag & 0x20 == 0 { "" } else { " of parts" }),
        _ => return format!("tag {tag:#04x}"),
    };
    known.to_owned()
}

/// Where the reason is only shown, not looked at.
impl From<Misread> for String {
    fn from(misread: Misread) -> Self {
        misread.to_string()
    }
}
