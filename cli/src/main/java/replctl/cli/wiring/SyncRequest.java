package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.verb.Sync;

/**
 * What writes wait for is to be as the inventory asks, or less for a while.
 *
 * @param acks no more than so many, until that is taken back; empty: all that is asked
 * @param letWritesWait more may be asked for than receive
 */
public record SyncRequest(OptionalInt acks, boolean letWritesWait) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    Optional<Lowered> lowered =
        acks.isPresent()
            ? Optional.of(new Lowered(acks.getAsInt(), Operator.words()))
            : Optional.empty();
    return Asked.of(
        new Sync(session.engine())
            .decide(
                session.cluster(),
                session.look(perNode),
                session.world().ids().operation(),
                new Sync.Options(lowered, letWritesWait)));
  }
}
