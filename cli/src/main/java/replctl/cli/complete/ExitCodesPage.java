package replctl.cli.complete;

import java.util.List;
import replctl.cli.ExitCode;

/** The page of what a command can end with, and what a script does then. */
record ExitCodesPage(String date) {
  /** The page. */
  String text() {
    Mdoc page = new Mdoc("replctl-exit-codes", 7, date, "what replctl ends with, and what to do");
    page.section("DESCRIPTION");
    page.text(
        "Scripts can rely on these. A time-out whose outcome is not known is reported neither as a"
            + " failure nor as a success: it is 12, and op resume asks the hosts.");
    page.paragraph(
        "Where several apply, the first of 14, 15, 75, 11, 13, 12, 10 is given. A prompt that"
            + " nobody can answer is 10. status is 0 when it could look, whatever it saw.");
    page.list();
    for (ExitCode code : ExitCode.values()) {
      page.item(code.code() + " " + Mdoc.escaped(code.meaning()), next(code));
    }
    page.end();
    page.section("EXAMPLES");
    page.text("A script that opens the recorded leader after a power cut:");
    page.literal(
        List.of(
            "replctl open --yes --quiet",
            "case $? in",
            "  0) ;;                                  # open, or nothing to do",
            "  12 | 75) exit 0 ;;                     # somebody is at it, or must resume",
            "  *) echo 'the leader is not open' >&2 ;;",
            "esac"));
    page.section("SEE ALSO").line(".Xr replctl 1 ,").line(".Xr replctl-op 1");
    return page.toString();
  }

  private static String next(ExitCode code) {
    return switch (code) {
      case DONE -> "What was asked for is so. Where nothing had to change, that is said.";
      case ERROR -> "Something went wrong that no other code tells of. stderr says what.";
      case USAGE -> "What was typed is wrong. Nothing was asked and nothing changed.";
      case REFUSED ->
          "Nothing was changed. stderr has the rule's code, what was found, and what to type next.";
      case FENCE_NOT_CONFIRMED ->
          "An old leader could not be proven to be closed, so nobody was promoted. See to it by"
              + " hand, then type the command that stderr names.";
      case INCOMPLETE ->
          "Some of it is done, or owed, or its outcome is not known: replctl op list, then op"
              + " resume or op abort.";
      case LOSS ->
          "More acknowledged writes would be lost than max_loss allows, or it is not known how"
              + " many. --accept-loss SIZE is how to allow that.";
      case SPLIT_BRAIN ->
          "Two servers that take writes were seen. Fence one of them: replctl fence.";
      case STALE_EPOCH ->
          "A newer operation holds the cluster, or has overtaken this one: replctl op list.";
      case UNDONE -> "It could not be finished and was taken back. All is as it was before.";
      case UNREACHABLE ->
          "No node answers, which is not to say that they are down; or the launcher found no Java.";
      case BUSY -> "Another replctl on this host works on the cluster. Wait for it, or try later.";
      case NOT_PERMITTED ->
          "A login, or what sudo grants, does not suffice. replctl doctor --privileges prints what"
              + " must be granted.";
      case BAD_INVENTORY -> "There is no inventory, or it has errors: replctl inventory validate.";
      case INTERRUPTED ->
          "By Ctrl-C or a signal. What had begun is in the journal: replctl op list.";
      case PIPE_CLOSED -> "Nobody read the output to its end, as in replctl ... | head -1.";
    };
  }
}
