package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import replctl.playbooks.engine.postgresql.PostgresqlSetup;
import replctl.playbooks.setup.PlanText;
import replctl.playbooks.setup.SetupScene;

class InitTest {
  private final Init init = new Init(new PostgresqlSetup());

  private String plan(SetupScene scene) {
    return plan(scene, Init.Options.USUAL);
  }

  private String plan(SetupScene scene, Init.Options options) {
    return PlanText.of(init.decide("op-1", scene.site(), options));
  }

  @Test
  void makesAClusterFromNothing() {
    System.out.println(plan(SetupScene.bare()));
    System.out.println(plan(SetupScene.adopted()));
    System.out.println(plan(SetupScene.bare().runs("pg1", true)));
    assertThat(plan(SetupScene.bare())).isEmpty();
  }
}
