package replctl.playbooks.engine.mysql;

import replctl.inventory.Cluster;
import replctl.inventory.EngineKind;
import replctl.inventory.Node;
import replctl.playbooks.engine.Checkup;
import replctl.playbooks.engine.Connecting;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Fencing;
import replctl.playbooks.engine.Leaving;
import replctl.playbooks.engine.Opening;
import replctl.playbooks.engine.Parameters;
import replctl.playbooks.engine.Privileges;
import replctl.playbooks.engine.Promotion;
import replctl.playbooks.engine.Rejoin;
import replctl.playbooks.engine.Rotation;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.Succession;
import replctl.playbooks.engine.Survey;
import replctl.playbooks.engine.Upkeep;
import replctl.playbooks.engine.Waiting;

/** MySQL, 8.0.23 to 9.7. */
public final class MysqlEngine implements Engine {
  @Override
  public EngineKind kind() {
    return EngineKind.MYSQL;
  }

  @Override
  public Survey survey() {
    return new MysqlSurvey();
  }

  @Override
  public Checkup checkup() {
    return new MysqlCheckup();
  }

  @Override
  public Connecting connecting() {
    return new MysqlConnecting();
  }

  @Override
  public Privileges privileges(Cluster cluster, Node node) {
    return MysqlPrivileges.of(cluster, node);
  }

  @Override
  public Setup setup() {
    return new MysqlSetup();
  }

  @Override
  public Promotion promotion() {
    return new MysqlPromotion();
  }

  @Override
  public Succession succession() {
    return new MysqlSuccession();
  }

  @Override
  public Waiting waiting() {
    return new MysqlWaiting();
  }

  @Override
  public Fencing fencing() {
    return new MysqlFencing();
  }

  @Override
  public Opening opening() {
    return new MysqlOpening();
  }

  @Override
  public Rejoin rejoin() {
    return new MysqlRejoin(setup());
  }

  @Override
  public Leaving leaving() {
    return new MysqlLeaving();
  }

  @Override
  public Upkeep upkeep() {
    return new MysqlUpkeep();
  }

  @Override
  public Rotation rotation() {
    return new MysqlRotation();
  }

  @Override
  public Parameters parameters() {
    return new MysqlParameters();
  }
}
