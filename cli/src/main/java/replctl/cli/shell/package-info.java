/**
 * {@code replctl shell}: every verb, typed at one prompt. The verbs are those of the command line,
 * run in this process; only this package knows the line editor, so that one-shot commands load
 * nothing of it.
 */
package replctl.cli.shell;
