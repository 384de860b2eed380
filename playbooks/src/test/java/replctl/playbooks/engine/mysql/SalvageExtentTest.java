package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies where in a binary log, by what mysqlbinlog 9.7.4 prints of it. */
class SalvageExtentTest {
  private static final String UUID = "66ee87bc-ecdb-11f1-b1cd-02000000000b";
  private static final String HEAD =
      """
      # at 4
      #261130 16:31:14 server id 1  end_log_pos 127 CRC32 0xffb97c8e \tStart: binlog v 4, server v 9.7.4-2 created 261130 16:31:14 at startup
      # at 127
      #261130 16:31:14 server id 1  end_log_pos 158 CRC32 0x01882473 \tPrevious-GTIDs
      # [empty]
      """;

  /** Of so many bytes, from there on. */
  private static String transaction(int at, int length, long number, boolean whole) {
    String gtid =
        """
        # at %d
        #261130 16:31:15 server id 1  end_log_pos %d CRC32 0x679bbe57 \tGTID\tlast_committed=0\tsequence_number=1\trbr_only=no\toriginal_committed_timestamp=1796056275043329\timmediate_commit_timestamp=1796056275043329\ttransaction_length=%d
        SET @@SESSION.GTID_NEXT= '%s:%d'/*!*/;
        # at %d
        #261130 16:31:15 server id 1  end_log_pos %d CRC32 0x00345058 \tQuery\tthread_id=9\texec_time=0\terror_code=0
        BEGIN
        # at 7
        /*!*/;
        """
            .formatted(at, at + 79, length, UUID, number, at + 79, at + 150);
    String commit =
        """
        # at %d
        #261130 16:31:15 server id 1  end_log_pos %d CRC32 0x00345058 \tXid = 5
        COMMIT/*!*/;
        """
            .formatted(at + length - 31, at + length);
    return gtid + (whole ? commit : "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // transactions as AT:LENGTH:NUMBER, `!` one whose end was not read; the file's size; how
        // mysqlbinlog ended; from, to, count, and the numbers
        "                               | 158 | 0 | 0   | 0   | 0 | ''",
        "158:300:1                      | 458 | 0 | 158 | 458 | 1 | 1-1",
        "158:300:1 458:200:2            | 658 | 0 | 158 | 658 | 2 | 1-2",
        "458:200:2                      | 658 | 0 | 458 | 658 | 1 | 2-2",
        "158:300:1 858:200:4            | 999 | 0 | 158 | 458 | 1 | 1-1",
        "158:300:1 858:200:4            | 2000 | 0 | 158 | 1058 | 2 | '1-1,4-4'",
        // cut off within the last one, or just before its end; or it is damaged
        "158:300:1 458:200:2!           | 600 | 1 | 158 | 458 | 1 | 1-1",
        "158:300:1 458:200:2!           | 658 | 1 | 158 | 458 | 1 | 1-1",
        "158:300:1!                     | 200 | 1 | 0   | 0   | 0 | ''",
        // the first is damaged: what comes after it does not count
        "158:300:1! 458:200:2           | 658 | 1 | 0   | 0   | 0 | ''",
        // all were read, and then something that is none
        "158:300:1 458:200:2            | 718 | 1 | 158 | 658 | 2 | 1-2",
        "158:300:1 458:200:2            | 658 | 124 | 158 | 658 | 2 | 1-2",
        // larger than awk can count
        "158:300:9007199254740993 458:200:9007199254740994 | 658 | 0 | 158 | 658 | 2 |"
            + " '9007199254740993-9007199254740993,9007199254740994-9007199254740994'",
      })
  void wholeTransactionsAreThereUpToTheFirstThatIsNot(
      String transactions, int size, int exit, int from, int to, int count, String numbers)
      throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    for (String one : transactions == null ? new String[0] : transactions.split(" ")) {
      String[] parts = one.replace("!", "").split(":");
      text.append(
          transaction(
              Integer.parseInt(parts[0]),
              Integer.parseInt(parts[1]),
              Long.parseLong(parts[2]),
              !one.endsWith("!")));
    }

    List<String> said = extent(size, text + "exit " + exit + "\n");

    String set = numbers.isEmpty() ? "" : UUID + ":" + numbers.replace(",", "," + UUID + ":");
    assertThat(said)
        .containsExactly(
            "head 158", "from " + from, "to " + to, "count " + count, "set " + set, "exit " + exit);
  }

  private static List<String> extent(int size, String text) throws IOException {
    try (InputStream program =
        SalvageExtentTest.class.getResourceAsStream(
            "/replctl/playbooks/script/mysql/salvage/extent.awk")) {
      String script = new String(program.readAllBytes(), StandardCharsets.UTF_8);
      Process awk =
          new ProcessBuilder("awk", "-v", "size=" + size, script)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (OutputStream in = awk.getOutputStream()) {
        in.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
