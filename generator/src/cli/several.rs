//! Several clusters of one catalogue: what holds for all of them is said once, what holds for some with their names.

use super::report;

/// Statements, each with its cluster, of which there are `clusters`. `head` is where a statement begins.
pub(super) fn merged<T: PartialEq>(
    clusters: usize,
    statements: impl IntoIterator<Item = (&'static str, T)>,
    head: impl Fn(&mut T) -> &mut String,
) -> Vec<T> {
    let mut merged: Vec<(T, Vec<&str>)> = Vec::new();
    for (cluster, statement) in statements {
        let known = merged.iter_mut().filter(|_| clusters > 1).find(|(known, _)| *known == statement);
        match known {
            Some((_, of)) => of.push(cluster),
            None => merged.push((statement, vec![cluster])),
        }
    }
    let named = |(mut statement, of): (T, Vec<&str>)| {
        let head = head(&mut statement);
        if of.len() < clusters && !head.starts_with("cluster ") {
            head.insert_str(0, &format!("{}: ", report::list(&of)));
        }
        statement
    };
    merged.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::merged;

    fn said(clusters: usize, statements: &[(&'static str, &str)]) -> Vec<String> {
        merged(clusters, statements.iter().map(|(cluster, text)| (*cluster, (*text).to_owned())), |text| text)
    }

    #[test]
    fn a_single_cluster_is_not_named() {
        assert_eq!(said(1, &[("a", "x"), ("a", "y"), ("a", "x")]), ["x", "y", "x"]);
    }

    #[test]
    fn what_all_clusters_have_is_said_once() {
        assert_eq!(said(2, &[("a", "x"), ("a", "y"), ("b", "y"), ("b", "x")]), ["x", "y"]);
    }

    #[test]
    fn what_some_clusters_have_is_said_with_their_names() {
        assert_eq!(said(3, &[("a", "x"), ("b", "x"), ("c", "y")]), ["a and b: x", "c: y"]);
    }

    #[test]
    fn what_names_its_cluster_is_left_as_it_is() {
        assert_eq!(said(2, &[("a", "cluster a: x"), ("b", "cluster b: x")]), ["cluster a: x", "cluster b: x"]);
    }
}
