//! What types cannot see: that the declarations of a cluster fit together.

#[test]
fn the_declarations_hold() {
    let rendered = casemate::render(services::{{ module }}::cluster()).unwrap_or_else(|findings| panic!("{findings}"));
    assert!(rendered.files().len() > 0);
}
