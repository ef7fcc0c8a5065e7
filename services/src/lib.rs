//! The default homelab.
