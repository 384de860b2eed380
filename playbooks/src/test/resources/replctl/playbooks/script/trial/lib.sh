# Nothing is shared by these.
identity() { return 1; }
