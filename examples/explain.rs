//! Lists the valid paths of every certificate in a folder, and why its other paths are not valid.

use crossroots::cert::Time;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "samples/lets-encrypt-2021".to_owned());
    let at = Time::parse(&std::env::args().nth(2).unwrap_or_else(|| "2024-01-15".to_owned()), Time(0))?;
    for target in crossroots::explain(&[folder], &["mozilla"], at)?.targets {
        println!("{}: {}", target.name, target.sentence);
        for path in target.valid() {
            println!("  valid: {}", path.names.join(" < "));
        }
        for path in target.others() {
            println!("  {}: {}", path.verdict.word(), path.names.join(" < "));
            path.reasons.iter().for_each(|reason| println!("    {}", reason.sentence));
        }
    }
    Ok(())
}
