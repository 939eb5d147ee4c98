# Deals the packages of tests out to two test JVMs, adds up what they report, and holds it against what they took before.
# Sourced by scripts/test.
# shellcheck shell=bash

# What each package took when that was last written down, largest first: "seconds package".
SECONDS_KNOWN=scripts/lib/seconds

# The packages of tests below the folders "$@".
packages() {
  find "$@" -name '*Test.java' | sed -E 's#^src/[a-z]+/java/(.*)/[^/]*$#\1#' | sort -u
}

# Writes target/shares/1 and 2: patterns of test classes below the folders; "yes" leaves the packaged program out. A package
# stays whole, since what starts the service with settings of its own stands in one; each goes to the share that has less to
# do, the longest first.
deal() {
  local without=' '
  [ "$1" = no ] || without=/program
  shift
  packages "$@" | { grep -vF "$without" || :; } | awk -v known="$SECONDS_KNOWN" '
    BEGIN { while ((getline line < known) > 0) { split(line, field, " "); took[field[2]] = field[1] } }
    { name = $0; gsub("/", ".", name); print (name in took ? took[name] : 10), $0 }' | sort -rn | awk '
    { share = sum[1] <= sum[2] ? 1 : 2; sum[share] += $1; print $2 "/*Test.java" > ("target/shares/" share) }'
}

reports() {
  cat target/surefire-reports/TEST-*.xml target/failsafe-reports/TEST-*.xml 2>/dev/null | grep '<testsuite ' || :
}

# What this run took, in the form of $SECONDS_KNOWN.
seconds_per_package() {
  echo "Seconds per package of tests:"
  reports | awk '
    function value(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    { package = value("name"); sub(/\.[^.]*$/, "", package); took[package] += value("time") }
    END { for (package in took) printf "%6.1f %s\n", took[package], package }' | sort -rn
}

# Names the packages that took over twice of what they took before; a busy machine may be the reason, so it is no failure.
over_budget() {
  seconds_per_package | awk -v known="$SECONDS_KNOWN" '
    BEGIN { while ((getline line < known) > 0) { split(line, field, " "); took[field[2]] = field[1] } }
    NF == 2 && $1 > 10 && $1 > 2 * ($2 in took ? took[$2] : 10) {
      printf "Over its budget: %s took %d s instead of %d (%s)\n", $2, $1, ($2 in took ? took[$2] : 10), known
    }'
}

# Counts what Surefire wrote for this run, and Failsafe.
summary() {
  reports | awk '
    function number(name) {
      return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
    }
    { all += number("tests"); bad += number("errors") + number("failures"); skipped += number("skipped") }
    END {
      printf "%d passed, %d failed", all - bad - skipped, bad
      if (skipped) printf ", %d skipped", skipped
      print ""
    }'
}
