# Keeps a copy of what an operation has written into its journal.
#
# from, journal   some of its lines, and the number of the first
# until           the number of the last

is_done() {
  journal_lines "${V[operation]}"
  WHY="it has $REPLY lines"
  [ "$REPLY" -ge "${V[until]}" ]
}

perform() { journal_add "${V[operation]}" "${V[from]}" "${V[journal]}" || refuse "$WHY"; }
