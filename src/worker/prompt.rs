//! How is a password asked for at the terminal, and the terminal left as it was, even by a signal that ends the program meanwhile?

use signal_hook::low_level;
use zeroize::Zeroizing;

/// What the person types behind `question`; `None` where there is no terminal or nothing was typed.
pub(super) fn password(question: &str) -> Option<Zeroizing<String>> {
    #[cfg(unix)]
    let _watched = unix::Watched::begin();
    match rpassword::prompt_password(question) {
        // Ctrl-C, which comes as a key.
        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => die_of(signal_hook::consts::SIGINT),
        typed => typed.ok().map(Zeroizing::new).filter(|typed| !typed.is_empty()),
    }
}

fn die_of(signal: i32) -> ! {
    // Where it cannot, the shell's way to say it.
    drop(low_level::emulate_default_handler(signal));
    low_level::exit(128 + signal)
}

#[cfg(unix)]
pub(super) use unix::leave_signals_to_another;

#[cfg(unix)]
mod unix {
    use std::fs::{File, OpenOptions};
    use std::io::{self, Write as _};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Mutex, MutexGuard, Once, PoisonError};
    use std::thread::Builder;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    /// The terminal, and how it was before the question; `None` while nothing is asked.
    static ASKED: Mutex<Option<(File, Termios)>> = Mutex::new(None);
    /// Somebody else ends the program by its signals.
    static IS_LEFT: AtomicBool = AtomicBool::new(false);

    /// From now on another part of the program does what signals ask for.
    pub(in crate::worker) fn leave_signals_to_another() {
        IS_LEFT.store(true, Ordering::Relaxed);
    }

    /// Signals that end the program put the terminal back first, as long as this lives.
    pub(super) struct Watched;

    impl Watched {
        /// Where there is no terminal or the system refuses, nothing is watched.
        pub fn begin() -> Self {
            static WATCH: Once = Once::new();
            WATCH.call_once(|| drop(watch()));
            let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty").ok();
            *asked() = terminal.and_then(|terminal| tcgetattr(&terminal).ok().map(|was| (terminal, was)));
            Self
        }
    }

    impl Drop for Watched {
        fn drop(&mut self) {
            *asked() = None;
        }
    }

    fn asked() -> MutexGuard<'static, Option<(File, Termios)>> {
        ASKED.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For the rest of the program: once caught, a signal does not end it of itself any more.
    fn watch() -> io::Result<()> {
        let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
        let watch = move || {
            for signal in signals.forever() {
                let asked = asked().take();
                let was_asked = asked.is_some();
                if let Some((mut terminal, was)) = asked {
                    // The program ends; there is nobody to tell.
                    let _ = tcsetattr(&terminal, OptionalActions::Now, &was);
                    drop(terminal.write_all(b"\n"));
                }
                if was_asked || !IS_LEFT.load(Ordering::Relaxed) {
                    super::die_of(signal);
                }
            }
        };
        Builder::new().name("prompt".to_owned()).spawn(watch).map(drop)
    }
}
