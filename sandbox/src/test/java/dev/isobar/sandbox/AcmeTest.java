package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the sandbox makes of a provider that it has never seen.
final class AcmeTest {
  private static final String WIDGETS = "/api/v1/widgets";

  private final Sandbox sandbox =
      Sandbox.start(Documents.acme(), SandboxOptions.defaults().withRows(Map.of("widgets", 23)));
  private final Client client = new Client(sandbox, "someone");

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  private static List<Map<String, @Nullable Object>> widgets(Client.Answer page) {
    return Values.list(page.get("widgets")).stream().map(Values::object).toList();
  }

  private static Map<String, @Nullable Object> widget(Client.Answer answer) {
    return Values.object(answer.get("widget"));
  }

  private Object firstId() {
    Object id = widgets(client.get(WIDGETS)).getFirst().get("id");
    return id == null ? "none" : id;
  }

  private static @Nullable Object problem(Client.Answer answer, String key) {
    return Values.object(answer.get("error")).get(key);
  }

  @Test
  void pagesGoOnByTokenUntilThereIsNone() {
    List<@Nullable Object> ids = new ArrayList<>();
    @Nullable Object next = "";
    int requests = 0;
    while (next != null) {
      String cursor = next.toString().isEmpty() ? "" : "&cursor=" + next;
      Client.Answer page = client.get(WIDGETS + "?limit=10" + cursor);
      widgets(page).forEach(widget -> ids.add(widget.get("id")));
      assertThat(Values.object(page.get("meta")).get("total")).isEqualTo(23L);
      next = Values.object(page.get("meta")).get("next");
      requests++;
    }
    assertThat(requests).isEqualTo(3);
    assertThat(new HashSet<>(ids)).hasSize(23);
  }

  @Test
  void rowsHaveAllDeclaredFields() {
    assertThat(widgets(client.get(WIDGETS)).getFirst())
        .containsKeys(
            "id", "name", "colour", "weight", "size", "tags", "owner", "created_at", "updated_at");
  }

  @Test
  void aQueryParameterWithTheNameOfAFieldSelectsRows() {
    List<Map<String, @Nullable Object>> red = widgets(client.get(WIDGETS + "?colour=red&limit=50"));
    assertThat(red).isNotEmpty().allMatch(widget -> "red".equals(widget.get("colour")));
    assertThat(red).hasSizeLessThan(23);
  }

  @Test
  void aRowIsCreatedReadChangedAndDeleted() {
    Client.Answer created =
        client.post(
            WIDGETS,
            Map.of(
                "name",
                "cog",
                "colour",
                "blue",
                "size",
                Map.of("height", 3),
                "workshop_secret",
                "x"));
    assertThat(created.status()).isEqualTo(201);
    Object id = widget(created).get("id");
    assertThat(widget(created))
        .containsEntry("name", "cog")
        .containsEntry("tags", List.of())
        .doesNotContainKey("workshop_secret");
    String path = WIDGETS + "/" + id;
    assertThat(widget(client.get(path))).isEqualTo(widget(created));

    Client.Answer changed =
        client.send("PATCH", path, Map.of("colour", "red", "size", Map.of("width", 9)));
    assertThat(widget(changed)).containsEntry("colour", "red").containsEntry("name", "cog");
    assertThat(Values.object(widget(changed).get("size")))
        .containsEntry("height", 3L)
        .containsEntry("width", 9L);

    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.delete(path).status()).isEqualTo(404);
  }

  @Test
  void aGeneratedRowIsChangedAndDeletedLikeAnyOther() {
    String path = WIDGETS + "/" + firstId();
    assertThat(client.send("PATCH", path, Map.of("colour", "green")).status()).isEqualTo(200);
    assertThat(widget(client.get(path))).containsEntry("colour", "green");
    assertThat(client.delete(path).status()).isEqualTo(204);
    Client.Answer page = client.get(WIDGETS + "?limit=50");
    assertThat(widgets(page)).hasSize(22);
    assertThat(Values.object(page.get("meta"))).containsEntry("total", 22L);
  }

  @Test
  void allFaultsOfABodyAreToldAtOnceInTheProvidersShape() {
    Client.Answer refused =
        client.post(
            WIDGETS,
            Map.of("name", "X", "colour", "pink", "weight", 0.1, "size", Map.of(), "wheels", 4));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(problem(refused, "code")).isEqualTo(400L);
    assertThat(Values.list(problem(refused, "details")).stream().map(Values::object))
        .extracting(fault -> fault.get("field"))
        .containsExactlyInAnyOrder("name", "colour", "weight", "size.height", "wheels");
    assertThat(client.post(WIDGETS, Map.of()).text()).contains("name", "colour", "Is required");
  }

  @Test
  void aReadOnlyFieldIsRefusedUnlessItIsSentBackUnchanged() {
    Object id = firstId();
    String path = WIDGETS + "/" + id;
    assertThat(client.send("PATCH", path, Map.of("id", id)).status()).isEqualTo(200);
    assertThat(client.send("PATCH", path, Map.of("id", 7)).text()).contains("Cannot be set");
  }

  @Test
  void parametersAreValidated() {
    assertThat(client.get(WIDGETS + "?limit=51").status()).isEqualTo(400);
    assertThat(client.get(WIDGETS + "?limit=many").text()).contains("Must be an integer");
    assertThat(client.get(WIDGETS + "?cursor=guess").status()).isEqualTo(400);
  }

  @Test
  void theMostLiteralPathWins() {
    assertThat(client.get(WIDGETS + "/newest").object()).containsKey("colour");
  }

  @Test
  void whatNobodyDeclaredIsNotFoundOrNotAllowed() {
    assertThat(client.get("/api/v1/gadgets").status()).isEqualTo(404);
    assertThat(client.get(WIDGETS + "/abc").status()).isEqualTo(404);
    Client.Answer refused = client.put(WIDGETS, Map.of());
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("GET, POST");
    assertThat(problem(client.get("/api/v1/gadgets"), "message")).isEqualTo("Not found");
  }

  @Test
  void aTokenIsNeededWhereOneIsDeclared() {
    try (Client nobody = new Client(sandbox, null)) {
      assertThat(nobody.get(WIDGETS).status()).isEqualTo(401);
      assertThat(nobody.get("/api/v1/settings").status()).isEqualTo(200);
    }
  }

  @Test
  void nestedRowsBelongToTheirParent() {
    String path = WIDGETS + "/" + firstId();
    List<@Nullable Object> before = Values.list(client.get(path + "/parts").json());
    assertThat(before).isNotEmpty();
    assertThat(Values.object(before.getFirst())).containsEntry("widget_id", firstId());
    Client.Answer created = client.post(path + "/parts", Map.of("label", "cog"));
    assertThat(created.status()).isEqualTo(201);
    String part = path + "/parts/" + created.get("id");
    assertThat(client.get(part).object()).containsEntry("label", "cog");
    client.delete(path);
    assertThat(client.get(part).status()).isEqualTo(404);
    assertThat(client.get(path + "/parts").status()).isEqualTo(404);
  }

  @Test
  void whatBelongsToACreatedRowBeginsEmpty() {
    Client.Answer created = client.post(WIDGETS, Map.of("name", "cog", "colour", "blue"));
    String parts = WIDGETS + "/" + widget(created).get("id") + "/parts";
    assertThat(Values.list(client.get(parts).json())).isEmpty();
  }

  @Test
  void anActionAnswersWithWhatItActsOn() {
    Object id = firstId();
    assertThat(client.post(WIDGETS + "/" + id + "/paint", Map.of("coats", 2)).object())
        .containsEntry("id", id);
  }

  @Test
  void aSingleObjectKeepsWhatIsPutIntoIt() {
    client.put("/api/v1/settings", Map.of("dark", true, "language", "de"));
    assertThat(client.get("/api/v1/settings").object())
        .containsEntry("dark", true)
        .containsEntry("language", "de");
  }

  @Test
  void numberedPagesWithoutConfigurationTellTheNextInTheLinkHeader() {
    Client.Answer page = client.get("/people?per_page=2");
    assertThat(Values.list(page.json())).hasSize(2);
    assertThat(page.header("Link")).contains("page=2").contains("rel=\"next\"");
  }

  @Test
  void rowsBelowTheValuesOfAMapHaveAKeyThere() {
    Map<String, ?> items = Values.object(client.get("/offices/desks").get("items"));
    assertThat(items).isNotEmpty();
    for (Object zone : items.values()) {
      assertThat(Values.list(Values.object(zone).get("desks")))
          .isNotEmpty()
          .allSatisfy(desk -> assertThat(Values.object(desk)).containsKey("size"));
    }
  }

  @Test
  void aListThatMustBeToldAFieldOfItsRowsHasRowsOfIt() {
    assertThat(Values.list(client.get("/badges?office=oslo").json()))
        .isNotEmpty()
        .allSatisfy(badge -> assertThat(Values.object(badge)).containsEntry("office", "oslo"));
  }

  @Test
  void puttingARowThatCannotBePostedCreatesIt() {
    assertThat(client.put("/people/ada", Map.of("email", "ada@example.com")).object())
        .containsEntry("login", "ada")
        .containsEntry("email", "ada@example.com");
    assertThat(client.get("/people?per_page=100").text()).contains("ada@example.com");
  }

  @Test
  void theSameSeedMakesTheSameRows() {
    try (Sandbox other =
            Sandbox.start(
                Documents.acme(), SandboxOptions.defaults().withRows(Map.of("widgets", 23)));
        Client there = new Client(other, "someone");
        Sandbox different = Sandbox.start(Documents.acme(), SandboxOptions.defaults().withSeed(2));
        Client elsewhere = new Client(different, "someone")) {
      assertThat(widgets(there.get(WIDGETS))).isEqualTo(widgets(client.get(WIDGETS)));
      assertThat(widgets(elsewhere.get(WIDGETS))).isNotEqualTo(widgets(client.get(WIDGETS)));
    }
  }

  @Test
  void aBodyThatIsNotJsonIsRefused() {
    Client.Answer refused =
        client.send("POST", WIDGETS, List.of(1), "Content-Type", "application/json");
    assertThat(refused.text()).contains("Must be an object");
  }
}
