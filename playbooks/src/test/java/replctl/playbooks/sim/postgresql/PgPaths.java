package replctl.playbooks.sim.postgresql;

import replctl.playbooks.sim.SimHost;

/** Where things lie on a simulated host. */
final class PgPaths {
  static final String MAJOR = "17";
  static final String BIN = "/usr/pgsql-17/bin";
  static final String DATA = "/var/lib/pgsql/17/data";
  static final String CONFIG = DATA + "/replctl.conf";
  static final String HBA = DATA + "/pg_hba.conf";

  /** Not a file of its own on a real host: replctl's block of pg_hba.conf. */
  static final String HBA_BLOCK = HBA + "#replctl";

  private PgPaths() {}

  static String state(SimHost host) {
    return "/var/lib/pgsql/.replctl/shop/" + host.name().value();
  }
}
