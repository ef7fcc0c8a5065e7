//! The first sentence: how much changed, and where.

use super::changes::{Changes, Counts, Role, role};

/// The first sentence, without its full stop. `None` when nothing changed.
pub(super) fn headline(changes: &Changes<'_>) -> Option<String> {
    let Counts { added, changed, removed } = changes.counts();
    let mut counted: Vec<String> = Vec::new();
    for (number, word) in [(added, "added"), (changed, "changed"), (removed, "removed")] {
        if number > 0 {
            let object = if counted.is_empty() {
                format!("{} ", plural(number, if changes.are_pages { "page" } else { "object" }))
            } else {
                String::new()
            };
            counted.push(format!("{number} {object}{word}"));
        }
    }
    if counted.is_empty() {
        return None;
    }
    let of = |wanted: Role| changes.directories.keys().filter(|directory| role(directory).1 == wanted).count();
    let mut places: Vec<String> = Vec::new();
    for (number, word) in [(of(Role::Service), "service"), (of(Role::Namespace), "namespace")] {
        if number > 0 {
            places.push(format!("{number} {}", plural(number, word)));
        }
    }
    let others = of(Role::Other);
    if others > 0 {
        let other = if places.is_empty() { "" } else { "other " };
        places.push(format!("{others} {other}{}", if others == 1 { "directory" } else { "directories" }));
    }
    let follow = match changes.pages {
        0 => String::new(),
        1 => "; 1 page of the register says so, too".to_owned(),
        pages => format!("; {pages} pages of the register say so, too"),
    };
    Some(format!("{} in {}{follow}", list(&counted), list(&places)))
}

/// What there is to say when no object changed.
pub(super) fn nothing(changes: &Changes<'_>) -> &'static str {
    if changes.lists > 0 {
        "No object changes in the tree; the lists of what is rendered (`.casemate`) do."
    } else {
        "Nothing changes in the tree."
    }
}

/// `2 added, 1 changed`.
pub(super) fn counted(counts: Counts) -> String {
    let Counts { added, changed, removed } = counts;
    let counts = [(added, "added"), (changed, "changed"), (removed, "removed")];
    let counts = counts.iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, word)| format!("{number} {word}")).collect::<Vec<_>>().join(", ")
}

fn plural(number: usize, word: &str) -> String {
    format!("{word}{}", if number == 1 { "" } else { "s" })
}

fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
