//! Pictures with the target at the left, as they are meant to be: to change one is to say that the new one is better.

use super::{assert_picture, samples};
use crate::diagram::{Options, Orientation};

#[test]
fn simple() {
    assert_picture(
        &samples::simple(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ shop.test ──────────────┐
┃✓ by Int CA  to 2026-02-01┝━►┌─ Int CA ──────────────────┐
└──────────────────────────┘  ┃✓ by Root CA  to 2030-01-01┝━►┌─ Root CA ────────────────────┐
                              └───────────────────────────┘  ┃✓ self ↺ ◉       to 2040-01-01│
                                                             └──────────────────────────────┘
",
    );
}

#[test]
fn lets_encrypt_2024() {
    assert_picture(
        &samples::lets_encrypt_2024(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ letsencrypt.org ────┐
┃✓ by E6  to 2024-10-12┝━►┌─ E6 ×2 ──────────────────────┐
└──────────────────────┘  ┃✓ ISRG Root X1   to 2027-03-12┝━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┯►┌─ ISRG Root X1 ───────────────┐
                          │✓ ISRG Root X2   to 2027-03-12├─►┌─ ISRG Root X2 ×2 ────────────┐│ ┃✓ self ↺ ◉       to 2035-06-04│
                          └──────────────────────────────┘  │✓ self ↺ ◉       to 2040-09-17││ └──────────────────────────────┘
                                                            │✓ ISRG Root X1   to 2025-09-15├┘
                                                            └──────────────────────────────┘
",
    );
}

#[test]
fn lets_encrypt_2021() {
    assert_picture(
        &samples::lets_encrypt_2021(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ example.org ────────┐
┃✓ by R3  to 2021-12-02┝━►┌─ R3 ×2 ──────────────────────┐
└──────────────────────┘  │✗ DST Root CA X3   !2021-09-29├──────────────────────────────────┬►┌─ DST Root CA X3 ─────────────┐
                          ┃✓ ISRG Root X1   to 2025-09-15┝━►┌─ ISRG Root X1 ×2 ────────────┐│ │✗ self ↺ ◉ !EXPIRED 2021-09-30│
                          └──────────────────────────────┘  ┃✓ self ↺ ◉       to 2035-06-04││ └──────────────────────────────┘
                                                            │✓ DST Root CA X3    2024-09-30├┘
                                                            └──────────────────────────────┘
",
    );
}

#[test]
fn cross_signed_partitions() {
    assert_picture(
        &samples::cross_signed_partitions(),
        Orientation::LeftRight,
        &Options::default(),
        "
                              ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ ↩ loop 1: Agency A⇄Bridge B ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
┌─ leaf ─────────────────────┐╎                                                                   ╎
┃✓ by Agency A  to 2026-02-01┝┷►┌─ Agency A ×2 ────────────────┐                                  ╎
└────────────────────────────┘  ┃✓ self ↺ ◉       to 2040-01-01│                                  ╎
                                │✓ by Bridge B    to 2028-06-01├─►┌─ Bridge B ×2 ────────────────┐╎
                                └──────────────────────────────┘  │✓ self-signed ↺  to 2040-01-01│╎
                                                                  │✓ Agency A ↩1    to 2028-06-01├┘
                                                                  └──────────────────────────────┘
",
    );
}

#[test]
fn folded_bridge() {
    assert_picture(
        &samples::folded_bridge(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ leaf ──────────────────────┐
┃✓ by Bridge CA  to 2027-01-01┝━►┌─ Bridge CA ×14 ──────────────┐
└─────────────────────────────┘  ┃✓ Common Policy  to 2029-08-01┝━►┌─ Common Policy ──────────────┐
                                 │✗ Agency C !EXPIRED 2024-02-01├┐ ┃✓ self ↺ ◉       to 2030-12-01│
                                 │✗ by Agency 7    to 2028-01-01││ └──────────────────────────────┘
                                 │… 11 more ✓8 ✗2 ?1           ▾│└►┌─ Agency C ───────────────────┐
                                 └──────────────────────────────┘  │✓ self-signed ↺  to 2033-01-01│
                                                                   └──────────────────────────────┘
",
    );
}

#[test]
fn bad_signature() {
    assert_picture(
        &samples::bad_signature(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ shop.test ──────────────┐
┃✗ by Int CA  to 2026-02-01┝╍✗BADSIG►┌─ Int CA ×2 ──────────────────┐
└──────────────────────────┘         ┃✗ Root A   !EXPIRED 2021-09-01┝━━━►┌─ Root A ─────────────────────┐
                                     │? by Root B      to 2029-01-01├╌?┐ ┃✗ self ↺ ◉ !EXPIRED 2021-09-30│
                                     └──────────────────────────────┘  ╎ └──────────────────────────────┘
                                                                       └►┌╌ Root B ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
                                                                         ╎? not loaded, see AIA         ╎
                                                                         └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
",
    );
}

#[test]
fn crossing() {
    assert_picture(
        &samples::crossing(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ shop.test ×3 ───────────┐
┃✓ by Left    to 2030-01-01┝━━━►┌─ Left ×2 ────────────────┐
│✓ by Right   to 2030-01-01├──┐ │✓ by Root A  to 2030-01-01├────────┬────►┌─ Root A ─────────────────────┐
│✓ by Middle  to 2030-01-01├┐ │ ┃✓ by Root B  to 2030-01-01┝━━━━━━━━┿━┓   │✓ self ↺ ◉       to 2040-01-01│
└──────────────────────────┘│ │ └──────────────────────────┘        ╎ ┃   └──────────────────────────────┘
                            │ └►┌─ Right ×2 ───────────────┐        ╎ ┃
                            │   │✓ by Root A  to 2030-01-01├╌✗BADSIG┘ ┃
                            │   │✓ by Root B  to 2030-01-01├╌✗BADSIG╌╌┺━┯►┌─ Root B ─────────────────────┐
                            │   └──────────────────────────┘            │ ┃✓ self ↺ ◉       to 2040-01-01│
                            └──►┌─ Middle ×2 ──────────────┐            │ └──────────────────────────────┘
                                │✓ by Root B  to 2030-01-01├────────────┘
                                │✓ by Root C  to 2030-01-01├─────────────►┌─ Root C ─────────────────────┐
                                └──────────────────────────┘              │✓ self ↺ ◉       to 2040-01-01│
                                                                          └──────────────────────────────┘
",
    );
}

#[test]
fn mesh() {
    assert_picture(
        &samples::mesh(),
        Orientation::LeftRight,
        &Options::default(),
        "
                            ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ ↩ loop 2: CA one⇄CA three ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
                            ╎                               ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ ↩ loop 3: CA two⇄CA three ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌┐
                            ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌ ↩ loop 1: CA one⇄CA two ╌╌╌╌╌┐                                ╎ ╎
┌─ leaf ───────────────────┐╎                               ╎                                  ╎                                ╎ ╎
│✓ by CA one  to 2030-01-01├┴►┌─ CA one ×3 ────────────────┐╎                                  ╎                                ╎ ╎
└──────────────────────────┘  │✓ by CA two    to 2030-01-01├┴──►┌─ CA two ×2 ─────────────────┐╎                                ╎ ╎
                              │✓ by CA three  to 2030-01-01├──┐ │✓ by CA one ↩1  to 2030-01-01├┘                                ╎ ╎
                              │✓ by Root      to 2030-01-01├┐ │ │✓ by CA three   to 2030-01-01├┬►┌─ CA three ×3 ───────────────┐╎ ╎
                              └────────────────────────────┘│ │ └─────────────────────────────┘│ │✓ by CA one ↩2  to 2030-01-01├┘ ╎
                                                            │ └────────────────────────────────┘ │✓ by CA two ↩3  to 2030-01-01├╌╌┘
                                                            │                                    │✓ by Root       to 2030-01-01├┬──►┌─ Root ───────────────────────┐
                                                            │                                    └─────────────────────────────┘│   │✓ self ↺ ◉       to 2040-01-01│
                                                            └───────────────────────────────────────────────────────────────────┘   └──────────────────────────────┘
",
    );
}

#[test]
fn wide() {
    assert_picture(
        &samples::wide(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ 例え.jp ────────────────────┐
┃✓ 日本認証局…第一号機関  26-02┝━►┌─ 日本認証局ルート第一号機関 ─┐
└──────────────────────────────┘  ┃✓ self ↺ ◉       to 2040-01-01│
                                  └──────────────────────────────┘
",
    );
}

#[test]
fn unchecked_partitions() {
    assert_picture(
        &samples::unchecked(samples::cross_signed_partitions()),
        Orientation::LeftRight,
        &Options::default(),
        "
                              ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ ↩ loop 1: Agency A⇄Bridge B ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
┌─ leaf ─────────────────────┐╎                                                                   ╎
┃✓ by Agency A  to 2026-02-01?┷►┌─ Agency A ×2 ────────────────┐                                  ╎
└────────────────────────────┘  ┃✓ self ↺ ◉       to 2040-01-01│                                  ╎
                                │✓ by Bridge B    to 2028-06-01├?►┌─ Bridge B ×2 ────────────────┐╎
                                └──────────────────────────────┘  │✓ self-signed ↺  to 2040-01-01│╎
                                                                  │✓ Agency A ↩1    to 2028-06-01?┘
                                                                  └──────────────────────────────┘
",
    );
}
