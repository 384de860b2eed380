# Sourced: what is tried and measured is what stands here, and not what was built from it some time ago.

# is_built: whether everything is built of the sources as they are.
is_built() {
  local of=cli/target/replctl/lib/replctl.jar
  # What changes tests alone leaves the jar as it was.
  [[ ! cli/target/.built -nt $of ]] || of=cli/target/.built
  [[ -e $of && -e cli/target/test-classes/replctl/it/probe/WriteProbe.class ]] &&
    [[ -z $(find pom.xml ./*/pom.xml ./*/src -newer "$of" -print -quit 2> /dev/null) ]]
}

# build: in the folder of the project, where something is not.
build() {
  is_built && return
  local began
  began=$(mktemp) || return
  mvn -q -B -ntp -DskipTests package < /dev/null && mv "$began" cli/target/.built
}
