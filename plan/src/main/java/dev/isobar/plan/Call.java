package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ResourceName;

/// One request that changes something, or an EXEC.
///
/// @param idempotent whether the same request sent twice does what one does (GET, PUT, DELETE):
///   only then may it be sent again after it may have been applied
public record Call(
    Provider provider, ResourceName resource, Method method, Request request, boolean idempotent) {}
