//! The good twin of every refused file compiles, in a full build, and runs.
//!
//! Without it a typing error would also "fail as expected". All twins are modules of this one binary: that takes a second, where
//! trybuild would link a hundred programs.

#![expect(unreachable_pub, reason = "the twins are written as users write them: as programs of their own")]

use std::collections::BTreeSet;
use std::fs;

macro_rules! twins {
    ($($twin:ident)+) => {
        const TWINS: &[&str] = &[$(stringify!($twin)),+];

        $(
            mod $twin {
                include!(concat!("accepted/", stringify!($twin), ".rs"));

                #[test]
                fn compiles_and_runs() {
                    main();
                }
            }
        )+
    };
}

twins! {
    address
    address_under_a_credential
    api_need_without_verb
    audience
    call_of_a_number
    call_of_a_text
    call_of_an_external_host
    called_by_a_service
    changed_word
    cloned_view
    commands_through_the_api
    completions_on_a_deployment
    config_maps_managed_through_the_api
    config_of_a_number
    cpu
    cpu_not_canonical
    created_without_identity
    credential_in_a_url
    credential_renamed_harmless
    deadline_on_a_deployment
    device_of_kubernetes
    device_without_domain
    digest_known_and_awaited
    directory_of_a_text
    directory_without_files
    exposure_of_a_cron_job
    exposure_of_a_job
    exposure_of_a_number
    exposure_of_a_path_without_decision
    exposure_of_a_peer_without_decision
    exposure_of_a_service_by_the_cluster
    exposure_of_a_tcp_port
    exposure_of_a_url
    exposure_of_another_service
    exposure_public_without_reason
    exposure_without_decision
    field
    field_of_the_pod_under_a_credential
    file_name
    floating_tag
    foreign_grant
    foreign_need
    forged_image
    forged_seal
    forged_user
    forged_view
    forged_word
    group_of_the_proxy
    host_as_address
    host_in_upper_case
    host_of_one_label
    host_with_blank
    host_with_path
    host_with_port
    host_with_scheme
    host_with_wildcard
    hosts_of_everybody
    identity_of_a_computed_name
    identity_with_capitals
    identity_without_namespace
    image_from_the_environment
    image_volume_without_digest
    image_volume_written
    image_with_placeholder
    image_with_scheme
    image_with_short_digest
    image_without_digest
    image_without_name
    image_without_registry
    image_without_tag
    item
    kubernetes_version
    label_key
    label_value
    labels_in_a_variable
    literal_password
    literal_password_as_number
    literal_password_as_string
    literal_password_as_url
    low_port_above_1023
    max_unavailable_on_a_deployment
    memory
    memory_not_canonical
    memory_of_nothing
    missing_fact
    mount_of_a_host_path
    name
    name_in_an_impl
    name_too_long
    namespace_in_an_impl
    namespace_of_the_platform
    network_of_everything
    network_with_host_bits
    network_without_prefix
    no_probes
    no_probes_on_a_second_container
    no_probes_on_a_sidecar
    no_resources
    no_resources_on_a_cron_job
    no_resources_on_a_second_container
    no_resources_on_an_init_container
    node_in_a_file
    nodes_of_a_namespace
    own_resource_of_the_platform
    parallel_on_a_deployment
    password_in_a_query
    password_in_a_url
    password_in_the_repository
    path_with_dots
    path_with_query
    path_with_slash_at_its_end
    path_without_slash
    platform_resource_managed
    pods_written_through_the_api
    port_above_65535
    port_as_number
    port_below_1024
    port_by_way_of_a_peer
    port_from_an_expression
    port_number_zero
    port_of_another_service
    port_of_the_proxy
    priority_class
    priority_class_of_kubernetes
    probe_of_another_service
    probe_over_grpc
    probe_over_http_on_a_grpc_port
    probe_over_http_on_a_tcp_port
    probe_over_tcp
    probes_of_another_service
    probes_on_a_cron_job
    probes_on_an_init_container
    probes_twice
    proxy_of_no_release
    proxy_without_digest
    reach_of_a_text
    reading_of_a_host_path
    reason_too_short
    recreate_on_a_stateful_set
    replicas_beside_autoscaling
    replicas_of_a_float
    replicas_on_a_cron_job
    replicas_on_a_daemon_set
    repository_over_ssh
    repository_with_wildcard
    resource_built_in
    resource_with_subresource
    resource_with_wildcard
    resources_twice
    retries_on_a_deployment
    revisions_on_a_job
    roles_managed_through_the_api
    root
    root_as_number
    root_group
    runs_no_service
    runtime_class
    schedule
    schedule_as_macro
    schedule_of_six_fields
    scheme
    seconds
    secret_as_text_of_a_directory
    secret_in_a_template
    secrets_managed_through_the_api
    secrets_through_the_api
    storage
    storage_class
    sub_path
    taint_without_effect
    team
    template_under_a_credential
    time_zone
    time_zone_on_a_job
    tunnel_id
    url_without_host
    url_without_scheme
    user_of_the_proxy
    user_too_large
    value_of_no_variable
    variable
    vault
    vault_with_hidden_characters
    web_pages_without_a_reason
    webhook_without_tls
    word_by_conversion
    word_by_default
    word_by_parsing
    word_from_a_variable
    zone
}

#[test]
fn every_twin_is_listed() {
    let entries = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accepted")).unwrap();
    let found = entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    assert_eq!(found.collect::<BTreeSet<_>>(), TWINS.iter().copied().map(String::from).collect());
}
