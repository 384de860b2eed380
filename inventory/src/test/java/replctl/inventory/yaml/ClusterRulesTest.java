package replctl.inventory.yaml;

import org.junit.jupiter.api.Test;

/** Rules between keys. */
class ClusterRulesTest {
  @Test
  void oneLeaderAtMost() {
    Marked.nodes(
            """
            n1: {host: h1, leader: true}
            n2: {host: h2, leader: ¦true}
            n3: {host: h3, leader: false}
            """)
        .finds("error: clusters.a.nodes.n2.leader: a second leader: n1 is one already");
  }

  @Test
  void aLeaderMayLead() {
    Marked.node("host: h1, leader: ¦true, failover: never")
        .findsErrors("error: clusters.a.nodes.n1.leader: a leader can't be \"failover: never\"");
  }

  @Test
  void aLeaderFollowsNobody() {
    Marked.node("host: h1, leader: ¦true, cascade_from: n2")
        .findsErrors(
            "error: clusters.a.nodes.n1.leader: a leader follows nobody: it can't have"
                + " cascade_from");
  }

  @Test
  void aLeaderAppliesAtOnce() {
    Marked.node("host: h1, leader: ¦true, delay: 1h")
        .findsErrors(
            "error: clusters.a.nodes.n1.leader: a leader applies at once: it can't have a delay");
  }

  @Test
  void aCascadeStartsAtANode() {
    Marked.node("host: h1, cascade_from: ¦n22")
        .findsErrors(
            "error: clusters.a.nodes.n1.cascade_from: there is no node n22 in this cluster; did you"
                + " mean \"n2\"?");
    Marked.node("host: h1, cascade_from: ¦n1")
        .findsErrors("error: clusters.a.nodes.n1.cascade_from: a node can't follow itself");
  }

  @Test
  void aCascadeGoesInNoCircle() {
    Marked.nodes(
            """
            n0: {host: h0, cascade_from: n1}
            n1: {host: h1, cascade_from: ¦n2}
            n2: {host: h2, cascade_from: n3}
            n3: {host: h3, cascade_from: n1}
            n4: {host: h4}
            n5: {host: h5}
            n6: {host: h6}
            """)
        .finds(
            "error: clusters.a.nodes.n1.cascade_from: a circle: n1 follows n2 follows n3 follows"
                + " n1");
  }

  @Test
  void twoCirclesAreTwoProblems() {
    Marked.nodes(
            """
            n1: {host: h1, cascade_from: ¦n2}
            n2: {host: h2, cascade_from: n1}
            n3: {host: h3, cascade_from: ¦n4}
            n4: {host: h4, cascade_from: n3}
            n5: {host: h5}
            n6: {host: h6}
            n7: {host: h7}
            """)
        .finds(
            "error: clusters.a.nodes.n1.cascade_from: a circle: n1 follows n2 follows n1",
            "error: clusters.a.nodes.n3.cascade_from: a circle: n3 follows n4 follows n3");
  }

  @Test
  void acksCanBeHad() {
    Marked.cluster("replication: {acks: ¦3}")
        .finds(
            "error: clusters.a.replication.acks: mode semi-sync asks for 3 acks, and 2 followers"
                + " can give one; add a node, or write replication: {mode: async}");
    Marked.cluster("replication: {acks: ¦2}")
        .finds(
            "warning: clusters.a.replication.acks: every follower that can acknowledge (2) must:"
                + " when one is lost, writes wait");
    Marked.cluster("replication: {acks: 2, on_lost_sync: degrade}").finds();
    Marked.cluster("replication: {mode: ¦sync}")
        .finds(
            "warning: clusters.a.replication.mode: every follower that can acknowledge (2) must:"
                + " when one is lost, writes wait");
  }

  @Test
  void whoCascadesCannotAcknowledge() {
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                replication: {acks: ¦2}
                nodes:
                  n1: {host: h1}
                  n2: {host: h2}
                  n3: {host: h3, cascade_from: n2}
            """)
        .finds(
            "error: clusters.a.replication.acks: mode semi-sync asks for 2 acks, and 1 follower can"
                + " give one; add a node, or write replication: {mode: async}");
  }

  @Test
  void whoIsLateCannotSayThatItHasApplied() {
    Marked late =
        Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                replication: {mode: ¦sync}
                nodes:
                  n1: {host: h1}
                  n2: {host: h2, failover: never, delay: 1h}
            """);

    late.finds(
        "error: clusters.a.replication.mode: mode sync asks for 1 ack, and no follower can give"
            + " one; add a node, or write replication: {mode: async}");
  }

  @Test
  void aKeyWithoutEffectIsTold() {
    Marked.cluster("replication: {mode: async, acks: ¦1, degrade_after: ¦5s}")
        .finds(
            "warning: clusters.a.replication.acks: it has no effect with mode async",
            "warning: clusters.a.replication.degrade_after: it has no effect with on_lost_sync:"
                + " block");
  }

  @Test
  void somebodyMayLead() {
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                replication: {mode: async}
                nodes:
                  ¦n1: {host: h1, failover: never}
            """)
        .finds("error: clusters.a.nodes: no node may lead: every one is \"failover: never\"");
  }

  @Test
  void anEvenNumberOfVotersIsTold() {
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                nodes:
                  ¦n1: {host: h1}
                  n2: {host: h2}
                  n3: {host: h3}
                  n4: {host: h4}
                  n5: {host: h5, failover: never}
            """)
        .finds(
            "warning: clusters.a.nodes: 4 voters (nodes that may lead, and witnesses) survive no"
                + " more losses than 3 would; add a witness");
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                replication: {on_lost_sync: degrade}
                nodes:
                  n1: {host: h1}
                  n2: {host: h2}
                witnesses:
                  w: {host: h3}
            """)
        .finds();
  }

  @Test
  void powerNeedsADevice() {
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                fencing: {accept: [power]}
                nodes:
                  n1: ¦{host: h1}
                  n2: {host: h2, fence: {command: [off, n2]}}
                  n3: ¦{host: h3}
                  n4: {host: h4, failover: never}
            """)
        .finds(
            "warning: clusters.a.nodes.n1: no fence, and fencing accepts power only: a failover"
                + " away from n1 would be refused",
            "warning: clusters.a.nodes.n3: no fence, and fencing accepts power only: a failover"
                + " away from n3 would be refused");
  }

  @Test
  void stateOutlivesData() {
    Marked.node("host: h1, data_directory: /srv/pg, state_directory: ¦/srv/pg/replctl")
        .findsErrors(
            "error: clusters.a.nodes.n1.state_directory: it lies in the data directory, which a"
                + " clone replaces: /srv/pg");
    Marked.node("host: h1, data_directory: /srv/pg, state_directory: /srv/pg-replctl").finds();
  }
}
