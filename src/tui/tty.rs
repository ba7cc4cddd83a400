//! Which terminal do the keys come from, whatever standard input is?

use std::io::{self, IsTerminal, stdin};
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{Mode, OFlags, open};

/// Standard input where that is a terminal, else the one that controls the process.
pub(super) fn tty() -> io::Result<OwnedFd> {
    if stdin().is_terminal() {
        return stdin().as_fd().try_clone_to_owned();
    }
    Ok(open("/dev/tty", OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?)
}
