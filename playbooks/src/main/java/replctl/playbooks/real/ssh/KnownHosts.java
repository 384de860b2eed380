package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Files of hosts' keys in OpenSSH's format (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
final class KnownHosts {
  private static final int MOST_BYTES = 16 << 20;

  private final Map<Path, List<Entry>> files = new ConcurrentHashMap<>();

  /** What a line says of its key. */
  enum Mark {
    /** It is the host's. */
    HOST,
    /** It signs hosts' certificates. */
    AUTHORITY,
    /** It must never be accepted. */
    REVOKED
  }

  /**
   * One line.
   *
   * @param hosts patterns, or one hashed name
   * @param key the key in base64
   */
  record Entry(Path file, int line, Mark mark, String hosts, String type, String key) {
    byte[] blob() {
      try {
        return Base64.getDecoder().decode(key);
      } catch (IllegalArgumentException notBase64) {
        return new byte[0];
      }
    }

    boolean is(byte[] blob) {
      return MessageDigest.isEqual(blob(), blob);
    }

    String where() {
      return file + " line " + line;
    }
  }

  /** The lines for a host: those for its port, or else those for any port. */
  List<Entry> of(Hop hop) {
    List<Entry> found = new ArrayList<>();
    List<Entry> forAnyPort = new ArrayList<>();
    String name = hop.keyName();
    String plain = hop.plainName();
    for (Path file : hop.knownHosts()) {
      for (Entry entry : files.computeIfAbsent(file, KnownHosts::read)) {
        if (matches(entry.hosts(), name)) {
          found.add(entry);
        } else if (!plain.equals(name) && matches(entry.hosts(), plain)) {
          forAnyPort.add(entry);
        }
      }
    }
    if (found.stream().noneMatch(entry -> entry.mark() == Mark.HOST)) {
      found.addAll(forAnyPort);
    } else {
      // What is revoked is so at every port.
      forAnyPort.stream().filter(entry -> entry.mark() == Mark.REVOKED).forEach(found::add);
    }
    return found;
  }

  private static List<Entry> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return List.of();
      }
      List<Entry> entries = new ArrayList<>();
      int number = 0;
      for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
        number++;
        Entry entry = entry(file, number, line.strip());
        if (!entry.key().isEmpty()) {
          entries.add(entry);
        }
      }
      return entries;
    } catch (IOException unreadable) {
      // A host whose key can't be looked up is a host whose key is not known.
      return List.of();
    }
  }

  /** With an empty key where the line is none. */
  private static Entry entry(Path file, int number, String line) {
    String[] words = line.split("[ \t]+", 5);
    int first = line.startsWith("@") ? 1 : 0;
    if (line.isEmpty() || line.startsWith("#") || words.length < first + 3) {
      return new Entry(file, number, Mark.HOST, "", "", "");
    }
    Mark mark =
        first == 0 ? Mark.HOST : words[0].equals("@cert-authority") ? Mark.AUTHORITY : Mark.REVOKED;
    return new Entry(file, number, mark, words[first], words[first + 1], words[first + 2]);
  }

  static boolean matches(String patterns, String name) {
    if (patterns.startsWith("|1|")) {
      return isHashOf(patterns, name);
    }
    boolean matches = false;
    for (String pattern : patterns.split(",")) {
      boolean not = pattern.startsWith("!");
      if (like(not ? pattern.substring(1) : pattern, name)) {
        if (not) {
          return false;
        }
        matches = true;
      }
    }
    return matches;
  }

  private static boolean isHashOf(String hashed, String name) {
    String[] parts = hashed.split("\\|");
    if (parts.length != 4) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** With * for any characters and ? for one. */
  static boolean like(String pattern, String name) {
    String lower = pattern.toLowerCase(java.util.Locale.ROOT);
    int p = 0;
    int n = 0;
    int star = -1;
    int mark = 0;
    while (n < name.length()) {
      if (p < lower.length() && lower.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < lower.length()
          && (lower.charAt(p) == '?' || lower.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < lower.length() && lower.charAt(p) == '*') {
      p++;
    }
    return p == lower.length();
  }

  /** As OpenSSH prints it. */
  static String fingerprint(byte[] blob) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("this Java has no SHA-256", absent);
    }
  }
}
