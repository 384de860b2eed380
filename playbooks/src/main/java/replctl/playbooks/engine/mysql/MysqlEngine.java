package replctl.playbooks.engine.mysql;

import replctl.inventory.EngineKind;
import replctl.playbooks.engine.Connecting;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Fencing;
import replctl.playbooks.engine.Leaving;
import replctl.playbooks.engine.Opening;
import replctl.playbooks.engine.Promotion;
import replctl.playbooks.engine.Rejoin;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.Succession;
import replctl.playbooks.engine.Survey;
import replctl.playbooks.engine.Waiting;

/**
 * MySQL, 8.0.23 to 9.7: it can be looked at, and not be changed yet. Whoever opens a cluster to
 * change it asks {@link #changes} before.
 */
public final class MysqlEngine implements Engine {
  @Override
  public EngineKind kind() {
    return EngineKind.MYSQL;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public Survey survey() {
    return new MysqlSurvey();
  }

  @Override
  public Connecting connecting() {
    return new MysqlConnecting();
  }

  @Override
  public Setup setup() {
    throw notThere();
  }

  @Override
  public Promotion promotion() {
    throw notThere();
  }

  @Override
  public Succession succession() {
    throw notThere();
  }

  @Override
  public Waiting waiting() {
    throw notThere();
  }

  @Override
  public Fencing fencing() {
    throw notThere();
  }

  @Override
  public Opening opening() {
    throw notThere();
  }

  @Override
  public Rejoin rejoin() {
    throw notThere();
  }

  @Override
  public Leaving leaving() {
    throw notThere();
  }

  private static IllegalStateException notThere() {
    return new IllegalStateException("MySQL can't be changed yet");
  }
}
