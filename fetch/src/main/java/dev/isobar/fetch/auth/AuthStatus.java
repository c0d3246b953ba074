package dev.isobar.fetch.auth;

import org.jspecify.annotations.Nullable;

/// What can be told about one credential of a provider without asking anybody outside. No secret is
/// in it.
///
/// @param account its name, or null where the provider has but one credential
/// @param isDefault whether it is used where a statement names no account
/// @param type of authentication
/// @param principal who it stands for, such as an e-mail address or a role; null when that is not
///   known
/// @param source where it was found, such as `` `LINODE_TOKEN` ``; empty when nothing was
/// @param present null where that shows only once the credential is asked for, as it does where a
///   cloud's own tools look
/// @param missing what to set so that there is one; empty when nothing is missing
public record AuthStatus(
    @Nullable String account,
    boolean isDefault,
    String type,
    @Nullable String principal,
    String source,
    @Nullable Boolean present,
    String missing) {}
