package dev.isobar.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Instances: what they need to be created, and what can be done with one.
final class LinodeInstances {
  static final String PATH = "/linode/instances";
  private static final String DISKS = PATH + "/{}/disks";
  private static final String CONFIGS = PATH + "/{}/configs";

  private LinodeInstances() {}

  /// Completes an instance that is about to be created.
  static void creating(Exchange exchange, Map<String, @Nullable Object> entity) {
    Map<String, @Nullable Object> body = exchange.body();
    Object image = body.get("image");
    if (image != null && !body.containsKey("root_pass") && !body.containsKey("authorized_keys")) {
      throw new Refusal(400, "root_pass", "root_pass is required");
    }
    if (!body.containsKey("label")) {
      entity.put("label", "linode" + entity.get("id"));
    }
    setType(exchange.store(), entity, body.get("type"));
    entity.put("region", body.get("region"));
    entity.put("image", image);
    boolean backups = Boolean.TRUE.equals(body.get("backups_enabled"));
    entity.put("backups", backups(backups));
    if (Boolean.TRUE.equals(body.get("private_ip")) && entity.get("ipv4") instanceof List<?> ips) {
      List<Object> both = new ArrayList<>(ips);
      both.add(privateAddress(entity));
      entity.put("ipv4", both);
    }
    begin(exchange, entity, image != null && !Boolean.FALSE.equals(body.get("booted")));
  }

  private static void begin(
      Exchange exchange, Map<String, @Nullable Object> entity, boolean booted) {
    if (booted) {
      LinodeStatus.go(entity, exchange.now(), "provisioning", 3, "booting", 2, "running");
    } else {
      LinodeStatus.go(entity, exchange.now(), "provisioning", 3, "offline");
    }
  }

  static String privateAddress(Map<String, @Nullable Object> instance) {
    long id = instance.get("id") instanceof Number number ? number.longValue() : 0;
    return "192.168." + (128 + (id >> 8) % 128) + "." + (1 + id % 254);
  }

  private static Map<String, @Nullable Object> backups(boolean enabled) {
    return LinodeCatalog.row(
        "enabled",
        enabled,
        "available",
        false,
        "schedule",
        LinodeCatalog.row("day", null, "window", null),
        "last_successful",
        null);
  }

  private static void setType(
      Store store, Map<String, @Nullable Object> entity, @Nullable Object id) {
    Map<String, @Nullable Object> type = store.collection("/linode/types").find(String.valueOf(id));
    if (type == null) {
      throw new Refusal(400, "type", "A valid plan type by that ID was not found");
    }
    entity.put("type", id);
    Map<String, @Nullable Object> specs = Values.copy(Values.object(entity.get("specs")));
    specs.putAll(LinodeRows.specs(type));
    entity.put("specs", specs);
  }

  /// Gives a new instance what comes with it: disks and a configuration, if it has an image.
  static void created(Exchange exchange, Map<String, @Nullable Object> entity) {
    Object image = entity.get("image");
    if (image == null) {
      return;
    }
    Store store = exchange.store();
    Map<String, @Nullable Object> found = store.collection("/images").find(image.toString());
    String label = found == null ? "Boot" : String.valueOf(found.get("label"));
    long size =
        Values.object(entity.get("specs")).get("disk") instanceof Number n ? n.longValue() : 0;
    long swap = exchange.body().get("swap_size") instanceof Number n ? n.longValue() : 512;
    List<String> at = List.of(String.valueOf(entity.get("id")));
    Object main = addDisk(exchange, at, label + " Disk", size - swap, "ext4");
    Object other = swap == 0 ? null : addDisk(exchange, at, swap + " MB Swap Image", swap, "swap");
    Collection configs = store.collection(CONFIGS, at);
    Map<String, @Nullable Object> config = Values.copy(configs.next());
    config.put("label", "My " + label + " Disk Profile");
    config.put("devices", LinodeRows.devices(main, other));
    Object interfaces = exchange.body().get("interfaces");
    config.put("interfaces", interfaces instanceof List<?> ? interfaces : List.of());
    configs.add(config);
  }

  private static @Nullable Object addDisk(
      Exchange exchange, List<String> at, String label, long size, String filesystem) {
    Collection disks = exchange.store().collection(DISKS, at);
    Map<String, @Nullable Object> disk = Values.copy(disks.next());
    disk.put("label", label);
    disk.put("size", size);
    disk.put("filesystem", filesystem);
    disk.put("created", Dates.text(exchange.now(), ""));
    disk.put("updated", Dates.text(exchange.now(), ""));
    disks.add(disk);
    return disk.get("id");
  }

  /// Lets go of what an instance held that is gone.
  static void deleted(Exchange exchange, Map<String, @Nullable Object> entity) {
    Collection volumes = exchange.store().collection(LinodeVolumes.PATH);
    Object id = entity.get("id");
    for (Map<String, @Nullable Object> volume :
        volumes.rows(row -> Validator.same(row.get("linode_id"), id))) {
      LinodeVolumes.detach(volumes, volume);
    }
  }

  // --- actions

  static Object boot(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    if (!LinodeStatus.isRunning(instance)) {
      go(exchange, instance, "booting", 3, "running");
    }
    return done(exchange, "linode_boot", instance);
  }

  static Object shutdown(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    if (LinodeStatus.isRunning(instance)) {
      go(exchange, instance, "shutting_down", 3, "offline");
    }
    return done(exchange, "linode_shutdown", instance);
  }

  static Object reboot(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    go(exchange, instance, "rebooting", 3, "running");
    return done(exchange, "linode_reboot", instance);
  }

  static Object rescue(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    go(exchange, instance, "rebooting", 3, "running");
    return done(exchange, "linode_reboot", instance);
  }

  static Object migrate(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    Object region = exchange.body().get("region");
    if (region != null) {
      instance.put("region", region);
    }
    moved(exchange, instance);
    return done(exchange, "linode_migrate", instance);
  }

  static Object resize(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    Object type = exchange.body().get("type");
    if (Validator.same(type, instance.get("type"))) {
      throw new Refusal(400, "type", "Linode is already of this plan type");
    }
    long used = 0;
    Collection disks = exchange.store().collection(DISKS, exchange.values());
    for (Map<String, @Nullable Object> disk : disks.rows(_ -> true)) {
      used += disk.get("size") instanceof Number size ? size.longValue() : 0;
    }
    setType(exchange.store(), instance, type);
    boolean fits =
        Values.object(instance.get("specs")).get("disk") instanceof Number all
            && used <= all.longValue();
    if (!fits && !Boolean.TRUE.equals(exchange.body().get("allow_auto_disk_resize"))) {
      throw new Refusal(400, "type", "The disks are larger than the storage of this plan type");
    }
    moved(exchange, instance);
    return done(exchange, "linode_resize", instance);
  }

  private static void moved(Exchange exchange, Map<String, @Nullable Object> instance) {
    boolean running = LinodeStatus.isRunning(instance);
    go(exchange, instance, "migrating", 5, running ? "running" : "offline");
  }

  static Object rebuild(Exchange exchange) {
    Map<String, @Nullable Object> instance = settled(exchange);
    instance.put("image", exchange.body().get("image"));
    for (String path : List.of(DISKS, CONFIGS)) {
      Collection all = exchange.store().collection(path, exchange.values());
      for (Map<String, @Nullable Object> row : all.rows(_ -> true)) {
        all.remove(all.id(row));
      }
    }
    created(exchange, instance);
    if (Boolean.FALSE.equals(exchange.body().get("booted"))) {
      go(exchange, instance, "rebuilding", 4, "offline");
    } else {
      go(exchange, instance, "rebuilding", 4, "booting", 2, "running");
    }
    done(exchange, "linode_rebuild", instance);
    return find(exchange);
  }

  static Object copy(Exchange exchange) {
    Map<String, @Nullable Object> original = find(exchange);
    Map<String, @Nullable Object> body = exchange.body();
    Collection instances = exchange.store().collection(PATH);
    Object onto = body.get("linode_id");
    if (onto != null) {
      Map<String, @Nullable Object> target = instances.find(onto.toString());
      if (target == null) {
        throw Refusal.notFound();
      }
      return target;
    }
    Map<String, @Nullable Object> clone = Values.copy(instances.next());
    for (String same : List.of("image", "type", "region", "tags", "alerts", "specs", "group")) {
      clone.put(same, original.get(same));
    }
    if (body.get("type") != null) {
      setType(exchange.store(), clone, body.get("type"));
    }
    if (body.get("region") != null) {
      clone.put("region", body.get("region"));
    }
    Object label = body.get("label");
    clone.put("label", label == null ? original.get("label") + "-clone" : label);
    if (instances.taken("label", clone.get("label"), "")) {
      throw new Refusal(400, "label", "Label must be unique among your Linodes");
    }
    clone.put("backups", backups(Boolean.TRUE.equals(body.get("backups_enabled"))));
    clone.put("created", Dates.text(exchange.now(), ""));
    clone.put("updated", Dates.text(exchange.now(), ""));
    begin(exchange, clone, false);
    instances.add(clone);
    List<String> at = List.of(String.valueOf(clone.get("id")));
    for (Map<String, @Nullable Object> disk :
        exchange.store().collection(DISKS, exchange.values()).rows(_ -> true)) {
      long size = disk.get("size") instanceof Number n ? n.longValue() : 0;
      addDisk(
          exchange,
          at,
          String.valueOf(disk.get("label")),
          size,
          String.valueOf(disk.get("filesystem")));
    }
    LinodeEvents.record(exchange, "linode_clone", "linode", instances, clone);
    return LinodeStatus.present(clone, exchange.now());
  }

  static Object enableBackups(Exchange exchange) {
    return backups(exchange, true, "backups_enable");
  }

  static Object cancelBackups(Exchange exchange) {
    return backups(exchange, false, "backups_cancel");
  }

  private static Object backups(Exchange exchange, boolean enabled, String action) {
    Map<String, @Nullable Object> instance = find(exchange);
    instance.put("backups", backups(enabled));
    exchange.store().collection(PATH).replace(exchange.value(0), instance);
    return done(exchange, action, instance);
  }

  /// Backups as one object: the automatic ones, and the snapshots.
  static Object listBackups(Exchange exchange) {
    Collection backups = exchange.store().collection(PATH + "/{}/backups", exchange.values());
    List<Map<String, @Nullable Object>> all = backups.rows(_ -> true);
    List<Map<String, @Nullable Object>> snapshots =
        all.stream().filter(row -> "snapshot".equals(row.get("type"))).toList();
    return LinodeCatalog.row(
        "automatic",
        all.stream().filter(row -> "auto".equals(row.get("type"))).toList(),
        "snapshot",
        LinodeCatalog.row(
            "in_progress", null, "current", snapshots.isEmpty() ? null : snapshots.getLast()));
  }

  static Object copyDisk(Exchange exchange) {
    List<String> at = exchange.values().subList(0, 1);
    Collection disks = exchange.store().collection(DISKS, at);
    Map<String, @Nullable Object> disk = Values.copy(disks.next());
    Map<String, @Nullable Object> original = disks.find(exchange.value(1));
    if (original != null) {
      disk.put("size", original.get("size"));
      disk.put("filesystem", original.get("filesystem"));
      disk.put("label", "Copy of " + original.get("label"));
    }
    disks.add(disk);
    LinodeEvents.record(exchange, "disk_duplicate", "disks", disks, disk);
    return disk;
  }

  static Object resizeDisk(Exchange exchange) {
    Collection disks = exchange.store().collection(DISKS, exchange.values().subList(0, 1));
    Map<String, @Nullable Object> disk = disks.find(exchange.value(1));
    if (disk != null) {
      Map<String, @Nullable Object> after = Values.copy(disk);
      after.put("size", exchange.body().get("size"));
      disks.replace(exchange.value(1), after);
      LinodeEvents.record(exchange, "disk_resize", "disks", disks, after);
    }
    return Map.of();
  }

  private static Map<String, @Nullable Object> find(Exchange exchange) {
    Map<String, @Nullable Object> found = exchange.store().collection(PATH).find(exchange.value(0));
    if (found == null) {
      throw Refusal.notFound();
    }
    return Values.copy(found);
  }

  private static Map<String, @Nullable Object> settled(Exchange exchange) {
    Map<String, @Nullable Object> instance = find(exchange);
    LinodeStatus.refuseBusy(instance);
    return instance;
  }

  private static void go(
      Exchange exchange, Map<String, @Nullable Object> instance, Object... steps) {
    Instant now = exchange.now();
    instance.put("updated", Dates.text(now, ""));
    LinodeStatus.go(instance, now, steps);
    exchange.store().collection(PATH).replace(exchange.value(0), instance);
  }

  private static Object done(
      Exchange exchange, String action, Map<String, @Nullable Object> instance) {
    LinodeEvents.record(exchange, action, "linode", exchange.store().collection(PATH), instance);
    return Map.of();
  }
}
