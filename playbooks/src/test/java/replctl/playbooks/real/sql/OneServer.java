package replctl.playbooks.real.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.local.LocalShell;

/**
 * A server of its own with TLS, for {@code localhost}, and a role {@code reader}. As root it
 * belongs to the user postgres.
 */
final class OneServer implements AutoCloseable {
  /** With what quoting gets wrong. */
  static final String PASSWORD = "pa'ss w\u00f6rd\u20ac";

  private static final Path BIN = newest();

  final Path folder;
  final int port;

  OneServer() throws Exception {
    folder = Scratch.open("sql");
    port = Ports.free();
    Path data = folder.resolve("data");
    run(BIN + "/initdb", "-D", "" + data, "-A", "trust", "-U", "postgres", "--no-sync");
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        data + "/server.key",
        "-out",
        data + "/server.crt");
    run("cp", data + "/server.crt", folder + "/ca.crt");
    write(
        data.resolve("pg_hba.conf"),
        "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
    write(
        data.resolve("postgresql.conf"),
        "port = "
            + port
            + "\nunix_socket_directories = '"
            + folder
            + "'\nlisten_addresses = '127.0.0.1'\nshared_buffers = 16MB\nfsync = off\nssl = on\n"
            + "log_min_messages = panic\n");
    run(BIN + "/pg_ctl", "-D", "" + data, "-l", folder + "/log", "-w", "-s", "start");
    sql(
        "set password_encryption = 'scram-sha-256'; create role reader login password '"
            + PASSWORD.replace("'", "''")
            + "'");
    sql("create role other login password 'x'");
  }

  /** The certificate that the server's own is verified with. */
  Path authority() {
    return folder.resolve("ca.crt");
  }

  /**
   * Shows a certificate for {@code localhost} from now on that is valid between these times only.
   *
   * @param from as openssl-ca(1) wants it: {@code 20200101000000Z}
   */
  void certificate(String from, String until) throws Exception {
    write(folder.resolve("make-certificate"), CERTIFICATE);
    run("sh", folder + "/make-certificate", folder.toString(), from, until);
    sql("select pg_reload_conf()");
  }

  private static final String CERTIFICATE =
      """
      set -e
      cd "$1"
      rm -rf authority
      mkdir authority
      touch authority/index
      echo 01 > authority/serial
      cat > authority/conf << END
      [ca]
      default_ca = own
      [own]
      database = authority/index
      serial = authority/serial
      new_certs_dir = authority
      default_md = sha256
      policy = any
      x509_extensions = names
      [any]
      commonName = supplied
      [names]
      subjectAltName = DNS:localhost
      [req]
      distinguished_name = none
      [none]
      END
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority \
        -config authority/conf -addext basicConstraints=critical,CA:TRUE -keyout authority/key -out authority/ca.crt
      openssl req -new -key data/server.key -subj /CN=localhost -config authority/conf -out authority/request
      openssl ca -batch -notext -cert authority/ca.crt -config authority/conf -keyfile authority/key \
        -startdate "$2" -enddate "$3" -in authority/request -out authority/certificate
      cp authority/certificate data/server.crt
      cp authority/ca.crt ca.crt
      """;

  private static Path newest() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .max(Comparator.comparingInt(v -> Integer.parseInt(v.getFileName().toString())))
          .orElseThrow()
          .resolve("bin");
    } catch (IOException missing) {
      throw new UncheckedIOException("PostgreSQL's packages are missing", missing);
    }
  }

  private void write(Path file, String text) throws Exception {
    Files.writeString(folder.resolve("text"), text);
    Files.setPosixFilePermissions(
        folder.resolve("text"), PosixFilePermissions.fromString("rw-r--r--"));
    run("cp", folder + "/text", file.toString());
  }

  void sql(String text) throws Exception {
    run(
        BIN + "/psql",
        "-XAtq",
        "-h",
        folder.toString(),
        "-p",
        "" + port,
        "-U",
        "postgres",
        "-c",
        text);
  }

  /** As the user that the server runs as: never root. */
  private void run(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (LocalShell.self().equals("root")) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("printed").toFile())
            .directory(folder.toFile())
            .start();
    process.getOutputStream().close();
    if (!ended(process) || process.exitValue() != 0) {
      throw new IOException(command + ": " + Files.readString(folder.resolve("printed")));
    }
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    run(BIN + "/pg_ctl", "-D", folder + "/data", "-m", "immediate", "-s", "stop");
  }
}
