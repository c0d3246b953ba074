package dev.isobar.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Addresses, firewalls and what else is seen both from an instance and on its own.
final class LinodeNetwork {
  private static final String FIREWALLS = "/networking/firewalls";

  private LinodeNetwork() {}

  // --- addresses: they live in the instances, so that both views agree

  /// All addresses of all instances.
  static Object list(Exchange exchange) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Map<String, @Nullable Object> instance : instances(exchange).rows(_ -> true)) {
      for (Object address : Values.list(instance.get("ipv4"))) {
        all.add(address(exchange, instance, String.valueOf(address)));
      }
    }
    return all;
  }

  /// The addresses of one instance, by kind.
  static Object ofInstance(Exchange exchange) {
    Map<String, @Nullable Object> instance = instance(exchange);
    List<Object> open = new ArrayList<>();
    List<Object> closed = new ArrayList<>();
    for (Object text : Values.list(instance.get("ipv4"))) {
      Map<String, @Nullable Object> address = address(exchange, instance, String.valueOf(text));
      (Boolean.TRUE.equals(address.get("public")) ? open : closed).add(address);
    }
    Map<String, @Nullable Object> ipv4 =
        LinodeCatalog.row(
            "public",
            open,
            "private",
            closed,
            "shared",
            List.of(),
            "reserved",
            List.of(),
            "vpc",
            List.of());
    String slaac = String.valueOf(instance.get("ipv6")).replaceFirst("/.*", "");
    Map<String, @Nullable Object> six =
        LinodeCatalog.row(
            "address",
            slaac,
            "gateway",
            "fe80::1",
            "subnet_mask",
            "ffff:ffff:ffff:ffff::",
            "prefix",
            64L,
            "type",
            "ipv6",
            "public",
            true,
            "rdns",
            null,
            "linode_id",
            instance.get("id"),
            "region",
            instance.get("region"));
    Map<String, @Nullable Object> local = Values.copy(six);
    local.put("address", "fe80::f03c:91ff:fe24:3a2f");
    local.put("public", false);
    return LinodeCatalog.row(
        "ipv4",
        ipv4,
        "ipv6",
        LinodeCatalog.row("slaac", six, "link_local", local, "global", List.of()));
  }

  static Object get(Exchange exchange) {
    return address(exchange, holder(exchange), exchange.values().getLast());
  }

  /// Sets the reverse name of an address.
  static Object name(Exchange exchange) {
    String address = exchange.values().getLast();
    Map<String, @Nullable Object> instance = holder(exchange);
    exchange
        .store()
        .putObject(rdns(address), LinodeCatalog.row("rdns", exchange.body().get("rdns")));
    LinodeEvents.add(
        exchange,
        "ipaddress_update",
        LinodeCatalog.row(
            "id",
            instance.get("id"),
            "label",
            address,
            "type",
            "ipaddress",
            "url",
            "/v4/networking/ips/" + address));
    return address(exchange, instance, address);
  }

  /// Gives an instance another address.
  static Object add(Exchange exchange) {
    Object id = exchange.values().isEmpty() ? exchange.body().get("linode_id") : exchange.value(0);
    Collection instances = instances(exchange);
    Map<String, @Nullable Object> found = instances.find(String.valueOf(id));
    if (found == null) {
      throw new Refusal(400, "linode_id", "There is no Linode with this ID");
    }
    Map<String, @Nullable Object> instance = Values.copy(found);
    List<@Nullable Object> addresses = new ArrayList<>(Values.list(instance.get("ipv4")));
    boolean open = Boolean.TRUE.equals(exchange.body().get("public"));
    String address =
        open
            ? Makers.ipv4(exchange.store().seed(), 100_000 + exchange.store().version())
            : LinodeInstances.privateAddress(instance);
    if (addresses.contains(address)) {
      throw new Refusal(400, "public", "The Linode has a private address already");
    }
    addresses.add(address);
    instance.put("ipv4", addresses);
    instances.replace(String.valueOf(id), instance);
    LinodeEvents.record(exchange, "linode_addip", "linode", instances, instance);
    return address(exchange, instance, address);
  }

  static Object remove(Exchange exchange) {
    Map<String, @Nullable Object> instance = Values.copy(holder(exchange));
    List<@Nullable Object> addresses = new ArrayList<>(Values.list(instance.get("ipv4")));
    addresses.remove(exchange.values().getLast());
    instance.put("ipv4", addresses);
    instances(exchange).replace(exchange.value(0), instance);
    LinodeEvents.record(exchange, "linode_deleteip", "linode", instances(exchange), instance);
    return Map.of();
  }

  /// The instance that has the address at the end of the path.
  private static Map<String, @Nullable Object> holder(Exchange exchange) {
    String address = exchange.values().getLast();
    if (exchange.values().size() > 1) {
      Map<String, @Nullable Object> instance = instance(exchange);
      if (Values.list(instance.get("ipv4")).contains(address)) {
        return instance;
      }
      throw Refusal.notFound();
    }
    Collection instances = instances(exchange);
    return instances.rows(row -> Values.list(row.get("ipv4")).contains(address)).stream()
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private static Map<String, @Nullable Object> instance(Exchange exchange) {
    Map<String, @Nullable Object> found = instances(exchange).find(exchange.value(0));
    if (found == null) {
      throw Refusal.notFound();
    }
    return found;
  }

  private static Collection instances(Exchange exchange) {
    return exchange.store().collection(LinodeInstances.PATH);
  }

  private static String rdns(String address) {
    return "/networking/rdns/" + address;
  }

  private static Map<String, @Nullable Object> address(
      Exchange exchange, Map<String, @Nullable Object> instance, String address) {
    boolean open = !address.startsWith("192.168.");
    int dot = address.lastIndexOf('.');
    Map<String, @Nullable Object> named = exchange.store().storedObject(rdns(address));
    return LinodeCatalog.row(
        "address",
        address,
        "gateway",
        open ? address.substring(0, dot) + ".254" : null,
        "subnet_mask",
        open ? "255.255.255.0" : "255.255.128.0",
        "prefix",
        open ? 24L : 17L,
        "type",
        "ipv4",
        "public",
        open,
        "rdns",
        named != null
            ? named.get("rdns")
            : open ? address.replace('.', '-') + ".ip.linodeusercontent.com" : null,
        "linode_id",
        instance.get("id"),
        "region",
        instance.get("region"),
        "vpc_nat_1_1",
        null,
        "interface_id",
        null,
        "reserved",
        false);
  }

  // --- seen from an instance

  static Object volumesOf(Exchange exchange) {
    return exchange
        .store()
        .collection(LinodeVolumes.PATH)
        .rows(row -> exchange.value(0).equals(String.valueOf(row.get("linode_id"))));
  }

  /// The firewalls that have the instance among their devices.
  static Object firewallsOf(Exchange exchange) {
    Store store = exchange.store();
    Collection firewalls = store.collection(FIREWALLS);
    return firewalls.rows(firewall ->
        !store
            .collection(FIREWALLS + "/{}/devices", List.of(firewalls.id(firewall)))
            .rows(device ->
                exchange
                    .value(0)
                    .equals(String.valueOf(Values.object(device.get("entity")).get("id"))))
            .isEmpty());
  }

  static Object balancersOf(Exchange exchange) {
    long choice = Scope.hash(exchange.value(0));
    Collection balancers = exchange.store().collection("/nodebalancers");
    Object some = balancers.someId(choice);
    return balancers.rows(row -> choice % 3 == 0 && Validator.same(row.get("id"), some));
  }

  // --- firewalls

  static Object rules(Exchange exchange) {
    Map<String, @Nullable Object> firewall =
        exchange.store().collection(FIREWALLS).find(exchange.value(0));
    return firewall == null ? Map.of() : Values.object(firewall.get("rules"));
  }

  static Object setRules(Exchange exchange) {
    Collection firewalls = exchange.store().collection(FIREWALLS);
    Map<String, @Nullable Object> found = firewalls.find(exchange.value(0));
    if (found == null) {
      throw Refusal.notFound();
    }
    Map<String, @Nullable Object> firewall = Values.copy(found);
    Map<String, @Nullable Object> rules = Values.copy(Values.object(firewall.get("rules")));
    rules.putAll(exchange.body());
    firewall.put("rules", rules);
    firewall.put("updated", Dates.text(exchange.now(), ""));
    firewalls.replace(exchange.value(0), firewall);
    LinodeEvents.record(exchange, "firewall_rules_update", "firewall", firewalls, firewall);
    return rules;
  }

  /// A device is an instance or a balancer that the firewall protects.
  static void addingDevice(Exchange exchange, Map<String, @Nullable Object> device) {
    Object id = exchange.body().get("id");
    Object type = exchange.body().getOrDefault("type", "linode");
    String path = "nodebalancer".equals(type) ? "/nodebalancers" : LinodeInstances.PATH;
    Map<String, @Nullable Object> target =
        exchange.store().collection(path).find(String.valueOf(id));
    if (target == null) {
      throw new Refusal(400, "id", "There is no " + type + " with this ID");
    }
    device.put(
        "entity",
        LinodeCatalog.row(
            "id",
            id,
            "type",
            type,
            "label",
            target.get("label"),
            "url",
            "/v4" + path + "/" + id,
            "parent_entity",
            null));
  }
}
