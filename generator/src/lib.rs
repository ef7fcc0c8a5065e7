//! The generator of Casemate.
