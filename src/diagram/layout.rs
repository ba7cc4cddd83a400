//! The steps from a sketch to a scene: graph, cards, layers, order, places, routes, paint.

use super::canvas::MOST_CELLS;
use super::card::{Card, card};
use super::graph::{self, LayerGraph};
use super::lanes::lanes;
use super::levels::Levels;
use super::marks;
use super::order::{MOST_SWAPPED, arrange};
use super::paint::{LooseRect, Painter};
use super::pen::{Pen, Turn};
use super::place::{place, run_across};
use super::routes::{Routes, Routing};
use super::scene::{PlacedEdge, Rect, Scene};
use super::sketch::{Options, Orientation, Sketch};
use super::writer::Writer;

/// Draws a sketch. Never fails: what contradicts itself or does not fit is left out and counted in `Scene::left_out`.
///
/// Where things stand depends on neither which path is chosen nor whether links are good or unchecked so far, as long as
/// folded boxes show the same slots and no slot has more candidate issuers than can be drawn.
pub fn lay_out(sketch: &Sketch, orientation: Orientation, options: &Options) -> Scene {
    let writer = Writer::new(orientation, options);
    let best = Arrangement::best(graph::read(sketch, orientation), &writer);
    let Arrangement { graph, loops, cards, levels, start, .. } = best;
    let end = levels.nodes.iter().zip(&start).map(|(node, start)| start + node.size - 1).max().unwrap_or(0);
    let lanes = lanes(&graph, end + 1, orientation, options.charset);
    let routing =
        Routing { sketch, graph: &graph, cards: &cards, levels: &levels, start: &start, lanes: &lanes, orientation, options, end };
    let routes = routing.run();
    paint(&routing, &routes, writer, &loops)
}

/// How often the slots of all boxes are put into the order of where their lines go.
const REORDERED: usize = 3;

/// The graph with a place across for every node.
#[derive(Clone)]
struct Arrangement<'a> {
    graph: LayerGraph<'a>,
    loops: Vec<Vec<Vec<usize>>>,
    cards: Vec<Card>,
    levels: Levels,
    start: Vec<i32>,
    orientation: Orientation,
    /// Crossings, then cells across that lines run.
    cost: (usize, i64),
}

impl<'a> Arrangement<'a> {
    /// With the slots in the sketch's order, or in the order of where their lines go, where that saves crossings or length.
    fn best(graph: LayerGraph<'a>, writer: &Writer) -> Self {
        let natural = naturals(&graph, writer);
        let new = |graph, order, free| Self::new(graph, writer, &natural, order, free);
        let as_given = new(graph, None, false);
        if as_given.levels.nodes.len() > MOST_SWAPPED || as_given.graph.boxes.iter().all(|drawn| drawn.shown.len() < 2) {
            return as_given;
        }
        let mut best = as_given.clone();
        for free in [false, true] {
            let mut before = if free { new(as_given.graph.clone(), None, true) } else { as_given.clone() };
            for _ in 0..REORDERED {
                let next = new(before.with_slots_by_issuer(), Some(before.levels.order.clone()), false);
                if next.cost < best.cost {
                    best = next.clone();
                }
                before = next;
            }
        }
        best
    }

    fn new(graph: LayerGraph<'a>, writer: &Writer, natural: &[Vec<usize>], order: Option<Vec<Vec<usize>>>, free: bool) -> Self {
        let loops = loops_of_slots(&graph);
        let cards = cards(&graph, writer, natural, &loops);
        let mut levels = Levels::new(&graph, &cards);
        if let Some(order) = order {
            levels.order = order;
        }
        let crossings = arrange(&mut levels, &graph, &cards, writer.orientation, free);
        let start = place(&levels, &graph, &cards, writer.orientation);
        let cost = (crossings, run_across(&levels, &graph, &cards, &start));
        Self { graph, loops, cards, levels, start, orientation: writer.orientation, cost }
    }

    /// Slots in the order across of what their lines go to next; one that is cut from a loop at the side of the lanes.
    fn with_slots_by_issuer(&self) -> LayerGraph<'a> {
        self.graph.with_slots_by(|position| {
            let link = &self.graph.links[position];
            let next = self.levels.node_at(&self.graph, link.to, self.graph.layers[link.from] + 1);
            match (next, self.orientation) {
                (Some(node), _) if link.cut.is_none() => self.start[node] + self.levels.nodes[node].size / 2,
                (_, Orientation::TopDown) => i32::MAX,
                (_, Orientation::LeftRight) => i32::MIN,
            }
        })
    }
}

/// Per box and shown slot: numbers of the loops that were broken there.
fn loops_of_slots(graph: &LayerGraph) -> Vec<Vec<Vec<usize>>> {
    let mut loops: Vec<Vec<Vec<usize>>> = graph.boxes.iter().map(|drawn| vec![Vec::new(); drawn.shown.len()]).collect();
    for link in &graph.links {
        if let Some(cut) = link.cut
            && let Some(slot) = loops[link.from].get_mut(link.slot)
        {
            slot.push(cut);
        }
    }
    loops
}

/// Per box: the cells that each slot of the sketch needs where no loop is cut at it. Arranging asks for them over and over.
fn naturals(graph: &LayerGraph, writer: &Writer) -> Vec<Vec<usize>> {
    graph.boxes.iter().map(|drawn| drawn.sketch.slots.iter().map(|slot| writer.natural(slot, &[])).collect()).collect()
}

fn cards(graph: &LayerGraph, writer: &Writer, natural: &[Vec<usize>], loops: &[Vec<Vec<usize>>]) -> Vec<Card> {
    let mut links: Vec<Vec<usize>> = graph.boxes.iter().map(|drawn| vec![0; drawn.shown.len()]).collect();
    for link in &graph.links {
        if let Some(count) = links[link.from].get_mut(link.slot) {
            *count += 1;
        }
    }
    let boxes = graph.boxes.iter().zip(natural).zip(links.iter().zip(loops));
    boxes.map(|((drawn, natural), (links, loops))| card(writer, drawn, natural, links, loops)).collect()
}

fn paint(routing: &Routing, routes: &Routes, writer: Writer, loops: &[Vec<Vec<usize>>]) -> Scene {
    let across = routes.reach.1 - routes.reach.0 + 1;
    let (width, height) = match routing.orientation {
        Orientation::TopDown => (across, routes.depth),
        Orientation::LeftRight => (routes.depth, across),
    };
    let (width, height) = (width.clamp(0, MOST_CELLS), height.clamp(0, MOST_CELLS));
    // In `TopDown` the target is at the bottom: what does not fit is cut at the top.
    let depth = if routing.orientation == Orientation::TopDown { height } else { width };
    let turn = Turn { orientation: routing.orientation, depth, low: routes.reach.0 };
    let painter = Painter { routing, routes, turn, writer, loops };
    let mut scene = Scene {
        width: u16::try_from(width).unwrap_or(0),
        height: u16::try_from(height).unwrap_or(0),
        left_out: routing.graph.left_out,
        ..Scene::default()
    };
    let mut pen = Pen::new(width, height);
    scene.cells = painter.lines(&mut pen);
    for position in 0..routing.graph.boxes.len() {
        place_box(&painter, position, &mut scene);
    }
    painter.draw_ports(&mut scene.cells);
    let marks = marks::draw(routing, routes, &pen, &turn, &mut scene.cells);
    painter.draw_lanes(&pen, &mut scene.cells);
    scene.edges = edges(routing, routes, &turn, &marks);
    scene.left_out.edges += routing.levels.drawn.iter().filter(|drawn| !**drawn).count();
    scene
}

fn place_box(painter: &Painter, position: usize, scene: &mut Scene) {
    let drawn = &painter.routing.graph.boxes[position];
    let card = &painter.routing.cards[position];
    let Some(frame) = rect(painter.frame(position), scene) else {
        scene.left_out.boxes += 1;
        return;
    };
    painter.draw_box(position, &mut scene.cells);
    scene.boxes.push((drawn.sketch.id, frame));
    let layer = painter.routing.graph.layers[position];
    scene.layers.push((drawn.sketch.id, u16::try_from(layer).unwrap_or(u16::MAX)));
    for (slot, span) in drawn.slots().zip(&card.slots) {
        if let Some(area) = rect(painter.slot(position, *span), scene) {
            scene.slots.push((slot.id, area));
        }
    }
    if let Some(area) = card.rest.and_then(|span| rect(painter.slot(position, span), scene)) {
        scene.rests.push((drawn.sketch.id, area, drawn.rest()));
    }
}

/// None where any of it lies outside the canvas.
fn rect(area: LooseRect, scene: &Scene) -> Option<Rect> {
    let inside = area.x + area.width <= i32::from(scene.width) && area.y + area.height <= i32::from(scene.height);
    let cell = |number: i32| u16::try_from(number).ok();
    inside.then_some(Rect { x: cell(area.x)?, y: cell(area.y)?, width: cell(area.width)?, height: cell(area.height)? })
}

fn edges(routing: &Routing, routes: &Routes, turn: &Turn, marks: &[Option<(i32, i32)>]) -> Vec<PlacedEdge> {
    let cell = |(x, y): (i32, i32)| Some((u16::try_from(x).ok()?, u16::try_from(y).ok()?));
    let mut edges = Vec::with_capacity(routing.graph.links.len());
    for (position, link) in routing.graph.links.iter().enumerate().filter(|(position, _)| routing.levels.drawn[*position]) {
        if let Some(edge) = routing.sketch.edges.get(link.edge) {
            edges.push(PlacedEdge {
                from: edge.from,
                to: edge.to,
                state: edge.state,
                chosen: edge.chosen,
                mark: marks.get(position).copied().flatten().and_then(cell),
                route: routes.corners[position].iter().filter_map(|place| cell(turn.at(place.0, place.1))).collect(),
                in_loop: link.cut.map(|number| number + 1),
            });
        }
    }
    edges
}
