/// How requests are let in: from the authentication of a provider to what a request carries.
///
/// [Authenticator] is the door. It searches a provider's places for what the type of authentication
/// needs (`Search`) and gives a [Credential], which adds to each request what lets it in: fixed
/// headers, a token that is renewed in time (`Renewing`), or a signature.
///
/// The vendors' libraries (AWS, Google, Azure) are each used by one or two classes here, which are
/// loaded only when a provider asks for that kind of authentication. Oracle's is not used: its
/// request signature is a page of code, and the library would bring a web framework and a second
/// cryptography provider of many megabytes.
///
/// Source: `provider-format.md`, section 7.
@NullMarked
package dev.isobar.fetch.auth;

import org.jspecify.annotations.NullMarked;
