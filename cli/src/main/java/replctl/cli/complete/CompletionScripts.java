package replctl.cli.complete;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * Completion for bash, zsh and fish. Verbs and options stand in the script, so that they cost
 * nothing; names of clusters, nodes and operations are asked of {@code replctl __complete}.
 */
public final class CompletionScripts {
  private static final String MADE = "# Made by the build from the commands; not edited by hand.\n";

  private final List<CompletionWords> all;

  public CompletionScripts(CommandLine root) {
    this.all = CompletionWords.all(root);
  }

  /** For bash, 4 and newer. */
  public String bash() {
    StringBuilder text = new StringBuilder(MADE);
    text.append(
        """
        # shellcheck shell=bash
        _replctl() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path='' i verbs options value='' operand name
          COMPREPLY=()
          # --output=json is three words to bash.
          if [[ $word == '=' ]]; then
            word=''
          elif [[ $before == '=' ]]; then
            before=${COMP_WORDS[COMP_CWORD-2]}
          fi
          for ((i = 1; i < COMP_CWORD; i++)); do
            case ${COMP_WORDS[i]} in
              @VALUED@)
                [[ ${COMP_WORDS[i+1]} != '=' ]] || ((i++))
                ((i++))
                continue
                ;;
            esac
            case "$path ${COMP_WORDS[i]}" in
        """
            .replace("@VALUED@", String.join(" | ", CompletionWords.valued(all))));
    for (CompletionWords words : all) {
      if (!words.path().isEmpty()) {
        text.append("      ' ")
            .append(words.path())
            .append("') path=' ")
            .append(words.path())
            .append("' ;;\n");
      }
    }
    text.append("    esac\n  done\n  case $path in\n");
    for (CompletionWords words : all) {
      text.append("    '").append(words.path().isEmpty() ? "" : " " + words.path()).append("')\n");
      text.append("      verbs='").append(String.join(" ", words.verbs().keySet())).append("'\n");
      text.append("      options='").append(names(words)).append("'\n");
      text.append("      operand='").append(words.operand()).append("'\n");
      text.append("      case $before in\n");
      values(words)
          .forEach(
              (value, flags) ->
                  text.append("        ")
                      .append(String.join(" | ", flags))
                      .append(") value='")
                      .append(value)
                      .append("' ;;\n"));
      text.append("      esac\n      ;;\n");
    }
    return text.append(
            """
              esac
              if [[ -z $value ]]; then
                if [[ $word == -* ]]; then
                  value=$options
                else
                  value=$operand
                  [[ -z $verbs ]] || mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$word")
                fi
              fi
              case $value in
                '' | none) ;;
                file)
                  compopt -o filenames 2>/dev/null
                  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
                  ;;
                cluster | node | operation)
                  while IFS=$'\\t' read -r name _; do
                    [[ $name != "$word"* ]] || COMPREPLY+=("$name")
                  done < <(replctl __complete "$value" -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
                  ;;
                *) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$value" -- "$word") ;;
              esac
            }
            complete -F _replctl replctl
            """)
        .toString();
  }

  /** For zsh, 5 and newer. */
  public String zsh() {
    StringBuilder text = new StringBuilder("#compdef replctl\n").append(MADE);
    text.append(
        """
        _replctl_live() {
          local -a found
          found=(${(f)"$(replctl __complete $1 -- "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)"})
          found=(${found//:/\\\\:})
          found=(${found/$'\\t'/:})
          _describe -t $1 $1 found
        }
        _replctl() {
          local at='' word skip=''
          local -a verbs options
          for word in ${words[2,CURRENT-1]}; do
            if [[ -n $skip ]]; then
              skip=''
              continue
            fi
            case $word in
              @VALUED@)
                skip=yes
                continue
                ;;
            esac
            case "$at $word" in
        """
            .replace("@VALUED@", String.join(" | ", CompletionWords.valued(all))));
    for (CompletionWords words : all) {
      if (!words.path().isEmpty()) {
        text.append("      ' ")
            .append(words.path())
            .append("') at=' ")
            .append(words.path())
            .append("' ;;\n");
      }
    }
    text.append(
        """
            esac
          done
          local before=${words[CURRENT-1]} value='' operand=''
          if [[ $PREFIX == --*=* ]]; then
            before=${PREFIX%%=*}
            compset -P '*='
          fi
          case $at in
        """);
    for (CompletionWords words : all) {
      text.append("    '").append(words.path().isEmpty() ? "" : " " + words.path()).append("')\n");
      text.append("      verbs=(");
      words
          .verbs()
          .forEach((name, summary) -> text.append(quoted(name + ":" + summary)).append(' '));
      text.append(")\n      options=(");
      for (CompletionWords.Flag flag : words.options()) {
        for (String name : flag.names()) {
          text.append(quoted(name + ":" + flag.text().replace(":", "\\:"))).append(' ');
        }
      }
      text.append(")\n      operand='")
          .append(words.operand())
          .append("'\n      case $before in\n");
      values(words)
          .forEach(
              (value, flags) ->
                  text.append("        ")
                      .append(String.join(" | ", flags))
                      .append(") value='")
                      .append(value)
                      .append("' ;;\n"));
      text.append("      esac\n      ;;\n");
    }
    return text.append(
            """
              esac
              if [[ -z $value ]]; then
                if [[ $PREFIX == -* ]]; then
                  _describe -t options option options
                  return
                fi
                if (( $#verbs )); then
                  _describe -t verbs verb verbs
                fi
                value=$operand
              fi
              case $value in
                '' | none) ;;
                file) _files ;;
                cluster | node | operation) _replctl_live $value ;;
                *) compadd -- ${=value} ;;
              esac
            }
            if [[ $funcstack[1] = _replctl ]]; then
              _replctl "$@"
            else
              compdef _replctl replctl
            fi
            """)
        .toString();
  }

  /** For fish, 3 and newer. */
  public String fish() {
    StringBuilder text = new StringBuilder(MADE);
    text.append(
        """
        function __replctl_at
            set -l path
            set -l skip
            for word in (commandline -opc)[2..-1]
                if test -n "$skip"
                    set skip
                    continue
                end
                switch $word
                    case @VALUED@
                        set skip yes
                        continue
                end
                switch "$path $word"
        """
            .replace("@VALUED@", String.join(" ", CompletionWords.valued(all))));
    for (CompletionWords words : all) {
      if (!words.path().isEmpty()) {
        text.append("            case ' ")
            .append(words.path())
            .append("'\n                set path ' ")
            .append(words.path())
            .append("'\n");
      }
    }
    text.append(
        """
                end
            end
            test "$path" = "$argv"
        end
        function __replctl_live
            replctl __complete $argv -- (commandline -opc)[2..-1] 2>/dev/null
        end
        complete -c replctl -f
        """);
    for (CompletionWords words : all) {
      String at = words.path().isEmpty() ? "" : " " + words.path();
      String when = "complete -c replctl -n \"__replctl_at '" + at + "'\"";
      words
          .verbs()
          .forEach(
              (name, summary) ->
                  text.append(when)
                      .append(" -a ")
                      .append(name)
                      .append(" -d ")
                      .append(quoted(summary))
                      .append('\n'));
      for (CompletionWords.Flag flag : words.options()) {
        text.append(when);
        for (String name : flag.names()) {
          text.append(
              name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        text.append(fishValue(flag.value(), " -x"));
        text.append(" -d ").append(quoted(flag.text())).append('\n');
      }
      if (!words.operand().isEmpty()) {
        text.append(when).append(fishValue(words.operand(), "")).append('\n');
      }
    }
    return text.toString();
  }

  private static String fishValue(String value, String exclusive) {
    return switch (value) {
      case "" -> "";
      case "none" -> exclusive;
      case "file" -> (exclusive.isEmpty() ? "" : " -r") + " -F";
      case "cluster", "node", "operation" -> exclusive + " -a '(__replctl_live " + value + ")'";
      default -> exclusive + " -a '" + value + "'";
    };
  }

  private static String names(CompletionWords words) {
    return words.options().stream()
        .map(f -> f.names().get(f.names().size() - 1))
        .collect(Collectors.joining(" "));
  }

  private static Map<String, List<String>> values(CompletionWords words) {
    return words.options().stream()
        .filter(f -> !f.value().isEmpty())
        .collect(
            Collectors.groupingBy(
                CompletionWords.Flag::value,
                java.util.TreeMap::new,
                Collectors.flatMapping(f -> f.names().stream(), Collectors.toList())));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
