package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What makes Linode Linode.
final class LinodeTest {
  private static final String INSTANCES = "/v4/linode/instances";
  private static final String VOLUMES = "/v4/volumes";

  private final FakeClock clock = new FakeClock();
  private final Sandbox sandbox =
      Sandbox.start(Documents.linode(), SandboxOptions.defaults().withClock(clock));
  private final Client client = new Client(sandbox, "someone");

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  private static Map<String, @Nullable Object> instance(String label) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("label", label);
    body.put("region", "us-east");
    body.put("type", "g6-standard-1");
    body.put("image", "linode/debian12");
    body.put("root_pass", "correct-horse");
    return body;
  }

  private Map<String, @Nullable Object> created(String label) {
    Client.Answer answer = client.post(INSTANCES, instance(label));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.object();
  }

  private @Nullable Object status(String path) {
    return client.get(path).get("status");
  }

  private List<@Nullable Object> actions() {
    List<Map<String, @Nullable Object>> events = client.get("/v4/account/events").rows();
    return events.stream().limit(5).<@Nullable Object>map(event -> event.get("action")).toList();
  }

  @Test
  void anInstanceIsProvisionedThenBootsThenRuns() {
    Object id = created("web").get("id");
    String path = INSTANCES + "/" + id;
    assertThat(status(path)).isEqualTo("provisioning");
    clock.advance(Duration.ofSeconds(3));
    assertThat(status(path)).isEqualTo("booting");
    clock.advance(Duration.ofSeconds(2));
    assertThat(status(path)).isEqualTo("running");
    assertThat(actions()).first().isEqualTo("linode_create");
  }

  @Test
  void aNewInstanceHasDisksAConfigurationAndAnAddress() {
    String path = INSTANCES + "/" + created("web").get("id");
    List<Map<String, @Nullable Object>> disks = client.get(path + "/disks").rows();
    assertThat(disks).extracting(disk -> disk.get("size")).containsExactly(50688L, 512L);
    assertThat(disks).extracting(disk -> disk.get("filesystem")).containsExactly("ext4", "swap");
    List<Map<String, @Nullable Object>> configs = client.get(path + "/configs").rows();
    Object sda = Values.object(configs.getFirst().get("devices")).get("sda");
    assertThat(Values.object(sda)).containsEntry("disk_id", disks.getFirst().get("id"));
    Object ipv4 = client.get(path + "/ips").get("ipv4");
    assertThat(Values.list(Values.object(ipv4).get("public"))).hasSize(1);
  }

  @Test
  void bootShutdownAndRebootTakeTheirTime() {
    String path = INSTANCES + "/" + created("web").get("id");
    assertThat(client.post(path + "/boot", Map.of()).text()).contains("Linode busy.");
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.post(path + "/shutdown", null).text()).isEqualTo("{}");
    assertThat(status(path)).isEqualTo("shutting_down");
    clock.advance(Duration.ofMinutes(1));
    assertThat(status(path)).isEqualTo("offline");
    client.post(path + "/boot", Map.of());
    assertThat(status(path)).isEqualTo("booting");
    clock.advance(Duration.ofMinutes(1));
    client.post(path + "/reboot", Map.of());
    assertThat(status(path)).isEqualTo("rebooting");
    clock.advance(Duration.ofMinutes(1));
    assertThat(status(path)).isEqualTo("running");
    assertThat(actions())
        .startsWith("linode_reboot", "linode_boot", "linode_shutdown", "linode_create");
  }

  @Test
  void renamingWhileItBootsDoesNotStopTheBoot() {
    String path = INSTANCES + "/" + created("web").get("id");
    assertThat(client.put(path, Map.of("label", "web-2")).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.get(path).object())
        .containsEntry("label", "web-2")
        .containsEntry("status", "running");
  }

  @Test
  void resizeChangesThePlanAndItsNumbers() {
    String path = INSTANCES + "/" + created("web").get("id");
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.post(path + "/resize", Map.of("type", "g6-standard-1")).status())
        .isEqualTo(400);
    assertThat(client.post(path + "/resize", Map.of("type", "g6-nope")).faults())
        .containsExactly("type: type is not valid: there is no g6-nope");
    assertThat(
            client
                .post(
                    path + "/resize",
                    Map.of("type", "g6-nanode-1", "allow_auto_disk_resize", false))
                .status())
        .isEqualTo(400);
    assertThat(client.post(path + "/resize", Map.of("type", "g6-standard-4")).status())
        .isEqualTo(200);
    assertThat(client.get(path).object()).containsEntry("type", "g6-standard-4");
    assertThat(Values.object(client.get(path).get("specs"))).containsEntry("vcpus", 4L);
  }

  @Test
  void aCloneIsAnotherInstance() {
    Map<String, @Nullable Object> original = created("web");
    Client.Answer clone =
        client.post(INSTANCES + "/" + original.get("id") + "/clone", Map.of("label", "web-copy"));
    assertThat(clone.object())
        .containsEntry("label", "web-copy")
        .containsEntry("type", "g6-standard-1")
        .doesNotContainEntry("id", original.get("id"));
    assertThat(client.get(INSTANCES + "/" + clone.get("id") + "/disks").rows()).hasSize(2);
  }

  @Test
  void rebuildReplacesTheDisks() {
    String path = INSTANCES + "/" + created("web").get("id");
    clock.advance(Duration.ofMinutes(1));
    Client.Answer rebuilt =
        client.post(
            path + "/rebuild", Map.of("image", "linode/ubuntu24.04", "root_pass", "another-one"));
    assertThat(rebuilt.object())
        .containsEntry("image", "linode/ubuntu24.04")
        .containsEntry("status", "rebuilding");
    assertThat(client.get(path + "/disks").rows().getFirst())
        .containsEntry("label", "Ubuntu 24.04 LTS Disk");
  }

  @Test
  void unknownIdsAreNamedWithTheirField() {
    Map<String, @Nullable Object> body = instance("web");
    body.put("region", "atlantis");
    body.put("type", "g9-mega");
    body.put("image", "linode/plan9");
    assertThat(client.post(INSTANCES, body).faults())
        .containsExactlyInAnyOrder(
            "region: region is not valid: there is no atlantis",
            "type: type is not valid: there is no g9-mega",
            "image: image is not valid: there is no linode/plan9");
  }

  @Test
  void anImageNeedsAPassword() {
    Map<String, @Nullable Object> body = instance("web");
    body.remove("root_pass");
    assertThat(client.post(INSTANCES, body).faults())
        .containsExactly("root_pass: root_pass is required");
  }

  @Test
  void labelsAreUnique() {
    created("web");
    assertThat(client.post(INSTANCES, instance("web")).faults())
        .containsExactly("label: Label must be unique among your Linodes");
    assertThat(client.post(INSTANCES, instance("linode-0003")).status()).isEqualTo(400);
    Map<String, @Nullable Object> body = instance("x");
    body.remove("label");
    Client.Answer unnamed = client.post(INSTANCES, body);
    assertThat(unnamed.get("label")).isEqualTo("linode" + unnamed.get("id"));
  }

  @Test
  void aVolumeIsAttachedWhereItsRegionIs() {
    Object here = created("here").get("id");
    Map<String, @Nullable Object> far = instance("far");
    far.put("region", "eu-west");
    Object there = client.post(INSTANCES, far).get("id");
    Client.Answer volume =
        client.post(VOLUMES, Map.of("label", "data", "region", "us-east", "size", 20));
    String path = VOLUMES + "/" + volume.get("id");
    assertThat(volume.object())
        .containsEntry("linode_id", null)
        .containsEntry("status", "creating");

    assertThat(client.post(path + "/attach", attach(there)).faults())
        .containsExactly("linode_id: Volume and Linode must be in the same region");
    assertThat(client.post(path + "/attach", attach(here)).object())
        .containsEntry("linode_id", here)
        .containsEntry("linode_label", "here");
    assertThat(client.post(path + "/attach", attach(here)).status()).isEqualTo(400);
    assertThat(client.get(INSTANCES + "/" + here + "/volumes").rows()).hasSize(1);

    assertThat(client.delete(path).faults())
        .containsExactly("null: Detach the volume from its Linode before it is deleted");
    client.post(path + "/detach", null);
    assertThat(client.get(path).object()).containsEntry("linode_id", null);
    assertThat(client.delete(path).status()).isEqualTo(200);
  }

  private static Map<String, @Nullable Object> attach(@Nullable Object linode) {
    return LinodeCatalog.row("linode_id", linode);
  }

  @Test
  void aVolumeOnlyGrows() {
    Object id =
        client.post(VOLUMES, Map.of("label", "data", "region", "us-east", "size", 50)).get("id");
    String resize = VOLUMES + "/" + id + "/resize";
    assertThat(client.post(resize, Map.of("size", 20)).status()).isEqualTo(400);
    assertThat(client.post(resize, Map.of("size", 20_000)).faults())
        .containsExactly("size: Must be at most 10240");
    assertThat(client.post(resize, Map.of("size", 100)).object())
        .containsEntry("size", 100L)
        .containsEntry("status", "resizing");
    assertThat(
            client.post(VOLUMES, Map.of("label", "tiny", "region", "us-east", "size", 5)).status())
        .isEqualTo(400);
  }

  @Test
  void deletingAnInstanceDetachesItsVolumes() {
    Map<String, @Nullable Object> volume =
        client.get(VOLUMES).rows().stream()
            .filter(row -> row.get("linode_id") != null)
            .findFirst()
            .orElseThrow();
    assertThat(client.delete(INSTANCES + "/" + volume.get("linode_id")).status()).isEqualTo(200);
    assertThat(client.get(VOLUMES + "/" + volume.get("id")).object())
        .containsEntry("linode_id", null);
  }

  @Test
  void domainsAreUniqueAndMastersHaveAnAddressForQuestions() {
    Map<String, String> domain =
        Map.of("domain", "example.org", "type", "master", "soa_email", "x@example.org");
    assertThat(
            client.post("/v4/domains", Map.of("domain", "example.org", "type", "master")).faults())
        .containsExactly("soa_email: soa_email is required for a master domain");
    Object id = client.post("/v4/domains", domain).get("id");
    assertThat(client.post("/v4/domains", domain).faults())
        .containsExactly("domain: Domain must be unique among your domains");
    String records = "/v4/domains/" + id + "/records";
    assertThat(client.get(records).rows()).isEmpty();
    assertThat(client.post(records, Map.of("type", "A", "target", "nonsense")).status())
        .isEqualTo(400);
    client.post(records, Map.of("type", "A", "name", "www", "target", "203.0.113.9"));
    assertThat(client.get(records).rows()).hasSize(1);
    assertThat(actions()).startsWith("domain_record_create", "domain_create");
  }

  @Test
  void everyChangeIsAnEvent() {
    client.put("/v4/account/settings", Map.of("network_helper", true));
    client.put("/v4/profile", Map.of("timezone", "Europe/Berlin"));
    Object id = client.get(INSTANCES).rows().getFirst().get("id");
    client.post(INSTANCES + "/" + id + "/password", Map.of("root_pass", "another-one"));
    client.put(INSTANCES + "/" + id, Map.of("label", "renamed"));
    client.delete(INSTANCES + "/" + id);
    assertThat(actions())
        .containsExactly(
            "linode_delete",
            "linode_update",
            "linode_password",
            "profile_update",
            "account_settings_update");
    Map<String, @Nullable Object> newest = client.get("/v4/account/events").rows().getFirst();
    assertThat(newest).containsEntry("username", client.get("/v4/profile").get("username"));
    assertThat(Values.object(newest.get("entity"))).containsEntry("id", id);
  }

  @Test
  void tagsListWhatTheyAreOn() {
    Map<String, @Nullable Object> body = instance("web");
    body.put("tags", List.of("blue-team"));
    client.post(INSTANCES, body);
    assertThat(client.get("/v4/tags").rows())
        .extracting(tag -> tag.get("label"))
        .contains("blue-team");
    assertThat(client.get("/v4/tags/blue-team").rows()).hasSize(1);
    client.delete("/v4/tags/blue-team");
    assertThat(client.get("/v4/tags/blue-team").rows()).isEmpty();
  }

  @Test
  void firewallRulesAreTheSameFromBothSides() {
    Object id = client.get("/v4/networking/firewalls").rows().getFirst().get("id");
    String path = "/v4/networking/firewalls/" + id;
    client.put(path + "/rules", Map.of("inbound", List.of(), "inbound_policy", "DROP"));
    assertThat(client.get(path + "/rules").object())
        .containsEntry("inbound", List.of())
        .containsEntry("inbound_policy", "DROP");
    assertThat(Values.object(client.get(path).get("rules")))
        .containsEntry("inbound_policy", "DROP");
  }

  @Test
  void addressesAreTheSameFromBothSides() {
    Object id = created("web").get("id");
    String ips = INSTANCES + "/" + id + "/ips";
    Object address = client.post(ips, Map.of("type", "ipv4", "public", true)).get("address");
    assertThat(client.get("/v4/networking/ips/" + address).object()).containsEntry("linode_id", id);
    client.put("/v4/networking/ips/" + address, Map.of("rdns", "web.example.org"));
    assertThat(client.get(ips + "/" + address).object()).containsEntry("rdns", "web.example.org");
    client.delete(ips + "/" + address);
    assertThat(client.get("/v4/networking/ips/" + address).status()).isEqualTo(404);
  }

  @Test
  void aClusterHasThePoolsItWasCreatedWith() {
    Client.Answer cluster =
        client.post(
            "/v4/lke/clusters",
            Map.of(
                "label", "prod",
                "region", "us-east",
                "k8s_version", "1.34",
                "node_pools", List.of(Map.of("type", "g6-standard-2", "count", 3))));
    assertThat(cluster.status()).as(cluster.text()).isEqualTo(200);
    List<Map<String, @Nullable Object>> pools =
        client.get("/v4/lke/clusters/" + cluster.get("id") + "/pools").rows();
    assertThat(pools).hasSize(1);
    assertThat(Values.list(pools.getFirst().get("nodes"))).hasSize(3);
  }

  @Test
  void bucketsAreFoundByTheirCluster() {
    client.post(
        "/v4/object-storage/buckets", Map.of("label", "pictures", "cluster", "eu-central-1"));
    assertThat(client.get("/v4/object-storage/buckets/eu-central-1/pictures").object())
        .containsEntry("hostname", "pictures.eu-central-1.linodeobjects.com");
    assertThat(client.get("/v4/object-storage/buckets/us-east-1/pictures").status()).isEqualTo(404);
    assertThat(client.get("/v4/object-storage/buckets/eu-central-1").rows()).hasSize(1);
  }

  @Test
  void publicListsNeedNoToken() {
    try (Client nobody = new Client(sandbox, null)) {
      assertThat(nobody.get("/v4/regions").rows()).hasSizeGreaterThan(20);
      assertThat(nobody.get("/v4/linode/types/g6-nanode-1").object()).containsEntry("vcpus", 1L);
      assertThat(nobody.get("/v4/images/linode/debian12").object())
          .containsEntry("label", "Debian 12");
      assertThat(nobody.get("/v4/images/linode%2Fdebian12").status()).isEqualTo(200);
      assertThat(nobody.get(INSTANCES).faults()).containsExactly("null: Invalid Token");
    }
  }

  @Test
  void pagesAreNumberedAndLimited() {
    assertThat(client.get(INSTANCES + "?page=2&page_size=25").object())
        .containsEntry("page", 2L)
        .containsEntry("pages", 2L)
        .containsEntry("results", 40L);
    assertThat(client.get(INSTANCES + "?page_size=24").faults())
        .containsExactly("page_size: Must be 25 to 500");
    assertThat(client.get(INSTANCES + "?page_size=501").status()).isEqualTo(400);
    assertThat(client.get(INSTANCES + "?page=3&page_size=25").status()).isEqualTo(404);
    assertThat(client.get(INSTANCES + "?page=0").status()).isEqualTo(400);
  }

  @Test
  void xFilterSelectsAndSorts() {
    List<Map<String, @Nullable Object>> some =
        client
            .get(
                INSTANCES,
                "X-Filter",
                "{\"label\": {\"+contains\": \"-000\"}, \"+order_by\": \"label\", \"+order\": \"desc\"}")
            .rows();
    assertThat(some).hasSize(9);
    assertThat(some.getFirst()).containsEntry("label", "linode-0009");
    Client.Answer refused = client.get(INSTANCES, "X-Filter", "{\"hypervisor\": \"kvm\"}");
    assertThat(refused.faults()).containsExactly("X-Filter: Cannot filter on hypervisor");
    assertThat(client.get(INSTANCES, "X-Filter", "{").status()).isEqualTo(400);
  }

  @Test
  void fiftyThousandRowsAreAsNearAsForty() {
    try (Sandbox large =
            Sandbox.start(
                Documents.linode(), SandboxOptions.defaults().withRows(Map.of("linodes", 50_000)));
        Client there = new Client(large, "someone")) {
      Client.Answer last = there.get(INSTANCES + "?page=100&page_size=500");
      assertThat(last.rows()).hasSize(500);
      assertThat(last.rows().getLast()).containsEntry("label", "linode-50000");
      Object id = last.rows().getLast().get("id");
      there.delete(INSTANCES + "/" + last.rows().getFirst().get("id"));
      assertThat(there.get(INSTANCES + "?page=100&page_size=500").rows()).hasSize(499);
      assertThat(there.get(INSTANCES + "/" + id).status()).isEqualTo(200);
    }
  }
}
