//! Messages of the house's devices, over MQTT.
//!
//! Hardened on its way here: whoever reached it could read and write everything. Each device has a name and a password now, and so has
//! the probe, which subscribes like a device. Devices come through the gateway of the LAN, not to an address of its own.

use casemate_dsl::prelude::*;

use crate::apps::peers;
use crate::namespaces;

/// The broker's identity in the mesh.
pub enum Mosquitto {}

impl Workload for Mosquitto {
    const NAME: Name = name!("mosquitto");
    const NAMESPACE: Namespace = namespaces::MOSQUITTO;
}

/// Topics to publish and subscribe to.
pub const MQTT: Port<Mosquitto, Tcp> = port!(1883);

const DATA: Claim = Claim::template(name!("data"), storage!("5Gi"));
const DEVICES: Item = item!("devices", "mosquitto-devices");

const IMAGE: Image = image!(
    "docker.io/library/eclipse-mosquitto:2.0.22@sha256:212f89e1eaeb2c322d6441b64396e3346026674db8fa9c27beac293405c32b3c"
);

/// Declares the broker.
pub fn service() -> StatefulSet<Mosquitto> {
    let subscribes = ["mosquitto_sub", "-E", "-W", "3", "-t", "probe"];
    StatefulSet::new(
        Mosquitto::container(IMAGE)
            .resources(cpu!("10m"), memory!("128Mi"))
            .memory_limit(memory!("512Mi"))
            .user(uid!(1000))
            .serves(MQTT)
            .probes(
                Probes::ready(exec(subscribes).within(seconds!(5)))
                    .alive(exec(subscribes).every(seconds!(30)).within(seconds!(5)).failing_after(6)),
            )
            // Where `mosquitto_sub` finds the name and password of the probe.
            .env(var!("XDG_CONFIG_HOME"), "/probe")
            .secret_file(path!("/probe/mosquitto_sub"), DEVICES.field(field!("probe")))
            .secret_file(path!("/mosquitto/devices"), DEVICES.field(field!("passwords")))
            .config(path!("/mosquitto/config/mosquitto.conf"), include_str!("../../config/mosquitto.conf"))
            .mounts(DATA, path!("/config")),
    )
    .volume_group(gid!(1000))
    .called_by(MQTT, peers::LAN)
}
