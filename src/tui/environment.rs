//! What does the environment say that the terminal can show?

use crate::diagram::Charset;
use crate::explorer::Clipboard;

/// The terminal's kind (`term(7)`); empty where nothing says.
pub(super) fn term() -> String {
    std::env::var("TERM").unwrap_or_default()
}

/// What the terminal's environment can show: ASCII on the Linux console, and where the locale is no UTF-8.
pub fn charset() -> Charset {
    if term() == "linux" { Charset::Ascii } else { locale_charset() }
}

/// ASCII where the locale is no UTF-8.
pub fn locale_charset() -> Charset {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = variable("LC_ALL").or_else(|| variable("LC_CTYPE")).or_else(|| variable("LANG")).unwrap_or_default().to_uppercase();
    if locale.contains("UTF-8") || locale.contains("UTF8") || cfg!(windows) { Charset::Unicode } else { Charset::Ascii }
}

/// Whether the terminal knows no sequences at all.
pub fn is_dumb() -> bool {
    term() == "dumb"
}

/// What becomes of a text that the terminal is sent for its clipboard; `None` where it has none that programs can write to.
pub fn clipboard() -> Option<Clipboard> {
    let in_tmux = std::env::var_os("TMUX").is_some_and(|value| !value.is_empty());
    let sent = if in_tmux { Clipboard::SentThroughTmux } else { Clipboard::SentToTerminal };
    (!is_dumb() && term() != "linux").then_some(sent)
}

/// Whether the terminal claims to show every colour; one that does can be asked for its background.
pub fn claims_all_colors() -> bool {
    std::env::var("COLORTERM").is_ok_and(|value| value == "truecolor" || value == "24bit")
}

/// Whether the terminal's name leaves it colours: the DEC terminals had none, nor has what is named mono (`term(7)`) or dumb.
pub fn has_colors() -> bool {
    let term = term();
    let is_dec = term.strip_prefix("vt").is_some_and(|model| model.starts_with(|first: char| first.is_ascii_digit()));
    !is_dec && !is_dumb() && !["-m", "-mono"].iter().any(|suffix| term.ends_with(suffix))
}
