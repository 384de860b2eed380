package replctl.playbooks.sim;

import java.util.Map;
import java.util.TreeMap;

/**
 * key.sh, certificate.sh, and the operator's authority.sh, sign.sh, own-certificate.sh. A
 * certificate is a text that says what it is for.
 */
public final class CredentialTwins {
  private static final String END = "2110000000";
  private int serial;

  public Map<String, Twin> node() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("key", new Scripted(CredentialTwins::keyIsDone, this::makeKey));
    twins.put(
        "certificate", new Scripted(CredentialTwins::certificateIsDone, CredentialTwins::install));
    twins.put("trust", new Scripted(CredentialTwins::trusts, CredentialTwins::trust));
    return twins;
  }

  public Map<String, Twin> operator() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("authority", new Scripted(CredentialTwins::authorityIsDone, this::authority));
    twins.put("sign", new Scripted(CredentialTwins::signed, this::sign));
    twins.put("own-certificate", new Scripted(CredentialTwins::own, CredentialTwins::noOwn));
    twins.put(
        "new-authority",
        new Scripted(CredentialTwins::newAuthorityIsDone, CredentialTwins::newAuthority));
    twins.putAll(PasswordTwins.operator());
    return twins;
  }

  /**
   * Whether whoever trusts those authorities, a line each, takes that certificate for true; of one
   * that says nothing of who signed it, the cluster's first has.
   */
  public static boolean vouches(String authorities, String certificate) {
    int by = certificate.indexOf(" by ");
    String signer = by < 0 ? "authority shop" : certificate.substring(by + 4);
    return authorities.lines().anyMatch(signer::equals);
  }

  private static Look trusts(Job job) {
    String authority = job.value("authority");
    if (!StateFiles.text(job, "tls/ca.crt").equals(authority)) {
      return Look.notDone("it trusts another authority");
    }
    return vouches(authority, StateFiles.text(job, "tls/current/server.crt"))
        ? Look.DONE
        : Look.notDone("its own certificate is not of an authority that it trusts");
  }

  private static Course trust(Job job) {
    String authority = job.value("authority");
    if (authority.isEmpty()
        || !vouches(authority, StateFiles.text(job, "tls/current/server.crt"))) {
      throw job.refuse("this node's own certificate is not of that authority");
    }
    return Course.of(() -> StateFiles.put(job, "tls/ca.crt", authority))
        .act(() -> job.host().server().readsCertificate());
  }

  private static String both(Job job) {
    return job.host().files().getOrDefault(secrets(job, "ca.crt.next"), "")
        + "\n"
        + job.host().files().getOrDefault(secrets(job, "ca.crt.before"), "");
  }

  private static Look newAuthorityIsDone(Job job) {
    SimFiles files = job.host().files();
    boolean made =
        files.containsKey(secrets(job, "ca.key.next"))
            && files.containsKey(secrets(job, "ca.crt.next"));
    String crt = files.getOrDefault(secrets(job, "ca.crt"), "");
    String certificate = files.getOrDefault(secrets(job, "ca.crt.next"), "");
    boolean done =
        switch (job.value("wanted")) {
          case "made" -> made;
          case "used" ->
              made
                  && crt.equals(both(job))
                  && files
                      .get(secrets(job, "ca.key"))
                      .equals(files.get(secrets(job, "ca.key.next")));
          default -> !made && !crt.contains("\n");
        };
    if (!done) {
      return Look.notDone("not " + job.value("wanted"));
    }
    job.fact("end", END);
    job.fact("certificate", certificate.isEmpty() ? crt : certificate);
    if (!job.value("wanted").equals("alone")) {
      job.fact("both", both(job));
    }
    return Look.DONE;
  }

  private static Course newAuthority(Job job) {
    SimFiles files = job.host().files();
    return switch (job.value("wanted")) {
      case "made" ->
          Course.of(
                  () ->
                      files.putIfAbsent(
                          secrets(job, "ca.crt.before"), files.get(secrets(job, "ca.crt"))))
              .act(
                  () ->
                      files.putIfAbsent(
                          secrets(job, "ca.key.next"), "ca-key " + job.value("rotation")))
              .act(
                  () ->
                      files.put(
                          secrets(job, "ca.crt.next"),
                          "authority " + job.value("cluster") + " " + job.value("rotation")));
      case "used" ->
          Course.of(() -> files.put(secrets(job, "ca.crt"), both(job)))
              .act(() -> files.put(secrets(job, "ca.key"), files.get(secrets(job, "ca.key.next"))));
      default ->
          Course.of(
                  () ->
                      files.put(
                          secrets(job, "ca.crt"),
                          files.get(secrets(job, "ca.crt")).lines().findFirst().orElseThrow()))
              .act(() -> files.remove(secrets(job, "ca.key.next")))
              .act(() -> files.remove(secrets(job, "ca.crt.next")))
              .act(() -> files.remove(secrets(job, "ca.crt.before")));
    };
  }

  public static String fingerprint(String certificate) {
    return "FP:" + Integer.toHexString(certificate.trim().hashCode());
  }

  private static String wanted(Job job) {
    return job.value("subject") + " " + job.value("names");
  }

  private static Look keyIsDone(Job job) {
    if (StateFiles.there(job, "tls/next.key") && StateFiles.there(job, "tls/next.csr")) {
      if (!StateFiles.text(job, "tls/next.for").equals(wanted(job))) {
        return Look.notDone("the request is for other names");
      }
      job.fact("request", StateFiles.text(job, "tls/next.csr"));
      return Look.DONE;
    }
    if (StateFiles.there(job, "tls/current/server.csr")
        && StateFiles.text(job, "tls/current/for").equals(wanted(job))
        && !fingerprint(StateFiles.text(job, "tls/current/server.crt"))
            .equals(job.given("replaces").orElse(""))) {
      job.fact("request", StateFiles.text(job, "tls/current/server.csr"));
      return Look.DONE;
    }
    return Look.notDone("no key is waiting for a certificate");
  }

  private Course makeKey(Job job) {
    String key = "key-" + job.host().name() + "-" + ++serial;
    return Course.of(
            () -> {
              StateFiles.remove(job, "tls/next.csr");
              StateFiles.remove(job, "tls/next.for");
              StateFiles.put(job, "tls/next.key", key);
            })
        .act(() -> StateFiles.put(job, "tls/next.for", wanted(job)))
        .act(() -> StateFiles.put(job, "tls/next.csr", "request of " + key));
  }

  private static Look certificateIsDone(Job job) {
    String now = StateFiles.text(job, "tls/current/server.crt");
    if (now.isEmpty()) {
      return Look.notDone("no certificate is installed");
    }
    if (fingerprint(now).equals(job.given("replaces").orElse(""))) {
      return Look.notDone("the certificate is still the old one");
    }
    if (!StateFiles.text(job, "tls/ca.crt").equals(job.value("authority"))) {
      return Look.notDone("the authority is another");
    }
    if (!job.host().server().shows(now)) {
      return Look.notDone("the server still shows another certificate");
    }
    job.fact("fingerprint", fingerprint(now));
    job.fact("end", END);
    return Look.DONE;
  }

  private static Course install(Job job) {
    return Course.of(
            () -> {
              String certificate = job.value("certificate");
              String key = job.given("key").orElseGet(() -> StateFiles.text(job, "tls/next.key"));
              if (key.isEmpty() || !certificate.contains(key)) {
                if (StateFiles.text(job, "tls/current/server.crt").equals(certificate)) {
                  StateFiles.put(job, "tls/ca.crt", job.value("authority"));
                  return;
                }
                throw job.refuse("the certificate is not for the key that is here");
              }
              StateFiles.put(job, "tls/ca.crt", job.value("authority"));
              StateFiles.put(job, "tls/current/server.crt", certificate);
              StateFiles.put(job, "tls/current/server.csr", StateFiles.text(job, "tls/next.csr"));
              StateFiles.put(job, "tls/current/for", StateFiles.text(job, "tls/next.for"));
            })
        .act(
            () -> {
              StateFiles.remove(job, "tls/next.key");
              StateFiles.remove(job, "tls/next.csr");
              StateFiles.remove(job, "tls/next.for");
            })
        .act(() -> job.host().server().readsCertificate());
  }

  private static String secrets(Job job, String name) {
    return job.value("secrets_directory") + "/" + name;
  }

  private static Look authorityIsDone(Job job) {
    String certificate = job.host().files().get(secrets(job, "ca.crt"));
    if (certificate == null || !job.host().files().containsKey(secrets(job, "ca.key"))) {
      return Look.notDone("there is no authority");
    }
    job.fact("certificate", certificate);
    job.fact("end", END);
    return Look.DONE;
  }

  private Course authority(Job job) {
    return Course.of(() -> job.host().files().putIfAbsent(secrets(job, "ca.key"), "ca-key"))
        .act(
            () ->
                job.host()
                    .files()
                    .put(secrets(job, "ca.crt"), "authority " + job.value("cluster")));
  }

  private static Look signed(Job job) {
    if (job.remembered("signed").isEmpty()) {
      return Look.notDone("it is signed anew each time");
    }
    job.fact("certificate", job.remembered("signed").orElseThrow());
    return Look.DONE;
  }

  private Course sign(Job job) {
    return Course.of(
        () -> {
          if (!job.host().files().containsKey(secrets(job, "ca.key"))) {
            throw job.refuse("openssl could not sign it");
          }
          job.remember(
              "signed",
              "certificate "
                  + ++serial
                  + " for "
                  + job.value("names")
                  + " on "
                  + job.value("request")
                  + " by "
                  + job.host()
                      .files()
                      .getOrDefault(secrets(job, "ca.crt"), "authority shop")
                      .lines()
                      .findFirst()
                      .orElseThrow());
        });
  }

  private static Look own(Job job) {
    return Look.unknown(job.value("certificate_file") + " is in no simulated world");
  }

  private static Course noOwn(Job job) {
    throw job.refuse(own(job).why());
  }
}
