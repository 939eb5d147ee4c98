# Finds a JDK that can build and run Consentry. Sourced by the other scripts; works in bash 3.2 (macOS) and newer.
# shellcheck shell=bash

JDK_NEEDED=25

# The major version of the JDK in folder $1, from its release file; nothing when it is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# The folder to which the javac on the path really belongs; nothing when there is none.
jdk_on_path() {
  local file link
  file=$(command -v javac) || return 0
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in
      /*) file=$link ;;
      *) file=$(dirname "$file")/$link ;;
    esac
  done
  (cd "$(dirname "$file")/.." && pwd -P)
}

# Sets and exports JAVA_HOME, or ends with a sentence that says what to install.
find_jdk() {
  local folder version seen=""
  for folder in "${JAVA_HOME:-}" "$(jdk_on_path)" /usr/lib/jvm/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$folder" ] || continue
    version=$(jdk_version "$folder")
    [ -n "$version" ] || continue
    if [ "$version" -ge "$JDK_NEEDED" ]; then
      export JAVA_HOME="$folder"
      return 0
    fi
    seen="$seen $version ($folder)"
  done
  local found=none
  [ -z "$seen" ] || found="only$seen"
  echo "Consentry needs a JDK of version $JDK_NEEDED or newer and found $found." >&2
  echo "Install one, for example Temurin from https://adoptium.net, or 'sdk install java 25-tem', or set JAVA_HOME." >&2
  exit 1
}
