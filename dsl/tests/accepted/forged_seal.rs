// Nobody makes a view (design, section 1: the border).

fn main() {
    let _: Option<casemate_dsl::view::Verbs> = None;
}
