//! The oracle of Casemate.
