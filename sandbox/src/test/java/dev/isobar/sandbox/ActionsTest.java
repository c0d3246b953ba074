package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.model.Json;
import dev.isobar.model.SqlVerb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A provider whose services share the path `/`: actions in a query with answers in XML, and
/// actions in a header with answers in JSON.
final class ActionsTest {
  private final Provider cumulus = Documents.cumulus();
  private final Sandbox sandbox = Sandbox.start(cumulus, SandboxOptions.defaults());
  private final Api api = new Api(sandbox.store());

  @AfterEach
  void close() {
    sandbox.close();
  }

  private HttpResponse identity(String region, String query) {
    Map<String, String> headers =
        Map.of(
            "x-cumulus-key",
            "any",
            "x-isobar-service",
            "identity",
            "x-forwarded-host",
            "identity." + region + ".cumulus.example");
    return api.handle(new HttpRequest("GET", "/?" + query, headers, new byte[0]));
  }

  private String members(String region) {
    return identity(region, "Action=ListMembers&Version=1").text();
  }

  private HttpResponse ledger(String target, String body) {
    Map<String, String> headers =
        Map.of(
            "x-cumulus-key", "any",
            "x-isobar-service", "ledger",
            "x-cumulus-target", "Ledger." + target,
            "content-type", "application/json");
    return api.handle(new HttpRequest("POST", "/", headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, @Nullable Object> json(HttpResponse response) {
    return Values.object(Json.parse(response.text()));
  }

  private HttpResponse control(String target, String body) {
    Map<String, String> headers =
        Map.of(
            "x-cumulus-key", "any",
            "x-isobar-service", "control",
            "x-cumulus-target", "Control." + target,
            "content-type", "application/json");
    return api.handle(new HttpRequest("POST", "/", headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> properties(String kind) {
    return Values.list(json(control("List", "{\"Kind\":\"" + kind + "\"}")).get("Things")).stream()
        .map(thing -> String.valueOf(Values.object(thing).get("Properties")))
        .toList();
  }

  @Test
  void whatTheListIsToldNamesNoRow() {
    String house = "\"HouseId\":\"a house with quite a long name\"";
    Map<String, @Nullable Object> listed = json(control("ListRooms", "{" + house + "}"));
    Object first = Values.list(listed.get("Rooms")).getFirst();
    Object id = Values.object(first).get("Id");
    HttpResponse one = control("DescribeRoom", "{" + house + ",\"RoomId\":\"" + id + "\"}");
    assertThat(json(one).get("Room")).isEqualTo(first);
  }

  @Test
  void aListInNumberedPartsIsGiven() {
    assertThat(identity("north", "Action=ListSeats&Version=1&MemberNames.member.1=ada").status())
        .isEqualTo(200);
    assertThat(identity("north", "Action=ListSeats&Version=1").status()).isEqualTo(400);
  }

  @Test
  void samplesKeepTheirTypeWhereTheyNameARow() {
    Resource stays = cumulus.service("control").resource("stays");
    Map<String, @Nullable Object> inputs =
        new SampleInputs(sandbox)
            .of(stays.name(), stays.methods(SqlVerb.SELECT).getFirst(), "someone");
    assertThat(inputs.values()).anySatisfy(v -> assertThat(v).isInstanceOf(Map.class));
  }

  @Test
  void textThatViewsReadAsJsonIsJson() {
    List<String> books = properties("Cumulus::Ledger::Book");
    assertThat(books).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    for (String book : books) {
      Map<String, @Nullable Object> read = Values.object(Json.parse(book));
      assertThat(read).containsOnlyKeys("Title", "Shelf");
      assertThat(Values.object(read.get("Shelf"))).containsOnlyKeys("Row", "Place");
    }
    assertThat(properties("Cumulus::Ledger::Book")).isEqualTo(books);
    assertThat(properties("Cumulus::Ledger::Page")).noneMatch(text -> text.startsWith("{"));
  }

  @Test
  void rowsInXmlStandWhereAwsPutsThem() {
    assertThat(members("north"))
        .contains("<ListMembersResponse><ListMembersResult><Members><member><MemberName>")
        .contains("<Seats>");
  }

  @Test
  void whatOneActionCreatesAnotherListsAndAThirdDeletes() {
    assertThat(identity("north", "Action=CreateMember&Version=1&MemberName=ada").text())
        .contains("<CreateMemberResult>", "<MemberName>ada</MemberName>");
    assertThat(members("north")).contains("<MemberName>ada</MemberName>");
    assertThat(members("south")).doesNotContain("<MemberName>ada</MemberName>");
    assertThat(identity("north", "Action=DeleteMember&Version=1&MemberName=ada").status())
        .isEqualTo(200);
    assertThat(members("north")).doesNotContain("ada");
    assertThat(identity("north", "Action=DeleteMember&Version=1&MemberName=ada").status())
        .isEqualTo(404);
  }

  @Test
  void aFormIsAsGoodAsAQuery() {
    Map<String, String> headers =
        Map.of(
            "x-cumulus-key", "any",
            "x-isobar-service", "identity",
            "content-type", "application/x-www-form-urlencoded; charset=utf-8");
    HttpResponse response =
        api.handle(
            new HttpRequest(
                "POST",
                "/",
                headers,
                "Action=ListMembers&Version=1".getBytes(StandardCharsets.UTF_8)));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).contains("<ListMembersResponse>");
  }

  @Test
  void onlyTheKindOfCredentialThatTheProviderNamesCounts() {
    Map<String, String> headers =
        Map.of("authorization", "Bearer any", "x-isobar-service", "identity");
    HttpRequest request =
        new HttpRequest("GET", "/?Action=ListMembers&Version=1", headers, new byte[0]);
    assertThat(api.handle(request).status()).isEqualTo(401);
  }

  @Test
  void aHeaderTellsActionsApartAndAListOfNamesHasTheRowsThatAreDescribed() {
    assertThat(ledger("Open", "{\"LedgerName\": \"main\", \"Currency\": \"EUR\"}").status())
        .isEqualTo(200);
    List<@Nullable Object> names = new ArrayList<>();
    @Nullable Object token = "";
    while (token != null) {
      String next = token.toString().isEmpty() ? "" : ", \"NextToken\": \"" + token + "\"";
      Map<String, @Nullable Object> page = json(ledger("List", "{\"Limit\": 7" + next + "}"));
      names.addAll(Values.list(page.get("LedgerNames")));
      token = page.get("NextToken");
    }
    assertThat(names).contains("main").doesNotHaveDuplicates();
    for (Object name : List.of("main", String.valueOf(names.getFirst()))) {
      Map<String, @Nullable Object> described =
          json(ledger("Describe", "{\"LedgerName\": \"" + name + "\"}"));
      assertThat(Values.object(described.get("Ledger"))).containsEntry("LedgerName", name);
    }
    assertThat(Values.object(json(ledger("Describe", "{\"LedgerName\": \"main\"}")).get("Ledger")))
        .containsEntry("Currency", "EUR");
    assertThat(ledger("Describe", "{\"LedgerName\": \"none\"}").status()).isEqualTo(404);
  }
}
