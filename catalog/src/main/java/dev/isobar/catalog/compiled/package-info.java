/// A compact binary form of provider documents, so that starting a statement reads no YAML.
///
/// One file for what `provider.yaml` says, one for each service. Opening a service reads its list
/// of resources; a resource, its strings and its schemas are decoded when they are first asked for.
///
/// ```
/// "ISOB" | version: 1 byte | CRC-32 of all that follows: int32
/// source stamp: int32 length, UTF-8
/// strings: int32 count, count + 1 int32 offsets, UTF-8 bytes
/// schemas: int32 count, count + 1 int32 offsets, encoded schemas
/// body
/// ```
///
/// Numbers in schemas and bodies are variable-length; a string or a schema is its index plus one,
/// and 0 is null.
@NullMarked
package dev.isobar.catalog.compiled;

import org.jspecify.annotations.NullMarked;
