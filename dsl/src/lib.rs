//! The language of Casemate.
