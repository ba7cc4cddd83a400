//! The lists beside the diagram: fields, ASN.1, bytes, document, siblings, time, checks; and how the screen is shared out.

pub(in crate::explorer) mod asn1;
mod bars;
pub(in crate::explorer) mod bytes;
pub(in crate::explorer) mod checks;
pub(in crate::explorer) mod document;
pub(in crate::explorer) mod fields;
pub(in crate::explorer) mod filter;
pub(in crate::explorer) mod foretold;
pub(in crate::explorer) mod list;
mod loaded;
pub(in crate::explorer) mod moving;
pub(in crate::explorer) mod pane;
pub(in crate::explorer) mod screen;
pub(in crate::explorer) mod siblings;
pub(in crate::explorer) mod state;
pub(in crate::explorer) mod tabs;
pub(in crate::explorer) mod time;
pub(in crate::explorer) mod wrap;
