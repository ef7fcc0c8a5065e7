//! References between variables: `$(NAME)`, as Kubernetes expands it.
//!
//! *Define dependent environment variables*, and `third_party/forked/golang/expansion` in its source: `$$` is a dollar, `$(` without its
//! `)` and a `$` before anything else are what they are, and a variable knows those before it.

/// The names that `text` refers to, in order.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while let Some((_, after)) = rest.split_once('$') {
            if let Some(after) = after.strip_prefix('$') {
                rest = after;
                continue;
            }
            rest = after;
            if let Some((name, after)) = after.strip_prefix('(').and_then(|after| after.split_once(')')) {
                rest = after;
                return Some(name);
            }
        }
        None
    })
}

/// The numbers below `count`, each after those that it names, in their own order otherwise; or a circle of them.
pub(super) fn after_what_they_name(
    count: usize,
    named: impl Fn(usize) -> Vec<usize>,
) -> Result<Vec<usize>, Vec<usize>> {
    let mut order = Vec::with_capacity(count);
    let mut path = Vec::new();
    for index in 0..count {
        place(index, &named, &mut path, &mut order)?;
    }
    Ok(order)
}

/// Places `index` behind what it names. `path` leads to it.
fn place(
    index: usize,
    named: &impl Fn(usize) -> Vec<usize>,
    path: &mut Vec<usize>,
    order: &mut Vec<usize>,
) -> Result<(), Vec<usize>> {
    if order.contains(&index) {
        return Ok(());
    }
    if let Some(start) = path.iter().position(|other| *other == index) {
        return Err(path.split_off(start));
    }
    path.push(index);
    for other in named(index) {
        place(other, named, path, order)?;
    }
    path.pop();
    order.push(index);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_as_kubernetes_finds_them() {
        for (text, found) in [
            ("", vec![]),
            ("a", vec![]),
            ("$(A)", vec!["A"]),
            ("$(A)$(B) and $(A)", vec!["A", "B", "A"]),
            ("$$(A)", vec![]),
            ("$$$(A)", vec!["A"]),
            ("$$$$(A)", vec![]),
            ("$A ${A} $", vec![]),
            ("$(A", vec![]),
            ("$(A $(B)", vec!["A $(B"]),
            ("$", vec![]),
            ("$()", vec![""]),
        ] {
            assert_eq!(names(text).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn what_is_named_comes_before_what_names_it() {
        let named = |index: usize| match index {
            0 => vec![3],
            3 => vec![2],
            _ => vec![],
        };
        assert_eq!(after_what_they_name(5, named), Ok(vec![2, 3, 0, 1, 4]));
        assert_eq!(after_what_they_name(3, |_| vec![]), Ok(vec![0, 1, 2]));
    }

    #[test]
    fn a_circle_is_named_without_what_leads_to_it() {
        let named = |index: usize| match index {
            0 | 2 => vec![1],
            1 => vec![2],
            _ => vec![],
        };
        assert_eq!(after_what_they_name(4, named), Err(vec![1, 2]));
        assert_eq!(after_what_they_name(1, |_| vec![0]), Err(vec![0]));
    }
}
