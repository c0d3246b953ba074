# Finds a JDK without starting one. To be sourced; POSIX sh.

# Sets `jdk` to the home of the first Java 25 or newer that has the program $1 (java to run, javac to
# build) and `jdk_version` to its full version; returns 1 when this machine has none.
find_jdk() {
  jdk=${JAVA_HOME:-}
  jdk_fits "$1" && return
  jdk=$(command -v "$1") && jdk=$(readlink -f "$jdk") && jdk=${jdk%/bin/*}
  jdk_fits "$1" && return
  for jdk in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /snap/openjdk/current/jdk \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.jabba/jdk/* "${HOME:-}"/.gradle/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    jdk_fits "$1" && return
  done
  return 1
}

# The version stands in the file `release`: reading it takes microseconds, asking java takes a start.
jdk_fits() {
  [ -n "$jdk" ] && [ -x "$jdk/bin/$1" ] && [ -r "$jdk/release" ] || return 1
  jdk_major=
  while IFS= read -r jdk_line; do
    case $jdk_line in
      JAVA_VERSION=*)
        jdk_major=${jdk_line#JAVA_VERSION=\"}
        jdk_major=${jdk_major%%[!0-9]*}
        ;;
      JAVA_RUNTIME_VERSION=*) jdk_version=${jdk_line#*=} ;;
    esac
  done <"$jdk/release"
  [ "${jdk_major:-0}" -ge 25 ]
}

# Says what to do when find_jdk $1 found nothing, and leaves.
explain_missing_jdk() {
  case $1 in
    javac) jdk_kind="JDK 25" ;;
    *) jdk_kind="Java 25" ;;
  esac
  echo "error: Isobar needs $jdk_kind or newer; there is none in JAVA_HOME, on the PATH or in a usual folder." >&2
  echo "hint: Install one (apt install openjdk-25-jdk, brew install openjdk, sdk install java, https://adoptium.net) or set JAVA_HOME." >&2
  exit 1
}
