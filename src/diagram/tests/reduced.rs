//! Pictures in ASCII, with little room and with much, as they are meant to be: to change one is to say that the new one is better.

use super::{assert_picture, samples};
use crate::diagram::{Charset, Density, Options, Orientation};

const ASCII: Options = Options { charset: Charset::Ascii, density: Density::Compact, max_slot_width: 30, tell_origins: true };
const NARROW: Options = Options { charset: Charset::Unicode, density: Density::Compact, max_slot_width: 18, tell_origins: true };
const ROOMY: Options = Options { charset: Charset::Unicode, density: Density::Roomy, max_slot_width: 30, tell_origins: true };

#[test]
fn lets_encrypt_2024_in_ascii_top_down() {
    assert_picture(
        &samples::lets_encrypt_2024(),
        Orientation::TopDown,
        &ASCII,
        "
                                +- ISRG Root X1 ---------+
                                # v self-signed @ anchor #
                                #   to 2035-06-04        #
                                +------------------------+
                                               ^
                                   +-----------+
+- ISRG Root X2 x2 ------+---------+---------+ #
| v self-signed @ anchor | v by ISRG Root X1 | #
|   to 2040-09-17        |   to 2025-09-15   | #
+------------------------+-------------------+ #
                           ^                   #
                 +- E6 x2 -+---------+---------+---------+
                 | v by ISRG Root X2 # v by ISRG Root X1 #
                 |   to 2027-03-12   #   to 2027-03-12   #
                 +-------------------+-------------------+
                                             ^
                          +- letsencrypt.org +-+
                          # v by E6            #
                          #   to 2024-10-12    #
                          +--------------------+
",
    );
}

#[test]
fn bad_signature_in_ascii_top_down() {
    assert_picture(
        &samples::bad_signature(),
        Orientation::TopDown,
        &ASCII,
        "
+- Root A ---------------+
# x self-signed @ anchor #  +~ Root B ~~~~~~~~~~~~~~+
# ! EXPIRED 2021-09-30   #  : ? not loaded, see AIA :
+------------------------+  +~~~~~~~~~~~~~~~~~~~~~~~+
               ^                 ^
               #                 ?
 +- Int CA x2 -+--------+--------+--------+
 # x by Root A          # ? by Root B     |
 # ! EXPIRED 2021-09-01 #   to 2029-01-01 |
 +----------------------+-----------------+
                           ^
                           #
                    x BAD SIGNATURE
             +- shop.test -+---+
             # x by Int CA     #
             #   to 2026-02-01 #
             +-----------------+
",
    );
}

#[test]
fn bad_signature_in_narrow_columns_top_down() {
    assert_picture(
        &samples::bad_signature(),
        Orientation::TopDown,
        &NARROW,
        "
┌─ Root A ───────────┐
┃ ✗ self-signed ↺ ◉  ┃  ┌╌ Root B ╌╌╌╌╌╌╌╌╌╌╌┐
┃ ! 2021-09-30       ┃  ╎ ? not load…see AIA ╎
└────────────────────┘  └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
              ▴               ▴
              ┃               ?
┌─ Int CA ×2 ─┸──────┬────────┴────────┐
┃ ✗ by Root A        ┃ ? by Root B     │
┃ ! 2021-09-01       ┃   to 2029-01-01 │
└────────────────────┴─────────────────┘
                         ▴
                         ╏
                  ✗ BAD SIGNATURE
           ┌─ shop.test ─┸───┐
           ┃ ✗ by Int CA     ┃
           ┃   to 2026-02-01 ┃
           └─────────────────┘
",
    );
}

#[test]
fn cross_signed_partitions_in_ascii_left_right() {
    assert_picture(
        &samples::cross_signed_partitions(),
        Orientation::LeftRight,
        &ASCII,
        "
                              +~~~~~~~~~~~~~~~~~~ (loop) 1: Agency A<>Bridge B ~~~~~~~~~~~~~~~~~~~+
+- leaf ---------------------+:                                                                   :
#v by Agency A  to 2026-02-01++>+- Agency A x2 ----------------+                                  :
+----------------------------+  #v self-signed @  to 2040-01-01|                                  :
                                |v by Bridge B    to 2028-06-01+->+- Bridge B x2 ----------------+:
                                +------------------------------+  |v self-signed    to 2040-01-01|:
                                                                  |v Agency A (loop)1  2028-06-01++
                                                                  +------------------------------+
",
    );
}

#[test]
fn bad_signature_in_ascii_left_right() {
    assert_picture(
        &samples::bad_signature(),
        Orientation::LeftRight,
        &ASCII,
        "
+- shop.test --------------+
#x by Int CA  to 2026-02-01+~xBADSIG>+- Int CA x2 ------------------+
+--------------------------+         #x Root A   !EXPIRED 2021-09-01+===>+- Root A ---------------------+
                                     |? by Root B      to 2029-01-01+~?+ #x self @   !EXPIRED 2021-09-30|
                                     +------------------------------+  : +------------------------------+
                                                                       +>+~ Root B ~~~~~~~~~~~~~~~~~~~~~+
                                                                         :? not loaded, see AIA         :
                                                                         +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~+
",
    );
}

#[test]
fn lets_encrypt_2021_in_narrow_rows_left_right() {
    assert_picture(
        &samples::lets_encrypt_2021(),
        Orientation::LeftRight,
        &NARROW,
        "
┌─ example.org ────┐
┃✓ R3    2021-12-02┝━►┌─ R3 ×2 ──────────┐
└──────────────────┘  │✗ DST …A X3 !21-09├──────────────────────┬►┌─ DST Root CA X3 ─┐
                      ┃✓ ISRG…t X1  25-09┝━►┌─ ISRG Root X1 ×2 ┐│ │✗ self ↺ ◉  !21-09│
                      └──────────────────┘  ┃✓ self ↺ ◉   35-06││ └──────────────────┘
                                            │✓ DST …A X3  24-09├┘
                                            └──────────────────┘
",
    );
}

#[test]
fn bad_signature_with_room_left_right() {
    assert_picture(
        &samples::bad_signature(),
        Orientation::LeftRight,
        &ROOMY,
        "
┌─ shop.test ──────────────┐
┃✗ by Int CA  to 2026-02-01┝╍✗ BAD SIGNATURE►┌─ Int CA ×2 ──────────────────┐
└──────────────────────────┘                 ┃✗ Root A   !EXPIRED 2021-09-01┝━━━━━►┌─ Root A ─────────────────────┐
                                             │? by Root B      to 2029-01-01├╌?╌┐  ┃✗ self ↺ ◉ !EXPIRED 2021-09-30│
                                             └──────────────────────────────┘   ╎  └──────────────────────────────┘
                                                                                └╌►┌╌ Root B ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
                                                                                   ╎? not loaded, see AIA         ╎
                                                                                   └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
",
    );
}
