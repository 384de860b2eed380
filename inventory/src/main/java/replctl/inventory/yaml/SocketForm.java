package replctl.inventory.yaml;

/** Where a server is reached on its own host: the folder of its socket, or an address. */
record SocketForm() implements Form<String> {
  @Override
  public String what() {
    return "a socket's folder or an address";
  }

  @Override
  public String pattern() {
    return "^(/[ !#(-),+./0-9:=@A-Z\\[\\]^_a-z{}~-]+|[A-Za-z0-9_:.%\\[\\]-]+)$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (!text.startsWith("/")) {
      return new HostForm().parse(text);
    }
    // /tmp and /run, which are refused for what is written, are fine for a socket.
    return text.equals("/tmp") || text.equals("/run")
        ? Parsed.good(text)
        : new HostPathForm().parse(text);
  }
}
