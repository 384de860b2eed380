package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.plan.Outcome;

/** Certificates of the operator's own, and a follower of a follower. */
class LocalCertificateTest {
  @Test
  void installsTheOperatorsOwnAndCascades() throws Exception {
    try (LocalCluster cluster = new LocalCluster(3)) {
      cluster.replication(Replication.Mode.SYNC, 1, 0).cascade("pg3", "pg2");
      Path authority = authority(cluster);
      for (String node : List.of("pg1", "pg2", "pg3")) {
        issue(cluster, authority, node);
      }

      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);

      assertThat(cluster.sql("pg1", "select application_name from pg_stat_replication"))
          .isEqualTo("pg2");
      assertThat(
              cluster.sql(
                  "pg2",
                  "select application_name, ssl from pg_stat_replication join pg_stat_ssl using (pid)"))
          .isEqualTo("pg3|t");
      assertThat(cluster.sql("pg1", "show synchronous_standby_names"))
          .isEqualTo("FIRST 1 (\"pg2\")");
      cluster.sql("pg1", "create table t as select 1");
      assertThat(cluster.sql("pg2", "select count(*) from t")).isEqualTo("1");
      assertThat(Files.readString(cluster.state("pg1").resolve("tls/current/server.crt")).strip())
          .isEqualTo(Files.readString(cluster.folder.resolve("own/pg1.crt")).strip());
      assertThat(cluster.folder.resolve("replctl-secrets/shop/ca.key")).doesNotExist();
      cluster.startAfresh();
      assertThat(PlanText.of(cluster.plan()).replaceAll("(?m)^! .*\n", "")).isEmpty();
    }
  }

  private static Path authority(LocalCluster cluster) throws IOException {
    Path folder = Files.createDirectory(cluster.folder.resolve("own"));
    Path certificate = folder.resolve("ca.crt");
    LocalCluster.run(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "90",
            "-subj",
            "/CN=the operator's",
            "-keyout",
            folder.resolve("ca.key").toString(),
            "-out",
            certificate.toString()));
    return certificate;
  }

  private static void issue(LocalCluster cluster, Path authority, String node) throws IOException {
    Path folder = authority.getParent();
    Path key = folder.resolve(node + ".key");
    Path certificate = folder.resolve(node + ".crt");
    Path request = folder.resolve(node + ".csr");
    Path names = Files.writeString(folder.resolve(node + ".ext"), "subjectAltName=IP:127.0.0.1\n");
    LocalCluster.run(
        List.of(
            "openssl",
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=" + node,
            "-keyout",
            key.toString(),
            "-out",
            request.toString()));
    LocalCluster.run(
        List.of(
            "openssl",
            "x509",
            "-req",
            "-in",
            request.toString(),
            "-CA",
            authority.toString(),
            "-CAkey",
            folder.resolve("ca.key").toString(),
            "-CAcreateserial",
            "-days",
            "60",
            "-extfile",
            names.toString(),
            "-out",
            certificate.toString()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    cluster.certify(node, authority, certificate, key);
  }
}
