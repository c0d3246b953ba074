package dev.isobar.fetch;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Pagination.Algorithm;
import dev.isobar.catalog.Pagination.Token;
import dev.isobar.catalog.Wire;
import dev.isobar.plan.Conventions;
import dev.isobar.plan.Conventions.Next;
import dev.isobar.plan.GraphQlRequests;
import dev.isobar.plan.PageTokens;
import dev.isobar.plan.Request;
import dev.isobar.plan.Scan;
import dev.isobar.plan.Split;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pages of one split are still to be asked for, are on their way, or wait to be delivered.
/// Guarded by the lock of its [ScanRun].
final class SplitRun {
  /// A page that was asked for.
  static final class Slot {
    /// Counted from 1 in the order of the rows.
    final long number;

    /// The page number, or the number of its first row, to ask for; -1 when the request is complete
    /// as it is.
    final long asked;

    private Request request;
    private final @Nullable Token place;

    /// Rows that left the page while it is read, and wait to be delivered.
    final ArrayDeque<List<@Nullable Object[]>> chunks = new ArrayDeque<>();

    /// Whether rows left it.
    boolean begun;

    boolean done;
    @Nullable Page page;
    @Nullable FetchFailure failure;
    @Nullable Throwable defect;

    /// @param place where the number to ask for goes; null when there is none
    Slot(long number, long asked, Request request, @Nullable Token place) {
      this.number = number;
      this.asked = asked;
      this.request = request;
      this.place = place;
    }

    /// What to send.
    Request request() throws FetchFailure {
      return asked < 0 || place == null
          ? request
          : Paging.request(request, place, Long.toString(asked));
    }
  }

  final Split split;

  /// Cells of a row that lacks all keys.
  final @Nullable Object[] absent;

  private final Scan scan;
  private final long pageLimit;
  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private final Set<String> tokens = new HashSet<>();
  private long started;

  /// What the API calls the first page, and the last that it spoke of; -1 while there are no
  /// numbers.
  private long first = 1;

  private long last = -1;

  /// Where the number of a page goes, and by how much one differs from the next: more than 1 where
  /// rows are numbered, and not pages.
  private @Nullable Token place;

  private long firstNumber = 1;
  private long stride = 1;

  /// What the last page showed of how its list goes on; only where nothing is declared.
  private Map<String, String> signs = Map.of();

  /// Whether the last page has as many rows as were asked for, and nothing says that there are no
  /// more.
  private boolean full;

  private @Nullable Request next;

  /// The request of the first page, and of those that differ from it by their number.
  private Request begin;

  private boolean rowsFound;
  private long rows;
  private long firstTotal = -1;
  private long lastTotal = -1;

  /// Whether rows are known to be missing already.
  boolean failed;

  SplitRun(Scan scan, Split split, @Nullable Object[] absent, long pageLimit) {
    this.scan = scan;
    this.split = split;
    this.begin = split.request();
    this.absent = absent;
    this.pageLimit = pageLimit;
  }

  boolean canStart() {
    return (pageLimit == 0 || started < pageLimit) && hasMore();
  }

  /// Whether there is a page, known already, that was not asked for.
  private boolean hasMore() {
    if (started == 0) {
      return true;
    }
    return last >= 0 ? first + started <= last : next != null;
  }

  /// The page to ask for now, after [#canStart()].
  Slot start() {
    long number = ++started;
    Request request = next == null ? begin : next;
    next = null;
    long asked = number > 1 && last >= 0 ? firstNumber + (number - 1) * stride : -1;
    Slot slot = new Slot(number, asked, request, place);
    slots.add(slot);
    return slot;
  }

  /// Asks for the first page again, and from now on without what was left to the API.
  void askWithoutPushdown(Slot slot) {
    begin = split.plain();
    slot.request = begin;
  }

  /// The next page to deliver, done or not; null when none was asked for.
  @Nullable Slot head() {
    return slots.peekFirst();
  }

  void delivered() {
    slots.removeFirst();
  }

  boolean isEnded() {
    return slots.isEmpty() && !canStart();
  }

  /// Takes in what a page says about the others.
  ///
  /// @return by how many pages more are expected now
  long finish(Slot slot, Page page) throws FetchFailure {
    if (slot.number == 1) {
      rowsFound = page.rowsFound;
    } else if (rowsFound && !page.rowsFound) {
      // On the first page it would be a list of one, by the format's rules; after a page that had
      // the key it is an answer that is no page.
      throw Paging.broken("the answer has no `" + scan.method().objectKey() + "`");
    }
    rows += page.count();
    long total = PageTokens.count(page.total);
    if (total >= 0) {
      lastTotal = total;
      firstTotal = firstTotal < 0 ? total : firstTotal;
    }
    if (scan.method().wire().graphQl() != null) {
      return finishGraphQl(slot, page);
    }
    Pagination pagination = scan.method().pagination();
    if (pagination == null) {
      return finishUndeclared(slot, page);
    }
    return pagination.algorithm() == Algorithm.PAGE_NUMBER
        ? finishNumbered(slot, page, pagination)
        : finishToken(slot, page, pagination);
  }

  private void count(long page, long pages) {
    first = page;
    firstNumber = page;
    last = pages;
  }

  private long finishNumbered(Slot slot, Page page, Pagination pagination) throws FetchFailure {
    long number = PageTokens.count(page.token);
    long pages = PageTokens.count(page.pages);
    if (slot.number == 1) {
      if (number < 0 || pages < 0) {
        return 0;
      }
      count(number, pages);
      place = pagination.request();
      return Math.max(0, last - first);
    }
    if (number >= 0) {
      checkNumber(slot, number);
    }
    return grow(pages);
  }

  /// @return by how many pages the list grew
  private long grow(long pages) {
    long more = Math.max(0, pages - last);
    last += more;
    return more;
  }

  private long finishGraphQl(Slot slot, Page page) throws FetchFailure {
    Wire.Cursor cursor = Objects.requireNonNull(scan.method().wire().graphQl()).cursor();
    String token = page.token;
    if (cursor.strategy().equals("offset") && cursor.pageSize() > 0) {
      token = page.count() < cursor.pageSize() ? null : Long.toString(rows);
    }
    if (token == null || PageTokens.isEnd(token)) {
      full = GraphQlRequests.isFull(slot.request(), page.count()) && cursor.goesOn() == null;
      return 0;
    }
    Long limit = scan.rowLimit() == Long.MAX_VALUE ? null : Long.valueOf(scan.rowLimit());
    return follow(token, new GraphQlRequests(scan.method()).page(split.bindings(), limit, token));
  }

  /// Goes on by the conventions that the page shows.
  private long finishUndeclared(Slot slot, Page page) throws FetchFailure {
    signs = page.signs;
    if (!page.rowsFound || (page.signs.isEmpty() && page.link == null)) {
      return 0;
    }
    return switch (Conventions.next(scan.method(), page.signs, page.link, page.count())) {
      case Next.End _ -> 0;
      case Next.Url url -> follow(url.url(), Paging.withUrl(slot.request(), url.url()));
      case Next.Token token ->
          chosen(token.key())
              ? 0
              : follow(
                  token.value(),
                  Paging.request(
                      slot.request(), new Token(token.key(), token.location()), token.value()));
      case Next.Pages pages -> finishPages(slot, pages);
      case Next.Rows numbered -> finishRows(slot, numbered);
    };
  }

  private long finishPages(Slot slot, Next.Pages pages) throws FetchFailure {
    if (chosen(pages.key())) {
      return 0;
    }
    boolean fromZero = slot.number == 1 ? pages.page() == 0 : firstNumber == 0;
    long lastPage = fromZero ? pages.pages() - 1 : pages.pages();
    if (slot.number > 1) {
      checkNumber(slot, pages.page());
      return grow(lastPage);
    }
    count(pages.page(), lastPage);
    place = new Token(pages.key(), Pagination.Location.QUERY);
    return Math.max(0, last - first);
  }

  private long finishRows(Slot slot, Next.Rows numbered) throws FetchFailure {
    if (chosen(numbered.key())) {
      return 0;
    }
    long pages = (numbered.total() - numbered.offset() + numbered.step() - 1) / numbered.step();
    if (slot.number > 1) {
      checkNumber(slot, numbered.offset());
      return grow((numbered.total() - firstNumber + stride - 1) / stride);
    }
    first = 1;
    last = Math.max(1, pages);
    firstNumber = numbered.offset();
    stride = numbered.step();
    place = new Token(numbered.key(), Pagination.Location.QUERY);
    return last - first;
  }

  private static void checkNumber(Slot slot, long number) throws FetchFailure {
    if (slot.asked >= 0 && number != slot.asked) {
      throw Paging.broken(
          "page `" + slot.asked + "` was asked for, and the API sent page `" + number + "`");
    }
  }

  /// Whether the statement itself says where the list begins, by this parameter.
  private boolean chosen(String wireName) {
    return given().contains(wireName);
  }

  /// The wire names of what the statement gave.
  private Set<String> given() {
    Set<String> names = new HashSet<>();
    for (String name : split.bindings().keySet()) {
      Input input = scan.method().input(name);
      names.add(input == null ? name : input.wireName());
    }
    return names;
  }

  private long finishToken(Slot slot, Page page, Pagination pagination) throws FetchFailure {
    String token = page.token;
    if (token == null || PageTokens.isEnd(token)) {
      return 0;
    }
    return follow(token, Paging.request(slot.request(), pagination.request(), token));
  }

  /// @param token what the API calls the next page
  private long follow(String token, Request request) throws FetchFailure {
    if (!tokens.add(token)) {
      throw Paging.broken("the API names the same next page twice, so the list would never end");
    }
    next = request;
    return 1;
  }

  /// What the pages that the page limit left out are called, or null when it left out none.
  @Nullable String left() {
    if (pageLimit == 0 || started < pageLimit || !hasMore()) {
      return null;
    }
    if (last < 0) {
      return "an unknown number of pages was";
    }
    long left = last - (first + started - 1);
    return left == 1 ? "1 page was" : String.format(Locale.ROOT, "%,d pages were", left);
  }

  /// What is wrong with the number of rows once all pages were read, or null.
  ///
  /// While pages are read, somebody may add or remove entries, and rows move from one page to the
  /// next: one may be seen twice, another never. The API gives no way to know which. What can be
  /// known is the number: rows that add up to the total which the API named last are taken as
  /// complete, even where that total is not the first one, because then the change is most likely
  /// in what was read. That is a judgement and no proof: one row twice and another never add up
  /// too.
  @Nullable String mismatch() {
    Method method = scan.method();
    Pagination pagination = method.pagination();
    if (full && !failed && scan.rowLimit() == Long.MAX_VALUE) {
      return "the query asks for no more rows than came, and its document knows no next page";
    }
    if (pagination == null && !failed && !signs.isEmpty()) {
      return Conventions.missing(signs, given(), rows);
    }
    if (failed || lastTotal < 0 || rows == lastTotal || first != 1) {
      return null;
    }
    if (pagination == null || split.bindings().containsKey(pagination.request().key())) {
      // The statement itself chose where to begin.
      return null;
    }
    return firstTotal == lastTotal
        ? String.format(
            Locale.ROOT,
            "the API says that there are %,d rows, and its pages hold %,d",
            lastTotal,
            rows)
        : String.format(
            Locale.ROOT,
            "the list changed while it was read: it had %,d rows at first and %,d at last, and %,d"
                + " were read",
            firstTotal,
            lastTotal,
            rows);
  }

  /// How the page is called at the beginning of a sentence.
  String describe(Slot slot) {
    String scope = split.scope();
    String resource = "`" + scan.resource() + "`" + (scope.isEmpty() ? "" : " (" + scope + ")");
    if (slot.number == 1) {
      return last > first ? "Page 1 of " + last + " of " + resource : resource;
    }
    long number = first + slot.number - 1;
    return "Page " + number + (last < 0 ? "" : " of " + last) + " of " + resource;
  }

  /// The page in the words of a report.
  String scope(Slot slot) {
    String scope = split.scope();
    String page = "page " + (first + slot.number - 1);
    return scope.isEmpty() ? page : scope + ", " + page;
  }

  /// Whether the pages after this one stay unknown when it fails.
  boolean isLastKnown(Slot slot) {
    return slot.asked < 0;
  }
}
