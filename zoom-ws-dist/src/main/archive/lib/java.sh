# Finds a Java that zoom-ws runs on, and starts it. Read by both launchers, that of the archive and that of the source tree, which
# define fail(). For any POSIX shell.

oldest_java=17

# Sets $java and $java_version.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it: point it at a Java $oldest_java or newer."
  else
    java=$(command -v java) || fail "no java found: install Java $oldest_java or newer, or set JAVA_HOME."
  fi
  # Through JDK 8 the version began with "1.".
  java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
  [ -n "$java_version" ] || fail "$java does not tell its version: is it Java? Set JAVA_HOME to a Java $oldest_java or newer."
  [ "$java_version" -ge "$oldest_java" ] ||
    fail "$java is Java $java_version, and zoom-ws needs $oldest_java or newer: set JAVA_HOME to such a Java."
}

# start_java OPTIONS-FILE JAR SHARED-CLASSES COMMAND...: becomes the JVM, so that signals and the exit status are its own.
# The file of shared classes (bin/share-classes) may be missing or "", and any Java but that which made it passes it over.
start_java() {
  options_file=$1
  jar=$2
  shared=$3
  shift 3
  case ${1:-} in
    # They read as fast as they can, and are worth a compiler that takes its time.
    replay | journal) quick=-XX:TieredStopAtLevel=4 ;;
    *) quick= ;;
  esac
  set -- -jar "$jar" "$@"
  # Chronicle's native access library uses sun.misc.Unsafe, and JDK 24 warns of that on every start. A manifest cannot say so.
  if [ "$java_version" -ge 24 ]; then
    set -- --sun-misc-unsafe-memory-access=allow "$@"
  fi
  if [ -f "$shared" ]; then
    shared=-XX:SharedArchiveFile=$shared
  else
    shared=-Xshare:auto
  fi
  # shellcheck disable=SC2086  # options are meant to be split
  exec "$java" "@$options_file" "$shared" $quick ${JAVA_OPTS:-} ${ZOOMWS_JAVA_OPTS:-} "$@"
}
