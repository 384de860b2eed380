package replctl.playbooks.sim.mysql;

import replctl.playbooks.sim.SimHost;

/** Where things lie on a simulated host, as the packages of Debian have them. */
final class MyPaths {
  static final String DATA = "/var/lib/mysql";
  static final String BIN = "/usr/sbin";
  static final String CLIENT = "/usr/bin/mysql";
  static final String SOCKET = "/run/mysqld/mysqld.sock";
  static final String SERVICE = "mysql";
  static final String CONFIG = "/etc/mysql/mysql.conf.d";

  /** The options that are replctl's own. */
  static final String OPTIONS = CONFIG + "/zz-replctl.cnf";

  private MyPaths() {}

  static String state(SimHost host) {
    return "/var/lib/replctl/shop/" + host.name().value();
  }
}
