//! What can lie on top of the panes.

use tui_input::Input;

/// What lies on top of the panes, the last one receiving keys.
#[derive(Debug, Clone)]
pub enum View {
    Time,
    Help {
        first: usize,
    },
    /// The actions that match what is typed, and which of them the cursor is on.
    Palette {
        typed: Input,
        cursor: usize,
    },
    CopyMenu {
        cursor: usize,
    },
    Search {
        text: Input,
    },
    /// The list of the pane is being narrowed to what is typed; the row that the cursor was on before.
    Filter {
        text: Input,
        before: String,
    },
    /// The name of a file or server to open, and what it could go on as.
    Open {
        text: Input,
        candidates: Vec<String>,
    },
    Date {
        text: Input,
        error: Option<String>,
    },
    /// Text to be read, or selected by hand.
    Text {
        title: String,
        lines: Vec<String>,
        first: usize,
    },
}

impl View {
    /// Whether it is a line to type in.
    pub fn is_typed(&self) -> bool {
        match self {
            View::Palette { .. } | View::Search { .. } | View::Filter { .. } | View::Open { .. } | View::Date { .. } => true,
            View::Time | View::Help { .. } | View::CopyMenu { .. } | View::Text { .. } => false,
        }
    }
}
