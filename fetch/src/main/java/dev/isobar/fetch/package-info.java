/// Step 4: a scan's splits become requests, pages and rows; a call becomes an answer.
///
/// [Fetcher] is the door. Behind it, in the order in which a request passes:
/// [dev.isobar.fetch.auth] (the credential), `ScanRun` and `SplitRun` (which page next, rows in
/// order), `Sender` (limits and retries), `Transport` (one HTTP exchange), `PageReader` (JSON to
/// rows).
@NullMarked
package dev.isobar.fetch;

import org.jspecify.annotations.NullMarked;
