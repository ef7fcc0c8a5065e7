// Nobody adds a need of the API (security model, anti-patterns: overprivileged service accounts).

/// All the rights that there are.
pub struct Everything;

fn main() {
    let _ = Everything;
}
