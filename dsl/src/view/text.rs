//! Texts that a container is given: its environment and its config files.

use super::{Address, DatabaseField};
use crate::downward::ContainerResource;
use crate::seal::Seal;
use crate::secret::SecretField;

/// An environment variable.
#[derive(Debug)]
pub struct EnvVar {
    /// Its name.
    pub name: &'static str,
    /// Whether its name says that it holds a credential.
    pub credential: bool,
    /// Its value.
    pub value: EnvValue,
}

/// The value of an environment variable.
#[derive(Debug)]
pub enum EnvValue {
    /// A text that stands in Git.
    Literal(String),
    /// A field of a secret.
    Secret(SecretField),
    /// A credential of a database, which its operator makes.
    Database(DatabaseField),
    /// The address of what it calls.
    Address(Address),
    /// A template with its values.
    Template(ConfigText),
    /// A field of the pod.
    Pod(PodField),
    /// What the container requests, or is limited to.
    Resource(ContainerResource),
}

/// A field of the pod.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PodField {
    /// Its name.
    Name,
    /// Its namespace.
    Namespace,
    /// Its unique identifier.
    Uid,
    /// The name of its node.
    Node,
    /// The name of its account.
    ServiceAccount,
    /// Its address.
    PodIp,
    /// Its addresses of both families.
    PodIps,
    /// The address of its node.
    HostIp,
    /// Its labels.
    Labels,
}

/// The text of a config file.
#[derive(Debug)]
pub struct ConfigText {
    /// The text.
    pub text: &'static str,
    /// The values, where the text is a template.
    pub values: Option<Vec<(&'static str, TemplateValue)>>,
    /// Whether its file can be executed.
    pub executable: bool,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// A value in a template.
#[derive(Debug)]
pub enum TemplateValue {
    /// A text.
    Text(String),
    /// The address of what the application calls.
    Address(Address),
}
