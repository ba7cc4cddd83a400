//! One run of the program on a screen: messages in, effects and a frame out, until someone ends it.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use super::draw;
use super::keyboard::Keyboard;
use super::terminal::{TakenTerminal, give_back};
use super::{Answers, Theme};
use crate::explorer::{Addition, Clipboard, Command, Context, Effects, Explorer, Key, Message, Settings, Waiting, merge};
use crate::worker::{FIRST_LOADING, Front, Loading, Reopen, Start, Worker};

/// How long messages are taken in before the next frame. Of a key that is held, what comes later than that is dropped: it would go on
/// moving after it was let go.
const BEFORE_A_FRAME: Duration = Duration::from_millis(50);
/// How long after a frame what comes from the background waits: for a key, with which it makes one frame, and for more of its kind. Two
/// frames in less time are seen as one (60 Hz), and draw twice.
const AFTER_A_FRAME: Duration = Duration::from_millis(20);
/// How often the seconds of waiting are looked at.
const TICK: Duration = Duration::from_millis(250);

/// Runs until the person quits. The terminal is restored on every way out; where a signal ends the program, it dies of that.
pub fn run(start: Start, reopen: &Reopen<'_>, settings: Settings, theme: Theme, answers: Answers) -> io::Result<()> {
    let mut worker = Worker::new();
    // Before the terminal is taken over: a signal in between would leave it raw.
    worker.watch_signals(give_back)?;
    let outcome = TakenTerminal::enter().and_then(|screen| explore(screen, &mut worker, start, reopen, settings, theme, answers));
    worker.die_of_its_signal();
    outcome
}

fn explore(
    mut screen: TakenTerminal,
    worker: &mut Worker,
    start: Start,
    reopen: &Reopen<'_>,
    settings: Settings,
    theme: Theme,
    answers: Answers,
) -> io::Result<()> {
    if settings.mouse {
        screen.report_mouse(true)?;
    }
    // Before the size is asked for, so that no change of it is missed.
    let mut keyboard = Keyboard::open(answers)?;
    let Size { width, height } = screen.size()?;
    let ctrl_c = Key::Ctrl('c');
    let quits = (settings.keymap.command(ctrl_c, Context::Explore) == Some(Command::Quit)).then_some(ctrl_c);
    let mut effects = Effects::default();
    let stage = match start {
        Start::Opened(opened) => {
            let explorer = Explorer::new(*opened, settings.clone(), (width, height), &mut effects);
            Stage::Exploring(Box::new(explorer))
        }
        Start::Loading(what, loading) => {
            worker.load(FIRST_LOADING, loading);
            Stage::Waiting(Box::new(Waiting::new(what, (width, height))))
        }
    };
    let mut session = Session { screen, stage, settings, theme, reopen };
    // The first frame comes before any signature is checked and before any key is read.
    session.draw()?;
    worker.listen(quits, give_back, move || keyboard.next())?;
    let begun = Instant::now();
    let mut queue = VecDeque::new();
    while !worker.carry_out(&mut effects, &mut session)?.quits {
        session.draw()?;
        let drawn = Instant::now();
        if queue.is_empty() {
            let first = match &session.stage {
                // Whoever waits is told how long.
                Stage::Waiting(waiting) if !waiting.is_over() => worker.inbox().recv_timeout(TICK),
                _ => worker.inbox().recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            queue.push_back(match first {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => Message::Waited(begun.elapsed().as_secs()),
                Err(RecvTimeoutError::Disconnected) => break,
            });
        }
        while queue.iter().all(Message::may_wait)
            && let Some(left) = AFTER_A_FRAME.checked_sub(drawn.elapsed())
            && let Ok(next) = worker.inbox().recv_timeout(left)
        {
            queue.push_back(next);
        }
        // Whatever else has come is taken in before the next frame; a burst of keys costs one frame.
        queue = merge(queue.drain(..).chain(worker.inbox().try_iter())).into();
        if session.is_left_by(&queue) {
            break;
        }
        session.take_in(&mut queue, &mut effects, worker);
        if session.is_given_up() {
            worker.cancel();
        }
    }
    Ok(())
}

enum Stage {
    Waiting(Box<Waiting>),
    Exploring(Box<Explorer>),
}

struct Session<'a> {
    screen: TakenTerminal,
    stage: Stage,
    settings: Settings,
    theme: Theme,
    reopen: &'a Reopen<'a>,
}

impl Session<'_> {
    fn draw(&mut self) -> io::Result<()> {
        let (stage, theme) = (&self.stage, &self.theme);
        self.screen.draw(|frame| match stage {
            Stage::Waiting(waiting) => draw::waiting(frame.buffer_mut(), waiting, theme),
            Stage::Exploring(explorer) => draw::draw(frame.buffer_mut(), explorer, theme),
        })
    }

    /// Takes in what has come, for as long as a frame may wait. Repeats of the last move that are left over then are dropped.
    fn take_in(&mut self, queue: &mut VecDeque<Message>, effects: &mut Effects, worker: &Worker) {
        let begun = Instant::now();
        let mut moved = None;
        while begun.elapsed() < BEFORE_A_FRAME
            && !worker.is_ending()
            && let Some(message) = queue.pop_front()
        {
            moved = self.moving_key(&message);
            self.update(message, effects);
        }
        drop_repeats(queue, moved);
    }

    /// The key, if all that it does is to move.
    fn moving_key(&self, message: &Message) -> Option<Key> {
        let (Message::Key(key), Stage::Exploring(explorer)) = (message, &self.stage) else { return None };
        explorer.only_moves(*key).then_some(*key)
    }

    /// Whether what waits ends with the person leaving. Each key before that may take long; nothing of what they do would be seen.
    fn is_left_by(&self, queue: &VecDeque<Message>) -> bool {
        matches!(&self.stage, Stage::Exploring(explorer) if explorer.is_left_by(queue))
    }

    fn is_given_up(&self) -> bool {
        matches!(&self.stage, Stage::Waiting(waiting) if waiting.is_over())
    }
}

impl Front for Session<'_> {
    fn update(&mut self, message: Message, effects: &mut Effects) {
        match (&mut self.stage, message) {
            (Stage::Exploring(explorer), message) => explorer.update(message, effects),
            (Stage::Waiting(waiting), Message::Opened { opened, .. }) if !waiting.is_over() => {
                let explorer = Explorer::new(*opened, self.settings.clone(), waiting.size, effects);
                self.stage = Stage::Exploring(Box::new(explorer));
            }
            (Stage::Waiting(waiting), message) => waiting.update(message, effects),
        }
    }

    fn reopen(&self, additions: Vec<Addition>) -> Loading {
        (self.reopen)(additions)
    }

    fn copy_to_terminal(&mut self, text: &str) -> Clipboard {
        self.screen.copy(text).unwrap_or_else(|error| Clipboard::Failed(error.to_string()))
    }

    fn report_mouse(&mut self, on: bool) -> io::Result<()> {
        self.screen.report_mouse(on)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.screen.clear()
    }

    fn suspend(&mut self) -> io::Result<Option<Message>> {
        self.screen.suspend()?;
        let Size { width, height } = self.screen.size()?;
        Ok(Some(Message::Resize(width, height)))
    }
}

fn drop_repeats(queue: &mut VecDeque<Message>, moved: Option<Key>) {
    while matches!(queue.front(), Some(Message::Key(key)) if Some(*key) == moved) {
        queue.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_repeats_of_the_last_move_are_dropped() {
        let queue = || VecDeque::from([Key::Down, Key::Down, Key::Up, Key::Down].map(Message::Key));
        for (moved, left) in [(Some(Key::Down), 2), (Some(Key::Up), 4), (None, 4)] {
            let mut queue = queue();
            drop_repeats(&mut queue, moved);
            assert_eq!(queue.len(), left, "{moved:?}");
        }
    }
}
