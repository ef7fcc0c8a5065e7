//! The declaration that the README shows is the one that is rendered.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn its_declaration_is_that_of_the_service_without_two_variables() {
    let readme = read("README.md");
    let (_, shown) = readme.split_once("```rust\n").expect("the README shows a declaration");
    let (shown, _) = shown.split_once("```").expect("the declaration ends");
    let service = read("services/src/trips_api.rs");
    let (_, declared) = service.split_once("identity!").expect("the service has an identity");
    let declared = format!("identity!{declared}");

    let left_out: Vec<&str> = {
        let mut shown = shown.lines().peekable();
        let left_out = declared.lines().filter(|line| shown.next_if_eq(line).is_none()).collect();
        assert_eq!(shown.peek(), None, "the README shows a line that services/src/trips_api.rs does not have there");
        left_out
    };
    let variables = left_out.iter().filter(|line| line.trim_start().starts_with(".env(")).count();
    assert_eq!((variables, left_out.len()), (2, 2), "{left_out:#?}");
}
