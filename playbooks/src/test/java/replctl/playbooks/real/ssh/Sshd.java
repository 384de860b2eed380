package replctl.playbooks.real.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import replctl.inventory.Ssh;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.Scratch;

/** A private sshd on 127.0.0.1, with keys of its own. Logs in whoever runs the test. */
final class Sshd implements AutoCloseable {
  final Path folder;
  final int port;
  final Path identity;
  final Path knownHosts;
  private final Process process;

  private Sshd(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.identity = folder.resolve("id_ed25519");
    this.knownHosts = folder.resolve("known_hosts");
    this.process = process;
  }

  /** With what the tests of one class share. */
  static Sshd start() throws Exception {
    return start(Map.of());
  }

  /**
   * With options of sshd_config(5) that replace or add to the usual ones; host keys of the kinds
   * ed25519, ecdsa and rsa lie in the folder.
   */
  static Sshd start(Map<String, String> options) throws Exception {
    Path folder = Scratch.folder("sshd");
    key(folder.resolve("host_ed25519"), "ed25519", "");
    key(folder.resolve("id_ed25519"), "ed25519", "");
    Files.copy(folder.resolve("id_ed25519.pub"), folder.resolve("authorized_keys"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return start(folder, Ports.free(), options);
  }

  /** Again, or with other options, in the same folder. */
  static Sshd start(Path folder, int port, Map<String, String> options) throws Exception {
    Map<String, String> all = new TreeMap<>();
    all.put("HostKey", folder.resolve("host_ed25519").toString());
    all.put("AuthorizedKeysFile", folder.resolve("authorized_keys").toString());
    all.put("StrictModes", "no");
    all.put("UsePAM", "no");
    all.put("PasswordAuthentication", "no");
    all.put("KbdInteractiveAuthentication", "no");
    all.put("PidFile", "none");
    all.put("LogLevel", "ERROR");
    all.put("PermitRootLogin", "yes");
    all.put("ListenAddress", "127.0.0.1");
    all.put("PrintMotd", "no");
    // Not the profile of whoever runs the test.
    all.put("SetEnv", "HOME=" + folder);
    all.putAll(options);
    StringBuilder text = new StringBuilder();
    all.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    Path file = folder.resolve("sshd_config");
    Files.writeString(file, text);
    if (Files.isWritable(Path.of("/run"))) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/sbin/sshd",
            "-D",
            "-e",
            "-o",
            "LogLevel=INFO",
            "-f",
            file.toString(),
            "-p",
            Integer.toString(port));
    builder.redirectErrorStream(true);
    Process process = builder.start();
    awaitListening(process.inputReader());
    drain(process.getInputStream());
    Sshd sshd = new Sshd(folder, port, process);
    if (!Files.exists(sshd.knownHosts)) {
      sshd.know("host_ed25519");
    }
    return sshd;
  }

  private static void awaitListening(BufferedReader log) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      all.append(line).append('\n');
      if (line.startsWith("Server listening on ")) {
        return;
      }
    }
    throw new IOException("sshd did not start: " + all);
  }

  private static void drain(InputStream log) {
    Thread thread =
        new Thread(
            () -> {
              try {
                log.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException ended) {
                // With the process.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  static void key(Path file, String type, String passphrase) throws Exception {
    run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString());
  }

  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + printed);
    }
    return printed;
  }

  /** Makes that key of the host's the one that is known. */
  void know(String key) throws IOException {
    Files.writeString(knownHosts, line(key));
  }

  /** The line of known_hosts for a key of the folder. */
  String line(String key) throws IOException {
    return "[127.0.0.1]:" + port + " " + publicKey(key) + "\n";
  }

  /** Kind and key, without comment. */
  String publicKey(String key) throws IOException {
    String[] words = Files.readString(folder.resolve(key + ".pub")).split(" ");
    return words[0] + " " + words[1];
  }

  /** As ssh-keygen prints it. */
  String fingerprint(String key) throws Exception {
    return run("ssh-keygen", "-lf", folder.resolve(key + ".pub").toString()).split(" ")[1];
  }

  /** How a test reaches it. */
  Ssh ssh() {
    return ssh(identity, knownHosts, List.of());
  }

  Ssh ssh(Path identity, Path knownHosts, List<String> jump) {
    return new Ssh(
        Optional.empty(),
        Optional.of(port),
        Optional.of(identity),
        Optional.of(knownHosts),
        jump,
        Ssh.Transport.SSHJ,
        Duration.ofMillis(800));
  }

  /** Ends every connection that is open now, without a word. */
  void cut() {
    for (ProcessHandle one : serving()) {
      one.destroyForcibly();
      one.onExit().join();
    }
  }

  /** The connections that are open now: a process each. */
  List<ProcessHandle> connections() {
    return process.children().toList();
  }

  /** The processes that serve connections now, with what they run. */
  List<ProcessHandle> serving() {
    return new ArrayList<>(process.descendants().toList());
  }

  @Override
  public void close() {
    serving().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
