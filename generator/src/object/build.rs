//! From what serialises to its tree.
//!
//! Supported is what k8s-openapi and our own structs consist of. Everything else is an [error](Unsupported), in the first test that
//! renders it.

use std::fmt;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use super::memory::Memory;
use super::{Entry, Node, Object, Text, order};

/// Something that no object of Kubernetes has in it.
#[derive(Debug)]
pub(crate) struct Unsupported(String);

impl fmt::Display for Unsupported {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unsupported {}

impl Error for Unsupported {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn unsupported<T>(what: &str) -> Result<T, Unsupported> {
    Err(Unsupported(format!("an object of Kubernetes has no {what}")))
}

/// The tree of a value.
pub(super) fn object(value: &(impl Serialize + ?Sized)) -> Result<Object, Unsupported> {
    let mut memory = Memory::default();
    let root = value.serialize(Builder { memory: &mut memory, is_ordered: true })?;
    Ok(memory.into_object(root))
}

/// Builds the tree of one value.
struct Builder<'m> {
    memory: &'m mut Memory,
    /// Whether the keys of maps are put in order.
    is_ordered: bool,
}

/// Builds a list.
struct List<'m> {
    memory: &'m mut Memory,
    opened: usize,
    is_ordered: bool,
}

/// Builds a map.
struct Map<'m> {
    memory: &'m mut Memory,
    opened: usize,
    is_ordered: bool,
    key: Option<Text>,
}

impl List<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        let value = item.serialize(Builder { memory: self.memory, is_ordered: self.is_ordered })?;
        self.memory.add(self.opened, Entry { key: Text::Fixed(""), rank: 0, value });
        Ok(())
    }

    fn close(self) -> Node {
        Node::List(self.memory.close(self.opened))
    }
}

impl Map<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, key: Text, value: &T) -> Result<(), Unsupported> {
        let name = self.memory.str(key);
        let rank = if self.is_ordered { order::rank(name) } else { 0 };
        let is_ordered = self.is_ordered && !order::is_free(name);
        let value = value.serialize(Builder { memory: self.memory, is_ordered })?;
        self.memory.add(self.opened, Entry { key, rank, value });
        Ok(())
    }

    fn close(self) -> Node {
        Node::Map(self.memory.close(self.opened))
    }
}

impl<'m> Serializer for Builder<'m> {
    type Ok = Node;
    type Error = Unsupported;
    type SerializeSeq = List<'m>;
    type SerializeTuple = List<'m>;
    type SerializeTupleStruct = List<'m>;
    type SerializeTupleVariant = Impossible<Node, Unsupported>;
    type SerializeMap = Map<'m>;
    type SerializeStruct = Map<'m>;
    type SerializeStructVariant = Impossible<Node, Unsupported>;

    fn serialize_bool(self, value: bool) -> Result<Node, Unsupported> {
        Ok(Node::Bool(value))
    }

    fn serialize_i8(self, number: i8) -> Result<Node, Unsupported> {
        Ok(Node::Signed(number.into()))
    }

    fn serialize_i16(self, number: i16) -> Result<Node, Unsupported> {
        Ok(Node::Signed(number.into()))
    }

    fn serialize_i32(self, number: i32) -> Result<Node, Unsupported> {
        Ok(Node::Signed(number.into()))
    }

    fn serialize_i64(self, number: i64) -> Result<Node, Unsupported> {
        Ok(Node::Signed(number))
    }

    fn serialize_u8(self, number: u8) -> Result<Node, Unsupported> {
        Ok(Node::Unsigned(number.into()))
    }

    fn serialize_u16(self, number: u16) -> Result<Node, Unsupported> {
        Ok(Node::Unsigned(number.into()))
    }

    fn serialize_u32(self, number: u32) -> Result<Node, Unsupported> {
        Ok(Node::Unsigned(number.into()))
    }

    fn serialize_u64(self, number: u64) -> Result<Node, Unsupported> {
        Ok(Node::Unsigned(number))
    }

    fn serialize_f32(self, _: f32) -> Result<Node, Unsupported> {
        unsupported("floating-point number")
    }

    fn serialize_f64(self, _: f64) -> Result<Node, Unsupported> {
        unsupported("floating-point number")
    }

    fn serialize_char(self, _: char) -> Result<Node, Unsupported> {
        unsupported("character")
    }

    fn serialize_str(self, text: &str) -> Result<Node, Unsupported> {
        Ok(Node::Text(self.memory.text(text)))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Node, Unsupported> {
        unsupported("bytes")
    }

    fn serialize_none(self) -> Result<Node, Unsupported> {
        Ok(Node::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Unsupported> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Unsupported> {
        Ok(Node::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Unsupported> {
        unsupported("struct without fields")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Node, Unsupported> {
        Ok(Node::Text(Text::Fixed(variant)))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Node, Unsupported> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Node, Unsupported> {
        unsupported("variant with a value")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'m>, Unsupported> {
        let Self { memory, is_ordered } = self;
        Ok(List { opened: memory.open(), memory, is_ordered })
    }

    fn serialize_tuple(self, length: usize) -> Result<List<'m>, Unsupported> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List<'m>, Unsupported> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unsupported> {
        unsupported("variant with values")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Map<'m>, Unsupported> {
        let Self { memory, is_ordered } = self;
        Ok(Map { opened: memory.open(), memory, is_ordered, key: None })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Map<'m>, Unsupported> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unsupported> {
        unsupported("variant with fields")
    }
}

impl SerializeSeq for List<'_> {
    type Ok = Node;
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        self.add(item)
    }

    fn end(self) -> Result<Node, Unsupported> {
        Ok(self.close())
    }
}

impl SerializeTuple for List<'_> {
    type Ok = Node;
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        self.add(item)
    }

    fn end(self) -> Result<Node, Unsupported> {
        Ok(self.close())
    }
}

impl SerializeTupleStruct for List<'_> {
    type Ok = Node;
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        self.add(item)
    }

    fn end(self) -> Result<Node, Unsupported> {
        Ok(self.close())
    }
}

impl SerializeMap for Map<'_> {
    type Ok = Node;
    type Error = Unsupported;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unsupported> {
        match key.serialize(Builder { memory: self.memory, is_ordered: self.is_ordered })? {
            Node::Text(key) => self.key = Some(key),
            _ => return unsupported("key that is no string"),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        let Some(key) = self.key.take() else { return unsupported("value without a key") };
        self.add(key, value)
    }

    fn end(self) -> Result<Node, Unsupported> {
        Ok(self.close())
    }
}

impl SerializeStruct for Map<'_> {
    type Ok = Node;
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unsupported> {
        self.add(Text::Fixed(key), value)
    }

    fn end(self) -> Result<Node, Unsupported> {
        Ok(self.close())
    }
}
