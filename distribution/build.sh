# What ./isobar and ./check share. To be sourced; POSIX sh. Reads `root`, the folder of the sources, and
# `jdk` and `jdk_version`, which find_jdk sets.

distribution=$root/distribution/target/isobar
build_folder=$root/build
build_log=$build_folder/maven.log
build_stamp=$build_folder/stamp
build_lock=$build_folder/lock

# Whether a source is newer than the distribution. Folders count too, so that a deleted file is noticed.
distribution_is_stale() {
  [ -x "$distribution/bin/isobar" ] && [ -e "$build_stamp" ] || return 0
  newer=$(cd "$root" && find pom.xml distribution/build.sh ./*/pom.xml ./*/src/main -newer build/stamp -print -quit)
  [ -n "$newer" ]
}

# Whether the cache was made by this JDK, or cannot be made by it.
aot_cache_fits() {
  [ -r "$distribution/lib/isobar.aot.jdk" ] \
    && IFS= read -r aot_jdk <"$distribution/lib/isobar.aot.jdk" \
    && [ "$aot_jdk" = "$jdk_version" ]
}

find_maven() {
  command -v mvn >/dev/null && return
  echo "error: Isobar is built with Maven, and there is no mvn on the PATH." >&2
  echo "hint: Install Maven 3.8.7 or newer (apt install maven, brew install maven, sdk install maven)." >&2
  exit 1
}

# Takes the lock that keeps two builds apart: a symbolic link that names its owner's process, because
# making one is atomic and the owner is known from the first moment. Leaving the script gives it back.
lock_build() {
  mkdir -p "$build_folder"
  waited=0
  until ln -s "$$" "$build_lock" 2>/dev/null; do
    owner=$(readlink "$build_lock") || continue
    if ! kill -0 "$owner" 2>/dev/null; then
      # The owner died. Moving tells which of several waiters may clear up after it.
      mv "$build_lock" "$build_lock.$$" 2>/dev/null && rm -f "$build_lock.$$"
      continue
    fi
    [ "$waited" -gt 0 ] || echo "isobar: waiting for the build of process $owner" >&2
    if [ "$waited" -ge 1200 ]; then
      echo "error: Process $owner has been building for 20 minutes." >&2
      echo "hint: If that is no build of Isobar, remove $build_lock." >&2
      exit 1
    fi
    waited=$((waited + 1))
    sleep 1
  done
  trap 'rm -f "$build_lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock_build() {
  rm -f "$build_lock"
  trap - EXIT INT TERM
}

# Runs Maven on this JDK, whatever ~/.mavenrc says, and away from stdin, which belongs to the statement.
maven() {
  JAVA_HOME=$jdk MAVEN_SKIP_RC=1 mvn -B -f "$root/pom.xml" "$@" </dev/null
}

# The stamp is as old as the beginning of the build: what changes during it counts as newer.
begin_stamp() {
  touch "$build_stamp.next"
}

end_stamp() {
  mv "$build_stamp.next" "$build_stamp"
}

# The distribution alone: no tests, no gates (see the profile `quick` of the root pom).
build_distribution() {
  find_maven
  begin_stamp
  echo "isobar: building the distribution (log: ${build_log#"$PWD"/})" >&2
  if ! maven -q -Dquick package -pl distribution -am >"$build_log" 2>&1; then
    tail -n 40 "$build_log" >&2
    echo "error: The build failed; the whole log is $build_log." >&2
    exit 1
  fi
  end_stamp
}

# A changed JDK needs another cache; without one Isobar works, and starts more slowly.
make_aot_cache() {
  echo "isobar: preparing for $jdk" >&2
  JAVA_HOME=$jdk sh "$distribution/bin/make-aot-cache" >"$build_folder/aot.log" 2>&1 </dev/null || true
}
