package replctl.playbooks.engine.postgresql;

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

/** PostgreSQL, 13 to 18. */
public final class PostgresqlEngine implements Engine {
  @Override
  public EngineKind kind() {
    return EngineKind.POSTGRESQL;
  }

  @Override
  public Survey survey() {
    return new PostgresqlSurvey();
  }

  @Override
  public Privileges privileges(Cluster cluster, Node node) {
    return PostgresqlPrivileges.of(cluster, node);
  }

  @Override
  public Setup setup() {
    return new PostgresqlSetup();
  }

  @Override
  public Promotion promotion() {
    return new PostgresqlPromotion();
  }

  @Override
  public Succession succession() {
    return new PostgresqlSuccession();
  }

  @Override
  public Fencing fencing() {
    return new PostgresqlFencing();
  }

  @Override
  public Opening opening() {
    return new PostgresqlOpening();
  }

  @Override
  public Rejoin rejoin() {
    return new PostgresqlRejoin();
  }

  @Override
  public Checkup checkup() {
    return new PostgresqlCheckup();
  }

  @Override
  public Connecting connecting() {
    return new PostgresqlConnecting();
  }

  @Override
  public Waiting waiting() {
    return new PostgresqlWaiting();
  }

  @Override
  public Leaving leaving() {
    return new PostgresqlLeaving();
  }

  @Override
  public Upkeep upkeep() {
    return new PostgresqlUpkeep();
  }

  @Override
  public Rotation rotation() {
    return new PostgresqlRotation();
  }

  @Override
  public Parameters parameters() {
    return new PostgresqlParameters();
  }
}
