//! The register before itself: its table is whole, its evidence is evidence, its pages are pages.

mod evidence;
mod exemptions;
mod pages;
mod table;
mod world;
