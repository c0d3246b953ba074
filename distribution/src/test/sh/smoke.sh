# Starts ./isobar as a user does, in a few ways. Sourced by ./check, which has just built the distribution;
# reads `root` and `distribution`, sets `smoke_passed` and `smoke_failed`.

smoke_passed=0
smoke_failed=0
smoke=$(mktemp -d)
export ISOBAR_HOME="$smoke/home"

# expect NAME EXIT COMMAND...: runs the command with no stdin, keeps $smoke/out and $smoke/err.
expect() {
  smoke_name=$1
  smoke_exit=$2
  shift 2
  "$@" >"$smoke/out" 2>"$smoke/err" </dev/null
  smoke_got=$?
  verdict "$smoke_name" "[ $smoke_got -eq $smoke_exit ]" "exit code $smoke_got instead of $smoke_exit"
}

# verdict NAME CONDITION EXPLANATION
verdict() {
  if eval "$2"; then
    smoke_passed=$((smoke_passed + 1))
  else
    smoke_failed=$((smoke_failed + 1))
    echo "FAILED $1: $3" >&2
    sed 's/^/  | /' "$smoke/out" "$smoke/err" >&2
  fi
}

shows() {
  grep -q "$1" "$smoke/out"
}

first="SELECT region, count(*) AS n FROM linode.instances.linodes GROUP BY region ORDER BY n DESC"

expect "README's first command" 0 "$root/isobar" exec --sandbox "$first"
verdict "README's first command shows regions" 'shows us-' "no region in the answer"
verdict "a fresh build is not built again" '[ ! -s "$smoke/err" ]' "stderr is not empty"

verdict "an AOT cache was made" '[ -s "$distribution/lib/isobar.aot" ]' "there is none"
ISOBAR_JAVA_OPTS="-XX:AOTMode=on" expect "the AOT cache fits" 0 "$root/isobar" --version

ln -s "$root/isobar" "$smoke/linked"
expect "through a link, from another folder" 0 sh -c "cd '$smoke' && ./linked --version"
expect "without JAVA_HOME, from the PATH of a plain system" 0 \
  env -u JAVA_HOME PATH=/usr/local/bin:/usr/bin:/bin "$root/isobar" --version

cp -Rp "$distribution" "$smoke/moved"
expect "a moved distribution" 0 "$smoke/moved/bin/isobar" exec --sandbox "$first"
verdict "a moved distribution is silent" '[ ! -s "$smoke/err" ]' "stderr is not empty"
echo '"25-other"' >"$smoke/moved/lib/isobar.aot.jdk"
expect "another JDK than the cache's" 0 "$smoke/moved/bin/isobar" --version
head -c 5000 "$distribution/lib/isobar.aot" >"$smoke/moved/lib/isobar.aot"
cp "$distribution/lib/isobar.aot.jdk" "$smoke/moved/lib"
expect "a broken cache" 0 "$smoke/moved/bin/isobar" --version
verdict "a broken cache is ignored silently" '[ ! -s "$smoke/err" ]' "stderr is not empty"

expect "a statement that fails" 1 "$root/isobar" exec --sandbox "SELECT * FROM linode.instances.linode"
verdict "an error is on stderr" 'grep -q "Did you mean" "$smoke/err" && [ ! -s "$smoke/out" ]' "it is not"
expect "wrong usage" 2 "$root/isobar" exec --no-such-option
expect "SQL on stdin" 0 sh -c "echo 'SHOW PROVIDERS' | '$root/isobar' exec --sandbox"
verdict "SQL on stdin is read" 'shows linode' "the answer does not hold linode"
expect "a closed pipe" 0 sh -c "'$root/isobar' exec --sandbox -o csv 'SELECT * FROM linode.instances.types' | head -n 1"
verdict "a closed pipe is silent" '[ ! -s "$smoke/err" ]' "stderr is not empty"

expect "the plain C locale" 0 env LC_ALL=C "$root/isobar" exec -o csv -f "$smoke/ü.csv" "SELECT 'ü😀' AS v"
verdict "text is whole in the plain C locale" 'grep -q "ü😀" "$smoke/ü.csv"' "it is not"
expect "stdin is closed" 2 sh -c "'$root/isobar' exec <&-"

rm -rf "$smoke"
