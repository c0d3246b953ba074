package dev.isobar.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inputs that calls of Linode's methods need beyond what the documents tell.
final class LinodeSamples {
  private LinodeSamples() {}

  /// Inputs by wire name; may change the state so that they are valid.
  static Map<String, @Nullable Object> of(Exchange exchange) {
    Store store = exchange.store();
    if (exchange.route().key().startsWith("POST /linode/instances/{}/")) {
      settle(exchange);
    }
    return switch (exchange.route().key()) {
      case "POST /profile/phone-number" -> {
        LinodePhone.delete(exchange);
        yield LinodeCatalog.row("iso_code", "US", "phone_number", "555-555-0100");
      }
      case "POST /profile/phone-number/verify" ->
          LinodeCatalog.row("otp_code", LinodePhone.sampleCode(exchange));
      case "POST /domains" ->
          LinodeCatalog.row(
              "type", "master",
              "domain", "sample-" + store.version() + ".example.org",
              "soa_email", "hostmaster@example.org");
      case "POST /domains/import", "POST /domains/{}/clone" ->
          LinodeCatalog.row("domain", "sample-" + store.version() + ".example.net");
      case "POST /domains/{}/records" ->
          LinodeCatalog.row("type", "A", "name", "www", "target", "203.0.113.7");
      case "POST /linode/instances" ->
          LinodeCatalog.row(
              "type", "g6-nanode-1",
              "region", "us-east",
              "label", "sample-" + store.version());
      case "POST /linode/instances/{}/resize" ->
          LinodeCatalog.row("type", another(store, exchange.value(0)));
      case "POST /linode/instances/{}/rebuild" ->
          LinodeCatalog.row("image", "linode/debian12", "root_pass", "correct-horse-battery");
      case "POST /volumes" ->
          LinodeCatalog.row("region", "us-east", "size", 20L, "label", label(store));
      case "POST /volumes/{}/clone", "POST /vpcs", "POST /placement/groups", "POST /lke/clusters" ->
          LinodeCatalog.row("label", label(store));
      case "POST /volumes/{}/attach" -> {
        Object linode = live(store, 1);
        Map<String, @Nullable Object> instance =
            store.collection(LinodeInstances.PATH).find(String.valueOf(linode));
        yield free(exchange, instance, linode);
      }
      case "POST /volumes/{}/resize" -> LinodeCatalog.row("size", 10_000L);
      case "DELETE /volumes/{}" -> {
        Map<String, @Nullable Object> inputs = free(exchange, null, null);
        inputs.remove("linode_id");
        yield inputs;
      }
      case "POST /account/payments" -> LinodeCatalog.row("usd", "25.00");
      case "POST /networking/ips",
          "POST /networking/ips/share",
          "POST /networking/ipv4/share",
          "POST /linode/instances/{}/backups/{}/restore" ->
          LinodeCatalog.row("linode_id", live(store, 4));
      case "POST /networking/firewalls/{}/devices" ->
          LinodeCatalog.row("id", live(store, 2), "type", "linode");
      case "PUT /networking/ips/{}", "GET /networking/ips/{}" ->
          LinodeCatalog.row("address", address(store, live(store, 3)));
      case "GET /linode/instances/{}/ips/{}",
          "PUT /linode/instances/{}/ips/{}",
          "DELETE /linode/instances/{}/ips/{}" ->
          LinodeCatalog.row("address", address(store, exchange.value(0)));
      case "DELETE /images/{}" -> LinodeCatalog.row("imageId", "private/20001");
      case "POST /object-storage/buckets" ->
          LinodeCatalog.row("label", label(store), "cluster", "us-east-1");
      default ->
          exchange.route().path().startsWith("/object-storage/buckets/{}")
              ? LinodeCatalog.row(
                  "clusterId", "us-east-1", "regionId", "us-east", "bucket", bucket(store))
              : Map.of();
    };
  }

  private static @Nullable Object live(Store store, long choice) {
    return store.collection(LinodeInstances.PATH).liveId(choice);
  }

  /// Ends what is under way on the instance of the path.
  private static void settle(Exchange exchange) {
    Collection instances = exchange.store().collection(LinodeInstances.PATH);
    Map<String, @Nullable Object> found = instances.find(exchange.value(0));
    if (found != null && !"running".equals(found.get("status"))) {
      Map<String, @Nullable Object> instance = Values.copy(found);
      LinodeStatus.go(instance, exchange.now(), "running");
      instances.replace(exchange.value(0), instance);
    }
  }

  private static String label(Store store) {
    return "sample-" + store.version();
  }

  private static String bucket(Store store) {
    String label = store.collection("/object-storage/buckets").idAt(0);
    return label == null ? "none" : label;
  }

  private static String another(Store store, String linode) {
    Map<String, @Nullable Object> instance = store.collection(LinodeInstances.PATH).find(linode);
    boolean large = instance != null && "g6-dedicated-64".equals(instance.get("type"));
    return large ? "g6-dedicated-56" : "g6-dedicated-64";
  }

  private static Object address(Store store, @Nullable Object linode) {
    Map<String, @Nullable Object> instance =
        store.collection(LinodeInstances.PATH).find(String.valueOf(linode));
    List<@Nullable Object> addresses =
        instance == null ? List.of() : Values.list(instance.get("ipv4"));
    Object first = addresses.isEmpty() ? null : addresses.getFirst();
    return first == null ? "203.0.113.1" : first;
  }

  /// Takes the volume of the path off its instance and puts it where the other one is.
  private static Map<String, @Nullable Object> free(
      Exchange exchange, @Nullable Map<String, @Nullable Object> instance, @Nullable Object id) {
    Collection volumes = exchange.store().collection(LinodeVolumes.PATH);
    Map<String, @Nullable Object> found = volumes.find(exchange.value(0));
    if (found != null) {
      Map<String, @Nullable Object> volume = Values.copy(found);
      volume.put("linode_id", null);
      volume.put("linode_label", null);
      if (instance != null) {
        volume.put("region", instance.get("region"));
      }
      volumes.replace(exchange.value(0), volume);
    }
    return LinodeCatalog.row("linode_id", id);
  }
}
