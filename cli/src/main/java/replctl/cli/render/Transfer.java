package replctl.cli.render;

import java.time.Duration;

/**
 * Bytes on their way: how many, how fast, how long still.
 *
 * @param sinceNanos when the first count came
 * @param before the first count
 */
record Transfer(long sinceNanos, long before) {
  /** {@code 1.2 GiB of 4.0 GiB (30 %), 110 MiB/s, 26 s left}. */
  String words(long nowNanos, long done, long total) {
    StringBuilder words = new StringBuilder(Units.bytes(done));
    if (total > 0) {
      words.append(" of ").append(Units.bytes(total));
      words.append(" (").append(Math.min(100, done * 100 / total)).append(" %)");
    }
    double seconds = (nowNanos - sinceNanos) / 1e9;
    if (seconds > 0.5 && done > before) {
      double rate = (done - before) / seconds;
      words.append(", ").append(Units.bytes((long) rate)).append("/s");
      if (total > done) {
        long left = (long) ((total - done) / rate);
        words.append(", ").append(Units.time(Duration.ofSeconds(left))).append(" left");
      }
    }
    return words.toString();
  }
}
