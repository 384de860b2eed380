# What setting up wants to know of a witness, which answers the nodes' start guards. Changes nothing.
#
# with guard/part/guard
# with guard/part/facts
# text GUARD guard/start/guard.list
#
# cluster, node    names, the latter the witness's
# guard            yes
#
# Facts, and those of guard/part/facts
#   script_user       who logs in
#   state_directory   where its epoch file lies

is_done() {
  fact script_user "$(id -un)"
  fact state_directory "${V[state_directory]}"
  guard_facts
}

perform() { refuse "it only looks"; }
