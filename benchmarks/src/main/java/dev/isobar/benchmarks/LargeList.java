package dev.isobar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/// An API that answers with all its instances in one page, however many they are; for `--sandbox`.
final class LargeList implements AutoCloseable {
  private static final String ROW =
      """
      {"id":1000000,"label":"linode-0000001","group":"","status":"running",\
      "created":"2026-01-02T03:04:05","updated":"2026-01-02T03:04:05","type":"g6-standard-1",\
      "ipv4":["203.0.113.7"],"ipv6":"2001:db8::1/128","image":"linode/debian13","region":"us-east",\
      "specs":{"disk":51200,"memory":2048,"vcpus":1,"gpus":0,"transfer":2000},\
      "alerts":{"cpu":90,"network_in":10,"network_out":10,"transfer_quota":80,"io":10000},\
      "backups":{"enabled":true,"available":true,"schedule":{"day":"Sunday","window":"W2"},\
      "last_successful":"2026-01-04T02:11:00"},"hypervisor":"kvm","watchdog_enabled":true,\
      "tags":["web","production"],"host_uuid":"3a3ddd59d9a78bb8de041391075df44de62bfec8",\
      "has_user_data":false,"placement_group":null,"lke_cluster_id":null,"capabilities":[]}\
      """;

  private static final int ROWS_AT_ONCE = 100;

  private final ServerSocket door;
  private final long blocks;

  private LargeList(ServerSocket door, long blocks) {
    this.door = door;
    this.blocks = blocks;
  }

  /// @param bytes that the answer has at least
  static LargeList of(long bytes) throws IOException {
    long block = ROWS_AT_ONCE * (ROW.length() + 1L);
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    LargeList list = new LargeList(door, (bytes + block - 1) / block);
    Thread.ofVirtual().start(list::listen);
    return list;
  }

  String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  long rows() {
    return blocks * ROWS_AT_ONCE;
  }

  /// Of a row in the answer, with its comma.
  int bytesPerRow() {
    return ROW.length() + 1;
  }

  private void listen() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The door was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        String header = in.readLine();
        while (header != null && !header.isEmpty()) {
          header = in.readLine();
        }
        if (request.contains(" /_sandbox ")) {
          byte[] providers = bytes("{\"providers\":{\"linode\":\"/\"}}");
          out.write(head(providers.length));
          out.write(providers);
        } else {
          list(out);
        }
        out.flush();
      }
    } catch (IOException _) {
      // The client went away.
    }
  }

  private void list(OutputStream out) throws IOException {
    byte[] begin = bytes("{\"data\":[");
    byte[] end = bytes("],\"page\":1,\"pages\":1,\"results\":" + rows() + "}");
    byte[] block = bytes(String.join(",", Collections.nCopies(ROWS_AT_ONCE, ROW)) + ",");
    out.write(head(begin.length + blocks * block.length - 1 + end.length));
    out.write(begin);
    for (long i = 1; i < blocks; i++) {
      out.write(block);
    }
    out.write(block, 0, block.length - 1);
    out.write(end);
  }

  private static byte[] head(long length) {
    return bytes(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
