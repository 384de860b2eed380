package replctl.playbooks.real.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.Trouble;

/** Finds the way to a host: what the inventory says wins over the operator's own settings. */
final class Routes {
  private static final int USUAL_PORT = 22;

  /** More is a circle. */
  private static final int MOST_HOPS = 8;

  /** OpenSSH's own list, without kinds of key that only hardware or nobody has. */
  private static final List<String> USUAL_IDENTITIES =
      List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa");

  private final List<String> client;
  private final Map<String, String> environment;
  private final String home;
  private final String self;

  /**
   * @param client the system's client: {@code ssh}, and what it is always given
   * @param home what {@code ~} stands for: as ssh has it, the account's and not {@code $HOME}
   * @param self whom this process runs as
   */
  Routes(List<String> client, Map<String, String> environment, String home, String self) {
    this.client = List.copyOf(client);
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.self = self;
  }

  /** The hosts to go through, the wanted one last. */
  List<Hop> to(String host, Ssh ssh) throws NoContact {
    ClientSettings settings = ClientSettings.of(client, host, ssh.user(), ssh.port(), environment);
    Hop target = hop(host, ssh.user(), ssh.port(), ssh, settings, ssh.identity().isPresent());
    List<String> jumps = ssh.jump().isEmpty() ? jumps(settings) : ssh.jump();
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < jumps.size(); i++) {
      addJump(hops, jumps.get(i), ssh, i == 0);
    }
    hops.add(target);
    return hops;
  }

  /** A jump host has settings of its own; the first of them may itself be behind others. */
  private void addJump(List<Hop> hops, String jump, Ssh ssh, boolean first) throws NoContact {
    int at = jump.lastIndexOf('@');
    String rest = jump.substring(at + 1);
    int colon = rest.lastIndexOf(':');
    boolean hasPort =
        colon > 0
            && (rest.startsWith("[") ? rest.charAt(colon - 1) == ']' : rest.indexOf(':') == colon);
    String host = hasPort ? rest.substring(0, colon) : rest;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    Optional<String> user = at > 0 ? Optional.of(jump.substring(0, at)) : Optional.empty();
    Optional<Integer> port =
        hasPort ? Optional.of(Integer.valueOf(rest.substring(colon + 1))) : Optional.empty();
    ClientSettings settings = ClientSettings.of(client, host, user, port, environment);
    if (first) {
      for (String before : jumps(settings)) {
        if (hops.size() >= MOST_HOPS) {
          throw new NoContact(
              Trouble.LOGIN,
              "~/.ssh/config goes through " + jump + " more than " + MOST_HOPS + " times");
        }
        addJump(hops, before, ssh, hops.isEmpty());
      }
    }
    hops.add(hop(host, user, port, ssh, settings, false));
  }

  private static List<String> jumps(ClientSettings settings) {
    return settings
        .first("proxyjump")
        .map(list -> Stream.of(list.split(",")).map(String::strip).toList())
        .orElse(List.of());
  }

  private Hop hop(
      String name,
      Optional<String> user,
      Optional<Integer> port,
      Ssh ssh,
      ClientSettings settings,
      boolean onlyIdentity) {
    String hostname = settings.first("hostname").orElse(name);
    int number = port.or(() -> settings.first("port").map(Integer::valueOf)).orElse(USUAL_PORT);
    String login = user.or(() -> settings.first("user")).orElse(self);
    Set<Path> identities = new LinkedHashSet<>();
    ssh.identity().ifPresent(identities::add);
    if (!onlyIdentity) {
      List<String> named = settings.all("identityfile");
      (named.isEmpty() ? USUAL_IDENTITIES : named)
          .forEach(file -> identities.add(path(file, hostname, number, login)));
    }
    List<Path> known = new ArrayList<>();
    ssh.knownHosts()
        .ifPresentOrElse(
            known::add,
            () ->
                words(settings, "userknownhostsfile", "~/.ssh/known_hosts")
                    .forEach(file -> known.add(path(file, hostname, number, login))));
    words(settings, "globalknownhostsfile", "/etc/ssh/ssh_known_hosts")
        .forEach(file -> known.add(path(file, hostname, number, login)));
    return new Hop(
        name,
        hostname,
        number,
        login,
        identities.stream().filter(Files::exists).toList(),
        onlyIdentity || settings.yes("identitiesonly"),
        agent(settings),
        settings.all("certificatefile").stream()
            .map(file -> path(file, hostname, number, login))
            .toList(),
        known,
        settings.first("hostkeyalias"),
        settings.first("proxycommand"),
        ssh.connectTimeout());
  }

  private static List<String> words(ClientSettings settings, String keyword, String usual) {
    return List.of(settings.first(keyword).orElse(usual).split(" "));
  }

  /** A socket's path, or the variable that holds it. */
  private Optional<Path> agent(ClientSettings settings) {
    String named = settings.first("identityagent").orElse("SSH_AUTH_SOCK");
    String socket =
        named.equals("SSH_AUTH_SOCK")
            ? environment.getOrDefault(named, "")
            : named.startsWith("$") ? environment.getOrDefault(named.substring(1), "") : named;
    return socket.isEmpty() ? Optional.empty() : Optional.of(path(socket, "", 0, ""));
  }

  /** With ~ and the tokens of ssh_config(5) that make sense in a file's name. */
  private Path path(String text, String hostname, int port, String user) {
    String file = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    if (file.indexOf('%') >= 0) {
      file =
          file.replace("%d", home)
              .replace("%h", hostname)
              .replace("%p", Integer.toString(port))
              .replace("%r", user)
              .replace("%u", self)
              .replace("%%", "%");
    }
    return Path.of(file);
  }
}
