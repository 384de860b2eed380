package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.verb.doctor.Diagnosis;

class DoctorPrinterTest {
  private static DoctorPrinter of(List<Finding> cluster, Map<NodeName, List<Finding>> nodes) {
    return new DoctorPrinter(Shop.CLUSTER, new Diagnosis(cluster, nodes));
  }

  private static DoctorPrinter ill() {
    Map<NodeName, List<Finding>> nodes = new LinkedHashMap<>();
    nodes.put(
        new NodeName("pg1"),
        List.of(
            new Finding(Level.CRITICAL, "disk", "its disk is full", "make room"),
            new Finding(Level.NOTE, "slots-unlimited", "slots keep all", "set a limit")));
    nodes.put(
        new NodeName("pg3"),
        List.of(new Finding(Level.NOTE, "fence-drill-old", "drilled 200 d ago", "drill it")));
    return of(
        List.of(new Finding(Level.WARNING, "voters-few", "2 hosts vote", "declare a witness")),
        nodes);
  }

  @Test
  void eachWithItsCure() {
    assertThat(Rendered.plain(ill()::lines))
        .isEqualTo(
            """
            shop   1 critical, 1 warning, 2 notes
            the cluster
                  warning: 2 hosts vote; declare a witness
            pg1
                  critical: its disk is full; make room
                  note: slots keep all; set a limit
            pg2   nothing found
            pg3
                  note: drilled 200 d ago; drill it
            pg4   nothing found
            """);
  }

  @Test
  void nothingIsSaidToo() {
    assertThat(Rendered.plain(of(List.of(), Map.of())::lines))
        .startsWith("shop   nothing found\npg1   nothing found\n");
  }

  @Test
  void asData() {
    assertThat(Json.of(ill().doc()))
        .contains("\"kind\": \"Doctor\"", "\"worst\": \"critical\"", "\"code\": \"voters-few\"");
    assertThat(Json.of(of(List.of(), Map.of()).doc())).contains("\"worst\": null");
  }
}
