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
    return twins;
  }

  public Map<String, Twin> operator() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("authority", new Scripted(CredentialTwins::authorityIsDone, this::authority));
    twins.put("sign", new Scripted(CredentialTwins::signed, this::sign));
    twins.put("own-certificate", new Scripted(CredentialTwins::own, CredentialTwins::noOwn));
    return twins;
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
                  + job.value("request"));
        });
  }

  private static Look own(Job job) {
    return Look.unknown(job.value("certificate_file") + " is in no simulated world");
  }

  private static Course noOwn(Job job) {
    throw job.refuse(own(job).why());
  }
}
