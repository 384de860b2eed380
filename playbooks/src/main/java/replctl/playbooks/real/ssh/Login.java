package replctl.playbooks.real.ssh;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyFormat;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;
import net.schmizz.sshj.userauth.keyprovider.OpenSSHKeyFile;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.Trouble;

/** Proves who the operator is, by key: those of the agent first, then those in files. */
final class Login {
  /** sshd's MaxAuthTries is 6; the last is left to it. */
  private static final int MOST_TRIES = 5;

  private final Hop hop;
  private final List<String> tried = new ArrayList<>();

  Login(Hop hop) {
    this.hop = hop;
  }

  /** Logs in, or says which keys were tried and what came of each. */
  void in(SSHClient client) throws NoContact, TransportException {
    int tries = 0;
    List<Candidate> candidates = candidates();
    boolean only = candidates.size() == 1;
    for (Candidate candidate : candidates) {
      if (tries++ == MOST_TRIES) {
        tried.add("more keys, which were not tried; name one as identity");
        break;
      }
      try {
        client.auth(hop.user(), candidate.method(only));
        return;
      } catch (SSHException refused) {
        tried.add(candidate.words() + why(refused));
        if (!client.getTransport().isRunning()) {
          throw ended(client, refused);
        }
      }
    }
    throw refused(client, "");
  }

  /** The host hung up: it said why, or the connection is gone. */
  private NoContact ended(SSHClient client, SSHException refused) throws TransportException {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSHException said
          && said.getDisconnectReason() != DisconnectReason.UNKNOWN
          && said.getDisconnectReason() != DisconnectReason.CONNECTION_LOST) {
        return refused(client, " (it says: " + Words.shown(said.getMessage()) + ")");
      }
    }
    throw new TransportException("the connection ended during the login", refused);
  }

  /** A key, and its words for a message. */
  private interface Candidate {
    /** How it logs in; {@code only}: there is no other. */
    AuthMethod method(boolean only);

    String words();
  }

  /** A key that the agent holds. */
  private record OfAgent(AuthMethod method, String words) implements Candidate {
    @Override
    public AuthMethod method(boolean only) {
      return method;
    }
  }

  /** A key in a file. */
  private record OfFile(KeyProvider key, String words) implements Candidate {
    @Override
    public AuthMethod method(boolean only) {
      return only ? new OnlyKeyMethod(key) : new AuthPublickey(key);
    }
  }

  private List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    List<byte[]> ofFiles = new ArrayList<>();
    List<byte[]> held = new ArrayList<>();
    if (hop.agent().isPresent()) {
      hop.identities().forEach(file -> publicBlob(file).ifPresent(ofFiles::add));
      addAgentKeys(hop.agent().get(), ofFiles, held, all);
    }
    for (Path file : hop.identities()) {
      if (held.isEmpty() || publicBlob(file).filter(blob -> contains(held, blob)).isEmpty()) {
        addFile(file, all);
      }
    }
    return all;
  }

  private void addAgentKeys(
      Path socket, List<byte[]> ofFiles, List<byte[]> held, List<Candidate> into) {
    Agent agent = new Agent(socket);
    try {
      List<Candidate> others = new ArrayList<>();
      for (Agent.Held key : agent.keys()) {
        boolean named = contains(ofFiles, key.blob());
        if (named || !hop.onlyThese()) {
          String words = "agent " + KnownHosts.fingerprint(key.blob());
          (named ? into : others).add(new OfAgent(new AgentMethod(agent, key), words));
          held.add(key.blob());
        }
      }
      into.addAll(others);
    } catch (IOException | UnsupportedOperationException absent) {
      tried.add("no agent at " + socket);
    }
  }

  private void addFile(Path file, List<Candidate> into) {
    try {
      into.add(new OfFile(key(file), file.toString()));
    } catch (IOException | SSHRuntimeException unreadable) {
      tried.add(file + ": " + words(unreadable));
    }
  }

  /** The key, with its certificate where there is one. Nothing of it is read yet but its kind. */
  private KeyProvider key(Path file) throws IOException {
    KeyFormat format = KeyProviderUtil.detectKeyFileFormat(file.toFile());
    FileKeyProvider key =
        switch (format) {
          case OpenSSHv1 -> new OpenSSHKeyV1KeyFile();
          case OpenSSH -> new OpenSSHKeyFile();
          case PKCS8 -> new PKCS8KeyFile();
          default -> throw new IOException("not a private key in a format that is known");
        };
    key.init(file.toFile());
    return key;
  }

  /** The public half beside a key's file; a certificate is offered apart from it. */
  private static Optional<byte[]> publicBlob(Path file) {
    Path half = file.resolveSibling(file.getFileName() + ".pub");
    try (Reader reader = Files.newBufferedReader(half, StandardCharsets.ISO_8859_1)) {
      char[] text = new char[16 << 10];
      int length = Math.max(0, reader.read(text));
      String[] words = new String(text, 0, length).split("\\s+", 3);
      return words.length < 2
          ? Optional.empty()
          : Optional.of(Base64.getDecoder().decode(words[1]));
    } catch (IOException | IllegalArgumentException absent) {
      return Optional.empty();
    }
  }

  private static boolean contains(List<byte[]> blobs, byte[] blob) {
    return blobs.stream().anyMatch(one -> Arrays.equals(one, blob));
  }

  private NoContact refused(SSHClient client, String ending) {
    String keys = tried.isEmpty() ? "there is no key to try" : "tried " + String.join("; ", tried);
    String more =
        client.getUserAuth().hadPartialSuccess()
            ? "; the host wants more than a key: "
                + Words.shown(String.join(", ", client.getUserAuth().getAllowedMethods()))
            : "";
    return new NoContact(
        Trouble.LOGIN,
        hop.words() + " refuses the login of " + hop.user() + ": " + keys + more + ending);
  }

  /** Why a key of a file could not be used; empty where the host refused it. */
  private static String why(SSHException refused) {
    return refused.getCause() == null ? "" : " (" + words(refused) + ")";
  }

  private static String words(Throwable unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      if (cause instanceof KeyDecryptionFailedException) {
        return "it has a passphrase: add it to the agent with ssh-add";
      }
    }
    return Words.of(unreadable);
  }
}
