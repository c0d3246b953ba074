package dev.isobar.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Account events: one for each change, newest first under `/account/events`.
final class LinodeEvents {
  private static final String EVENTS = "/account/events";

  /// Beginning of the action's name and type of the entity, where they are not the collection's
  /// noun.
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("/linode/instances", List.of("linode", "linode")),
          Map.entry("/linode/instances/{}/disks", List.of("disk", "disks")),
          Map.entry("/linode/instances/{}/configs", List.of("linode_config", "linode")),
          Map.entry("/linode/instances/{}/backups", List.of("linode_snapshot", "backups")),
          Map.entry("/linode/stackscripts", List.of("stackscript", "stackscript")),
          Map.entry("/domains/{}/records", List.of("domain_record", "domain")),
          Map.entry("/networking/firewalls", List.of("firewall", "firewall")),
          Map.entry("/networking/firewalls/{}/devices", List.of("firewall_device", "firewall")),
          Map.entry("/nodebalancers/{}/configs", List.of("nodebalancer_config", "nodebalancer")),
          Map.entry(
              "/nodebalancers/{}/configs/{}/nodes", List.of("nodebalancer_node", "nodebalancer")),
          Map.entry("/profile/sshkeys", List.of("profile_ssh_key", "profile")),
          Map.entry("/profile/tokens", List.of("token", "token")),
          Map.entry("/account/oauth-clients", List.of("oauth_client", "oauth_client")),
          Map.entry("/account/users", List.of("user", "user")),
          Map.entry("/support/tickets", List.of("ticket", "ticket")),
          Map.entry("/longview/clients", List.of("longviewclient", "longview")),
          Map.entry("/lke/clusters", List.of("lke_cluster", "lkecluster")),
          Map.entry("/lke/clusters/{}/pools", List.of("lke_pool", "lkecluster")),
          Map.entry("/object-storage/keys", List.of("obj_access_key", "obj_access_key")),
          Map.entry("/object-storage/buckets", List.of("obj_bucket", "obj_bucket")),
          Map.entry("/databases/mysql/instances", List.of("database", "database")),
          Map.entry("/databases/postgresql/instances", List.of("database", "database")),
          Map.entry("/placement/groups", List.of("placement_group", "placement_group")),
          Map.entry("/vpcs/{}/subnets", List.of("subnet", "subnet")));

  private LinodeEvents() {}

  /// What the owner of a token is called.
  static String username(String user) {
    return "user-" + Words.padded(1 + Math.floorMod(Scope.hash(user), 5L));
  }

  /// Records that a row was created, updated or deleted.
  static void changed(
      Exchange exchange, Collection collection, Map<String, @Nullable Object> entity, String verb) {
    String path = collection.type().path();
    if (path.equals(EVENTS)) {
      return;
    }
    String noun = exchange.store().behaviour().noun(path).replace('-', '_');
    List<String> names = NAMES.getOrDefault(path, List.of(noun, noun));
    record(exchange, names.getFirst() + "_" + verb, names.getLast(), collection, entity);
  }

  /// Records that something was done with an entity.
  static void record(
      Exchange exchange,
      String action,
      String type,
      Collection collection,
      Map<String, @Nullable Object> entity) {
    String id = collection.id(entity);
    Object label = entity.get("label");
    label = label == null ? entity.getOrDefault("domain", id) : label;
    Object key = collection.type().idKey();
    add(
        exchange,
        action,
        LinodeCatalog.row(
            "id",
            key == null ? null : entity.get(key.toString()),
            "label",
            label,
            "type",
            type,
            "url",
            "/v4" + collection.path() + "/" + id));
  }

  /// Records a change of a single object, or an action: `account_settings_update`,
  /// `linode_password`.
  static void acted(Exchange exchange) {
    List<String> literals =
        PathTemplate.split(exchange.route().path()).stream()
            .filter(segment -> !segment.equals("{}"))
            .map(segment -> Words.snake(segment))
            .toList();
    List<Store.Parent> parents =
        exchange.store().parents(exchange.route().path(), exchange.values());
    boolean post = exchange.route().verb().equals("POST");
    String verb =
        post ? literals.getLast() : exchange.route().verb().equals("DELETE") ? "delete" : "update";
    if (parents.isEmpty()) {
      List<String> subject = post ? literals.subList(0, literals.size() - 1) : literals;
      String name = subject.isEmpty() ? "account" : String.join("_", subject);
      add(
          exchange,
          name + "_" + verb,
          LinodeCatalog.row(
              "id",
              null,
              "label",
              name,
              "type",
              literals.getFirst(),
              "url",
              "/v4" + exchange.path()));
      return;
    }
    Collection collection = parents.getLast().collection();
    Map<String, @Nullable Object> entity = collection.find(parents.getLast().id());
    if (entity != null) {
      String what = post ? verb : literals.getLast() + "_" + verb;
      changed(exchange, collection, entity, what);
    }
  }

  /// Records something that has no entity in a collection.
  static void add(Exchange exchange, String action, Map<String, @Nullable Object> entity) {
    Collection events = exchange.store().collection(EVENTS);
    Map<String, @Nullable Object> event = Values.copy(events.next());
    event.put("action", action);
    event.put("entity", entity);
    event.put("secondary_entity", null);
    event.put("created", Dates.text(exchange.now(), ""));
    event.put("duration", 0L);
    event.put("percent_complete", 100L);
    event.put("rate", null);
    event.put("read", false);
    event.put("seen", false);
    event.put("status", "finished");
    event.put("time_remaining", null);
    event.put("message", "");
    event.put("username", username(exchange.user()));
    events.add(event);
  }
}
