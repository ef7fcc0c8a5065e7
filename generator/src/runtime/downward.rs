//! The downward API: what Kubernetes tells a container about its pod and itself.

use casemate_dsl::ContainerResource;
use casemate_dsl::view::PodField;
use k8s_openapi::api::core::v1::{DownwardAPIVolumeFile, ObjectFieldSelector, ResourceFieldSelector};

/// A field of the pod.
pub(super) fn field(field: PodField) -> ObjectFieldSelector {
    let path = match field {
        PodField::Name => "metadata.name",
        PodField::Namespace => "metadata.namespace",
        PodField::Uid => "metadata.uid",
        PodField::Node => "spec.nodeName",
        PodField::ServiceAccount => "spec.serviceAccountName",
        PodField::PodIp => "status.podIP",
        PodField::PodIps => "status.podIPs",
        PodField::HostIp => "status.hostIP",
        PodField::Labels => "metadata.labels",
    };
    ObjectFieldSelector { api_version: Some("v1".to_owned()), field_path: path.to_owned() }
}

/// What the container requests, or is limited to: in bytes, or in whole cores.
pub(super) fn resource(resource: ContainerResource) -> ResourceFieldSelector {
    let resource = match resource {
        ContainerResource::MemoryLimit => "limits.memory",
        ContainerResource::CpuLimit => "limits.cpu",
        ContainerResource::MemoryRequest => "requests.memory",
        ContainerResource::CpuRequest => "requests.cpu",
    };
    ResourceFieldSelector { resource: resource.to_owned(), ..ResourceFieldSelector::default() }
}

/// A field of the pod as a file at this path of its volume.
pub(super) fn file(path: &str, of_pod: PodField) -> DownwardAPIVolumeFile {
    DownwardAPIVolumeFile { path: path.to_owned(), field_ref: Some(field(of_pod)), ..DownwardAPIVolumeFile::default() }
}
