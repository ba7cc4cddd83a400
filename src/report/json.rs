//! The report for programs: the analysis in the shape of `schema`.

mod certificate_findings;
mod connection;
mod ids;
mod schema;
mod writer;

use std::io;
use std::ops::Range;

use serde::Serialize;

use self::schema::{Head, Note, Policy, Problem, Tail};
use self::writer::Writer;
use super::listing::Listing;
use super::pieces::{even, weighed, write_all};
use super::{Notes, Pieces, ReportOptions};
use crate::analysis::{Analysis, Judgement};
use crate::source::{self, Effect};
use crate::words::note_words;

/// Changes when a reader of the old form would misread the new one.
pub const SCHEMA: &str = "crossroots.report/1";

/// What one piece has of each list: some tens of kilobytes.
const CERTIFICATES: usize = 64;
const ENTITIES: usize = 256;
const LINKS: usize = 1_024;
const PATHS: usize = 256;

/// Writes the report to `out` as one JSON object on one line, piece by piece.
pub fn json(out: &mut dyn io::Write, analysis: &Analysis, targets: &[Judgement], notes: &Notes, options: ReportOptions) -> io::Result<()> {
    write_all(out, &JsonReport::new(analysis, targets, notes, options))
}

/// The report as one JSON object on one line.
#[derive(Debug)]
pub struct JsonReport<'a> {
    writer: Writer<'a>,
    targets: &'a [Judgement],
    notes: &'a Notes,
    pieces: Vec<Piece>,
}

/// Elements of a list, at these places of it; or what stands between two lists.
#[derive(Debug, Clone)]
enum Piece {
    Head,
    Between(String),
    Certificates(Range<usize>),
    Entities(Range<usize>),
    /// Of these certificates; whether some link comes before.
    Links(Range<usize>, bool),
    /// Targets whole.
    Targets(Range<usize>),
    /// Some paths of one target.
    Paths(usize, Range<usize>),
    Tail,
}

impl<'a> JsonReport<'a> {
    /// Settles what is named and where the pieces end; the `targets` are judgements of `analysis`. Nothing is written yet.
    pub fn new(analysis: &'a Analysis, targets: &'a [Judgement], notes: &'a Notes, options: ReportOptions) -> Self {
        let listing = Listing::new(analysis, targets);
        let writer = Writer::new(analysis, listing, targets, options);
        let mut pieces = vec![Piece::Head, Piece::Between(",\"certificates\":[".to_owned())];
        pieces.extend(even(writer.listing.certificates.len(), CERTIFICATES).map(Piece::Certificates));
        pieces.push(Piece::Between("],\"entities\":[".to_owned()));
        pieces.extend(even(writer.listing.entities.len(), ENTITIES).map(Piece::Entities));
        pieces.push(Piece::Between("],\"links\":[".to_owned()));
        let mut written = 0;
        let links = |place: usize| writer.listing.certificates.get(place).map_or(0, |id| writer.links_of(*id).count());
        for places in weighed(writer.listing.certificates.len(), LINKS, links) {
            pieces.push(Piece::Links(places.clone(), written > 0));
            written += places.map(links).sum::<usize>();
        }
        let unlisted = match writer.unlisted_links() {
            0 => String::new(),
            count => format!("\"unlisted_links\":{count},"),
        };
        pieces.push(Piece::Between(format!("],{unlisted}\"targets\":[")));
        let paths = |place: usize| targets.get(place).map_or(0, |target| target.paths.len());
        for places in weighed(targets.len(), PATHS, paths) {
            match places.len() {
                1 if paths(places.start) > PATHS => {
                    pieces.extend(even(paths(places.start), PATHS).map(|paths| Piece::Paths(places.start, paths)));
                }
                _ => pieces.push(Piece::Targets(places)),
            }
        }
        pieces.push(Piece::Tail);
        Self { writer, targets, notes, pieces }
    }

    fn head(&self) -> Head {
        let analysis = self.writer.analysis;
        Head {
            schema: SCHEMA,
            policy: Policy {
                at: analysis.policy.at.rfc3339(),
                at_from: analysis.judged_by().map(|stamp| stamp.place.clone()),
                host: analysis.policy.host.as_ref().map(ToString::to_string),
                purpose: analysis.policy.purpose.map(crate::check::Purpose::word),
                policies: analysis.policy.policies.initial.iter().cloned().collect(),
                require_policy: analysis.policy.policies.require_explicit,
                inhibit_mapping: analysis.policy.policies.inhibit_mapping,
                inhibit_any_policy: analysis.policy.policies.inhibit_any,
                anchor_constraints: analysis.policy.anchor_constraints,
                ignore_anchor_dates: analysis.policy.ignore_anchor_dates,
                strict: analysis.policy.strict,
                max_depth: analysis.policy.limits.depth,
                distrusted: analysis.policy.distrusted.len(),
                ct_logs: analysis.policy.ct_logs.is_some(),
                crls: analysis.evidence.counts().0,
                ocsp_responses: analysis.evidence.counts().1,
                require_revocation: analysis.policy.require_revocation,
                stores: analysis.trust.stores().iter().map(|store| store.name.clone()).collect(),
            },
        }
    }

    fn tail(&self) -> Tail {
        Tail {
            endpoints: (!self.writer.analysis.reachability.is_empty()).then(|| self.writer.endpoints(self.targets)),
            stopped: self.writer.stopped(self.targets),
            problems: self.notes.problems.iter().map(|at| Problem { place: at.place.clone(), reason: at.reason.clone() }).collect(),
            notes: self.notes.files.iter().map(note).collect(),
            connections: self.notes.connections.iter().map(connection::connection).collect(),
        }
    }
}

fn note(note: &source::Note) -> Note {
    let effects = note.kind.effects();
    let named = |wanted| effects.iter().filter(|(_, effect)| *effect == wanted).map(|(program, _)| program.name()).collect();
    Note {
        place: note.place.clone(),
        line: note.line,
        others: note.others,
        kind: note.kind.word(),
        refused_by: named(Effect::Refuses),
        skipped_by: named(Effect::PassesOver),
        sentence: note_words(note),
    }
}

impl Pieces for JsonReport<'_> {
    fn count(&self) -> usize {
        self.pieces.len()
    }

    fn make(&self, piece: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let writer = &self.writer;
        match self.pieces.get(piece).cloned() {
            None => {}
            Some(Piece::Head) => open(out, &self.head())?,
            Some(Piece::Between(text)) => out.extend_from_slice(text.as_bytes()),
            Some(Piece::Certificates(places)) => {
                let listed = writer.listing.certificates.get(places.clone()).unwrap_or_default();
                elements(out, places.start > 0, listed.iter().map(|id| writer.certificate(*id)))?;
            }
            Some(Piece::Entities(places)) => {
                let listed = writer.listing.entities.get(places.clone()).unwrap_or_default();
                elements(out, places.start > 0, listed.iter().map(|id| writer.entity(*id)))?;
            }
            Some(Piece::Links(places, is_behind)) => {
                let listed = writer.listing.certificates.get(places).unwrap_or_default();
                elements(out, is_behind, listed.iter().flat_map(|id| writer.links_of(*id)).map(|link| writer.link(link)))?;
            }
            Some(Piece::Targets(places)) => {
                for (place, target) in self.targets.iter().enumerate().take(places.end).skip(places.start) {
                    self.target(out, place, target, 0..target.paths.len())?;
                }
            }
            Some(Piece::Paths(place, paths)) => {
                if let Some(target) = self.targets.get(place) {
                    self.target(out, place, target, paths)?;
                }
            }
            Some(Piece::Tail) => {
                let mut tail = Vec::new();
                serde_json::to_writer(&mut tail, &self.tail())?;
                out.extend_from_slice(b"],");
                out.extend_from_slice(tail.get(1..).unwrap_or_default());
                out.push(b'\n');
            }
        }
        Ok(())
    }
}

impl JsonReport<'_> {
    /// Some paths of a target; what stands before them where they are its first, what comes behind them where they are its last.
    fn target(&self, out: &mut Vec<u8>, place: usize, target: &Judgement, paths: Range<usize>) -> io::Result<()> {
        if paths.start == 0 {
            if place > 0 {
                out.push(b',');
            }
            open(out, &self.writer.target(target))?;
            out.extend_from_slice(b",\"listed\":[");
        }
        let listed = target.paths.iter().enumerate().take(paths.end).skip(paths.start);
        elements(out, paths.start > 0, listed.map(|(place, judged)| self.writer.path(target, place, judged)))?;
        if paths.end == target.paths.len() {
            out.push(b']');
            if let Some(sent) = self.writer.sent(target) {
                out.extend_from_slice(b",\"sent\":");
                serde_json::to_writer(&mut *out, &sent)?;
            }
            out.push(b'}');
        }
        Ok(())
    }
}

/// An object without its last brace.
fn open(out: &mut Vec<u8>, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.pop();
    Ok(())
}

/// Elements of a list, parted by commas; `is_behind`: others come before.
fn elements<T: Serialize>(out: &mut Vec<u8>, mut is_behind: bool, elements: impl Iterator<Item = T>) -> io::Result<()> {
    for element in elements {
        if std::mem::replace(&mut is_behind, true) {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, &element)?;
    }
    Ok(())
}
