//! Does the diagram cross more lines, or draw longer ones, than the crate `ascii-dag` does on the same graphs?
//!
//! Both lay out the same boxes, of the sizes that ours have, with the same links, the same way round, in both orientations. Links that were
//! cut to break a loop are left out on both sides: `ascii-dag` paints such a link over the one that goes the other way, ours runs around the
//! picture with its name. What is measured is what is painted: each of its edges is rendered alone by its own renderer, from its own routed
//! layout, so that its cells are known edge by edge; ours are the cells of `Scene::edges` that hold a line and no word.
//!
//! - A *crossing* is a cell in which one line runs level and another upright, of different boxes and to different boxes.
//! - A *muddle* is a run of cells that such lines share otherwise: two on one track, a corner of one on the other. One cannot tell there
//!   which goes where. Ours has none; those of `ascii-dag` are shown, and not held against us.
//! - The *length* of a link is that of its way from the certificate to the issuer's box. Ours leaves from the certificate's slot. That of
//!   `ascii-dag` leaves from one port per box, for it knows no slots; the cells of border from the slot to that port are added. Without them
//!   a box of three siblings would be compared with a box of one. Nothing else is evened out: gaps, arrows and all count as they are drawn.
//!
//! All is drawn `Compact`. `CROSSROOTS_SHOW=name` prints both pictures of the graphs of that name.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ascii_dag::{CustomNode, Graph, LayoutIR, LayoutIRBuilder, RenderOptions};
use crossroots::analysis::Analysis;
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::Policy;
use crossroots::diagram::{
    BoxId, BoxKind, Charset, Density, EdgeState, Mark, Options, Orientation, Scene, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId,
    lay_out,
};
use crossroots::explorer::{Explorer, Key, Message, Settings};
use crossroots::source::{Found, ReadLimits, SAMPLES, load_store, read_path};
use support::send;

/// A cell, and whether a line runs level and upright through it.
type Cells = BTreeMap<(u16, u16), (bool, bool)>;

/// The line of a number in a cell, and whether it runs level and upright there.
type Run = (usize, bool, bool);

/// The line of one link.
struct Line {
    from: usize,
    to: usize,
    cells: Cells,
    /// Cells of the box's border between the certificate and the line.
    aside: usize,
}

#[derive(Debug, Default, Clone, Copy)]
struct Measure {
    crossings: usize,
    muddles: usize,
    /// Cells of all ways.
    ways: usize,
    /// Cells that any line takes.
    ink: usize,
    width: usize,
    height: usize,
}

fn measure(lines: &[Line]) -> Measure {
    let mut of_cell: BTreeMap<(u16, u16), Vec<Run>> = BTreeMap::new();
    for (line, cells) in lines.iter().enumerate() {
        for (cell, (level, upright)) in &cells.cells {
            of_cell.entry(*cell).or_default().push((line, *level, *upright));
        }
    }
    let mut crossings = 0;
    let mut shared: BTreeSet<(u16, u16)> = BTreeSet::new();
    for (cell, here) in &of_cell {
        let pairs = here.iter().enumerate().flat_map(|(at, a)| here[at + 1..].iter().map(move |b| (a, b)));
        let strangers: Vec<_> = pairs.filter(|(a, b)| lines[a.0].from != lines[b.0].from && lines[a.0].to != lines[b.0].to).collect();
        let crosses = |a: &Run, b: &Run| (a.1, a.2, b.1, b.2) == (true, false, false, true);
        if strangers.iter().any(|(a, b)| !crosses(a, b) && !crosses(b, a)) {
            shared.insert(*cell);
        } else if !strangers.is_empty() {
            crossings += 1;
        }
    }
    let mut muddles = 0;
    while let Some(cell) = shared.pop_first() {
        muddles += 1;
        let mut waiting = vec![cell];
        while let Some((x, y)) = waiting.pop() {
            let around = [(x.wrapping_add(1), y), (x.wrapping_sub(1), y), (x, y.wrapping_add(1)), (x, y.wrapping_sub(1))];
            waiting.extend(around.into_iter().filter(|cell| shared.remove(cell)));
        }
    }
    let ways = lines.iter().map(|line| line.cells.len() + line.aside).sum();
    Measure { crossings, muddles, ways, ink: of_cell.len(), width: 0, height: 0 }
}

/// A link that is not cut from a loop: positions in `scene.boxes`, and the cell of its box that it leaves from.
struct Ends {
    from: usize,
    to: usize,
    port: (usize, usize),
}

fn ends(scene: &Scene) -> Vec<Ends> {
    let kept = scene.edges.iter().filter(|edge| edge.in_loop.is_none());
    kept.map(|edge| {
        let (x, y) = edge.route[0];
        let from = scene.boxes.iter().position(|(_, rect)| rect.contains(x, y)).unwrap();
        let to = scene.boxes.iter().position(|(id, _)| *id == edge.to).unwrap();
        let rect = scene.boxes[from].1;
        Ends { from, to, port: ((x - rect.x).into(), (y - rect.y).into()) }
    })
    .collect()
}

fn ours(scene: &Scene) -> Measure {
    let kept = scene.edges.iter().filter(|edge| edge.in_loop.is_none());
    let lines: Vec<Line> = ends(scene)
        .into_iter()
        .zip(kept)
        .map(|(Ends { from, to, .. }, edge)| {
            let mut cells = Cells::new();
            for pair in edge.route.windows(2) {
                let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
                for x in ax.min(bx)..=ax.max(bx) {
                    for y in ay.min(by)..=ay.max(by) {
                        let runs = cells.entry((x, y)).or_default();
                        runs.0 |= ay == by;
                        runs.1 |= ax == bx;
                    }
                }
            }
            // The first cell is the frame of its box; a sign or a word on the way is no line.
            cells.remove(&edge.route[0]);
            cells.retain(|(x, y), _| {
                let letter = scene.cell(*x, *y).text;
                !letter.is_alphanumeric() && !"✗?".contains(letter)
            });
            Line { from, to, cells, aside: 0 }
        })
        .collect();
    Measure { width: scene.width.into(), height: scene.height.into(), ..measure(&lines) }
}

fn text_cells(text: &str) -> Cells {
    let mut cells = Cells::new();
    for (y, row) in (0..).zip(text.lines()) {
        for (x, letter) in (0..).zip(row.chars()) {
            let runs = match letter {
                ' ' => continue,
                '─' | '┈' | '→' | '←' => (true, false),
                '│' | '┊' | '↑' | '↓' | '⇡' | '⇣' => (false, true),
                _ => (true, true),
            };
            cells.insert((x, y), runs);
        }
    }
    cells
}

fn theirs(scene: &Scene, orientation: Orientation) -> (Measure, String) {
    let direction = match orientation {
        Orientation::TopDown => ascii_dag::graph::Direction::BottomUp,
        Orientation::LeftRight => ascii_dag::graph::Direction::LeftRight,
    };
    let mut graph = Graph::new().with_direction(direction);
    for (position, (_, rect)) in scene.boxes.iter().enumerate() {
        let node = CustomNode { label: "", width: rect.width.into(), height: rect.height.into(), painter: None, payload: "" };
        graph.add_node(position, node);
    }
    let links = ends(scene);
    for link in &links {
        graph.add_edge(link.from, link.to, None);
    }
    let layout = graph.compute_layout();
    let whole = layout.render_string(&RenderOptions::plain());
    let lines: Vec<Line> = (0..layout.edges().len())
        .map(|edge| {
            let cells = text_cells(&alone(&layout, edge).render_string(&RenderOptions::plain()));
            let edge = &layout.edges()[edge];
            let port = links[edge.edge_index].port;
            let node = layout.node_by_id(edge.from_id).unwrap();
            let aside = match orientation {
                Orientation::TopDown => (edge.from_x - node.x).abs_diff(port.0),
                Orientation::LeftRight => (edge.from_y - node.y).abs_diff(port.1),
            };
            Line { from: edge.from_id, to: edge.to_id, cells, aside }
        })
        .collect();
    assert_eq!(lines.len(), links.len());
    // The edges painted one by one are the edges painted together.
    let painted: BTreeSet<(u16, u16)> = text_cells(&whole).into_keys().collect();
    let by_edge: BTreeSet<(u16, u16)> = lines.iter().flat_map(|line| line.cells.keys().copied()).collect();
    assert_eq!(painted, by_edge, "{whole}");
    let measured = Measure { width: layout.width(), height: layout.height(), ..measure(&lines) };
    (measured, with_boxes(&whole, &layout))
}

/// The layout with one edge only.
fn alone<'a>(layout: &LayoutIR<'a>, edge: usize) -> LayoutIR<'a> {
    let mut builder = LayoutIRBuilder::new().with_levels(layout.level_count());
    for node in layout.nodes() {
        builder.add_node(node.clone());
        builder.add_custom_for_last(None, "");
    }
    builder.add_edge(layout.edges()[edge].clone());
    builder.set_dimensions(layout.width(), layout.height());
    builder.set_direction(layout.direction());
    builder.build()
}

/// The picture with its boxes filled in, to be looked at.
fn with_boxes(text: &str, layout: &LayoutIR<'_>) -> String {
    let mut rows: Vec<Vec<char>> = text.lines().map(|row| row.chars().collect()).collect();
    for node in layout.nodes().iter().filter(|node| node.edge_index.is_none()) {
        for y in node.y..node.y + node.height {
            for x in node.x..node.x + node.width {
                rows.resize(rows.len().max(y + 1), Vec::new());
                let row = &mut rows[y];
                row.resize(row.len().max(x + 1), ' ');
                row[x] = '░';
            }
        }
    }
    rows.into_iter().map(|row| row.into_iter().collect::<String>().trim_end().to_owned() + "\n").collect()
}

const SIZE: (u16, u16) = (300, 100);

fn explorer_on(pool: Pool, trust: Trust) -> Explorer {
    let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
    opened.analysis = Analysis::new(pool, trust, Policy::at(support::NOW), None).unwrap().into();
    let (mut explorer, effects) = support::start(opened, Settings::default(), SIZE);
    support::carry_out(&mut explorer, effects);
    explorer
}

fn famous() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/famous");
    let listed = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    let mut files: Vec<PathBuf> = listed(&folder).into_iter().chain(listed(&folder.join("leaves"))).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "pem"));
    files.sort();
    files
}

fn graphs() -> Vec<(String, Explorer)> {
    let samples = SAMPLES.iter().filter(|sample| !sample.name.starts_with("rule-"));
    let mut graphs: Vec<(String, Explorer)> =
        samples.map(|sample| (sample.name.to_owned(), support::open(sample.name, SIZE, Charset::Unicode))).collect();
    let files = famous();
    if files.is_empty() {
        println!("skipped: ../shared/corpora/famous is not there");
    }
    let mozilla = load_store("mozilla", &|batch| batch).unwrap();
    for file in files {
        let mut pool = Pool::default();
        for Found { certificate, origin, .. } in read_path(&file, &ReadLimits::default()).certificates {
            pool.add(certificate, origin);
        }
        let anchors = mozilla.certificates.iter().map(|anchor| pool.add_candidate(anchor.clone(), mozilla.origin())).collect();
        let trust = Trust::new(vec![Store { name: "mozilla".to_owned(), anchors }]);
        graphs.push((file.file_stem().unwrap().to_string_lossy().into_owned(), explorer_on(pool, trust)));
    }
    graphs
}

/// `size` CAs, every pair cross-signed, a leaf below the last, and a root above the first; nothing folded.
fn mesh(size: u32) -> Sketch {
    let (leaf, root) = (size, size + 1);
    let mut sketch = Sketch::default();
    let mut add = |id: u32, kind: BoxKind, issuers: Vec<u32>| {
        let mut slots = Vec::new();
        for issuer in issuers {
            let slot = SlotId(id * 100 + issuer);
            let label = format!("by CA {issuer}");
            let note = "to 2030-01-01".to_owned();
            let own = issuer == id;
            slots.push(SketchSlot {
                id: slot,
                mark: Mark::Pass,
                label,
                note,
                note_fails: false,
                detail: String::new(),
                badge: String::new(),
                self_signed: own,
                anchor: own,
                stores: Vec::new(),
                chosen: false,
                kept: false,
            });
            if !own {
                sketch.edges.push(SketchEdge { from: slot, to: BoxId::Entity(issuer), state: EdgeState::Good, chosen: false });
            }
        }
        sketch.boxes.push(SketchBox {
            id: BoxId::Entity(id),
            kind,
            title: format!("CA {id}"),
            note: String::new(),
            left_out: (0, 0),
            slots,
            folded: false,
            kept: false,
        });
    };
    add(leaf, BoxKind::Target, vec![size - 1]);
    for subject in 0..size {
        let others = (0..size).filter(|issuer| *issuer != subject);
        add(subject, BoxKind::Entity, others.chain((subject == 0).then_some(root)).collect());
    }
    add(root, BoxKind::Entity, vec![root]);
    sketch
}

#[test]
fn no_graph_has_more_crossings_or_longer_lines() {
    let mut worse = Vec::new();
    let show = std::env::var("CROSSROOTS_SHOW").ok();
    println!("{:34} {:9} boxes links  crossings    muddles       ways        ink       size", "graph", "");
    let mut compare = |name: &str, orientation: Orientation, scene: &Scene| {
        let (our, (their, picture)) = (ours(scene), theirs(scene, orientation));
        println!(
            "{:34} {:9} {:5} {:5} {:4} :{:4} {:4} :{:4} {:4} :{:4} {:4} :{:4}  {}x{} : {}x{}",
            name.chars().take(34).collect::<String>(),
            format!("{orientation:?}"),
            scene.boxes.len(),
            ends(scene).len(),
            our.crossings,
            their.crossings,
            our.muddles,
            their.muddles,
            our.ways,
            their.ways,
            our.ink,
            their.ink,
            our.width,
            our.height,
            their.width,
            their.height
        );
        if show.as_ref().is_some_and(|show| name.contains(show)) {
            println!("{}\n{picture}", scene.to_text());
        }
        if our.crossings > their.crossings || our.muddles > 0 || our.ways > their.ways {
            worse.push(format!("{name} {orientation:?}: {our:?} against {their:?}"));
        }
    };
    for (name, mut explorer) in graphs() {
        // With much room every gap gets a cell more than its lines need.
        while explorer.density() == Density::Roomy {
            send(&mut explorer, Message::Key(Key::Char('-')));
        }
        for _ in 0..2 {
            compare(&name, explorer.orientation(), explorer.scene());
            send(&mut explorer, Message::Key(Key::Char('o')));
        }
    }
    for size in 3..=6 {
        for orientation in [Orientation::TopDown, Orientation::LeftRight] {
            compare(&format!("mesh of {size}"), orientation, &lay_out(&mesh(size), orientation, &Options::default()));
        }
    }
    assert!(worse.is_empty(), "worse than ascii-dag:\n{}", worse.join("\n"));
}
