//! Messages of the house's devices, over MQTT.
//!
//! Hardened on its way here: whoever reached it could read and write everything. Each device has a name and a password now, and so has
//! the probe, which subscribes like a device. Devices come through the gateway of the LAN, not to an address of its own.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub Mosquitto = "mosquitto" in namespaces::MOSQUITTO);

/// Topics to publish and subscribe to.
pub const MQTT: Port<Mosquitto, Tcp> = port!(1883);

const DATA: Claim = Claim::template(name!("data"), storage!("5Gi"));
const DEVICES: Item = item!("devices", "mosquitto-devices");

/// Declares the broker.
pub fn service() -> StatefulSet<Mosquitto> {
    let subscribes = ["mosquitto_sub", "-E", "-W", "3", "-t", "probe"];
    StatefulSet::new(
        Mosquitto::container(images::MOSQUITTO)
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
    .called_by(MQTT, peers::lan::GATEWAY)
}
