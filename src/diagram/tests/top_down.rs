//! Pictures with the roots on top, as they are meant to be: to change one is to say that the new one is better.

use super::{assert_picture, samples};
use crate::diagram::{Options, Orientation};

#[test]
fn simple() {
    assert_picture(
        &samples::simple(),
        Orientation::TopDown,
        &Options::default(),
        "
┌─ Root CA ────────────────┐
┃ ✓ self-signed ↺ ◉ anchor ┃
┃   to 2040-01-01          ┃
└──────────────────────────┘
                ▴
     ┌─ Int CA ─┸──────┐
     ┃ ✓ by Root CA    ┃
     ┃   to 2030-01-01 ┃
     └─────────────────┘
                   ▴
     ┌─ shop.test ─┸───┐
     ┃ ✓ by Int CA     ┃
     ┃   to 2026-02-01 ┃
     └─────────────────┘
",
    );
}

#[test]
fn lets_encrypt_2024() {
    assert_picture(
        &samples::lets_encrypt_2024(),
        Orientation::TopDown,
        &Options::default(),
        "
                                  ┌─ ISRG Root X1 ───────────┐
                                  ┃ ✓ self-signed ↺ ◉ anchor ┃
                                  ┃   to 2035-06-04          ┃
                                  └──────────────────────────┘
                                                 ▴
                                     ┌───────────┨
┌─ ISRG Root X2 ×2 ────────┬─────────┴─────────┐ ┃
│ ✓ self-signed ↺ ◉ anchor │ ✓ by ISRG Root X1 │ ┃
│   to 2040-09-17          │   to 2025-09-15   │ ┃
└──────────────────────────┴───────────────────┘ ┃
                             ▴                   ┃
                   ┌─ E6 ×2 ─┴─────────┬─────────┸─────────┐
                   │ ✓ by ISRG Root X2 ┃ ✓ by ISRG Root X1 ┃
                   │   to 2027-03-12   ┃   to 2027-03-12   ┃
                   └───────────────────┴───────────────────┘
                                               ▴
                            ┌─ letsencrypt.org ┸─┐
                            ┃ ✓ by E6            ┃
                            ┃   to 2024-10-12    ┃
                            └────────────────────┘
",
    );
}

#[test]
fn lets_encrypt_2021() {
    assert_picture(
        &samples::lets_encrypt_2021(),
        Orientation::TopDown,
        &Options::default(),
        "
                                   ┌─ DST Root CA X3 ─────────┐
                                   │ ✗ self-signed ↺ ◉ anchor │
                                   │ ! EXPIRED 2021-09-30     │
                                   └──────────────────────────┘
                                                   ▴
                                      ┌────────────┤
┌─ ISRG Root X1 ×2 ────────┬──────────┴──────────┐ │
┃ ✓ self-signed ↺ ◉ anchor ┃ ✓ by DST Root CA X3 │ │
┃   to 2035-06-04          ┃   to 2024-09-30     │ │
└──────────────────────────┴─────────────────────┘ │
                              ▴                    │
                    ┌─ R3 ×2 ─┸─────────┬──────────┴───────────┐
                    ┃ ✓ by ISRG Root X1 ┃ ✗ by DST Root CA X3  │
                    ┃   to 2025-09-15   ┃ ! EXPIRED 2021-09-29 │
                    └───────────────────┴──────────────────────┘
                                                 ▴
                                 ┌─ example.org ─┸─┐
                                 ┃ ✓ by R3         ┃
                                 ┃   to 2021-12-02 ┃
                                 └─────────────────┘
",
    );
}

#[test]
fn cross_signed_partitions() {
    assert_picture(
        &samples::cross_signed_partitions(),
        Orientation::TopDown,
        &Options::default(),
        "
                                            ┌╌╌╌╌╌╌╌╌╌╌╌┐
                 ┌─ Bridge B ×2 ───┬────────┴─────────┐ ╎
                 │ ✓ self-signed ↺ │ ✓ by Agency A ↩1 │ ╎ ↩ loop 1: Agency A⇄Bridge B
                 │   to 2040-01-01 │   to 2028-06-01  │ ╎
                 └─────────────────┴──────────────────┘ ╎
                                    ▴                   ╎
┌─ Agency A ×2 ────────────┬────────┴────────┐          ╎
┃ ✓ self-signed ↺ ◉ anchor ┃ ✓ by Bridge B   │          ╎
┃   to 2040-01-01          ┃   to 2028-06-01 │          ╎
└──────────────────────────┴─────────────────┘          ╎
                       ▴                                ╎
                       ┠╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
              ┌─ leaf ─┸────────┐
              ┃ ✓ by Agency A   ┃
              ┃   to 2026-02-01 ┃
              └─────────────────┘
",
    );
}

#[test]
fn folded_bridge() {
    assert_picture(
        &samples::folded_bridge(),
        Orientation::TopDown,
        &Options::default(),
        "
┌─ Common Policy ──────────┐  ┌─ Agency C ──────┐
┃ ✓ self-signed ↺ ◉ anchor ┃  │ ✓ self-signed ↺ │
┃   to 2030-12-01          ┃  │   to 2033-01-01 │
└──────────────────────────┘  └─────────────────┘
                    ▴               ▴
  ┌─ Bridge CA ×14 ─┸────┬──────────┴───────────┬──────────────────────┬─────────────┐
  ┃ ✓ by Common Policy   ┃ ✗ by Agency C        │ ✗ by Agency 7        │ … 11 more ▾ │
  ┃   to 2029-08-01      ┃ ! EXPIRED 2024-02-01 │   to 2028-01-01      │ ✓8 ✗2 ?1    │
  └──────────────────────┴──────────────────────┴──────────────────────┴─────────────┘
                                            ▴
                                   ┌─ leaf ─┸────────┐
                                   ┃ ✓ by Bridge CA  ┃
                                   ┃   to 2027-01-01 ┃
                                   └─────────────────┘
",
    );
}

#[test]
fn bad_signature() {
    assert_picture(
        &samples::bad_signature(),
        Orientation::TopDown,
        &Options::default(),
        "
┌─ Root A ─────────────────┐
┃ ✗ self-signed ↺ ◉ anchor ┃  ┌╌ Root B ╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
┃ ! EXPIRED 2021-09-30     ┃  ╎ ? not loaded, see AIA ╎
└──────────────────────────┘  └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
                ▴                 ▴
                ┃                 ?
  ┌─ Int CA ×2 ─┸────────┬────────┴────────┐
  ┃ ✗ by Root A          ┃ ? by Root B     │
  ┃ ! EXPIRED 2021-09-01 ┃   to 2029-01-01 │
  └──────────────────────┴─────────────────┘
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
fn crossing() {
    assert_picture(
        &samples::crossing(),
        Orientation::TopDown,
        &Options::default(),
        "
         ┌─ Root A ─────────────────┐               ┌─ Root B ─────────────────┐           ┌─ Root C ─────────────────┐
         │ ✓ self-signed ↺ ◉ anchor │               ┃ ✓ self-signed ↺ ◉ anchor ┃           │ ✓ self-signed ↺ ◉ anchor │
         │   to 2040-01-01          │               ┃   to 2040-01-01          ┃           │   to 2040-01-01          │
         └──────────────────────────┘               └──────────────────────────┘           └──────────────────────────┘
            ▴                                                   ▴                                        ▴
            │              ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┹─┬─────────────────────────┐            │
            ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╂╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐             ╎                         │            │
            │              ┃                        ╎             ╎                         │            │
            │              ┃                 ✗ BAD SIGNATURE ✗ BAD SIGNATURE                │            │
┌─ Left ×2 ─┴─────┬────────┸────────┐  ┌─ Right ×2 ─┴────┬────────┴────────┐  ┌─ Middle ×2 ─┴───┬────────┴────────┐
│ ✓ by Root A     ┃ ✓ by Root B     ┃  │ ✓ by Root A     │ ✓ by Root B     │  │ ✓ by Root B     │ ✓ by Root C     │
│   to 2030-01-01 ┃   to 2030-01-01 ┃  │   to 2030-01-01 │   to 2030-01-01 │  │   to 2030-01-01 │   to 2030-01-01 │
└─────────────────┴─────────────────┘  └─────────────────┴─────────────────┘  └─────────────────┴─────────────────┘
                                 ▴          ▴                                     ▴
                                 ┃          │                 ┌───────────────────┘
                 ┌─ shop.test ×3 ┸─┬────────┴────────┬────────┴────────┐
                 ┃ ✓ by Left       ┃ ✓ by Right      │ ✓ by Middle     │
                 ┃   to 2030-01-01 ┃   to 2030-01-01 │   to 2030-01-01 │
                 └─────────────────┴─────────────────┴─────────────────┘
",
    );
}

#[test]
fn mesh() {
    assert_picture(
        &samples::mesh(),
        Orientation::TopDown,
        &Options::default(),
        "
                                ┌─ Root ───────────────────┐
                                │ ✓ self-signed ↺ ◉ anchor │
                                │   to 2040-01-01          │
                                └──────────────────────────┘
                                                        ▴
                ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
                ╎                            ┌──────────┤                                                                ╎
                ╎          ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐                           ╎
┌─ CA three ×3 ─┴─┬────────┴────────┬────────┴────────┐ │                                    ╎                           ╎
│ ✓ by CA one ↩2  │ ✓ by CA two ↩3  │ ✓ by Root       │ │                                    ╎ ↩ loop 3: CA two⇄CA three ╎
│   to 2030-01-01 │   to 2030-01-01 │   to 2030-01-01 │ │                                    ╎                           ╎
└─────────────────┴─────────────────┴─────────────────┘ │                                    ╎                           ╎
                                      ▴                 │                                    ╎                           ╎
              ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌┐                         ╎                           ╎
              ╎            ┌──────────┤                 │          ╎                         ╎                           ╎
┌─ CA two ×2 ─┴───┬────────┴────────┐ │                 │          ╎                         ╎                           ╎
│ ✓ by CA one ↩1  │ ✓ by CA three   │ │                 │          ╎ ↩ loop 1: CA one⇄CA two ╎                           ╎ ↩ loop 2: CA one⇄CA three
│   to 2030-01-01 │   to 2030-01-01 │ │                 │          ╎                         ╎                           ╎
└─────────────────┴─────────────────┘ │                 │          ╎                         ╎                           ╎
                         ▴            │                 │          ╎                         ╎                           ╎
                         ├╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘                           ╎
           ┌─ CA one ×3 ─┴───┬────────┴────────┬────────┴────────┐ ╎                                                     ╎
           │ ✓ by CA two     │ ✓ by CA three   │ ✓ by Root       │ ╎                                                     ╎
           │   to 2030-01-01 │   to 2030-01-01 │   to 2030-01-01 │ ╎                                                     ╎
           └─────────────────┴─────────────────┴─────────────────┘ ╎                                                     ╎
                                      ▴                            ╎                                                     ╎
                                      ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┴╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
                             ┌─ leaf ─┴────────┐
                             │ ✓ by CA one     │
                             │   to 2030-01-01 │
                             └─────────────────┘
",
    );
}

#[test]
fn wide() {
    assert_picture(
        &samples::wide(),
        Orientation::TopDown,
        &Options::default(),
        "
 ┌─ 日本認証局ルート第一号機関 ─┐
 ┃ ✓ self-signed ↺ ◉ anchor     ┃
 ┃   to 2040-01-01              ┃
 └──────────────────────────────┘
                ▴
┌─ 例え.jp ─────┸────────────────┐
┃ ✓ 日本認証局ルート第一号機関   ┃
┃   to 2026-02-01                ┃
└────────────────────────────────┘
",
    );
}

#[test]
fn unchecked_links_keep_their_places() {
    assert_picture(
        &samples::unchecked(samples::lets_encrypt_2024()),
        Orientation::TopDown,
        &Options::default(),
        "
                                  ┌─ ISRG Root X1 ───────────┐
                                  ┃ ✓ self-signed ↺ ◉ anchor ┃
                                  ┃   to 2035-06-04          ┃
                                  └──────────────────────────┘
                                                 ▴
                                     ┌╌╌╌╌╌╌╌╌╌╌╌┨
┌─ ISRG Root X2 ×2 ────────┬─────────?─────────┐ ╏
│ ✓ self-signed ↺ ◉ anchor │ ✓ by ISRG Root X1 │ ╏
│   to 2040-09-17          │   to 2025-09-15   │ ╏
└──────────────────────────┴───────────────────┘ ╏
                             ▴                   ╏
                   ┌─ E6 ×2 ─?─────────┬─────────?─────────┐
                   │ ✓ by ISRG Root X2 ┃ ✓ by ISRG Root X1 ┃
                   │   to 2027-03-12   ┃   to 2027-03-12   ┃
                   └───────────────────┴───────────────────┘
                                               ▴
                            ┌─ letsencrypt.org ?─┐
                            ┃ ✓ by E6            ┃
                            ┃   to 2024-10-12    ┃
                            └────────────────────┘
",
    );
}
