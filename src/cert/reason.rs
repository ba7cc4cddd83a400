//! Why something cannot be read, in words: what the DER reader said, without its own names for things.

use x509_parser::asn1_rs::{Error, Tag};
use x509_parser::nom::Err;

use super::escape;

/// The reader's error as a person would say it, escaped.
pub(super) fn reason(error: &Err<Error>) -> String {
    let error = match error {
        Err::Incomplete(_) => return "the DER ends too early".to_owned(),
        Err::Error(error) | Err::Failure(error) => error,
    };
    match error {
        Error::UnexpectedTag { expected: Some(expected), actual } => format!("{} where {} belongs", kind(*actual), kind(*expected)),
        Error::UnexpectedTag { expected: None, actual } => format!("{} where something else belongs", kind(*actual)),
        Error::InvalidTag | Error::UnknownTag(_) | Error::UnexpectedClass { .. } => {
            "an element of another type than belongs there".to_owned()
        }
        Error::InvalidLength | Error::BerTypeError | Error::BerValueError => "a value that does not fit its type".to_owned(),
        Error::IntegerTooLarge => "a number that is too large".to_owned(),
        Error::IntegerNegative => "a negative number".to_owned(),
        Error::StringInvalidCharset => "characters that its string type does not have".to_owned(),
        Error::Incomplete(_) | Error::NomError(_) => "the DER ends too early, or is none".to_owned(),
        other => escape(&other.to_string()),
    }
}

/// X.680 table 1.
fn kind(tag: Tag) -> String {
    let known = match tag {
        Tag::Boolean => "a BOOLEAN",
        Tag::Integer => "an INTEGER",
        Tag::BitString => "a BIT STRING",
        Tag::OctetString => "an OCTET STRING",
        Tag::Null => "a NULL",
        Tag::Oid => "an OBJECT IDENTIFIER",
        Tag::Utf8String => "a UTF8String",
        Tag::Sequence => "a SEQUENCE",
        Tag::Set => "a SET",
        Tag::PrintableString => "a PrintableString",
        Tag::Ia5String => "an IA5String",
        other => return format!("tag {}", other.0),
    };
    known.to_owned()
}
