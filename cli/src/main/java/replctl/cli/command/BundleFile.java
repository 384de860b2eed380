package replctl.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.Version;
import replctl.cli.render.Bundle;
import replctl.cli.render.Look;
import replctl.cli.wiring.Session;
import replctl.inventory.Inventory;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.real.keep.WholeFile;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.doctor.Diagnosis;

/** Gathers a {@link Bundle} and writes it as a zip that is whole, new, and its owner's alone. */
final class BundleFile {
  /** Operations that are listed, and those of them whose journals are in it. */
  private static final int LISTED = 50;

  private static final int WHOLE = 10;

  private BundleFile() {}

  /** Refuses before any host is asked where something is there already. */
  static void requireFree(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(file);
    }
  }

  /** Writes what was found. */
  static void write(Path file, Session session, Snapshot seen, Diagnosis found) {
    Journal journal = session.journal();
    List<String> names = journal.operations();
    List<Recorded> operations = new ArrayList<>();
    Map<String, List<String>> journals = new TreeMap<>();
    for (int i = names.size() - 1; i >= Math.max(0, names.size() - LISTED); i--) {
      journal.read(names.get(i)).ifPresent(operations::add);
      if (i >= names.size() - WHOLE) {
        journals.put(names.get(i), journal.lines(names.get(i)));
      }
    }
    Bundle bundle =
        new Bundle(
            seen.at(),
            programs(),
            new Inventory(session.inventory().file(), List.of(session.cluster())),
            Look.of(
                session.cluster(),
                seen,
                session.engine().survey().levels(),
                session.engine().connecting()),
            found,
            operations,
            journals);
    try {
      WholeFile.create(file, zip(bundle.files(), seen.at()), WholeFile.FOR_ONE);
    } catch (FileAlreadyExistsException there) {
      throw taken(file);
    } catch (IOException unwritable) {
      throw Failure.because(
          unwritable, ExitCode.ERROR, "the bundle can't be written to " + file + ": " + unwritable);
    }
  }

  private static Failure taken(Path file) {
    return Failure.of(
        ExitCode.USAGE,
        file + " is there already, and is not written over",
        "the same with another name");
  }

  private static Map<String, String> programs() {
    Map<String, String> programs = new LinkedHashMap<>();
    programs.put("replctl", Version.text());
    programs.put("java", System.getProperty("java.runtime.version", "?"));
    programs.put("javaVendor", System.getProperty("java.vendor", "?"));
    programs.put(
        "system", System.getProperty("os.name", "?") + " " + System.getProperty("os.version", "?"));
    return programs;
  }

  private static byte[] zip(Map<String, String> files, Instant at) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(at.toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      // Nothing but memory is written to.
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
