package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.Optional;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.Tls;
import replctl.inventory.secret.SecretSource;

/** The section {@code database}. */
final class DatabaseKeys {
  static final Key<Integer> PORT =
      Key.optional("port", new WholeType("a port", 1, 65535), "The port of the server.")
          .otherwise("5432, mysql: 3306");
  static final Key<Database.Access> ACCESS =
      Key.optional(
              "access",
              WordType.of(Database.Access.TUNNEL, Database.Access.DIRECT),
              "How SQL gets there: through the SSH connection, or straight and with TLS verified.")
          .otherwise("tunnel");
  static final Key<String> USER =
      Key.optional(
              "user",
              // MySQL's limit is 32 characters; PostgreSQL's is 63.
              new TextType<>(new AccountForm("a role of the database", 32)),
              "The role that replctl reads with.")
          .otherwise("replctl");
  static final Key<SecretSource> PASSWORD =
      Key.optional("password", new SecretType(SecretType.Bare.SECRET), "That role's password.")
          .otherwise("made by init and kept beside the inventory");
  static final Key<String> OS_USER =
      Key.optional(
              "os_user",
              new TextType<>(new AccountForm("a user", 32)),
              "The operating system's user that owns the server.")
          .otherwise("postgres, mysql: mysql");

  static final Key<Path> CA =
      Key.optional(
          "ca",
          new LocalPathType("a file"),
          "The authority's certificate that others verify with.");
  static final Key<Path> CERTIFICATE =
      Key.optional(
          "certificate",
          new LocalPathType("a file"),
          "The node's certificate; its host is among the alternative names.");
  static final Key<SecretSource> KEY =
      Key.optional("key", new SecretType(SecretType.Bare.FILE), "The node's private key.");
  static final Section TLS_SECTION = Section.of("tls", CA, CERTIFICATE, KEY);

  static final Key<Fields> TLS =
      Key.optional("tls", TLS_SECTION, "A certificate of your own.")
          .otherwise("replctl's small authority issues one");

  static final Section SECTION = Section.of("database", PORT, ACCESS, USER, PASSWORD, OS_USER, TLS);

  private DatabaseKeys() {}

  /** With the defaults where nothing is said. */
  static Database of(Fields fields, EngineKind engine) {
    return new Database(
        fields.get(PORT).orElse(engine == EngineKind.MYSQL ? 3306 : 5432),
        fields.get(ACCESS).orElse(Database.Access.TUNNEL),
        fields.get(USER).orElse("replctl"),
        fields.get(PASSWORD),
        fields.get(OS_USER),
        fields.get(TLS).flatMap(DatabaseKeys::tls));
  }

  private static Optional<Tls> tls(Fields fields) {
    Optional<Path> ca = fields.get(CA);
    Optional<Path> certificate = fields.get(CERTIFICATE);
    Optional<SecretSource> key = fields.get(KEY);
    if (ca.isPresent() && certificate.isPresent() && key.isPresent()) {
      return Optional.of(new Tls(ca.get(), certificate.get(), key.get()));
    }
    // A bad value was told already; what is missing even with the cluster's defaults was not.
    if (!fields.has(CA) || !fields.has(CERTIFICATE) || !fields.has(KEY)) {
      fields.spot().ifPresent(spot -> spot.error("tls needs ca, certificate and key"));
    }
    return Optional.empty();
  }
}
