package dev.isobar.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Volumes: attached to an instance of their region or to none, and only ever growing.
final class LinodeVolumes {
  static final String PATH = "/volumes";
  private static final long SMALLEST = 10;

  private LinodeVolumes() {}

  /// Completes a volume that is about to be created.
  static void creating(Exchange exchange, Map<String, @Nullable Object> entity) {
    Map<String, @Nullable Object> body = exchange.body();
    Object linode = body.get("linode_id");
    Object region = body.get("region");
    if (linode == null && region == null) {
      throw new Refusal(400, "region", "Must provide a region or a Linode ID");
    }
    checkSize(entity.get("size"));
    entity.put("linode_id", null);
    entity.put("linode_label", null);
    entity.put("region", region);
    entity.put("filesystem_path", "/dev/disk/by-id/scsi-0Linode_Volume_" + entity.get("label"));
    if (linode != null) {
      hold(exchange, entity, linode);
    }
    LinodeStatus.go(entity, exchange.now(), "creating", 3, "active");
  }

  private static void checkSize(@Nullable Object size) {
    if (size instanceof Number number && number.longValue() < SMALLEST) {
      throw new Refusal(400, "size", "Must be 10 to 10240");
    }
  }

  /// Puts a volume on an instance.
  private static void hold(
      Exchange exchange, Map<String, @Nullable Object> volume, Object linodeId) {
    Map<String, @Nullable Object> instance =
        exchange.store().collection(LinodeInstances.PATH).find(linodeId.toString());
    if (instance == null) {
      throw new Refusal(400, "linode_id", "There is no Linode with this ID");
    }
    Object region = volume.get("region");
    if (region != null && !Validator.same(region, instance.get("region"))) {
      throw new Refusal(400, "linode_id", "Volume and Linode must be in the same region");
    }
    volume.put("region", instance.get("region"));
    volume.put("linode_id", instance.get("id"));
    volume.put("linode_label", instance.get("label"));
  }

  static Object attach(Exchange exchange) {
    Map<String, @Nullable Object> volume = find(exchange);
    if (volume.get("linode_id") != null) {
      throw new Refusal(400, "linode_id", "Volume is attached to a Linode already");
    }
    Object linode = exchange.body().get("linode_id");
    hold(exchange, volume, linode == null ? "" : linode);
    return changed(exchange, volume, "volume_attach");
  }

  static Object detach(Exchange exchange) {
    Map<String, @Nullable Object> volume = find(exchange);
    volume.put("linode_id", null);
    volume.put("linode_label", null);
    return changed(exchange, volume, "volume_detach");
  }

  /// Takes a volume off an instance that is gone.
  static void detach(Collection volumes, Map<String, @Nullable Object> volume) {
    Map<String, @Nullable Object> after = Values.copy(volume);
    after.put("linode_id", null);
    after.put("linode_label", null);
    volumes.replace(volumes.id(after), after);
  }

  static Object resize(Exchange exchange) {
    Map<String, @Nullable Object> volume = find(exchange);
    Object size = exchange.body().get("size");
    boolean grows =
        size instanceof Number more
            && volume.get("size") instanceof Number now
            && more.longValue() > now.longValue();
    if (!grows) {
      throw new Refusal(
          400, "size", "Volumes can only grow, and this one has " + volume.get("size"));
    }
    volume.put("size", size);
    LinodeStatus.go(volume, exchange.now(), "resizing", 3, "active");
    return changed(exchange, volume, "volume_resize");
  }

  static Object copy(Exchange exchange) {
    Map<String, @Nullable Object> original = find(exchange);
    Collection volumes = exchange.store().collection(PATH);
    Map<String, @Nullable Object> clone = Values.copy(volumes.next());
    Object label = exchange.body().get("label");
    if (volumes.taken("label", label, "")) {
      throw new Refusal(400, "label", "Label must be unique among your volumes");
    }
    clone.put("label", label);
    clone.put("size", original.get("size"));
    clone.put("region", original.get("region"));
    clone.put("linode_id", null);
    clone.put("linode_label", null);
    clone.put("filesystem_path", "/dev/disk/by-id/scsi-0Linode_Volume_" + label);
    LinodeStatus.go(clone, exchange.now(), "creating", 3, "active");
    volumes.add(clone);
    LinodeEvents.record(exchange, "volume_clone", "volume", volumes, clone);
    return LinodeStatus.present(clone, exchange.now());
  }

  /// Refuses to delete a volume that an instance uses.
  static void deleting(Map<String, @Nullable Object> volume) {
    if (volume.get("linode_id") != null) {
      throw new Refusal(400, null, "Detach the volume from its Linode before it is deleted");
    }
  }

  private static Map<String, @Nullable Object> find(Exchange exchange) {
    Map<String, @Nullable Object> found = exchange.store().collection(PATH).find(exchange.value(0));
    if (found == null) {
      throw Refusal.notFound();
    }
    return Values.copy(found);
  }

  private static Object changed(
      Exchange exchange, Map<String, @Nullable Object> volume, String action) {
    Collection volumes = exchange.store().collection(PATH);
    volume.put("updated", Dates.text(exchange.now(), ""));
    volumes.replace(exchange.value(0), volume);
    LinodeEvents.record(exchange, action, "volume", volumes, volume);
    Map<String, @Nullable Object> shown = LinodeStatus.present(volume, exchange.now());
    return shown;
  }
}
