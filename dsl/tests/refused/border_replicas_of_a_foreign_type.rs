// Nobody gives a foreign type a meaning in the language (design, section 1: the border).

/// Something that the writer's own trait says.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Replicas {
    /// How many.
    fn scale(self) -> u16;
}

#[rustfmt::skip]
impl casemate_dsl::Replicas for u8 { // refused
    fn scale(self) -> u16 {
        0
    }
}

fn main() {
    let _ = 0_u8;
}
