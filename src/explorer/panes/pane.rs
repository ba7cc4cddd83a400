//! Which parts of the screen there are: the diagram, and the two lists beside it; and which way the inspector looks.

/// A part of the screen that can have the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    Diagram,
    /// The focused certificate, by one of its tabs.
    Inspector,
    Checks,
}

/// What can stand below the diagram where there is room for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lower {
    Inspector,
    Checks,
}

impl From<Lower> for Pane {
    fn from(lower: Lower) -> Self {
        match lower {
            Lower::Inspector => Pane::Inspector,
            Lower::Checks => Pane::Checks,
        }
    }
}

impl Pane {
    /// The list that it is; `None` for the diagram.
    pub fn lower(self) -> Option<Lower> {
        match self {
            Pane::Diagram => None,
            Pane::Inspector => Some(Lower::Inspector),
            Pane::Checks => Some(Lower::Checks),
        }
    }
}

/// How the focused certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Tab {
    #[default]
    Fields,
    Asn1,
    Document,
    Siblings,
    Time,
}

impl Tab {
    /// In their order on the screen, each with its key and its name. The fifth key is that of the checks, which have a pane of their own.
    pub const ALL: [(Tab, char, &'static str); 5] = [
        (Tab::Fields, '1', "Fields"),
        (Tab::Asn1, '2', "ASN.1"),
        (Tab::Document, '3', "JSON"),
        (Tab::Siblings, '4', "Siblings"),
        (Tab::Time, '6', "Time"),
    ];
}

/// What the ASN.1 tab is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// The focused certificate.
    #[default]
    Focus,
    /// A CRL or OCSP response, by its number in the evidence.
    Crl(usize),
    Response(usize),
    /// What could not be read, by its number.
    Unread(usize),
}
