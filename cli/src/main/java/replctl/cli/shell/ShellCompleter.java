package replctl.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import replctl.cli.complete.Choice;
import replctl.cli.complete.Completion;

/**
 * Completes a line: verbs, options and their values, and names that are valid for the verb.
 *
 * @param words of every verb
 * @param inUse the cluster in use
 */
record ShellCompleter(Supplier<Completion> words, LiveNames names, Supplier<Optional<String>> inUse)
    implements Completer {
  /** A folder with more is not listed. */
  private static final int MOST_FILES = 500;

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> before = new ArrayList<>(line.words().subList(0, line.wordIndex()));
    String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
    choices(before, word).forEach(c -> candidates.add(candidate(c, !c.word().endsWith("/"))));
  }

  private static Candidate candidate(Choice choice, boolean whole) {
    String text = choice.description();
    return new Candidate(
        choice.word(), choice.word(), null, text.isEmpty() ? null : text, null, null, whole);
  }

  /** What fits there; words that do not begin as the typed one are left to the editor. */
  List<Choice> choices(List<String> before, String word) {
    List<Choice> all = new ArrayList<>();
    if (before.isEmpty() && !word.startsWith("-")) {
      Builtin.ALL.forEach(b -> all.add(new Choice(b.word(), b.summary())));
    }
    boolean use = before.equals(List.of(Builtin.USE.word()));
    boolean set = !before.isEmpty() && before.get(0).equals(Builtin.SET.word());
    Completion.Asked asked =
        use
            ? new Completion.Asked("", "", "cluster", "", List.of())
            : words.get().at(set ? before.subList(1, before.size()) : before, word);
    if (!set || word.startsWith("-") || !asked.option().isEmpty()) {
      all.addAll(asked.fixed());
    }
    if (asked.live().equals("file")) {
      all.addAll(files(asked.prefix(), word.substring(asked.prefix().length())));
    } else {
      names
          .of(asked, cluster(before).or(inUse))
          .forEach(c -> all.add(new Choice(asked.prefix() + c.word(), c.description())));
    }
    return all;
  }

  private static Optional<String> cluster(List<String> before) {
    for (int i = 0; i + 1 < before.size(); i++) {
      if (before.get(i).equals("-c") || before.get(i).equals("--cluster")) {
        return Optional.of(before.get(i + 1));
      }
    }
    return before.stream()
        .filter(w -> w.startsWith("--cluster="))
        .map(w -> w.substring("--cluster=".length()))
        .findFirst();
  }

  private static List<Choice> files(String prefix, String typed) {
    int slash = typed.lastIndexOf('/');
    String folder = typed.substring(0, slash + 1);
    try (Stream<Path> all = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return all.map(f -> f.getFileName() + (Files.isDirectory(f) ? "/" : ""))
          .filter(name -> name.startsWith(typed.substring(slash + 1)))
          .filter(name -> !name.startsWith(".") || typed.substring(slash + 1).startsWith("."))
          .sorted()
          .limit(MOST_FILES)
          .map(name -> new Choice(prefix + folder + name, ""))
          .toList();
    } catch (IOException | RuntimeException unreadable) {
      return List.of();
    }
  }
}
