package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {
  @TempDir Path home;

  @Test
  void servesUntilItIsInterruptedAndExecFindsIt() throws Exception {
    CountDownLatch printed = new CountDownLatch(1);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            printed.countDown();
          }
        };
    Isobar server = new Isobar(home).out(out);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> code.complete(server.run("sandbox", "linode", "--rows", "linodes=123")));
    assertThat(printed.await(30, TimeUnit.SECONDS)).as(server.err()).isTrue();
    Matcher url =
        Pattern.compile("export ISOBAR_SANDBOX=(\\S+)")
            .matcher(out.toString(StandardCharsets.UTF_8));
    assertThat(url.find()).isTrue();

    Isobar client = new Isobar(home).with("ISOBAR_SANDBOX", url.group(1));
    client.run("exec", "-o", "csv", "SELECT count(*) AS n FROM linode.instances.linodes");
    assertThat(client.err()).isEmpty();
    assertThat(client.out()).isEqualTo("n\n123\n");

    server.interrupt.fire();
    assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(130);
  }
}
