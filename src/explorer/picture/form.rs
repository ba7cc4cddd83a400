//! Which way the picture is turned and how much it says: chosen for the screen at first, by the person later.

use crate::diagram::{Density, Orientation};
use crate::explorer::panes::screen::WIDE;
use crate::explorer::state::Explorer;

impl Explorer {
    /// Whether roots are on top or at the right.
    pub fn orientation(&self) -> Orientation {
        self.picture.orientation
    }

    /// How much is said of each certificate.
    pub fn density(&self) -> Density {
        self.picture.density
    }

    /// Roots on top where the picture fits whole: with all that it can say where there is much room, with the screen to itself where
    /// there is little; else left to right. Done at first: a later resize never turns the picture, and nothing does once the person
    /// has moved.
    pub(in crate::explorer) fn settle(&mut self) {
        let fits = |explorer: &Self| {
            let (room, scene) = (explorer.own_room(), explorer.scene());
            scene.width <= room.width && scene.height <= room.height
        };
        // On a wide screen nothing is worth the details beside the picture, and there is room to say more of every certificate.
        let forms = if self.size().0 >= WIDE {
            [
                (Density::Roomy, Orientation::TopDown, false),
                (Density::Compact, Orientation::TopDown, false),
                (Density::Compact, Orientation::LeftRight, false),
            ]
        } else {
            [
                (Density::Compact, Orientation::TopDown, false),
                (Density::Compact, Orientation::TopDown, true),
                (Density::Compact, Orientation::LeftRight, false),
            ]
        };
        // First such as have room for everyone in a crowd.
        let mut fitting = None;
        for form in forms {
            // What is too large for the whole screen need not be tried on it.
            if form.2 && (self.picture.drawn.scene.width > self.size().0 || self.picture.drawn.scene.height > self.size().1) {
                continue;
            }
            self.draw_in(form);
            if fits(self) && (self.picture.drawn.crowds.is_empty() || self.picture.drawn.crowds_open) {
                return self.keep_in_view();
            }
            if fitting.is_none() && fits(self) {
                fitting = Some(form);
            }
        }
        if let Some(form) = fitting.filter(|form| Some(form) != forms.last()) {
            self.draw_in(form);
        }
        self.keep_in_view();
    }

    fn draw_in(&mut self, (density, orientation, zoomed): (Density, Orientation, bool)) {
        (self.picture.density, self.picture.orientation) = (density, orientation);
        self.panes.zoom_to(zoomed);
        self.refresh_scene();
    }

    pub(in crate::explorer) fn turn(&mut self) {
        self.picture.orientation = match self.picture.orientation {
            Orientation::TopDown => Orientation::LeftRight,
            Orientation::LeftRight => Orientation::TopDown,
        };
        self.picture.camera = (0, 0);
        self.refresh_scene();
        self.keep_in_view();
        self.notice = if self.picture.orientation == Orientation::TopDown { "roots on top" } else { "roots at the right" }.to_owned();
    }

    pub(in crate::explorer) fn draw_with(&mut self, density: Density) {
        self.picture.density = density;
        self.refresh_scene();
        self.keep_in_view();
        self.notice = match density {
            Density::Tight => "small: - and + change it",
            Density::Compact => "with dates",
            Density::Roomy => "with dates, origins and serial numbers",
        }
        .to_owned();
    }
}
