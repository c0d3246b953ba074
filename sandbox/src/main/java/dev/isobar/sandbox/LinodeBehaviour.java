package dev.isobar.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What makes Linode Linode: which ids must exist, what is unique, what takes time, and what one
/// change does to something else.
final class LinodeBehaviour implements Behaviour {
  private static final String BUCKETS = "/object-storage/buckets";
  private static final String DOMAINS = "/domains";
  private static final String RECORDS = "/domains/{}/records";

  /// Fields of a request that hold the id of a row of a collection.
  private static final Map<String, String> REFERENCES =
      Map.ofEntries(
          Map.entry("region", "/regions"),
          Map.entry("image", "/images"),
          Map.entry("kernel", "/linode/kernels"),
          Map.entry("linode_id", LinodeInstances.PATH),
          Map.entry("stackscript_id", "/linode/stackscripts"),
          Map.entry("firewall_id", "/networking/firewalls"),
          Map.entry("volume_id", LinodeVolumes.PATH),
          Map.entry("domain_id", DOMAINS),
          Map.entry("nodebalancer_id", "/nodebalancers"),
          Map.entry("k8s_version", "/lke/versions"),
          Map.entry("cluster", "/object-storage/clusters"),
          Map.entry("linodes", LinodeInstances.PATH),
          Map.entry("domains", DOMAINS),
          Map.entry("volumes", LinodeVolumes.PATH),
          Map.entry("nodebalancers", "/nodebalancers"));

  /// Collections whose labels are unique, and what their rows are called.
  private static final Map<String, String> UNIQUE =
      Map.of(
          LinodeInstances.PATH,
          "Linodes",
          LinodeVolumes.PATH,
          "volumes",
          "/networking/firewalls",
          "firewalls",
          "/nodebalancers",
          "NodeBalancers",
          "/lke/clusters",
          "clusters",
          "/longview/clients",
          "Longview clients",
          "/databases/mysql/instances",
          "databases",
          "/databases/postgresql/instances",
          "databases",
          "/placement/groups",
          "placement groups",
          "/vpcs",
          "VPCs");

  private static final Map<String, Function<Exchange, Object>> HANDLERS =
      Map.ofEntries(
          on("POST", "/linode/instances/{}/boot", LinodeInstances::boot),
          on("POST", "/linode/instances/{}/shutdown", LinodeInstances::shutdown),
          on("POST", "/linode/instances/{}/reboot", LinodeInstances::reboot),
          on("POST", "/linode/instances/{}/rescue", LinodeInstances::rescue),
          on("POST", "/linode/instances/{}/migrate", LinodeInstances::migrate),
          on("POST", "/linode/instances/{}/resize", LinodeInstances::resize),
          on("POST", "/linode/instances/{}/rebuild", LinodeInstances::rebuild),
          on("POST", "/linode/instances/{}/clone", LinodeInstances::copy),
          on("POST", "/linode/instances/{}/backups/enable", LinodeInstances::enableBackups),
          on("POST", "/linode/instances/{}/backups/cancel", LinodeInstances::cancelBackups),
          on("GET", "/linode/instances/{}/backups", LinodeInstances::listBackups),
          on("POST", "/linode/instances/{}/disks/{}/clone", LinodeInstances::copyDisk),
          on("POST", "/linode/instances/{}/disks/{}/resize", LinodeInstances::resizeDisk),
          on("GET", "/linode/instances/{}/ips", LinodeNetwork::ofInstance),
          on("POST", "/linode/instances/{}/ips", LinodeNetwork::add),
          on("GET", "/linode/instances/{}/ips/{}", LinodeNetwork::get),
          on("PUT", "/linode/instances/{}/ips/{}", LinodeNetwork::name),
          on("DELETE", "/linode/instances/{}/ips/{}", LinodeNetwork::remove),
          on("GET", "/networking/ips", LinodeNetwork::list),
          on("POST", "/networking/ips", LinodeNetwork::add),
          on("GET", "/networking/ips/{}", LinodeNetwork::get),
          on("PUT", "/networking/ips/{}", LinodeNetwork::name),
          on("GET", "/linode/instances/{}/volumes", LinodeNetwork::volumesOf),
          on("GET", "/linode/instances/{}/firewalls", LinodeNetwork::firewallsOf),
          on("GET", "/linode/instances/{}/nodebalancers", LinodeNetwork::balancersOf),
          on("GET", "/networking/firewalls/{}/rules", LinodeNetwork::rules),
          on("PUT", "/networking/firewalls/{}/rules", LinodeNetwork::setRules),
          on("POST", "/volumes/{}/attach", LinodeVolumes::attach),
          on("POST", "/volumes/{}/detach", LinodeVolumes::detach),
          on("POST", "/volumes/{}/resize", LinodeVolumes::resize),
          on("POST", "/volumes/{}/clone", LinodeVolumes::copy),
          on("POST", "/profile/phone-number", LinodePhone::send),
          on("POST", "/profile/phone-number/verify", LinodePhone::verify),
          on("DELETE", "/profile/phone-number", LinodePhone::delete),
          on("GET", "/tags/{}", LinodeTags::tagged),
          on("POST", "/domains/import", LinodeBehaviour::copyDomain),
          on("POST", "/domains/{}/clone", LinodeBehaviour::copyDomain),
          on("GET", "/databases/instances", LinodeBehaviour::databases),
          on("POST", "/images/upload", LinodeBehaviour::uploadImage),
          on("GET", "/object-storage/buckets/{}", LinodeBehaviour::bucketsOf),
          on("GET", "/object-storage/buckets/{}/{}", LinodeBehaviour::bucket),
          on("DELETE", "/object-storage/buckets/{}/{}", LinodeBehaviour::deleteBucket),
          on("POST", "/account/events/{}/seen", exchange -> mark(exchange, "seen")),
          on("POST", "/account/events/{}/read", exchange -> mark(exchange, "read")));

  private static Map.Entry<String, Function<Exchange, Object>> on(
      String verb, String path, Function<Exchange, Object> handler) {
    return Map.entry(verb + " " + path, handler);
  }

  @Override
  public Set<String> services(String segment) {
    return switch (segment) {
      case "linode" -> Set.of("instances");
      case "tags" -> Set.of("tags", "view");
      case "network-transfer" -> Set.of("networking");
      case "object-storage" -> Set.of("object_storage");
      default -> Set.of();
    };
  }

  @Override
  public String dateSuffix() {
    return "";
  }

  @Override
  public String noun(String path) {
    return path.equals(LinodeInstances.PATH) ? "linode" : Behaviour.super.noun(path);
  }

  @Override
  public @Nullable List<Map<String, @Nullable Object>> catalog(String path) {
    return LinodeCatalog.rows(path);
  }

  @Override
  public int rows(String path) {
    return switch (path) {
      case LinodeInstances.PATH -> 40;
      case LinodeVolumes.PATH -> 30;
      case DOMAINS -> 12;
      case RECORDS -> 4;
      case "/networking/firewalls" -> 5;
      case "/nodebalancers" -> 6;
      case "/account/events" -> 30;
      case "/linode/instances/{}/disks" -> 2;
      case "/linode/instances/{}/configs" -> 1;
      default -> -1;
    };
  }

  @Override
  public @Nullable Maker maker(String path, String field) {
    return LinodeRows.maker(path, field);
  }

  @Override
  public @Nullable String reference(String path, String field) {
    return switch (field) {
      case "region", "image", "kernel", "linode_id", "k8s_version" -> REFERENCES.get(field);
      case "type" ->
          path.startsWith("/databases/")
              ? "/databases/types"
              : path.startsWith("/lke/") ? "/linode/types" : "";
      case "plan" -> "/linode/types";
      default -> "";
    };
  }

  @Override
  public boolean perUser(String path) {
    return path.equals("/profile") || path.startsWith("/profile/");
  }

  @Override
  public boolean newestFirst(String path) {
    return path.equals("/account/events");
  }

  @Override
  public boolean oneServer() {
    return true;
  }

  @Override
  public boolean filters() {
    return true;
  }

  @Override
  public Map<String, @Nullable Object> present(
      Store store, String path, Map<String, @Nullable Object> entity) {
    return LinodeStatus.present(entity, store.now());
  }

  @Override
  public boolean handles(String key) {
    return HANDLERS.containsKey(key);
  }

  @Override
  public @Nullable Object handle(Exchange exchange) {
    Function<Exchange, Object> handler = HANDLERS.get(exchange.route().key());
    return handler == null ? null : handler.apply(exchange);
  }

  @Override
  public @Nullable Boolean exists(Store store, String list, List<String> values) {
    return list.equals(BUCKETS + "/{}")
        ? findBucket(store, values.getFirst(), values.getLast()) != null
        : null;
  }

  @Override
  public Map<String, @Nullable Object> sample(Exchange exchange) {
    return LinodeSamples.of(exchange);
  }

  // --- what must hold of a request

  @Override
  public void admit(Exchange exchange) {
    List<Fault> faults = new ArrayList<>();
    String path = exchange.route().path();
    exchange
        .body()
        .forEach((field, value) -> {
          String target = field.equals("type") ? reference(path, field) : REFERENCES.get(field);
          if (field.equals("type")
              && path.startsWith(LinodeInstances.PATH)
              && !path.contains("/ips")) {
            target = "/linode/types";
          }
          if (target == null || target.isEmpty() || value == null) {
            return;
          }
          List<?> ids = value instanceof List<?> list ? list : List.of(value);
          for (Object id : ids) {
            if (!(id instanceof Map<?, ?>)
                && !exchange.store().collection(target).has(String.valueOf(id))) {
              faults.add(new Fault(field, field + " is not valid: there is no " + id));
            }
          }
        });
    if (!faults.isEmpty()) {
      throw new Refusal(400, faults, Map.of());
    }
  }

  @Override
  public void check(
      Exchange exchange,
      Collection collection,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {
    String path = collection.type().path();
    if (after == null) {
      if (before != null && path.equals(LinodeVolumes.PATH)) {
        LinodeVolumes.deleting(before);
      }
      if (before != null
          && Boolean.TRUE.equals(before.get("is_public"))
          && path.equals("/images")) {
        throw new Refusal(400, null, "Only private images can be deleted");
      }
      return;
    }
    unique(exchange, collection, before, after);
    if (path.equals(DOMAINS)) {
      domain(after);
    }
    if (path.equals(RECORDS)) {
      record(after);
    }
    if (before != null) {
      return;
    }
    switch (path) {
      case LinodeInstances.PATH -> LinodeInstances.creating(exchange, after);
      case LinodeVolumes.PATH -> LinodeVolumes.creating(exchange, after);
      case "/networking/firewalls/{}/devices" -> LinodeNetwork.addingDevice(exchange, after);
      case "/images" -> image(after, "available");
      case "/lke/clusters/{}/pools" -> pool(exchange, after);
      case BUCKETS -> {
        after.put(
            "hostname", after.get("label") + "." + after.get("cluster") + ".linodeobjects.com");
        after.put("objects", 0L);
        after.put("size", 0L);
      }
      case "/linode/instances/{}/backups" -> after.put("type", "snapshot");
      default -> {}
    }
  }

  private static void unique(
      Exchange exchange,
      Collection collection,
      @Nullable Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after) {
    String path = collection.type().path();
    String plural = path.equals(DOMAINS) ? "domains" : UNIQUE.get(path);
    String field = path.equals(DOMAINS) ? "domain" : "label";
    Object value = after.get(field);
    boolean given = exchange.body().containsKey(field);
    if (plural == null || value == null || !given) {
      return;
    }
    if (collection.taken(field, value, before == null ? "" : collection.id(before))) {
      String name = field.equals("domain") ? "Domain" : "Label";
      throw new Refusal(400, field, name + " must be unique among your " + plural);
    }
  }

  private static void domain(Map<String, @Nullable Object> domain) {
    boolean master = "master".equals(domain.get("type"));
    Object mail = domain.get("soa_email");
    if (master && (mail == null || mail.toString().isEmpty())) {
      throw new Refusal(400, "soa_email", "soa_email is required for a master domain");
    }
    if (!master && Values.list(domain.get("master_ips")).isEmpty()) {
      throw new Refusal(400, "master_ips", "master_ips is required for a slave domain");
    }
    String name = String.valueOf(domain.get("domain"));
    if (!name.matches("([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9-]{2,}")) {
      throw new Refusal(400, "domain", "Is not a valid domain name");
    }
  }

  private static void record(Map<String, @Nullable Object> record) {
    String target = String.valueOf(record.get("target"));
    boolean fits =
        switch (String.valueOf(record.get("type"))) {
          case "A" -> target.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}|\\[remote_addr]");
          case "AAAA" -> target.matches("[0-9a-fA-F:.]{2,45}|\\[remote_addr]");
          default -> true;
        };
    if (!fits) {
      throw new Refusal(400, "target", "Is not an address of the kind that this record holds");
    }
  }

  private static void image(Map<String, @Nullable Object> image, String status) {
    image.put("is_public", false);
    image.put("deprecated", false);
    image.put("vendor", null);
    image.put("eol", null);
    image.put("type", "manual");
    image.put("status", status);
    image.put("size", 1500L);
  }

  private static void pool(Exchange exchange, Map<String, @Nullable Object> pool) {
    long count = pool.get("count") instanceof Number number ? number.longValue() : 1;
    List<Object> nodes = new ArrayList<>();
    for (int i = 1; i <= Math.min(count, 100); i++) {
      nodes.add(
          LinodeCatalog.row(
              "id",
              pool.get("id") + "-" + Words.padded(i),
              "instance_id",
              exchange.store().someId(LinodeInstances.PATH, i),
              "status",
              "ready"));
    }
    pool.put("nodes", nodes);
  }

  @Override
  public void changed(
      Exchange exchange,
      Collection collection,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {
    String path = collection.type().path();
    if (after != null) {
      LinodeTags.used(exchange, after);
    }
    if (before == null && after != null) {
      switch (path) {
        case LinodeInstances.PATH -> LinodeInstances.created(exchange, after);
        case "/tags" -> LinodeTags.created(exchange);
        case "/lke/clusters" -> pools(exchange, collection.id(after));
        default -> {}
      }
      LinodeEvents.changed(exchange, collection, after, "create");
    } else if (before != null && after == null) {
      switch (path) {
        case LinodeInstances.PATH -> LinodeInstances.deleted(exchange, before);
        case "/tags" -> LinodeTags.deleted(exchange, before);
        default -> {}
      }
      LinodeEvents.changed(exchange, collection, before, "delete");
    } else if (after != null) {
      LinodeEvents.changed(exchange, collection, after, "update");
    }
  }

  @Override
  public void acted(Exchange exchange) {
    LinodeEvents.acted(exchange);
  }

  private static void pools(Exchange exchange, String cluster) {
    Collection pools = exchange.store().collection("/lke/clusters/{}/pools", List.of(cluster));
    for (Object asked : Values.list(exchange.body().get("node_pools"))) {
      Map<String, @Nullable Object> pool = Values.copy(pools.next());
      Values.merge(pool, Values.object(asked));
      pool(exchange, pool);
      pools.add(pool);
    }
  }

  // --- what is answered in a way of its own

  private static Object copyDomain(Exchange exchange) {
    Collection domains = exchange.store().collection(DOMAINS);
    Object name = exchange.body().get("domain");
    if (domains.taken("domain", name, "")) {
      throw new Refusal(400, "domain", "Domain must be unique among your domains");
    }
    Map<String, @Nullable Object> domain = Values.copy(domains.next());
    domain.put("domain", name);
    domain.put("soa_email", "hostmaster@" + name);
    domain(domain);
    domains.add(domain);
    if (!exchange.values().isEmpty()) {
      Collection copies = exchange.store().collection(RECORDS, List.of(domains.id(domain)));
      for (Map<String, @Nullable Object> record :
          exchange.store().collection(RECORDS, exchange.values()).rows(_ -> true)) {
        Map<String, @Nullable Object> copy = Values.copy(record);
        copy.put("id", copies.next().get("id"));
        copies.add(copy);
      }
    }
    LinodeEvents.record(exchange, "domain_create", "domain", domains, domain);
    return domain;
  }

  /// Databases of all engines in one list.
  private static Object databases(Exchange exchange) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    Collection shape = exchange.store().collection("/databases/instances");
    for (String engine : List.of("mysql", "postgresql")) {
      Collection collection = exchange.store().collection("/databases/" + engine + "/instances");
      for (Map<String, @Nullable Object> row : collection.rows(_ -> true)) {
        Map<String, @Nullable Object> whole = shape.type().fields().make(shape.scope(), all.size());
        row.forEach((name, value) -> {
          if (whole.containsKey(name)) {
            whole.put(name, value);
          }
        });
        whole.put("engine", engine);
        String uri = "/v4" + collection.path() + "/" + row.get("id");
        if (whole.containsKey("instance_uri")) {
          whole.put("instance_uri", uri);
        }
        all.add(whole);
      }
    }
    return all;
  }

  private static Object uploadImage(Exchange exchange) {
    Collection images = exchange.store().collection("/images");
    Map<String, @Nullable Object> image = Values.copy(images.next());
    Values.merge(image, exchange.body());
    image.keySet().retainAll(images.type().fields().names());
    image(image, "pending_upload");
    images.add(image);
    LinodeEvents.record(exchange, "image_upload", "image", images, image);
    return LinodeCatalog.row(
        "upload_to",
        "https://us-east-1.linodeobjects.com/upload/" + image.get("id"),
        "image",
        image);
  }

  private static Object mark(Exchange exchange, String field) {
    Collection events = exchange.store().collection("/account/events");
    long last = Long.parseLong(exchange.value(0));
    boolean earlierToo = field.equals("seen");
    for (Map<String, @Nullable Object> event :
        events.rows(row ->
            Boolean.FALSE.equals(row.get(field))
                && row.get("id") instanceof Number id
                && (id.longValue() == last || (earlierToo && id.longValue() < last)))) {
      Map<String, @Nullable Object> after = Values.copy(event);
      after.put(field, true);
      events.replace(events.id(after), after);
    }
    return Map.of();
  }

  // --- buckets: named by their cluster or region and their label

  private static Object bucketsOf(Exchange exchange) {
    return exchange.store().collection(BUCKETS).rows(row -> isIn(row, exchange.value(0)));
  }

  private static boolean isIn(Map<String, @Nullable Object> bucket, String place) {
    String cluster = String.valueOf(bucket.get("cluster"));
    return place.equals(cluster)
        || place.equals(bucket.get("region"))
        || cluster.equals(place + "-1");
  }

  private static @Nullable Map<String, @Nullable Object> findBucket(
      Store store, String place, String label) {
    Map<String, @Nullable Object> bucket = store.collection(BUCKETS).find(label);
    return bucket != null && isIn(bucket, place) ? bucket : null;
  }

  private static Object bucket(Exchange exchange) {
    Map<String, @Nullable Object> bucket =
        findBucket(exchange.store(), exchange.value(0), exchange.value(1));
    if (bucket == null) {
      throw Refusal.notFound();
    }
    return bucket;
  }

  private static Object deleteBucket(Exchange exchange) {
    Map<String, @Nullable Object> bucket = Values.object(bucket(exchange));
    Collection buckets = exchange.store().collection(BUCKETS);
    buckets.remove(buckets.id(bucket));
    LinodeEvents.changed(exchange, buckets, bucket, "delete");
    return Map.of();
  }
}
