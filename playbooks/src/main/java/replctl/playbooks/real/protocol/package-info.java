/**
 * How a script is given to a host and what it says is read: one text on standard input, lines
 * behind a word that only the two of them know. The host's side of it is {@code script/lib.sh}.
 */
package replctl.playbooks.real.protocol;
