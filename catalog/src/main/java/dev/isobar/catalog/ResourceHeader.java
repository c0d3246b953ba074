package dev.isobar.catalog;

/// What is known of a resource without loading its methods.
public record ResourceHeader(String name, String id, String title, String description) {}
