//! A frame: every part of the screen in its area, then what lies on top.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::Theme;
use super::views::seen::SceneView;
use super::views::{diagram, lists, overlays};
use super::write::{spans, write};
use crate::diagram::{BoxId, Charset, Orientation, Scene, SlotId};
use crate::explorer::{Area, Context, Explorer, Lower, Pane, View, Waiting, status_line, verdict_line, wrapped};
use crate::words::{Span, Tone};

/// Draws all that the explorer's state shows into a buffer of the screen's size.
pub fn draw(buffer: &mut Buffer, explorer: &Explorer, theme: &Theme) {
    let screen = explorer.screen();
    spans(buffer, screen.status, &status_line(explorer), theme);
    spans(buffer, screen.verdict, &verdict_line(explorer), theme);
    diagram::draw(buffer, screen.diagram, &SceneView::of(explorer), theme);
    let alone = screen.inspector.height == 0 || screen.checks.height == 0;
    lists::draw(buffer, screen.inspector, Lower::Inspector, alone, explorer, theme);
    lists::draw(buffer, screen.checks, Lower::Checks, alone, explorer, theme);
    spans(buffer, screen.message, &[Span::new(format!(" {}", explorer.notice()), Tone::Anchor)], theme);
    let context = if explorer.is_moving_time() { Context::Time } else { Context::Explore };
    hint_line(buffer, screen.hints, explorer, context, theme);
    for view in explorer.views() {
        match view {
            View::Time => {}
            View::Help { first } => overlays::help(buffer, &explorer.settings().keymap, *first, theme),
            View::Palette { typed, cursor } => overlays::palette(buffer, &explorer.settings().keymap, typed, *cursor, theme),
            View::CopyMenu { cursor } => overlays::copy_menu(buffer, explorer, *cursor, theme),
            View::Search { text } => overlays::line(buffer, screen.hints, "/", text, &explorer.search_words(), theme),
            View::Filter { text, .. } => {
                let hint = "↑↓ walk, Enter keeps the list narrow, Esc leaves";
                overlays::line(buffer, screen.hints, "narrow: ", text, hint, theme);
            }
            View::Open { text, candidates } => {
                let hint = if candidates.is_empty() { "Tab completes, Enter opens, Esc leaves".to_owned() } else { candidates.join("  ") };
                overlays::line(buffer, screen.hints, "open: ", text, &hint, theme);
            }
            View::Date { text, error } => {
                let hint = error.as_deref().unwrap_or("2021-10-01, now, +30d from today; Enter judges, Esc leaves");
                overlays::line(buffer, screen.hints, "judge at: ", text, hint, theme);
            }
            View::Text { title, lines, first } => overlays::text(buffer, title, lines, *first, theme),
        }
    }
    plain_ellipses(buffer, theme);
}

/// Draws a scene alone, from its cell `camera` on, into all of a buffer.
pub fn draw_scene(buffer: &mut Buffer, scene: &Scene, orientation: Orientation, camera: (u16, u16), theme: &Theme) {
    let Rect { x, y, width, height } = buffer.area;
    let (focus, focused) = (scene.slots.first().map_or(SlotId(0), |(id, _)| *id), BoxId::Entity(0));
    let seen = SceneView { scene, orientation, camera, focus, focused, is_current: true, hits: HashSet::new(), columns: width };
    diagram::draw(buffer, Area { x, y, width, height }, &seen, theme);
}

/// An ellipsis takes one cell whatever the charset; in ASCII it is a tilde.
fn plain_ellipses(buffer: &mut Buffer, theme: &Theme) {
    if theme.charset == Charset::Ascii {
        buffer.content.iter_mut().filter(|cell| cell.symbol() == "…").for_each(|cell| {
            cell.set_char('~');
        });
    }
}

pub(super) fn waiting(buffer: &mut Buffer, waiting: &Waiting, theme: &Theme) {
    let area = buffer.area;
    let row = |y: u16| Area { x: 0, y, width: area.width, height: u16::from(y < area.height) };
    spans(buffer, row(0), &[Span::new(format!(" {}", waiting.what), Tone::Strong)], theme);
    let mut y = 2;
    let last = waiting.steps.len().saturating_sub(1);
    for (place, step) in waiting.steps.iter().enumerate() {
        let (sign, tone) = if place < last { ("✓", Tone::Pass) } else { ("…", Tone::Plain) };
        let mut line = vec![Span::new(format!(" {sign} "), tone), Span::new(step.clone(), Tone::Plain)];
        if place == last && waiting.failed.is_empty() {
            line.push(Span::new(format!("  {} s", waiting.seconds), Tone::Dim));
        }
        spans(buffer, row(y), &line, theme);
        y += 1;
    }
    for reason in &waiting.failed {
        for line in wrapped(&format!("✗ {reason}"), area.width.saturating_sub(2)) {
            spans(buffer, row(y), &[Span::new(format!(" {line}"), Tone::Fail)], theme);
            y += 1;
        }
    }
    let hint = if waiting.failed.is_empty() { " Esc gives up   q quits" } else { " q quits" };
    spans(buffer, row(area.height.saturating_sub(1)), &[Span::new(hint, Tone::Dim)], theme);
    plain_ellipses(buffer, theme);
}

fn hint_line(buffer: &mut Buffer, area: Area, explorer: &Explorer, context: Context, theme: &Theme) {
    if area.height == 0 {
        return;
    }
    let end = area.x.saturating_add(area.width);
    let mut x = area.x + 1;
    if context == Context::Time {
        x = write(buffer, x, area.y, end, " TIME ", theme.tone(Tone::Reverse)) + 1;
    }
    for (keys, words) in explorer.settings().keymap.hints(context, explorer.pane() != Pane::Diagram) {
        let keys = theme.text(&keys).into_owned();
        // A hint is shown whole or not at all.
        let width = u16::try_from(keys.chars().count() + 1 + words.len()).unwrap_or(u16::MAX);
        if x.saturating_add(width) > end {
            break;
        }
        x = write(buffer, x, area.y, end, &keys, theme.tone(Tone::Strong));
        x = write(buffer, x, area.y, end, &format!(" {words}  "), theme.tone(Tone::Dim));
    }
}
