//! All that the interactive program knows, in eight parts, each private to its room.

use std::sync::Arc;

use super::jobs::state::Jobs;
use super::keys::keymap::Settings;
use super::opened::Opened;
use super::panes::state::Panes;
use super::picture::state::Picture;
use super::selection::state::Selection;
use super::views::state::Views;
use crate::analysis::{Analysis, Judgement};
use crate::chain::CertificateId;

/// The interactive program's state. It changes by `update` alone; what is seen is computed from it.
#[derive(Debug, Clone)]
pub struct Explorer {
    /// What was loaded, and all that was fetched, chosen and found since: what the next judgement is made of.
    pub(super) opened: Opened,
    /// What is shown.
    pub(super) judgement: Arc<Judgement>,
    pub(super) selection: Selection,
    pub(super) picture: Picture,
    pub(super) panes: Panes,
    pub(super) jobs: Jobs,
    pub(super) views: Views,
    /// What was done last, in a sentence; empty where there is nothing to say.
    pub(super) notice: String,
}

impl Explorer {
    /// The parts before anything is drawn, for a screen of `size` columns and rows.
    pub(super) fn from_parts(opened: Opened, target: CertificateId, judgement: Judgement, settings: Settings, size: (u16, u16)) -> Self {
        let selection = Selection::new(target, opened.analysis.policy.at);
        Self {
            opened,
            judgement: Arc::new(judgement),
            selection,
            picture: Picture::default(),
            panes: Panes::new(size),
            jobs: Jobs::default(),
            views: Views::new(settings),
            notice: String::new(),
        }
    }

    /// What was loaded.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The inputs of what is shown.
    pub fn analysis(&self) -> &Analysis {
        &self.judgement.analysis
    }

    /// The target, judged: what is shown.
    pub fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    /// What was done last, in a sentence; empty where there is nothing to say.
    pub fn notice(&self) -> &str {
        &self.notice
    }
}
