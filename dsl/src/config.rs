//! Config files of applications.

use crate::endpoint::Address;
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Host, Path, Url};

/// What a config file holds: a text as it is, or a [`template`] with its values; either of them [`executable`].
#[diagnostic::on_unimplemented(
    message = "a config file is a text or a template",
    label = "neither of them",
    note = "write `include_str!(\"nginx.conf\")`, or `template(include_str!(\"nginx.conf\")).with(\"api\", trips_api::API.url())`; a \
            field of a secret is mounted with `.secret_file(..)`, or `.secret(..)` among `Files`"
)]
pub trait ConfigText: Sealed {
    #[doc(hidden)]
    fn text(self) -> view::ConfigText;
}

#[diagnostic::do_not_recommend]
impl ConfigText for &'static str {
    fn text(self) -> view::ConfigText {
        view::ConfigText { text: self, values: None, executable: false, seal: Seal::new() }
    }
}

/// The text of a config file in which `{{ name }}` stands for a value; a name without a value is an error.
///
/// A value that is the address of an endpoint calls it, as in a variable.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # const S3: Peer = Peer::unmeshed(name!("seaweedfs"), label!("app", "s3"), because!("the chart is not meshed"));
/// # pub const API: PeerPort<Http> = S3.port(name!("seaweedfs-s3"), port_number!(8333));
/// let conf = template("proxy_pass {{ s3 }};").with("s3", API.url());
/// ```
#[must_use = "a template is no file until a container mounts it with `.config(..)`"]
#[derive(Debug)]
pub struct Template {
    text: &'static str,
    values: Vec<(&'static str, view::TemplateValue)>,
}

/// A [`Template`] of this text.
pub fn template(text: &'static str) -> Template {
    Template { text, values: Vec::new() }
}

impl Template {
    /// Gives `name` its value.
    pub fn with(mut self, name: &'static str, value: impl TemplateValue) -> Self {
        self.values.push((name, value.template_value()));
        self
    }
}

impl Sealed for Template {}

#[diagnostic::do_not_recommend]
impl ConfigText for Template {
    fn text(self) -> view::ConfigText {
        view::ConfigText { text: self.text, values: Some(self.values), executable: false, seal: Seal::new() }
    }
}

/// A config file that can be executed: a script.
#[must_use = "a script is no file until a container mounts it with `.config(..)`"]
#[derive(Debug)]
pub struct Executable(view::ConfigText);

/// This text or template as a file that can be executed by everybody in the container, and written by nobody (mode `0555`).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// let container = Ledger::container(IMAGE)
///     .config(path!("/scripts/start.sh"), executable("#!/bin/sh\nexec /ledger serve\n"))
///     .command(["/scripts/start.sh"]);
/// ```
pub fn executable(text: impl ConfigText) -> Executable {
    Executable(text.text())
}

impl Sealed for Executable {}

#[diagnostic::do_not_recommend]
impl ConfigText for Executable {
    fn text(self) -> view::ConfigText {
        view::ConfigText { executable: true, ..self.0 }
    }
}

/// A value in a template: the address of an endpoint or a word; never a secret.
#[diagnostic::on_unimplemented(
    message = "a template takes the address of an endpoint, a text or a number",
    label = "none of them",
    note = "a ConfigMap holds no secrets: mount one as a file with `.secret_file(path!(\"…\"), ITEM.field(field!(\"…\")))`"
)]
pub trait TemplateValue: Sealed {
    #[doc(hidden)]
    fn template_value(self) -> view::TemplateValue;
}

macro_rules! texts {
    ($($text:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl TemplateValue for $text {
            fn template_value(self) -> view::TemplateValue {
                view::TemplateValue::Text(self.to_string())
            }
        }
    )+};
}

texts!(&'static str, String, u16, u32, u64, i64, Host, Path, Url);

#[diagnostic::do_not_recommend]
impl TemplateValue for Address {
    fn template_value(self) -> view::TemplateValue {
        view::TemplateValue::Address(self.into_view())
    }
}
