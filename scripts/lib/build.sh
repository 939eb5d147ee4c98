# Builds the program when its sources have changed. Sourced by the other scripts, after lib/jdk.sh; expects $root.
# shellcheck shell=bash

app=${root:?}/target/quarkus-app

# One hash over names and contents: a checkout or a touched file alone does not build anew.
sources() {
  local hash=(sha256sum)
  command -v sha256sum >/dev/null || hash=(shasum -a 256)
  (
    cd "$root" || exit 1
    { find pom.xml .mvn src/main openapi -type f 2>/dev/null || :; } | LC_ALL=C sort | tr '\n' '\0' \
      | xargs -0 "${hash[@]}" | "${hash[@]}"
  )
}

build_if_changed() {
  local stamp=$app/sources.sha256 now begin
  now=$(sources)
  if [ -f "$app/quarkus-run.jar" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
    return 0
  fi
  echo "Building Consentry (the first time takes minutes, later a quarter of one)" >&2
  begin=$SECONDS
  if ! (cd "$root" && mkdir -p target && ./mvnw -q -B -ntp -Dmaven.test.skip=true package >target/build.log 2>&1); then
    { grep -m 5 '^\[ERROR\]' "$root/target/build.log" || :; } | cut -c1-300 >&2
    echo "Consentry could not be built; what Maven said of it is in $root/target/build.log" >&2
    return 1
  fi
  printf '%s\n' "$now" >"$stamp"
  echo "Built in $((SECONDS - begin)) s" >&2
}
