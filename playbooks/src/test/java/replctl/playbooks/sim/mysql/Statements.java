package replctl.playbooks.sim.mysql;

import java.util.List;
import replctl.playbooks.sim.SimTime;

/**
 * Statements that were sent to a server's session in one go: they are done one after the other,
 * whether or not the script that sent them lives on, until the session is ended.
 */
final class Statements {
  private final SimMysql server;
  private final MysqlNet net;
  private final List<Runnable> statements;
  private final int session;
  private int done;
  private boolean ended;

  private Statements(SimMysql server, MysqlNet net, List<Runnable> statements) {
    this.server = server;
    this.net = net;
    this.statements = statements;
    this.session = server.session();
  }

  /** Sends them. */
  static Statements sent(SimMysql server, MysqlNet net, List<Runnable> statements) {
    Statements sent = new Statements(server, net, statements);
    server.opens(sent);
    sent.next();
    return sent;
  }

  /** A statement may wait for a lock that somebody else's statement holds. */
  private void next() {
    long takes = net.dice().oneIn(12) ? net.dice().between(50, 1_500) : net.dice().below(3);
    net.world().time().after(takes * SimTime.MS, this::one);
  }

  private void one() {
    if (over()) {
      return;
    }
    if (server.isFrozen() || server.host().frozen()) {
      next();
      return;
    }
    statements.get(done++).run();
    next();
  }

  /** KILL: its session is gone. */
  void end() {
    ended = true;
  }

  /** Whether nothing more comes of them. */
  boolean over() {
    return ended || done == statements.size() || server.session() != session || !server.runs();
  }

  /** Whether all of them were done. */
  boolean allDone() {
    return done == statements.size();
  }
}
