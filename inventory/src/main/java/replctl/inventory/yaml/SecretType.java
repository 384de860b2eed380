package replctl.inventory.yaml;

import java.util.List;
import java.util.Optional;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.SecretSource;

/**
 * Where a secret comes from: a map of one key. No message here repeats what was found, since it
 * could be the secret itself.
 */
record SecretType(Bare bare) implements Type<SecretSource> {
  /** What a value that is no map is taken for. */
  enum Bare {
    /** The secret itself, with a warning. */
    SECRET,
    /** The path of a file, as with a certificate's key. */
    FILE
  }

  private static final Key<SecretSource> FILE =
      Key.optional(
          "file",
          new FileSource(),
          "A file that only its owner may read; its first line is the secret.");
  private static final Key<List<String>> COMMAND =
      Key.optional(
          "command",
          new ProgramType(),
          "A program; the first line that it prints is the secret. Run without a shell.");
  private static final Key<SecretSource> ENV =
      Key.optional("env", new NameSource(true), "An environment variable.");
  private static final Key<SecretSource> CREDENTIAL =
      Key.optional("credential", new NameSource(false), "A systemd credential.");
  private static final List<Key<?>> KEYS = List.of(FILE, COMMAND, ENV, CREDENTIAL);
  private static final String EXPECTED =
      "one of {file: ...}, {command: [...]}, {env: ...}, {credential: ...}";

  @Override
  public Optional<SecretSource> read(Spot spot) {
    if (spot.node() instanceof YamlNode.Text text && !text.isNothing()) {
      return bare == Bare.FILE ? new FileSource().read(spot) : plain(spot, text.value());
    }
    if (!(spot.node() instanceof YamlNode.Entries map) || map.entries().size() != 1) {
      spot.error("expected " + EXPECTED);
      return Optional.empty();
    }
    YamlNode.Entry entry = map.entries().get(0);
    return switch (entry.key()) {
      case "file" -> FILE.type().read(spot.key(entry));
      case "command" -> COMMAND.type().read(spot.key(entry)).map(SecretSource.FromCommand::new);
      case "env" -> ENV.type().read(spot.key(entry));
      case "credential" -> CREDENTIAL.type().read(spot.key(entry));
      default -> {
        spot.context()
            .problems()
            .error(entry.at(), spot.path(), "expected " + EXPECTED, meant(entry.key()));
        yield Optional.empty();
      }
    };
  }

  @Override
  public Shape shape() {
    return new Shape.AnyOf(
        List.of(new Shape.Scalar(), new Shape.Known("secret", KEYS, Optional.empty(), true)));
  }

  /** A secret as it stands, with the advice to keep it elsewhere. */
  static Optional<SecretSource> plain(Spot spot, String value) {
    if (value.isEmpty()) {
      spot.error("an empty secret; expected " + EXPECTED);
      return Optional.empty();
    }
    if (value.indexOf('\0') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      spot.error("a secret is one line");
      return Optional.empty();
    }
    spot.warn("a secret in plain text; better " + EXPECTED);
    return Optional.of(new SecretSource.Plain(new Secret(value)));
  }

  private static Optional<String> meant(String typed) {
    Nearest nearest = new Nearest(typed);
    for (Key<?> key : KEYS) {
      nearest.offer(key.name());
    }
    return nearest.found();
  }

  private record FileSource() implements Type<SecretSource> {
    private static final LocalPathType PATH = new LocalPathType("a file");

    @Override
    public Optional<SecretSource> read(Spot spot) {
      return PATH.read(spot).map(SecretSource.FromFile::new);
    }

    @Override
    public Shape shape() {
      return PATH.shape();
    }
  }

  private record NameSource(boolean variable) implements Type<SecretSource> {
    @Override
    public Optional<SecretSource> read(Spot spot) {
      if (spot.node() instanceof YamlNode.Text text && isName(text.value())) {
        return Optional.of(
            variable
                ? new SecretSource.FromEnvironment(text.value())
                : new SecretSource.FromCredential(text.value()));
      }
      spot.error("expected the name of " + (variable ? "a variable" : "a credential"));
      return Optional.empty();
    }

    @Override
    public Shape shape() {
      return new Shape.Text(
          variable ? "^[A-Za-z_][A-Za-z0-9_]*$" : "^[A-Za-z0-9_][A-Za-z0-9_.-]*$", false);
    }

    private boolean isName(String text) {
      if (text.isEmpty() || text.length() > 255) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        boolean digit = c >= '0' && c <= '9';
        boolean sign = c == '.' || c == '-';
        boolean fits = variable ? letter || (digit && i > 0) : letter || digit || (sign && i > 0);
        if (!fits) {
          return false;
        }
      }
      return true;
    }
  }
}
