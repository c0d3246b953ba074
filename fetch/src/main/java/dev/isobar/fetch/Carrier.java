package dev.isobar.fetch;

import dev.isobar.fetch.Sender.Outgoing;

/// Takes a request where it is to go, and brings the answer: the network, or a recording of it.
/// Thread-safe.
interface Carrier extends AutoCloseable {
  /// Gives the answer, whatever its status, as soon as it is whole or large. Whoever gets it closes
  /// it.
  Response send(Outgoing out) throws FetchFailure, InterruptedException;

  /// Ends all exchanges at once.
  @Override
  void close();
}
