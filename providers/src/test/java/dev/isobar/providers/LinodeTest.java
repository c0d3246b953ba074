package dev.isobar.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Method.PageSize;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.ColumnType;
import dev.isobar.model.SqlVerb;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LinodeTest {
  private static final Provider LINODE =
      Registry.open(new RegistryOptions(null, null)).provider("linode");

  /// A method of the provider of 2023, and the verbs it was listed under.
  private record Known(String service, String resource, String method, List<String> verbs) {
    static List<Known> all() throws IOException {
      try (InputStream file = LinodeTest.class.getResourceAsStream("/linode-2023.txt")) {
        String text =
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().map(Known::of).toList();
      }
    }

    private static Known of(String line) {
      List<String> words = List.of(line.split(" ", -1));
      List<String> names = List.of(words.getFirst().split("\\.", -1));
      return new Known(names.get(0), names.get(1), names.get(2), words.subList(1, words.size()));
    }
  }

  private static Stream<Resource> resources() {
    List<Resource> resources = new ArrayList<>();
    for (ServiceHeader header : LINODE.services()) {
      Service service = LINODE.service(header.name());
      for (ResourceHeader resource : service.resources()) {
        resources.add(service.resource(resource.name()));
      }
    }
    return resources.stream();
  }

  private static Method method(String service, String resource, String method) {
    return LINODE.service(service).resource(resource).method(method);
  }

  @ParameterizedTest
  @CsvSource({
    "account, 18, 81",
    "databases, 15, 69",
    "domains, 3, 18",
    "images, 1, 8",
    "instances, 13, 78",
    "lke, 7, 33",
    "longview, 3, 14",
    "managed, 6, 37",
    "networking, 9, 36",
    "nodebalancers, 4, 24",
    "object_storage, 8, 34",
    "profile, 13, 45",
    "regions, 1, 4",
    "support, 3, 10",
    "tags, 1, 4",
    "view, 1, 2",
    "volumes, 1, 11",
  })
  void hasTheResourcesAndMethodsOf2023(String service, int resources, int methods)
      throws IOException {
    List<Known> known =
        Known.all().stream().filter(each -> each.service().equals(service)).toList();
    assertThat(known).hasSize(methods);
    assertThat(known.stream().map(Known::resource).distinct()).hasSize(resources);
    for (Known each : known) {
      Resource resource = LINODE.service(service).resource(each.resource());
      Method method = resource.method(each.method());
      List<String> verbs =
          resource.verbsOf(method).stream()
              .map(verb -> verb.name().toLowerCase(Locale.ROOT))
              .toList();
      assertThat(verbs).as("verbs of " + each).containsExactlyInAnyOrderElementsOf(each.verbs());
    }
  }

  @Test
  void hasAllOf2023() throws IOException {
    List<Known> known = Known.all();
    assertThat(known).hasSize(508);
    assertThat(known.stream().map(Known::service).distinct()).hasSize(17);
    assertThat(known.stream().map(each -> each.service() + "." + each.resource()).distinct())
        .hasSize(107);
  }

  @Test
  void everySelectHasColumns() {
    assertThat(
            resources()
                .flatMap(resource -> resource.methods(SqlVerb.SELECT).stream())
                .filter(method -> method.columns().isEmpty())
                .map(Method::name))
        .isEmpty();
  }

  @Test
  void everyMethodIsDescribedAndKnowsItsServer() {
    assertThat(resources().flatMap(resource -> resource.methods().stream()))
        .allSatisfy(method -> {
          assertThat(method.description()).as(method.name()).isNotBlank();
          assertThat(method.operation().servers()).as(method.name()).isNotEmpty();
        });
  }

  @Test
  void everyVariableOfAPathIsARequiredInput() {
    assertThat(resources().flatMap(resource -> resource.methods().stream()))
        .allSatisfy(method -> {
          for (Input input : method.inputs()) {
            if (input.location() == Input.Location.PATH) {
              assertThat(input.required()).as(method.name()).isTrue();
              assertThat(input.schema().type()).as(method.name()).isNotEmpty();
            }
          }
        });
  }

  /// The first method whose required inputs are given is taken, so a later one must need something
  /// that no earlier one does without.
  @ParameterizedTest
  @EnumSource(value = SqlVerb.class, mode = Mode.EXCLUDE, names = "EXEC")
  void noMethodHidesALaterOne(SqlVerb verb) {
    List<String> hidden = new ArrayList<>();
    resources()
        .forEach(resource -> {
          List<Method> methods = resource.methods(verb);
          for (int later = 1; later < methods.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
              if (required(methods.get(later)).containsAll(required(methods.get(earlier)))) {
                hidden.add(resource.name() + "." + methods.get(later).name());
              }
            }
          }
        });
    assertThat(hidden).isEmpty();
  }

  private static List<String> required(Method method) {
    return method.requiredInputs().stream().map(Input::name).toList();
  }

  @Test
  void readsInstancesInLargePages() {
    Method list = method("instances", "linodes", "getLinodeInstances");
    assertThat(list.objectKey()).isEqualTo("$.data");
    assertThat(list.pageSize()).isEqualTo(new PageSize("page_size", 500));
    assertThat(list.total()).isEqualTo(new Pagination.Token("$.results", Pagination.Location.BODY));
    assertThat(Objects.requireNonNull(list.pagination()).algorithm())
        .isEqualTo(Pagination.Algorithm.PAGE_NUMBER);
    assertThat(Objects.requireNonNull(list.filter()).key()).isEqualTo("X-Filter");
    assertThat(Objects.requireNonNull(list.filter()).columns()).contains("id", "label", "region");
    assertThat(list.scopes()).containsExactly("linodes:read_only");
    assertThat(method("instances", "linodes", "getLinodeInstance").filter()).isNull();
  }

  @Test
  void knowsTheTypesOfColumns() {
    assertThat(LINODE.service("instances").resource("linodes").columns())
        .filteredOn(
            column -> List.of("id", "label", "specs", "watchdog_enabled").contains(column.name()))
        .extracting(RowColumn::type)
        .containsExactlyInAnyOrder(
            ColumnType.BIGINT, ColumnType.VARCHAR, ColumnType.JSON, ColumnType.BOOLEAN);
  }

  @Test
  void publicOperationsNeedNoToken() {
    assertThat(method("regions", "regions", "getRegions").credential())
        .isEqualTo(CredentialUse.NONE);
    assertThat(method("instances", "types", "getLinodeTypes").credential())
        .isEqualTo(CredentialUse.NONE);
    assertThat(LINODE.auth().type()).isEqualTo("bearer");
    assertThat(LINODE.auth().setting("credentialsenvvar")).isEqualTo("LINODE_TOKEN");
  }

  @Test
  void phoneNumberIsAsItAlwaysWas() {
    Resource phone = LINODE.service("profile").resource("phone_number");
    assertThat(phone.columns()).isEmpty();
    assertThat(phone.methods(SqlVerb.SELECT)).isEmpty();
    assertThat(phone.methods())
        .extracting(Method::name)
        .containsExactlyInAnyOrder(
            "deleteProfilePhoneNumber", "postProfilePhoneNumber", "postProfilePhoneNumberVerify");
    Method delete = phone.method("deleteProfilePhoneNumber");
    assertThat(phone.verbsOf(delete)).containsExactly(SqlVerb.DELETE);
    assertThat(delete.inputs()).isEmpty();
    Method send = phone.method("postProfilePhoneNumber");
    assertThat(phone.verbsOf(send)).isEmpty();
    assertThat(required(send)).containsExactly("data__iso_code", "data__phone_number");
    assertThat(send.bodyNames()).isEqualTo(BodyNames.DEFAULT);
    assertThat(send.operation().httpVerb()).isEqualTo("POST");
    assertThat(send.operation().path()).isEqualTo("/profile/phone-number");
    Method verify = phone.method("postProfilePhoneNumberVerify");
    assertThat(phone.verbsOf(verify)).isEmpty();
    assertThat(required(verify)).containsExactly("data__otp_code");
    assertThat(verify.operation().path()).isEqualTo("/profile/phone-number/verify");
  }
}
