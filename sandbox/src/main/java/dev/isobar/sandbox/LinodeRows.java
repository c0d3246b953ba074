package dev.isobar.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How generated rows of Linode's collections are made where names and types alone would make
/// nonsense: sizes that fit the plan, labels as the real ones, rows that agree with each other.
final class LinodeRows {
  private static final long TYPE = 11;
  private static final long REGION = 12;
  private static final long IMAGE = 13;
  private static final long STATUS = 14;
  private static final long BACKUPS = 15;
  private static final List<String> RECORDS = List.of("A", "AAAA", "MX", "TXT");

  private LinodeRows() {}

  /// The maker of a field of a collection's rows, or null.
  static @Nullable Maker maker(String path, String field) {
    return switch (path) {
      case "/linode/instances" -> instance(field);
      case "/linode/instances/{}/disks" -> disk(field);
      case "/linode/instances/{}/configs" -> config(field);
      case "/volumes" -> volume(field);
      case "/domains" -> domain(field);
      case "/domains/{}/records" -> record(field);
      case "/account/events" -> event(field);
      case "/networking/firewalls/{}/devices" -> field.equals("entity") ? deviceEntity() : null;
      case "/images" -> field.equals("id") ? (scope, n) -> "private/" + (20_000 + n) : null;
      case "/object-storage/buckets" ->
          field.equals("hostname")
              ? (_, n) -> "bucket-" + Words.padded(n + 1) + ".us-east-1.linodeobjects.com"
              : field.equals("cluster")
                  ? (_, _) -> "us-east-1"
                  : field.equals("region") ? (_, _) -> "us-east" : null;
      case "/networking/firewalls" ->
          field.equals("status") ? (_, n) -> n % 4 == 3 ? "disabled" : "enabled" : null;
      case "/databases/mysql/instances", "/databases/postgresql/instances" ->
          field.equals("status")
              ? (_, _) -> "active"
              : field.equals("version")
                  ? (_, _) -> path.contains("mysql") ? "8.0.35" : "16.9"
                  : null;
      case "/nodebalancers" ->
          field.equals("hostname")
              ? (scope, n) ->
                  Makers.ipv4(scope.salt(), n).replace('.', '-') + ".ip.linodeusercontent.com"
              : null;
      case "/linode/instances/{}/backups" -> field.equals("status") ? (_, _) -> "successful" : null;
      case "/regions/availability", "/regions/{}/availability" ->
          field.equals("region") && path.contains("{}")
              ? (scope, _) -> scope.bound().getOrDefault("regionId", "")
              : field.equals("available") ? (_, n) -> n % 5 != 0 : null;
      case "/account" ->
          switch (field) {
            case "company" -> (_, _) -> "Acme";
            case "first_name" -> (_, _) -> "Ada";
            case "last_name" -> (_, _) -> "Example";
            case "city" -> (_, _) -> "Springfield";
            case "email" -> (_, _) -> "billing@example.com";
            case "country" -> (_, _) -> "US";
            case "active_promotions" -> (_, _) -> List.of();
            case "capabilities" ->
                (_, _) -> List.of("Linodes", "NodeBalancers", "Block Storage", "Object Storage");
            default -> null;
          };
      case "/profile" ->
          switch (field) {
            case "verified_phone_number" -> (_, _) -> null;
            case "username" -> (scope, _) -> username(scope);
            case "email" -> (scope, _) -> username(scope) + "@example.com";
            case "timezone" -> (_, _) -> "GMT";
            case "restricted", "two_factor_auth" -> (_, _) -> false;
            default -> null;
          };
      default -> null;
    };
  }

  private static String username(Scope scope) {
    return LinodeEvents.username(scope.bound().getOrDefault(Store.USER, ""));
  }

  private static @Nullable Maker instance(String field) {
    return switch (field) {
      case "label" -> (_, n) -> "linode-" + Words.padded(n + 1);
      case "region" ->
          (scope, n) -> scope.store().someId("/regions", scope.pick(REGION, n, 1 << 20));
      case "type" -> (scope, n) -> type(scope, n).get("id");
      case "image" -> (scope, n) -> image(scope, n).get("id");
      case "specs" -> (scope, n) -> specs(type(scope, n));
      case "status" -> (scope, n) -> scope.pick(STATUS, n, 8) == 0 ? "offline" : "running";
      case "group" -> (_, _) -> "";
      case "ipv4" -> (scope, n) -> List.of(Makers.ipv4(0, n));
      case "alerts" ->
          (scope, n) ->
              LinodeCatalog.row(
                  "cpu", 90L * cores(type(scope, n)),
                  "network_in", 10L,
                  "network_out", 10L,
                  "transfer_quota", 80L,
                  "io", 10_000L);
      case "watchdog_enabled" -> (_, _) -> true;
      case "backups" -> (scope, n) -> backups(scope.pick(BACKUPS, n, 4) == 0);
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> backups(boolean enabled) {
    return LinodeCatalog.row(
        "enabled",
        enabled,
        "available",
        enabled,
        "schedule",
        LinodeCatalog.row("day", enabled ? "Sunday" : null, "window", enabled ? "W2" : null),
        "last_successful",
        enabled ? "2026-01-04T02:11:00" : null);
  }

  private static long cores(Map<String, @Nullable Object> type) {
    return type.get("vcpus") instanceof Number cores ? cores.longValue() : 1;
  }

  /// The plan's numbers, as an instance shows them.
  static Map<String, @Nullable Object> specs(Map<String, @Nullable Object> type) {
    return LinodeCatalog.row(
        "disk", type.get("disk"),
        "memory", type.get("memory"),
        "vcpus", type.get("vcpus"),
        "gpus", type.get("gpus"),
        "transfer", type.get("transfer"));
  }

  /// Most instances are small: three of four have one of the first four plans.
  private static Map<String, @Nullable Object> type(Scope scope, long n) {
    List<Map<String, @Nullable Object>> types = LinodeTables.TYPES;
    int choice = scope.pick(TYPE, n, 4 * types.size());
    return types.get(choice < types.size() ? choice : choice % 4);
  }

  private static Map<String, @Nullable Object> image(Scope scope, long n) {
    List<Map<String, @Nullable Object>> images = LinodeTables.PUBLIC_IMAGES;
    return images.get(scope.pick(IMAGE, n, images.size()));
  }

  /// The tables that every row of a page looks into, parsed once.
  private static final class LinodeTables {
    static final List<Map<String, @Nullable Object>> TYPES = table("/linode/types");
    static final List<Map<String, @Nullable Object>> PUBLIC_IMAGES =
        table("/images").stream().filter(row -> Boolean.TRUE.equals(row.get("is_public"))).toList();

    private static List<Map<String, @Nullable Object>> table(String path) {
      List<Map<String, @Nullable Object>> rows = LinodeCatalog.rows(path);
      return rows == null ? List.of() : rows;
    }
  }

  /// The instance that a path is about.
  private static Map<String, @Nullable Object> parent(Scope scope) {
    String id = scope.bound().getOrDefault("linodeId", "");
    Map<String, @Nullable Object> instance = scope.store().collection("/linode/instances").find(id);
    return instance == null ? Map.of() : instance;
  }

  private static String imageLabel(Scope scope) {
    Object id = parent(scope).get("image");
    return LinodeTables.PUBLIC_IMAGES.stream()
        .filter(image -> image.get("id") != null && Validator.same(image.get("id"), id))
        .map(image -> String.valueOf(image.get("label")))
        .findFirst()
        .orElse("Boot");
  }

  private static @Nullable Maker disk(String field) {
    return switch (field) {
      case "label" ->
          (scope, n) ->
              n == 0
                  ? imageLabel(scope) + " Disk"
                  : n == 1 ? "512 MB Swap Image" : "Disk " + (n + 1);
      case "status" -> (_, _) -> "ready";
      case "filesystem" -> (_, n) -> n == 1 ? "swap" : "ext4";
      case "size" ->
          (scope, n) -> {
            Object disk = Values.object(parent(scope).get("specs")).get("disk");
            return n == 0 && disk instanceof Number all ? (Object) (all.longValue() - 512) : 512L;
          };
      default -> null;
    };
  }

  private static @Nullable Maker config(String field) {
    return switch (field) {
      case "label" -> (scope, _) -> "My " + imageLabel(scope) + " Disk Profile";
      case "kernel" -> (_, _) -> "linode/grub2";
      case "root_device" -> (_, _) -> "/dev/sda";
      case "interfaces" -> (_, _) -> List.of();
      case "comments" -> (_, _) -> "";
      case "memory_limit" -> (_, _) -> 0L;
      case "run_level" -> (_, _) -> "default";
      case "virt_mode" -> (_, _) -> "paravirt";
      case "devices" ->
          (scope, _) -> {
            long first =
                scope
                    .store()
                    .collection(
                        "/linode/instances/{}/disks",
                        List.of(scope.bound().getOrDefault("linodeId", "")))
                    .scope()
                    .firstId();
            return devices(first, first + 1);
          };
      default -> null;
    };
  }

  static Map<String, @Nullable Object> devices(@Nullable Object main, @Nullable Object swap) {
    Map<String, @Nullable Object> devices = LinodeCatalog.row();
    for (char slot = 'a'; slot <= 'h'; slot++) {
      Object disk = slot == 'a' ? main : slot == 'b' ? swap : null;
      devices.put(
          "sd" + slot, disk == null ? null : LinodeCatalog.row("disk_id", disk, "volume_id", null));
    }
    return devices;
  }

  private static @Nullable Maker volume(String field) {
    return switch (field) {
      case "label" -> (_, n) -> "volume-" + Words.padded(n + 1);
      case "status" -> (_, _) -> "active";
      case "size" -> (scope, n) -> List.of(20L, 50L, 100L, 500L).get(scope.pick(1, n, 4));
      case "filesystem_path" ->
          (_, n) -> "/dev/disk/by-id/scsi-0Linode_Volume_volume-" + Words.padded(n + 1);
      case "linode_id" -> (scope, n) -> holder(scope, n).get("id");
      case "linode_label" -> (scope, n) -> holder(scope, n).get("label");
      case "region" ->
          (scope, n) -> {
            Object region = holder(scope, n).get("region");
            return region != null
                ? region
                : scope.store().someId("/regions", scope.pick(REGION, n, 1 << 20));
          };
      default -> null;
    };
  }

  /// The instance that a volume is attached to; every third is not.
  private static Map<String, @Nullable Object> holder(Scope scope, long n) {
    Collection instances = scope.store().collection("/linode/instances");
    Object id = n % 3 == 2 ? null : instances.someId(Scope.mix(scope.salt(), n));
    Map<String, @Nullable Object> found = id == null ? null : instances.find(id.toString());
    return found == null ? Map.of() : found;
  }

  private static @Nullable Maker domain(String field) {
    return switch (field) {
      case "domain" -> (_, n) -> "example-" + Words.padded(n + 1) + ".com";
      case "type" -> (_, _) -> "master";
      case "status" -> (_, _) -> "active";
      case "soa_email" -> (_, n) -> "hostmaster@example-" + Words.padded(n + 1) + ".com";
      case "group", "description" -> (_, _) -> "";
      case "master_ips", "axfr_ips" -> (_, _) -> List.of();
      case "retry_sec", "expire_sec", "refresh_sec", "ttl_sec" -> (_, _) -> 300L;
      default -> null;
    };
  }

  private static @Nullable Maker record(String field) {
    return switch (field) {
      case "type" -> (_, n) -> RECORDS.get((int) (n % 4));
      case "name" -> (_, n) -> n % 4 < 2 ? "www" : "";
      case "target" ->
          (scope, n) ->
              switch ((int) (n % 4)) {
                case 0 -> Makers.ipv4(scope.salt(), scope.pick(1, n, 200));
                case 1 -> Makers.ipv6(scope.salt(), n);
                case 2 -> "mail.example.com";
                default -> "v=spf1 mx -all";
              };
      case "priority" -> (_, n) -> n % 4 == 2 ? 10L : 0L;
      case "weight", "port" -> (_, _) -> 0L;
      case "service", "protocol", "tag" -> (_, _) -> null;
      case "ttl_sec" -> (_, _) -> 300L;
      default -> null;
    };
  }

  private static @Nullable Maker event(String field) {
    return switch (field) {
      case "action" -> (_, n) -> n % 2 == 0 ? "linode_boot" : "linode_create";
      case "status" -> (_, _) -> "finished";
      case "percent_complete" -> (_, _) -> 100L;
      case "entity" ->
          (scope, n) -> {
            Collection instances = scope.store().collection("/linode/instances");
            Object id = instances.someId(n / 2);
            return LinodeCatalog.row(
                "id",
                id,
                "label",
                "linode-" + Words.padded(n / 2 + 1),
                "type",
                "linode",
                "url",
                "/v4/linode/instances/" + id);
          };
      case "secondary_entity", "time_remaining", "rate", "duration" -> (_, _) -> null;
      case "message" -> (_, _) -> "";
      case "username" -> (_, n) -> "user-" + Words.padded(n % 5 + 1);
      case "read", "seen" -> (_, _) -> true;
      default -> null;
    };
  }

  private static Maker deviceEntity() {
    return (scope, n) -> {
      Collection instances = scope.store().collection("/linode/instances");
      Object id = instances.someId(Scope.mix(scope.salt(), n));
      Map<String, @Nullable Object> found = id == null ? null : instances.find(id.toString());
      return LinodeCatalog.row(
          "id",
          id,
          "type",
          "linode",
          "label",
          found == null ? "" : found.get("label"),
          "url",
          "/v4/linode/instances/" + id,
          "parent_entity",
          null);
    };
  }
}
