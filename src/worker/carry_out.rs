//! Effects carried out, in one place for every front end.

use std::io;
use std::sync::Arc;

use super::front::{Front, Loading};
use super::online::Scope;
use super::threads::Worker;
use crate::analysis::Analysis;
use crate::explorer::{Effect, Effects, Message};

/// What became of some effects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CarriedOut {
    /// The program is to end.
    pub quits: bool,
    /// Answers that will come for sure, besides those that the explorer itself waits for.
    pub answers: usize,
}

impl Worker {
    /// Carries out what is to be done, and what comes of that at once; what takes its time is begun, and puts its answers into the inbox.
    pub fn carry_out(&mut self, effects: &mut Effects, front: &mut dyn Front) -> io::Result<CarriedOut> {
        let mut done = CarriedOut::default();
        while let Some(effect) = effects.pop().filter(|_| !self.is_ending()) {
            done.answers += usize::from(matches!(effect, Effect::Copy { .. } | Effect::Load { .. } | Effect::Save { .. }));
            match effect {
                Effect::Quit => {
                    done.quits = true;
                    return Ok(done);
                }
                Effect::Judge(question) => self.judge(question),
                Effect::Foretell(question) => self.foretell(question),
                Effect::Check { request, pool, graph, target, signers } => {
                    let targets = std::iter::once(target).chain(signers).collect();
                    self.check(request, pool, *graph, targets);
                }
                Effect::Fetch { ticket, analysis, target, path, allowed } => {
                    let scope = path.map_or_else(|| Scope::Targets(vec![target]), |path| Scope::Path(target, path));
                    self.fetch(ticket, *analysis, scope, allowed);
                }
                Effect::Search { ticket, pool, at, wanted, among } => self.search(ticket, pool, at, wanted, among),
                Effect::Load { ticket, mut kept, addition, before } => {
                    kept.push(addition);
                    self.load(ticket, with_fetched(front.reopen(kept), before));
                }
                Effect::CancelLoad => self.cancel(),
                Effect::Save { name, text } => self.save(name, text),
                Effect::Complete(typed) => self.complete(typed),
                Effect::Copy { label, text } => self.copy(label, text),
                Effect::WriteToTerminal { label, text } => {
                    let outcome = front.copy_to_terminal(&text);
                    front.update(Message::Copied { label, text, outcome }, effects);
                }
                Effect::Mouse(on) => front.report_mouse(on)?,
                Effect::Redraw => front.redraw()?,
                Effect::Suspend => {
                    if let Some(message) = front.suspend()? {
                        front.update(message, effects);
                    }
                }
            }
        }
        done.quits |= self.is_ending();
        Ok(done)
    }
}

/// With what was fetched for what was open before: it is taken in, and its signatures are checked, where the loading goes on.
fn with_fetched(loading: Loading, before: Arc<Analysis>) -> Loading {
    Box::new(move |step, cancelled| {
        let mut opened = loading(step, cancelled)?;
        Arc::make_mut(&mut opened.analysis).keep_fetched(&before);
        Ok(opened)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::{Pool, Trust};
    use crate::check::Policy;
    use crate::explorer::{Addition, Clipboard};

    /// For a copy and for another size it wants something done, as an explorer may.
    #[derive(Default)]
    struct Wanting {
        redrawn: usize,
        mouse: Option<bool>,
    }

    impl Front for Wanting {
        fn update(&mut self, message: Message, effects: &mut Effects) {
            match message {
                Message::Copied { .. } => effects.push(Effect::Redraw),
                Message::Resize(..) => [Effect::Mouse(true), Effect::Redraw].into_iter().for_each(|effect| effects.push(effect)),
                _ => {}
            }
        }

        fn reopen(&self, _: Vec<Addition>) -> Loading {
            Box::new(|_, _| Err(Vec::new()))
        }

        fn copy_to_terminal(&mut self, _: &str) -> Clipboard {
            Clipboard::SentToTerminal
        }

        fn report_mouse(&mut self, on: bool) -> io::Result<()> {
            self.mouse = Some(on);
            Ok(())
        }

        fn redraw(&mut self) -> io::Result<()> {
            self.redrawn += 1;
            Ok(())
        }

        fn suspend(&mut self) -> io::Result<Option<Message>> {
            Ok(Some(Message::Resize(80, 24)))
        }
    }

    fn all(wanted: impl IntoIterator<Item = Effect>) -> Effects {
        let mut effects = Effects::default();
        wanted.into_iter().for_each(|effect| effects.push(effect));
        effects
    }

    #[test]
    fn what_comes_of_an_effect_is_carried_out_too() {
        let (mut worker, mut front) = (Worker::new(), Wanting::default());
        let copy = Effect::WriteToTerminal { label: String::new(), text: String::new() };
        let done = worker.carry_out(&mut all([copy, Effect::Suspend]), &mut front).unwrap();
        assert_eq!(done, CarriedOut::default());
        assert_eq!((front.redrawn, front.mouse), (2, Some(true)));
    }

    #[test]
    fn nothing_is_begun_once_the_program_ends_and_every_answer_is_counted() {
        let (mut worker, mut front) = (Worker::new(), Wanting::default());
        let nothing = Analysis::new(Pool::default(), Trust::default(), Policy::at(crate::cert::Time(0)), None).unwrap();
        let analysis = Arc::new(nothing);
        let load = || Effect::Load { ticket: 7, kept: Vec::new(), addition: Addition::Nothing, before: Arc::clone(&analysis) };
        let done = worker.carry_out(&mut all([load(), Effect::Quit, load()]), &mut front).unwrap();
        assert_eq!(done, CarriedOut { quits: true, answers: 1 });
        assert!(matches!(worker.inbox().recv(), Ok(Message::NotOpened { ticket: 7, reasons }) if reasons.is_empty()));
    }
}
