# Makes the file `mark`, after a while.
is_done() { [ -e "${V[mark]}" ] && return 0; WHY="no mark"; return 1; }
perform() { sleep "${V[seconds]:-0}"; : >"${V[mark]}"; progress 5 10; progress 10 10; }
