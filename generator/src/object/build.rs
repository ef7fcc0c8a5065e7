//! From what serialises to its tree.
//!
//! Supported is what k8s-openapi and our own structs consist of. Everything else is an [error](Unsupported), in the first test that
//! renders it.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use super::{Entry, Object};

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

/// Builds the tree of one value.
pub(super) struct Builder;

/// Builds a list.
pub(super) struct List(Vec<Object>);

/// Builds a map.
pub(super) struct Map {
    entries: Vec<Entry>,
    key: Option<Cow<'static, str>>,
}

impl Map {
    fn of(length: usize) -> Self {
        Self { entries: Vec::with_capacity(length), key: None }
    }
}

impl Serializer for Builder {
    type Ok = Object;
    type Error = Unsupported;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Impossible<Object, Unsupported>;
    type SerializeMap = Map;
    type SerializeStruct = Map;
    type SerializeStructVariant = Impossible<Object, Unsupported>;

    fn serialize_bool(self, value: bool) -> Result<Object, Unsupported> {
        Ok(Object::Bool(value))
    }

    fn serialize_i8(self, number: i8) -> Result<Object, Unsupported> {
        Ok(Object::Signed(number.into()))
    }

    fn serialize_i16(self, number: i16) -> Result<Object, Unsupported> {
        Ok(Object::Signed(number.into()))
    }

    fn serialize_i32(self, number: i32) -> Result<Object, Unsupported> {
        Ok(Object::Signed(number.into()))
    }

    fn serialize_i64(self, number: i64) -> Result<Object, Unsupported> {
        Ok(Object::Signed(number))
    }

    fn serialize_u8(self, number: u8) -> Result<Object, Unsupported> {
        Ok(Object::Unsigned(number.into()))
    }

    fn serialize_u16(self, number: u16) -> Result<Object, Unsupported> {
        Ok(Object::Unsigned(number.into()))
    }

    fn serialize_u32(self, number: u32) -> Result<Object, Unsupported> {
        Ok(Object::Unsigned(number.into()))
    }

    fn serialize_u64(self, number: u64) -> Result<Object, Unsupported> {
        Ok(Object::Unsigned(number))
    }

    fn serialize_f32(self, _: f32) -> Result<Object, Unsupported> {
        unsupported("floating-point number")
    }

    fn serialize_f64(self, _: f64) -> Result<Object, Unsupported> {
        unsupported("floating-point number")
    }

    fn serialize_char(self, _: char) -> Result<Object, Unsupported> {
        unsupported("character")
    }

    fn serialize_str(self, text: &str) -> Result<Object, Unsupported> {
        Ok(Object::Text(Cow::Owned(text.to_owned())))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Object, Unsupported> {
        unsupported("bytes")
    }

    fn serialize_none(self) -> Result<Object, Unsupported> {
        Ok(Object::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Object, Unsupported> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Object, Unsupported> {
        Ok(Object::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Object, Unsupported> {
        unsupported("struct without fields")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Object, Unsupported> {
        Ok(Object::Text(Cow::Borrowed(variant)))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Object, Unsupported> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Object, Unsupported> {
        unsupported("variant with a value")
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, Unsupported> {
        Ok(List(Vec::with_capacity(length.unwrap_or_default())))
    }

    fn serialize_tuple(self, length: usize) -> Result<List, Unsupported> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List, Unsupported> {
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

    fn serialize_map(self, length: Option<usize>) -> Result<Map, Unsupported> {
        Ok(Map::of(length.unwrap_or_default()))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Map, Unsupported> {
        Ok(Map::of(length))
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

impl SerializeSeq for List {
    type Ok = Object;
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        self.0.push(item.serialize(Builder)?);
        Ok(())
    }

    fn end(self) -> Result<Object, Unsupported> {
        Ok(Object::List(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Object;
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        SerializeSeq::serialize_element(self, item)
    }

    fn end(self) -> Result<Object, Unsupported> {
        SerializeSeq::end(self)
    }
}

impl SerializeTupleStruct for List {
    type Ok = Object;
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unsupported> {
        SerializeSeq::serialize_element(self, item)
    }

    fn end(self) -> Result<Object, Unsupported> {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Map {
    type Ok = Object;
    type Error = Unsupported;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unsupported> {
        match key.serialize(Builder)? {
            Object::Text(key) => self.key = Some(key),
            _ => return unsupported("key that is no string"),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        let Some(key) = self.key.take() else { return unsupported("value without a key") };
        self.entries.push((key, value.serialize(Builder)?));
        Ok(())
    }

    fn end(self) -> Result<Object, Unsupported> {
        Ok(Object::Map(self.entries))
    }
}

impl SerializeStruct for Map {
    type Ok = Object;
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unsupported> {
        self.entries.push((Cow::Borrowed(key), value.serialize(Builder)?));
        Ok(())
    }

    fn end(self) -> Result<Object, Unsupported> {
        Ok(Object::Map(self.entries))
    }
}
