//! draft-ietf-sidrops-aspa-verification-28 for one path, for the adapter in Rust of docs/conformance-adapters.md.
use serde_json::Value;
use std::collections::{HashMap, HashSet};

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub fn verify(request: &Value, max_providers: u64) -> &'static str {
    let mut table: HashMap<u64, HashSet<u64>> = HashMap::new();
    for aspa in list(&request["aspas"]) {
        let entry = table.entry(aspa["customer"].as_u64().unwrap()).or_default();
        // AS 0 attests that there is no provider, and is none.
        entry.extend(list(&aspa["providers"]).filter_map(Value::as_u64).filter(|asn| *asn != 0));
    }
    // Above the limit there is no entry (aspa-profile section 5.5).
    table.retain(|_, providers| providers.len() as u64 <= max_providers);

    let mut path: Vec<u64> = list(&request["asPath"])
        .flat_map(|segment| list(&segment["asns"]))
        .filter_map(Value::as_u64)
        .collect();
    path.dedup();
    let role = request["neighborRole"].as_str().unwrap();
    let neighbor = request["neighborAs"].as_u64();
    // Steps 1 to 3.
    if path.is_empty()
        || (role != "rs" && neighbor.is_some() && neighbor != path.first().copied())
        || list(&request["asPath"]).any(|segment| segment["type"] != "AS_SEQUENCE")
    {
        return "invalid";
    }
    // Section 5.4, from a foot of the mountain: a missing attestation (None) ends the shortest ramp only.
    let ramp = |ases: &[u64], shortest: bool| {
        let ends = |hop: &[u64]| match table.get(&hop[0]) {
            Some(providers) => !providers.contains(&hop[1]),
            None => shortest,
        };
        ases.windows(2).position(ends).map_or(ases.len(), |hop| hop + 1)
    };
    let reversed: Vec<u64> = path.iter().rev().copied().collect();
    let down: &[u64] = if role == "provider" { &path } else { &[] };
    let covered = |shortest| ramp(&reversed, shortest) + ramp(down, shortest) >= path.len();
    match (covered(false), covered(true)) {
        (false, _) => "invalid",
        (true, false) => "unknown",
        (true, true) => "valid",
    }
}
