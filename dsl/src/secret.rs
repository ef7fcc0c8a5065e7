//! Secrets: fields of 1Password items, and nothing else.

use crate::word::{Field, ItemTitle, Name};

/// An item in the cluster's 1Password vault.
///
/// A service that uses one of its fields gets a `OnePasswordItem`, from which the operator makes a Secret. The Secret is named after
/// the service and this item, so each service has its own, and nobody spells the name (security model, layer 5).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const KEY: Item = item!("trips-api-key");
/// let field = KEY.field(field!("credential"));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Item {
    name: Name,
    title: ItemTitle,
}

impl Item {
    #[doc(hidden)]
    #[must_use]
    pub const fn named(name: Name, title: ItemTitle) -> Self {
        Self { name, title }
    }

    /// An item whose title is a name.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn titled(title: &'static str) -> Self {
        assert!(
            Name::is_name(title),
            "a title that is no name has one beside it, which its Secrets bear: `item!(\"trips-key\", \"Trips API key\")`"
        );
        Self { name: Name::checked(title), title: ItemTitle::checked(title) }
    }

    /// The field with this label.
    #[must_use]
    pub const fn field(self, field: Field) -> SecretField {
        SecretField { item: self, field }
    }

    /// What the Secret is named after.
    #[must_use]
    pub const fn name(self) -> Name {
        self.name
    }

    /// The item's title or identifier in the vault.
    #[must_use]
    pub const fn title(self) -> ItemTitle {
        self.title
    }
}

/// One field of an [`Item`]. It has no text: what it holds is never in Git.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SecretField {
    item: Item,
    field: Field,
}

impl SecretField {
    /// The item.
    #[must_use]
    pub const fn item(self) -> Item {
        self.item
    }

    /// The field's label, which is the key in the Secret.
    #[must_use]
    pub const fn field(self) -> Field {
        self.field
    }
}

/// An [`Item`](crate::Item): `item!("title")`, or `item!("name", "title or identifier")` where the title is no name.
#[macro_export]
macro_rules! item {
    ($title:literal) => {{
        const ITEM: $crate::Item = $crate::Item::titled($title);
        ITEM
    }};
    ($name:literal, $title:literal) => {{
        const NAME: $crate::word::Name = $crate::word::Name::checked($name);
        const TITLE: $crate::word::ItemTitle = $crate::word::ItemTitle::checked($title);
        $crate::Item::named(NAME, TITLE)
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`item!` takes the item's title, or a name and its title: `item!(\"key\", \"Trips API key\")`"
        )
    };
}
