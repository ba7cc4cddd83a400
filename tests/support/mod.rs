//! An explorer on a built-in sample, its signatures checked.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::ops::ControlFlow;

use crossroots::analysis::{Analysis, trust_stores};
use crossroots::cert::{Origin, Time};
use crossroots::chain::Pool;
use crossroots::check::Policy;
use crossroots::diagram::Charset;
use crossroots::explorer::{About, Effect, Effects, Explorer, Hit, Message, Opened, Settings, find_entry};
use crossroots::source::load_sample;
use crossroots::worker::check_links;

/// 2026-11-22, the present of every test.
pub const NOW: Time = Time(1_795_305_600);

pub fn opened(name: &str, charset: Charset) -> Opened {
    let sample = load_sample(name).unwrap();
    let mut pool = Pool::default();
    for (certificate, origin) in sample.certificates {
        pool.add(certificate, origin);
    }
    for certificate in sample.responses.iter().flat_map(|(response, _)| &response.certificates) {
        pool.add_candidate(certificate.clone(), Origin::Ocsp { place: name.to_owned() });
    }
    let trust = trust_stores(&mut pool, sample.stores).unwrap();
    Opened {
        title: format!("sample {name}"),
        analysis: Analysis::new(pool, trust, Policy::at(sample.at), None).unwrap().with_evidence(sample.crls, sample.responses).into(),
        now: NOW,
        zone: jiff::tz::TimeZone::UTC,
        connections: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
        unread: Vec::new(),
        collected: Default::default(),
        about: Some(About { title: sample.title, lesson: sample.lesson }),
        charset,
        online: crossroots::explorer::Online::default(),
    }
}

/// The sample as it is seen once its signatures are checked.
pub fn open(name: &str, size: (u16, u16), charset: Charset) -> Explorer {
    let (mut explorer, effects) = start(opened(name, charset), Settings::default(), size);
    carry_out(&mut explorer, effects);
    explorer
}

/// An explorer's first state, and what is to be done outside.
pub fn start(opened: Opened, settings: Settings, size: (u16, u16)) -> (Explorer, Vec<Effect>) {
    let mut effects = Effects::default();
    let explorer = Explorer::new(opened, settings, size, &mut effects);
    (explorer, effects.into_iter().collect())
}

/// Hands a message in; returns what is to be done outside.
pub fn send(explorer: &mut Explorer, message: Message) -> Vec<Effect> {
    let mut effects = Effects::default();
    explorer.update(message, &mut effects);
    effects.into_iter().collect()
}

/// Checks signatures here and now; other effects are handed back.
pub fn carry_out(explorer: &mut Explorer, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    for effect in effects {
        if let Effect::Search { ticket, pool, at, wanted, among } = effect {
            let ids = among.unwrap_or_else(|| pool.ids().collect());
            let found = |id| find_entry(pool.entry(id), at, &wanted).map(|(field, value)| Hit { certificate: id, field, value });
            let hits = ids.into_iter().filter_map(found).collect();
            let effects = send(explorer, Message::Found { ticket, hits, done: true });
            others.extend(carry_out(explorer, effects));
            continue;
        }
        if let Effect::Judge(question) = effect {
            let effects = send(explorer, Message::Judged(Box::new(question.judge(&|| false).unwrap())));
            others.extend(carry_out(explorer, effects));
            continue;
        }
        if let Effect::Foretell(question) = effect {
            send(explorer, Message::Foretold(question.foretell(&|| false)));
            continue;
        }
        let Effect::Check { request, pool, mut graph, target, signers } = effect else {
            others.push(effect);
            continue;
        };
        let mut rounds = Vec::new();
        let each = &mut |results: &[_]| {
            rounds.push(results.to_vec());
            ControlFlow::Continue(())
        };
        let targets: Vec<_> = std::iter::once(target).chain(signers).collect();
        let budgets = check_links(&pool, &mut graph, &targets, 1, each);
        for results in rounds {
            let effects = send(explorer, Message::Checked { request, results });
            others.extend(carry_out(explorer, effects));
        }
        let effects = send(explorer, Message::CheckedAll { request, budgets });
        others.extend(carry_out(explorer, effects));
    }
    others
}
