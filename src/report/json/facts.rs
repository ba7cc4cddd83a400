//! The facts of a finding as a JSON object: times in RFC 3339, numbers as numbers, certificates by their SHA-256.

use serde_json::{Map, Value as Json};

use crate::chain::Pool;
use crate::check::{Finding, Value};
use crate::words::fact_words;

pub(super) type Facts = Map<String, Json>;

/// A fact that stands more than once becomes an array.
pub(super) fn facts(pool: &Pool, finding: &Finding) -> Facts {
    let mut out = Facts::new();
    for fact in &finding.facts {
        let value = json(pool, &fact.value);
        match out.get_mut(fact.name.word()) {
            None => {
                out.insert(fact.name.word().to_owned(), value);
            }
            Some(Json::Array(values)) => values.push(value),
            Some(first) => *first = Json::Array(vec![first.take(), value]),
        }
    }
    out
}

fn json(pool: &Pool, value: &Value) -> Json {
    match value {
        Value::Time(time) => Json::from(time.rfc3339()),
        Value::Number(number) => Json::from(*number),
        Value::Flag(flag) => Json::from(*flag),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Word(word) => Json::from(*word),
        Value::Term(term) => Json::from(term.word()),
        Value::Unusable(_) | Value::KeyWeakness(_) | Value::Timestamp(_) => Json::from(fact_words(value)),
        Value::Certificate(id) => Json::from(pool.certificate(*id).sha256.to_string()),
    }
}
