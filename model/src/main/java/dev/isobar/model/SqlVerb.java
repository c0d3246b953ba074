package dev.isobar.model;

/// The SQL verb under which a method can be reached. The order is that of SHOW METHODS.
public enum SqlVerb {
  SELECT,
  INSERT,
  UPDATE,
  DELETE,
  REPLACE,
  EXEC
}
