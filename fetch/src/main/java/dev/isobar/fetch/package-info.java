/// Step 4: a scan's splits become requests, pages and rows; a call becomes an answer.
///
/// [Fetcher] is the door. Behind it, in the order in which a request passes:
/// [dev.isobar.fetch.auth] (the credential), `ScanRun` and `SplitRun` (which page next, rows in
/// order), `Sender` (limits and retries), `Transport` (one HTTP exchange), `ArrivingBody` (what
/// comes of it), `PageReader` (JSON to rows), `RowChunks` (rows that leave a page before its end).
@NullMarked
package dev.isobar.fetch;

import org.jspecify.annotations.NullMarked;
