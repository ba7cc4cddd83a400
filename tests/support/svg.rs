//! A frame as a picture: the README's, made from the very cells that a terminal would show.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Pixels of a cell; a monospaced font of 14 pixels.
const CELL: (usize, usize) = (8, 17);
const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d8dade";
const DIMMED: &str = "#8a8f98";

/// The buffer as an SVG document. Box drawing is drawn as lines, so that frames close in every font.
pub fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (usize::from(area.width) * CELL.0, usize::from(area.height) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13.3\" xml:space=\"preserve\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let Some(cell) = buffer.cell((x, y)) else { break };
            let same = (x..area.width).take_while(|next| buffer.cell((*next, y)).is_some_and(|other| looks_like(other, cell)));
            let end = same.last().map_or(x + 1, |last| last + 1);
            run(&mut out, buffer, (x, end), y, cell);
            x = end;
        }
    }
    out.push_str("</svg>\n");
    out
}

fn looks_like(cell: &Cell, other: &Cell) -> bool {
    cell.fg == other.fg && cell.modifier == other.modifier
}

/// Cells of one style.
fn run(out: &mut String, buffer: &Buffer, (start, end): (u16, u16), y: u16, style: &Cell) {
    let (left, top) = (usize::from(start) * CELL.0, usize::from(y) * CELL.1);
    let is_reversed = style.modifier.contains(Modifier::REVERSED);
    let color = color(style);
    if is_reversed {
        let width = usize::from(end - start) * CELL.0;
        out.push_str(&format!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{color}\"/>\n", CELL.1));
    }
    let ink = if is_reversed { BACKGROUND } else { color };
    let weight = if style.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let mut text = String::new();
    let mut begin = start;
    let symbols = (start..end).map(|x| buffer.cell((x, y)).map_or(" ", Cell::symbol));
    for (x, symbol) in (start..).zip(symbols) {
        match strokes(symbol) {
            Some(strokes) => {
                write_text(out, &mut text, begin, y, ink, weight);
                begin = x + 1;
                lines(out, usize::from(x) * CELL.0, top, strokes, ink, symbol);
            }
            None => text.push_str(symbol),
        }
    }
    write_text(out, &mut text, begin, y, ink, weight);
}

fn write_text(out: &mut String, text: &mut String, x: u16, y: u16, ink: &str, weight: &str) {
    let blank = text.chars().take_while(|character| *character == ' ').count();
    let words = text.trim();
    if !words.is_empty() {
        let (left, base) = ((usize::from(x) + blank) * CELL.0, usize::from(y) * CELL.1 + 13);
        let length = words.chars().count() * CELL.0;
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        out.push_str(&format!("<text x=\"{left}\" y=\"{base}\" textLength=\"{length}\" fill=\"{ink}\"{weight}>{words}</text>\n"));
    }
    text.clear();
}

fn color(cell: &Cell) -> &'static str {
    match cell.fg {
        Color::Red => "#ff6b5e",
        Color::Green => "#4fc971",
        Color::Yellow => "#e8c547",
        Color::Cyan => "#6fc3df",
        Color::Magenta => "#d884e8",
        _ if cell.modifier.contains(Modifier::DIM) => DIMMED,
        _ => FOREGROUND,
    }
}

/// Which half-lines leave the cell's middle: up, right, down, left; 1 light, 2 heavy. `None` for what is text.
fn strokes(symbol: &str) -> Option<[u8; 4]> {
    Some(match symbol {
        "─" | "╌" => [0, 1, 0, 1],
        "━" | "╍" => [0, 2, 0, 2],
        "│" | "╎" => [1, 0, 1, 0],
        "┃" | "╏" => [2, 0, 2, 0],
        "┌" => [0, 1, 1, 0],
        "┐" => [0, 0, 1, 1],
        "└" => [1, 1, 0, 0],
        "┘" => [1, 0, 0, 1],
        "├" => [1, 1, 1, 0],
        "┤" => [1, 0, 1, 1],
        "┬" => [0, 1, 1, 1],
        "┴" => [1, 1, 0, 1],
        "┼" => [1, 1, 1, 1],
        "┏" => [0, 2, 2, 0],
        "┓" => [0, 0, 2, 2],
        "┗" => [2, 2, 0, 0],
        "┛" => [2, 0, 0, 2],
        "┸" => [2, 1, 0, 1],
        "┰" => [0, 1, 2, 1],
        "┝" => [1, 2, 1, 0],
        "┥" => [1, 0, 1, 2],
        "┠" => [2, 1, 2, 0],
        "┨" => [2, 0, 2, 1],
        "┿" => [1, 2, 1, 2],
        "╂" => [2, 1, 2, 1],
        "╿" => [2, 0, 1, 0],
        "╽" => [1, 0, 2, 0],
        _ => return None,
    })
}

fn lines(out: &mut String, left: usize, top: usize, [up, right, down, to_left]: [u8; 4], ink: &str, symbol: &str) {
    let (x, y) = (left + CELL.0 / 2, top + CELL.1 / 2);
    let dashes = if matches!(symbol, "╌" | "╍" | "╎" | "╏") { " stroke-dasharray=\"3 2\"" } else { "" };
    let ends = [(up, x, top), (right, left + CELL.0, y), (down, x, top + CELL.1), (to_left, left, y)];
    for (weight, end_x, end_y) in ends.into_iter().filter(|(weight, _, _)| *weight > 0) {
        let width = if weight == 2 { 2.6 } else { 1.1 };
        out.push_str(&format!(
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{end_x}\" y2=\"{end_y}\" stroke=\"{ink}\" stroke-width=\"{width}\"{dashes}/>\n"
        ));
    }
}
