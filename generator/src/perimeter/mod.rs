//! Layer 1 of the security model, the network perimeter: one tunnel, which is the only way in.
//!
//! cloudflared is a service like the others: it gets its workload, account, policies and identity from the same layers. What only it
//! has stands here: the rules of the tunnel, and a DNS record for each hostname.

mod cloudflared;
mod config;
mod record;

pub(crate) use cloudflared::cloudflared;
pub(crate) use record::manifests;
