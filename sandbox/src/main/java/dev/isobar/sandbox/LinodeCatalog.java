package dev.isobar.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Linode offers: regions, types with their prices, kernels, images and the like, as they were
/// published. A selection, large enough to look real.
final class LinodeCatalog {
  /// id | label | country | has GPUs
  private static final String REGIONS =
      """
      ap-west | Mumbai, IN | in |
      ca-central | Toronto, CA | ca |
      ap-southeast | Sydney, AU | au |
      us-central | Dallas, TX | us |
      us-west | Fremont, CA | us |
      us-southeast | Atlanta, GA | us | gpu
      us-east | Newark, NJ | us | gpu
      eu-west | London, UK | gb |
      ap-south | Singapore, SG | sg | gpu
      eu-central | Frankfurt, DE | de | gpu
      ap-northeast | Tokyo, JP | jp |
      us-iad | Washington, DC | us |
      us-ord | Chicago, IL | us | gpu
      fr-par | Paris, FR | fr | gpu
      us-sea | Seattle, WA | us | gpu
      br-gru | Sao Paulo, BR | br |
      nl-ams | Amsterdam, NL | nl |
      se-sto | Stockholm, SE | se |
      es-mad | Madrid, ES | es |
      in-maa | Chennai, IN | in | gpu
      jp-osa | Osaka, JP | jp | gpu
      it-mil | Milan, IT | it |
      us-mia | Miami, FL | us |
      id-cgk | Jakarta, ID | id |
      us-lax | Los Angeles, CA | us |
      """;

  /// id | label | class | memory MB | disk MB | transfer GB | cores | GPUs | network Mbit/s |
  /// dollars an hour | a month | for backups a month
  private static final String TYPES =
      """
      g6-nanode-1 | Nanode 1GB | nanode | 1024 | 25600 | 1000 | 1 | 0 | 1000 | 0.0075 | 5 | 2
      g6-standard-1 | Linode 2GB | standard | 2048 | 51200 | 2000 | 1 | 0 | 2000 | 0.018 | 12 | 2.5
      g6-standard-2 | Linode 4GB | standard | 4096 | 81920 | 4000 | 2 | 0 | 4000 | 0.036 | 24 | 5
      g6-standard-4 | Linode 8GB | standard | 8192 | 163840 | 5000 | 4 | 0 | 5000 | 0.072 | 48 | 10
      g6-standard-6 | Linode 16GB | standard | 16384 | 327680 | 8000 | 6 | 0 | 6000 | 0.144 | 96 | 20
      g6-standard-8 | Linode 32GB | standard | 32768 | 655360 | 16000 | 8 | 0 | 7000 | 0.288 | 192 | 40
      g6-standard-16 | Linode 64GB | standard | 65536 | 1310720 | 20000 | 16 | 0 | 9000 | 0.576 | 384 | 80
      g6-standard-20 | Linode 96GB | standard | 98304 | 1966080 | 20000 | 20 | 0 | 10000 | 0.864 | 576 | 120
      g6-standard-24 | Linode 128GB | standard | 131072 | 2621440 | 20000 | 24 | 0 | 11000 | 1.152 | 768 | 160
      g6-standard-32 | Linode 192GB | standard | 196608 | 3932160 | 20000 | 32 | 0 | 12000 | 1.728 | 1152 | 240
      g7-highmem-1 | Linode 24GB | highmem | 24576 | 20480 | 5000 | 2 | 0 | 5000 | 0.09 | 60 | 5
      g7-highmem-2 | Linode 48GB | highmem | 49152 | 40960 | 6000 | 2 | 0 | 6000 | 0.18 | 120 | 10
      g7-highmem-4 | Linode 90GB | highmem | 92160 | 92160 | 7000 | 4 | 0 | 7000 | 0.36 | 240 | 20
      g7-highmem-8 | Linode 150GB | highmem | 153600 | 204800 | 8000 | 8 | 0 | 8000 | 0.72 | 480 | 40
      g7-highmem-16 | Linode 300GB | highmem | 307200 | 348160 | 9000 | 16 | 0 | 9000 | 1.44 | 960 | 80
      g6-dedicated-2 | Dedicated 4GB | dedicated | 4096 | 81920 | 4000 | 2 | 0 | 4000 | 0.054 | 36 | 5
      g6-dedicated-4 | Dedicated 8GB | dedicated | 8192 | 163840 | 5000 | 4 | 0 | 5000 | 0.108 | 72 | 10
      g6-dedicated-8 | Dedicated 16GB | dedicated | 16384 | 327680 | 6000 | 8 | 0 | 6000 | 0.216 | 144 | 20
      g6-dedicated-16 | Dedicated 32GB | dedicated | 32768 | 655360 | 7000 | 16 | 0 | 7000 | 0.432 | 288 | 40
      g6-dedicated-32 | Dedicated 64GB | dedicated | 65536 | 1310720 | 8000 | 32 | 0 | 8000 | 0.864 | 576 | 80
      g6-dedicated-48 | Dedicated 96GB | dedicated | 98304 | 1966080 | 9000 | 48 | 0 | 9000 | 1.296 | 864 | 120
      g6-dedicated-50 | Dedicated 128GB | dedicated | 131072 | 2560000 | 10000 | 50 | 0 | 10000 | 1.728 | 1152 | 160
      g6-dedicated-56 | Dedicated 256GB | dedicated | 262144 | 5120000 | 11000 | 56 | 0 | 11000 | 3.456 | 2304 | 200
      g6-dedicated-64 | Dedicated 512GB | dedicated | 524288 | 7372800 | 12000 | 64 | 0 | 12000 | 6.912 | 4608 | 240
      g1-gpu-rtx6000-1 | Dedicated 32GB + RTX6000 GPU x1 | gpu | 32768 | 655360 | 16000 | 8 | 1 | 10000 | 1.5 | 1000 | 40
      g1-gpu-rtx6000-2 | Dedicated 64GB + RTX6000 GPU x2 | gpu | 65536 | 1310720 | 20000 | 16 | 2 | 10000 | 3 | 2000 | 80
      g1-gpu-rtx6000-3 | Dedicated 96GB + RTX6000 GPU x3 | gpu | 98304 | 1966080 | 20000 | 20 | 3 | 10000 | 4.5 | 3000 | 120
      g1-gpu-rtx6000-4 | Dedicated 128GB + RTX6000 GPU x4 | gpu | 131072 | 2621440 | 20000 | 24 | 4 | 10000 | 6 | 4000 | 160
      """;

  /// id | label | version | architecture
  private static final String KERNELS =
      """
      linode/grub2 | GRUB 2 | 2.06 | x86_64
      linode/direct-disk | Direct Disk | | x86_64
      linode/grub-legacy | GRUB (Legacy) | 2.0.0 | x86_64
      linode/latest-64bit | Latest 64 bit (6.12.20-x86_64-linode170) | 6.12.20 | x86_64
      linode/latest-32bit | Latest 32 bit (6.1.10-x86-linode168) | 6.1.10 | i386
      linode/6.12.20-x86_64-linode170 | 6.12.20-x86_64-linode170 | 6.12.20 | x86_64
      linode/6.8.9-x86_64-linode164 | 6.8.9-x86_64-linode164 | 6.8.9 | x86_64
      linode/6.2.9-x86_64-linode160 | 6.2.9-x86_64-linode160 | 6.2.9 | x86_64
      linode/5.18.2-x86_64-linode156 | 5.18.2-x86_64-linode156 | 5.18.2 | x86_64
      linode/5.15.10-x86_64-linode151 | 5.15.10-x86_64-linode151 | 5.15.10 | x86_64
      linode/5.10.13-x86-linode162 | 5.10.13-x86-linode162 | 5.10.13 | i386
      linode/4.17.2-x86_64-linode111 | 4.17.2-x86_64-linode111 | 4.17.2 | x86_64
      """;

  /// id | label | vendor | MB | end of life | deprecated
  private static final String IMAGES =
      """
      linode/almalinux8 | AlmaLinux 8 | AlmaLinux | 2200 | 2029-03-01 |
      linode/almalinux9 | AlmaLinux 9 | AlmaLinux | 2200 | 2032-05-31 |
      linode/alpine3.19 | Alpine 3.19 | Alpine | 300 | 2025-11-01 | old
      linode/alpine3.21 | Alpine 3.21 | Alpine | 300 | 2026-11-01 |
      linode/alpine3.22 | Alpine 3.22 | Alpine | 300 | 2027-05-01 |
      linode/arch | Arch Linux | Arch | 2500 | 2040-01-01 |
      linode/centos-stream9 | CentOS Stream 9 | CentOS | 1500 | 2027-05-31 |
      linode/centos-stream10 | CentOS Stream 10 | CentOS | 2200 | 2030-01-01 |
      linode/debian11 | Debian 11 | Debian | 1500 | 2026-08-31 |
      linode/debian12 | Debian 12 | Debian | 1800 | 2028-06-30 |
      linode/debian13 | Debian 13 | Debian | 1900 | 2030-06-30 |
      linode/fedora41 | Fedora 41 | Fedora | 1900 | 2025-12-15 | old
      linode/fedora42 | Fedora 42 | Fedora | 1900 | 2026-05-13 |
      linode/gentoo | Gentoo | Gentoo | 9700 | 2040-01-01 |
      linode/kali | Kali Linux | Kali | 1800 | 2040-01-01 |
      linode/opensuse15.6 | openSUSE Leap 15.6 | openSUSE | 1600 | 2026-04-30 |
      linode/rocky8 | Rocky Linux 8 | Rocky | 2200 | 2029-05-31 |
      linode/rocky9 | Rocky Linux 9 | Rocky | 2200 | 2032-05-31 |
      linode/slackware15.0 | Slackware 15.0 | Slackware | 8000 | 2027-02-01 |
      linode/ubuntu20.04 | Ubuntu 20.04 LTS | Ubuntu | 2600 | 2025-04-23 | old
      linode/ubuntu22.04 | Ubuntu 22.04 LTS | Ubuntu | 3500 | 2027-04-01 |
      linode/ubuntu24.04 | Ubuntu 24.04 LTS | Ubuntu | 3500 | 2029-04-25 |
      private/20001 | web-golden | | 5200 | |
      private/20002 | db-golden | | 7800 | |
      private/20003 | before-upgrade | | 6100 | |
      """;

  private static final List<String> ENGINES =
      List.of(
          "mysql/8.0.35",
          "mysql/8.4.6",
          "postgresql/14",
          "postgresql/15",
          "postgresql/16",
          "postgresql/17");

  private LinodeCatalog() {}

  /// What is known of the rows of a collection, or null.
  static @Nullable List<Map<String, @Nullable Object>> rows(String path) {
    return switch (path) {
      case "/regions" -> regions();
      case "/linode/types" -> types("");
      case "/databases/types" -> types("g6-");
      case "/linode/kernels" -> kernels();
      case "/images" -> images();
      case "/databases/engines" ->
          ENGINES.stream()
              .map(id ->
                  row("id", id, "engine", id.split("/", 2)[0], "version", id.split("/", 2)[1]))
              .toList();
      case "/lke/versions" ->
          List.of("1.34", "1.33", "1.32").stream().map(id -> row("id", id)).toList();
      case "/tags" ->
          List.of("db", "prod", "staging", "web").stream().map(tag -> row("label", tag)).toList();
      case "/object-storage/clusters" ->
          List.of("us-east-1", "us-southeast-1", "eu-central-1", "ap-south-1").stream()
              .map(id ->
                  row(
                      "id",
                      id,
                      "region",
                      id.substring(0, id.length() - 2),
                      "domain",
                      id + ".linodeobjects.com",
                      "static_site_domain",
                      "website-" + id + ".linodeobjects.com",
                      "status",
                      "available"))
              .toList();
      case "/longview/subscriptions" ->
          List.of(
              subscription("longview-3", 3, "0.03", "20"),
              subscription("longview-10", 10, "0.06", "40"),
              subscription("longview-40", 40, "0.15", "100"),
              subscription("longview-100", 100, "0.3", "200"));
      case "/volumes/types" ->
          List.of(row("id", "volume", "label", "Storage Volume", "price", price("0.00015", "0.1")));
      case "/nodebalancers/types" ->
          List.of(
              row("id", "nodebalancer", "label", "NodeBalancer", "price", price("0.015", "10")));
      case "/networking/firewalls/templates" -> List.of(row("slug", "public"), row("slug", "vpc"));
      default -> null;
    };
  }

  private static List<Map<String, @Nullable Object>> regions() {
    return parse(
        REGIONS,
        part -> {
          List<String> capabilities =
              new ArrayList<>(
                  List.of(
                      "Linodes",
                      "Backups",
                      "NodeBalancers",
                      "Block Storage",
                      "Kubernetes",
                      "Cloud Firewall",
                      "Vlans",
                      "VPCs",
                      "Metadata",
                      "Managed Databases",
                      "Object Storage",
                      "Placement Group"));
          if (part[3].equals("gpu")) {
            capabilities.add(3, "GPU Linodes");
          }
          return row(
              "id",
              part[0],
              "label",
              part[1],
              "country",
              part[2],
              "status",
              "ok",
              "capabilities",
              capabilities,
              "site_type",
              "core");
        });
  }

  private static List<Map<String, @Nullable Object>> types(String beginning) {
    return parse(
            TYPES,
            part ->
                row(
                    "id", part[0],
                    "label", part[1],
                    "class", part[2],
                    "memory", Long.valueOf(part[3]),
                    "disk", Long.valueOf(part[4]),
                    "transfer", Long.valueOf(part[5]),
                    "vcpus", Long.valueOf(part[6]),
                    "gpus", Long.valueOf(part[7]),
                    "network_out", Long.valueOf(part[8]),
                    "price", price(part[9], part[10]),
                    "addons", Map.of("backups", Map.of("price", backups(part[11]))),
                    "successor", null,
                    "deprecated", false))
        .stream()
        .filter(type -> String.valueOf(type.get("id")).startsWith(beginning))
        .toList();
  }

  private static Map<String, @Nullable Object> backups(String month) {
    // a month of 30 days, as Linode bills it
    BigDecimal monthly = new BigDecimal(month);
    BigDecimal hourly = monthly.divide(BigDecimal.valueOf(720), 3, java.math.RoundingMode.HALF_UP);
    return row("hourly", hourly, "monthly", monthly);
  }

  private static List<Map<String, @Nullable Object>> kernels() {
    return parse(
        KERNELS,
        part ->
            row(
                "id",
                part[0],
                "label",
                part[1],
                "version",
                part[2],
                "kvm",
                true,
                "xen",
                false,
                "architecture",
                part[3],
                "pvops",
                true,
                "deprecated",
                part[0].contains("/4.")));
  }

  private static List<Map<String, @Nullable Object>> images() {
    return parse(
        IMAGES,
        part -> {
          boolean mine = part[0].startsWith("private/");
          return row(
              "id",
              part[0],
              "label",
              part[1],
              "vendor",
              mine ? null : part[2],
              "size",
              Long.valueOf(part[3]),
              "eol",
              mine ? null : part[4] + "T04:00:00",
              "deprecated",
              part[5].equals("old"),
              "is_public",
              !mine,
              "type",
              "manual",
              "status",
              "available",
              "created_by",
              mine ? "user-0001" : "linode",
              "description",
              mine ? "Made from a disk." : "",
              "expiry",
              null);
        });
  }

  private static Map<String, @Nullable Object> subscription(
      String id, long clients, String hour, String month) {
    return row(
        "id",
        id,
        "label",
        "Longview Pro " + clients + " pack",
        "clients_included",
        clients,
        "price",
        price(hour, month));
  }

  private static Map<String, @Nullable Object> price(String hour, String month) {
    return row("hourly", new BigDecimal(hour), "monthly", new BigDecimal(month));
  }

  /// A row of names and values in turn.
  static Map<String, @Nullable Object> row(@Nullable Object... pairs) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return row;
  }

  private static List<Map<String, @Nullable Object>> parse(
      String table, java.util.function.Function<String[], Map<String, @Nullable Object>> row) {
    return table.lines().map(line -> row.apply(line.split(" *\\| *", -1))).toList();
  }
}
